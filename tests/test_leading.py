from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recommender.leading import (
    _WHOLE,
    corner_shares,
    dominators,
    edge_shares,
    envelope,
    lead,
    may_lead,
    undominated,
)

# Few different values, so that ties, twins and zeros are common.
STEPS = st.integers(0, 6).map(lambda step: step / 4)
MATRICES = st.tuples(st.integers(1, 7), st.integers(1, 4)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=STEPS)
)
DISTINCT = MATRICES.map(lambda values: np.unique(values, axis=0)).filter(
    lambda values: values.any(axis=0).all()
)


def grid(priorities: int, steps: int = 12) -> np.ndarray:
    """All weightings in whole steps, the corners and edges among them."""
    bars = combinations(range(steps + priorities - 1), priorities - 1)
    edges = [(-1, *bar, steps + priorities - 1) for bar in bars]
    return (np.diff(np.array(edges), axis=1) - 1) / steps


def dominated_by_hand(values: np.ndarray) -> list[bool]:
    return [any((other >= row).all() and (other > row).any() for other in values) for row in values]


@given(MATRICES)
def test_the_front_is_what_comparing_all_pairs_finds(values: np.ndarray) -> None:
    assert undominated(values).tolist() == [not found for found in dominated_by_hand(values)]


def test_the_front_of_many_rows_is_that_of_all_pairs() -> None:
    values = np.random.default_rng(1).integers(0, 5, (900, 4)) / 4
    assert undominated(values).tolist() == [not found for found in dominated_by_hand(values)]


def test_the_front_of_rows_in_a_line_is_all_of_them() -> None:
    falling = np.linspace(0, 1, 700)
    assert undominated(np.column_stack([falling, 1 - falling])).all()
    assert undominated(np.column_stack([falling, falling])).sum() == 1


@given(MATRICES)
def test_whoever_leads_somewhere_passes_the_filter(values: np.ndarray) -> None:
    peaks = values.max(axis=0)
    kept = may_lead((values / np.where(peaks > 0, peaks, 1)).sum(axis=1))
    scores = grid(values.shape[1]) @ values.T
    best = scores.max(axis=1, keepdims=True)
    assert kept[((scores >= best - 1e-12) & (best > 1e-12)).any(axis=0)].all()


def test_the_filter_leaves_out_who_is_always_behind() -> None:
    values = np.array([[1.0, 0.0], [0.0, 2.0], [0.4, 1.0], [0.5, 1.0]])
    assert may_lead((values / values.max(axis=0)).sum(axis=1)).tolist() == [1, 1, 0, 1]


@given(DISTINCT)
def test_a_lead_is_the_largest_margin_there_is(values: np.ndarray) -> None:
    scores = grid(values.shape[1]) @ values.T
    for row in range(len(values)):
        found = lead(values, row)
        others = np.delete(scores, row, axis=1)
        margins = scores[:, row] - np.maximum(others.max(axis=1, initial=0.0), 0.0)
        assert found.margin >= margins.max() - 1e-8
        # What it says is reached where it says.
        own = values @ found.weights
        reached = own[row] - np.delete(own, row).max(initial=0.0)
        assert found.margin == pytest.approx(reached, abs=2e-9)
        assert found.weights.sum() == pytest.approx(1)
        assert found.weights.min() >= 0


@given(DISTINCT)
def test_a_mixture_proves_that_no_margin_is_larger(values: np.ndarray) -> None:
    for row in range(len(values)):
        found = lead(values, row)
        shares = np.zeros(len(values))
        shares[list(found.mixture)] = list(found.mixture.values())
        assert found.mixture.get(row) is None
        assert shares.sum() <= 1 + 1e-7
        assert (shares @ values >= values[row] - found.margin - 1e-7).all()


@given(DISTINCT)
def test_a_dominated_row_never_leads(values: np.ndarray) -> None:
    for row, dominated in enumerate(dominated_by_hand(values)):
        assert bool(len(dominators(values, row))) is dominated
        if dominated:
            assert lead(values, row).margin <= 0


def test_leads_worked_out_by_hand() -> None:
    values = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6], [0.4, 0.4], [1.0, 0.6]])
    first = lead(values, 0)
    assert (first.margin, dominators(values, 0).tolist()) == (0.0, [4])
    assert lead(values, 1).margin == pytest.approx(0.4)
    assert lead(values, 1).weights.tolist() == pytest.approx([0, 1])
    # Half way between the corners, without the one that has both.
    middle = lead(values[:4], 2)
    assert middle.margin == pytest.approx(0.1)
    assert middle.weights.tolist() == pytest.approx([0.5, 0.5])
    behind = lead(values[:4], 3)
    assert behind.margin == pytest.approx(-0.2)
    assert sum(behind.mixture.values()) == pytest.approx(1)


def test_one_row_alone_leads_by_its_score_and_a_row_of_nothing_never() -> None:
    assert lead(np.array([[0.5, 0.25]]), 0).margin == pytest.approx(0.5)
    assert lead(np.array([[0.5, 0.25], [0.0, 0.0]]), 1).margin < 0


def test_many_rows_have_the_leads_that_all_at_once_would_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = np.random.default_rng(2).random((60, 5))
    assert len(values) < _WHOLE
    whole = [lead(values, row).margin for row in range(len(values))]
    monkeypatch.setattr("recommender.leading._WHOLE", 3)
    assert [lead(values, row).margin for row in range(len(values))] == pytest.approx(whole)


def shared(scores: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Each row's share of the first places of many weightings, worked out plainly."""
    scores = scores.round(12)
    best = scores.max(axis=1, keepdims=True)
    leads = (scores == best) & (best > 0)
    return (leads / np.maximum(leads @ sizes, 1)[:, None]).mean(axis=0)


@given(MATRICES)
def test_corners_are_the_best_of_each_priority(values: np.ndarray) -> None:
    sizes = np.arange(1, len(values) + 1)
    expected = shared(np.eye(values.shape[1]) @ values.T, sizes)
    assert corner_shares(values, sizes).tolist() == pytest.approx(expected.tolist())


@given(MATRICES.filter(lambda values: values.shape[1] > 1))
def test_edges_are_what_a_fine_grid_finds(values: np.ndarray) -> None:
    values, sizes = np.unique(values, axis=0), None
    sizes = np.arange(1, len(values) + 1)
    # Between the crossings of such values no step is a tie.
    x = (np.arange(4000) + 0.5 + 1 / np.pi) / 4000
    sides = np.column_stack([1 - x, x])
    pairs = list(combinations(range(values.shape[1]), 2))
    expected = np.mean([shared(sides @ values[:, pair].T, sizes) for pair in pairs], axis=0)
    found = edge_shares(values, sizes)
    assert found.tolist() == pytest.approx(expected.tolist(), abs=5 / 4000 * len(values))
    matched = np.mean([values[:, pair].any() for pair in pairs])
    assert found @ sizes == pytest.approx(matched)


def test_an_envelope_worked_out_by_hand() -> None:
    at_zero, at_one = np.array([1.0, 0.0, 0.75, 0.75, 0.2]), np.array([0.0, 1.0, 0.5, 0.5, 0.3])
    pieces = [(rows.tolist(), length) for rows, length in envelope(at_zero, at_one)]
    assert [rows for rows, _ in pieces] == [[0], [2, 3], [1]]
    assert [length for _, length in pieces] == pytest.approx([1 / 3, 3 / 5 - 1 / 3, 2 / 5])
    assert list(envelope(np.zeros(3), np.zeros(3))) == []
