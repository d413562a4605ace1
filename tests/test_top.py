import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.top import BLOCK, Blocks, contenders, maxima_of


@given(
    scores=st.lists(st.sampled_from([-1.0, 0.0, 0.25, 0.5, 0.5 + 1e-13, 1.0]), max_size=60),
    k=st.integers(0, 70),
    margin=st.sampled_from([0.0, 1e-12]),
)
def test_the_k_best_and_all_that_count_as_the_last_of_them_are_among_them(
    scores: list[float], k: int, margin: float
) -> None:
    array = np.array(scores)
    rows = contenders(array, k, margin)
    assert rows.tolist() == sorted(set(rows.tolist()))
    best = np.sort(array)[::-1][:k]
    if len(best):
        assert set(np.flatnonzero(array >= best[-1] - margin)) <= set(rows)


@pytest.mark.parametrize("k", [1, 10, 300, 4000])
def test_few_others_are_among_them(k: int) -> None:
    rng = np.random.default_rng(1)
    scores = rng.random(40 * BLOCK)
    best = np.sort(scores)[-k]
    rows = contenders(scores, k)
    assert set(np.flatnonzero(scores >= best)) <= set(rows)
    assert len(rows) <= 1.5 * k


def test_all_or_none_may_be_asked_for() -> None:
    assert contenders(np.array([1.0, 2.0]), 0).tolist() == []
    assert contenders(np.array([1.0, 2.0]), 2).tolist() == [0, 1]
    assert contenders(np.array([]), 3).tolist() == []


@given(st.lists(st.sampled_from([0.0, 0.5, 0.75, 1.0]), min_size=1, max_size=60), st.data())
def test_a_threshold_is_reached_by_as_many_as_are_wanted(
    scores: list[float], data: st.DataObject
) -> None:
    k = data.draw(st.integers(1, len(scores)))
    least = Blocks(np.array(scores), k).threshold(k)
    assert sum(score >= least for score in scores) >= k


@given(
    st.lists(st.sampled_from([-0.5, 0.0, 0.5, 1.0]), min_size=1, max_size=60),
    st.sampled_from([-1.0, -0.5, 0.0, 0.3, 0.5, 1.0, 2.0]),
    st.data(),
)
def test_all_that_reach_a_number_are_found(
    scores: list[float], least: float, data: st.DataObject
) -> None:
    """Whether in few blocks or in most."""
    array = np.array(scores)
    k = data.draw(st.integers(1, len(scores)))
    assert Blocks(array, k).reaching(least).tolist() == np.flatnonzero(array >= least).tolist()


@pytest.mark.parametrize("k", [1, 10, 4000])
def test_maxima_that_are_known_change_nothing(k: int) -> None:
    scores = np.random.default_rng(2).random(100 * BLOCK + 7)
    found = contenders(scores, k, 0.0, maxima_of(scores))
    assert found.tolist() == contenders(scores, k).tolist()
    assert maxima_of(scores)[-1] == scores[-7:].max()
