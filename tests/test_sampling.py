import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recommender.leading import edge_shares
from recommender.sampling import any_answers, any_weighting, times_first, wilson

STEPS = st.integers(0, 6).map(lambda step: step / 4)
MATRICES = st.tuples(st.integers(1, 7), st.integers(1, 4)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=STEPS)
)
DRAWS = 2_000


def random() -> np.random.Generator:
    return np.random.default_rng(7)


def test_weightings_are_uniform_over_the_simplex() -> None:
    drawn = any_weighting(random(), 200_000, 3)
    assert drawn.sum(axis=1) == pytest.approx(1)
    # Of Dirichlet(1, 1, 1): means 1/3, variances 1/18, and P(w > x) = (1 - x)².
    assert drawn.mean(axis=0).tolist() == pytest.approx([1 / 3] * 3, abs=0.003)
    assert drawn.var(axis=0).tolist() == pytest.approx([1 / 18] * 3, abs=0.001)
    assert (drawn > 0.5).mean(axis=0).tolist() == pytest.approx([0.25] * 3, abs=0.005)


def test_answers_are_whole_numbers_of_which_one_is_above_0() -> None:
    drawn = any_answers(random(), 30_000, 1)
    assert drawn.tolist() == [[1.0]] * 30_000
    two = any_answers(random(), 70_000, 2)
    sets, counts = np.unique(two.round(9), axis=0, return_counts=True)
    # 35 sets of answers; (1, 0) to (5, 0) are one weighting, and so are (1, 1) to (5, 5).
    corner = counts[(sets == [1.0, 0.0]).all(axis=1)][0]
    assert corner / 70_000 == pytest.approx(5 / 35, abs=0.006)
    assert counts[(sets == [0.5, 0.5]).all(axis=1)][0] / 70_000 == pytest.approx(5 / 35, abs=0.006)
    assert len(sets) == 21


@given(MATRICES, st.integers(0, 5))
def test_shares_sum_to_one_if_something_is_always_matched(values: np.ndarray, seed: int) -> None:
    sizes = np.arange(1, len(values) + 1)
    for draw in (any_weighting, any_answers):
        found = times_first(values, sizes, draw, DRAWS, seed)
        assert found.min() >= 0
        if values.any(axis=0).all():
            assert found @ sizes == pytest.approx(DRAWS)
        if not values.any():
            assert not found.any()


@given(MATRICES)
def test_counts_are_those_of_ranking_each_draw(values: np.ndarray) -> None:
    sizes = np.ones(len(values))
    scores = (any_answers(np.random.default_rng(3), 500, values.shape[1]) @ values.T).round(12)
    expected = np.zeros(len(values))
    for score in scores:
        if score.max() > 0:
            leads = score == score.max()
            expected += leads / leads.sum()
    found = times_first(values, sizes, any_answers, 500, 3)
    assert found.tolist() == pytest.approx(expected.tolist())


def test_the_same_seed_draws_the_same_and_another_others() -> None:
    values = np.random.default_rng(0).random((9, 4))
    one, same, other = (
        times_first(values, np.ones(9), any_weighting, DRAWS, seed) for seed in (1, 1, 2)
    )
    assert one.tolist() == same.tolist() != other.tolist()


def test_blocks_are_drawn_until_there_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(0).random((9, 4))
    monkeypatch.setattr("recommender.sampling._AT_ONCE", 1)
    monkeypatch.setattr("recommender.sampling._LEAST", 7)
    assert times_first(values, np.ones(9), any_weighting, 100, 1).sum() == pytest.approx(100)


def test_two_priorities_are_drawn_as_often_as_they_lead() -> None:
    values = np.random.default_rng(5).random((12, 2))
    exact = edge_shares(values, np.ones(12))
    low, high = wilson(times_first(values, np.ones(12), any_weighting, 100_000, 0), 100_000)
    assert (low <= exact + 0.002).all()
    assert (exact - 0.002 <= high).all()


@pytest.mark.parametrize(
    ("times", "draws", "expected"),
    # Wilson's own formula by hand; 0 of 10 and 5 of 10 are in Brown, Cai and DasGupta, 2001.
    [(0, 10, (0.0, 0.2775)), (5, 10, (0.2366, 0.7634)), (10, 10, (0.7225, 1.0))],
)
def test_intervals_are_wilsons(times: int, draws: int, expected: tuple[float, float]) -> None:
    low, high = wilson(np.array([times]), draws)
    assert (low[0], high[0]) == pytest.approx(expected, abs=1e-4)


def test_an_interval_holds_what_is_true_as_often_as_it_says() -> None:
    times = random().binomial(400, 0.03, 20_000)
    low, high = wilson(times, 400)
    assert np.mean((low <= 0.03) & (high >= 0.03)) == pytest.approx(0.95, abs=0.02)
