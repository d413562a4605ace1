"""The rating that brings two charities level: worked out by hand, and what linearity promises."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from recommender.flip import Flip, closest, flips

RATING = st.none() | st.sampled_from([0.0, 1.0, 2.5, 5.0]) | st.floats(0, 5)
PARTS = ["a", "b", "c"]


def test_the_rating_that_brings_level_is_worked_out() -> None:
    # a: 3 · (0.6 - 0.2) = 1.2 for the other; b: 1 · (0.1 - 0.5) = -0.4; so 0.8 in all.
    raw, apart = {"a": 3.0, "b": 1.0}, {"a": 0.4, "b": -0.4, "c": -0.5}
    found = flips({"a": 3, "b": 1}, raw, apart, PARTS)
    assert [flip.priority for flip in found] == ["c", "a", "b"]
    assert [flip.level_at for flip in found] == pytest.approx([1.6, 1.0, 3.0])
    assert [flip.change for flip in found] == pytest.approx([1.6, -2.0, 2.0])
    assert [flip.increase for flip in found] == [True, False, True]
    assert [flip.rating for flip in found] == [None, 3, 1]


def test_a_reading_of_own_words_is_no_rating() -> None:
    # The words give a 1.5; to be level it must weigh 1 in all, which no rating of a can take away.
    raw, apart = {"a": 1.5, "b": 1.0}, {"a": 0.4, "b": -0.4}
    assert [f.priority for f in flips({"b": 1}, raw, apart, ["a", "b"])] == ["b"]
    (flip,) = flips({"a": 0.5, "b": 1}, {**raw, "a": 2.0}, {"a": 0.4, "b": -0.8}, ["a"])
    assert flip.level_at == pytest.approx(0.5)


def test_a_rating_off_the_scale_brings_nothing_level() -> None:
    assert flips({"a": 5}, {"a": 5.0}, {"a": 0.9, "b": -0.1}, ["a", "b"]) == []


def test_nothing_is_level_by_asking_for_nothing() -> None:
    assert flips({"a": 5}, {"a": 5.0}, {"a": 0.9}, ["a"]) == []
    (flip,) = flips({"a": 5, "b": 1}, {"a": 5.0, "b": 1.0}, {"a": 0.9, "b": 0.0}, ["a", "b"])
    assert (flip.priority, flip.level_at) == ("a", 0.0)


def test_a_priority_that_says_the_same_of_both_changes_nothing() -> None:
    assert flips({"a": 1}, {"a": 1.0, "text": 3.0}, {"a": 0.0, "text": 0.5}, ["a"]) == []


def test_of_equal_changes_the_first_offered_comes_first() -> None:
    raw, apart = {"a": 2.0, "b": 2.0}, {"a": 0.4, "b": -0.2}
    found = flips({"a": 2, "b": 2}, raw, {**apart, "c": 0.4}, ["c", "b", "a"])
    assert [flip.priority for flip in found] == ["a", "b"]
    found = flips({"a": 2, "b": 2}, {**raw, "text": 1.0}, {"a": 0.2, "b": 0.2, "text": -0.6}, "ba")
    assert [flip.priority for flip in found] == ["b", "a"]


@given(
    st.dictionaries(st.sampled_from(PARTS), RATING, min_size=1),
    st.lists(st.floats(-1, 1), min_size=4, max_size=4),
    st.floats(0, 3),
)
def test_at_the_rating_both_are_level_and_beyond_it_they_swap(
    answers: dict, apart: list[float], own: float
) -> None:
    ahead = dict(zip([*PARTS, "text"], apart, strict=True))
    raw = {p: r for p, r in answers.items() if r} | ({"text": own} if own else {})
    gap = sum(weight * ahead[part] for part, weight in raw.items())
    assume(abs(gap) > 1e-6)
    for flip in flips(answers, raw, ahead, PARTS):
        assert 0 <= flip.level_at <= 5

        def gap_at(rating: float, flip: Flip = flip) -> float:
            changed = {**raw, flip.priority: rating}
            return sum(weight * ahead[part] for part, weight in changed.items())

        assert abs(gap_at(flip.level_at)) <= 1e-8
        beyond = flip.level_at + (0.01 if flip.increase else -0.01)
        assert gap_at(beyond) * gap < 0 or abs(ahead[flip.priority]) < 1e-6
        assert gap_at(flip.level_at - flip.change / 2) * gap > 0


def test_one_step_in_a_given_answer_is_close() -> None:
    new, far, near = Flip("a", None, 0.1), Flip("b", 1, 2.5), Flip("c", 0, 1.0)
    assert closest([new, far]) is None
    assert closest([new, far, near]) is near
    assert closest([new, Flip("b", 3, 2.0), near]) == Flip("b", 3, 2.0)
    assert closest([]) is None
