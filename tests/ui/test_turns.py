"""One page after the other, and none that waits for ever."""

import threading
import time

import pytest

from recommender.ui.turns import Turns


def test_one_is_let_in_after_the_other() -> None:
    turns, inside, most = Turns(patience=60), 0, 0

    def draw() -> None:
        nonlocal inside, most
        with turns.turn():
            inside += 1
            most = max(most, inside)
            time.sleep(0.002)
            inside -= 1

    threads = [threading.Thread(target=draw) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)


def test_a_turn_that_takes_long_is_waited_for_no_longer() -> None:
    turns = Turns(patience=0.01)
    with turns.turn() as first:
        with turns.turn() as beside:
            assert (first, beside) == (True, False)
        with turns.turn() as another:
            assert not another
    with turns.turn() as free:
        assert free


def test_who_comes_when_it_has_taken_long_does_not_wait_at_all() -> None:
    turns = Turns(patience=3600)
    with turns.turn():
        turns._since -= 3601
        with turns.turn() as beside:  # or this would take an hour
            assert not beside


def test_many_short_turns_are_waited_for_however_many() -> None:
    turns, came = Turns(patience=1), []

    def draw() -> None:
        with turns.turn() as mine:
            came.append(mine)
            time.sleep(0.05)

    threads = [threading.Thread(target=draw) for _ in range(25)]  # longer than a second in all
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came == [True] * 25


def test_a_turn_ends_with_what_goes_wrong_in_it() -> None:
    turns = Turns(patience=0.01)
    with pytest.raises(ValueError, match=r"^gone$"), turns.turn():
        raise ValueError("gone")
    with turns.turn() as free:
        assert free
