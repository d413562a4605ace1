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


def test_who_has_no_patience_left_goes_beside_and_takes_nobodys_turn() -> None:
    turns = Turns(patience=0.01)
    with turns.turn() as first:
        with turns.turn() as beside:
            assert (first, beside) == (True, False)
        with turns.turn() as another:
            assert not another
    with turns.turn() as free:
        assert free


def test_a_turn_ends_with_what_goes_wrong_in_it() -> None:
    turns = Turns(patience=0.01)
    with pytest.raises(ValueError, match=r"^gone$"), turns.turn():
        raise ValueError("gone")
    with turns.turn() as free:
        assert free
