"""Which rows of a matrix of matches lead under which weightings: exact answers.

A weighting is a row w of weights, 0 or more, that sum to one: a point of the simplex. Row i leads
under w if Σ_p w_p · v(i, p) is above 0 and no row has more. Nothing here draws at random.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

EXACT = 1e-9
"""Leads that are smaller than this, in matches, are none: what a linear programme is exact to."""

_BLOCK = 256
_WHOLE = 400
"""Rows that a linear programme is given at once; of more, those that turn out to matter."""

_MORE = 8


@dataclass(frozen=True)
class Lead:
    """How far a row can lead all others.

    Attributes
    ----------
    margin : float
        The most by which its score exceeds every other row's, and 0, under any weighting; 0 if it
        can be level with the best at most, below 0 if it is always behind.
    weights : ndarray of float64, shape (priorities,)
        A weighting of that margin.
    mixture : mapping of row to share
        Rows whose mean, weighted by these shares, is at least v(i, p) - margin for every p; they
        prove that no weighting has a larger margin. What is missing to 1 is a row of zeros.
    """

    margin: float
    weights: np.ndarray
    mixture: dict[int, float]


def may_lead(total: np.ndarray) -> np.ndarray:
    """Tell which rows may lead, from Σ_p v(i, p) / max_j v(j, p) of each row.

    A row for which that sum is below 1 is behind under every weighting w: its score is
    Σ_p w_p · max_j v(j, p) · share_p, less than the largest of the w_p · max_j v(j, p), which the
    row that is best for that p reaches. Exact, but keeps rows that others outdo.
    """
    return total >= 1 - EXACT


def undominated(values: np.ndarray) -> np.ndarray:
    """Tell which rows no other row dominates: the Pareto front. Equal rows don't dominate.

    A row dominates another if it is at least as large in every column, and larger in one. No
    dominated row leads alone.

    Parameters
    ----------
    values : ndarray, shape (rows, priorities)

    Returns
    -------
    ndarray of bool, shape (rows,)
    """
    rows, back = np.unique(values, axis=0, return_inverse=True)
    # What dominates a row has no smaller sum, also as it is rounded, and stands later in rows.
    order = np.lexsort((-np.arange(len(rows)), -rows.sum(axis=1)))
    kept: list[np.ndarray] = []
    for start in range(0, len(order), _BLOCK):
        block = order[start : start + _BLOCK]
        for front in kept:
            block = block[~_reached(rows[block], rows[front]).any(axis=1)]
        within = _reached(rows[block], rows[block])
        np.fill_diagonal(within, val=False)
        kept.append(block[~within.any(axis=1)])
    stays = np.zeros(len(rows), dtype=bool)
    stays[np.concatenate(kept or [order])] = True
    return stays[back.ravel()]


def _reached(rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Tell of each row, and each other, whether the other is at least as large everywhere."""
    reached = np.ones((len(rows), len(others)), dtype=bool)
    for column in range(rows.shape[1]):
        reached &= others[:, column] >= rows[:, column, None]
    return reached


def dominators(values: np.ndarray, row: int) -> np.ndarray:
    """Return the other rows that are at least as large as a row in every column, in their order."""
    reached = (values >= values[row]).all(axis=1)
    reached[row] = False
    return np.flatnonzero(reached)


def lead(values: np.ndarray, row: int, likely: np.ndarray | None = None) -> Lead:
    """Return how far a row can lead all others, by a linear programme (HiGHS).

    Maximise t over w ≥ 0 with Σ_p w_p = 1 so that Σ_p w_p · (v(row, p) - v(j, p)) ≥ t for every
    other j, and for a row of zeros: who leads has a score above 0. Of many rows the programme holds
    those that lead at its answers, until none that it doesn't hold is in the way.

    Parameters
    ----------
    values : ndarray of float64, shape (rows, priorities)
        0 or more; each column holds something above 0.
    row : int
    likely : ndarray of int, optional
        Rows that are likely to be in the way, which the programme of many rows begins with; those
        that are best for one priority if left out. They change how long it takes, nothing else.
    """
    others = np.delete(np.arange(len(values)), row)
    begin = _leaders_of_one(values, row) if likely is None else likely[likely != row]
    held = others if len(others) <= _WHOLE else begin
    while True:
        bound, weights, mixture = _solved(values, row, held)
        scores = values @ weights
        own, scores[row] = scores[row], 0.0
        margin = float(own - scores.max())
        first = np.argsort(-scores, kind="stable")[:_MORE]
        ahead = np.setdiff1d(first[scores[first] > own - bound], np.append(held, row))
        if margin >= bound - EXACT or not len(ahead):
            return Lead(0.0 if abs(margin) < EXACT else margin, weights, mixture)
        held = np.append(held, ahead)


def _leaders_of_one(values: np.ndarray, row: int) -> np.ndarray:
    rest = values.copy()
    rest[row] = -1
    return np.unique(rest.argmax(axis=0))


def _solved(
    values: np.ndarray, row: int, held: np.ndarray
) -> tuple[float, np.ndarray, dict[int, float]]:
    count = values.shape[1]
    ahead = np.vstack([values[held], np.zeros(count)]) - values[row]
    found = linprog(
        c=np.append(np.zeros(count), -1.0),
        A_ub=np.column_stack([ahead, np.ones(len(ahead))]),
        b_ub=np.zeros(len(ahead)),
        A_eq=np.append(np.ones(count), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0, None)] * count + [(None, None)],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    weights = np.clip(found.x[:count], 0.0, None)
    shares = -found.ineqlin.marginals[:-1]
    mixture = {int(j): float(s) for j, s in zip(held, shares, strict=True) if s > EXACT}
    return -float(found.fun), weights / weights.sum(), mixture


def corner_shares(values: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return for what share of the weightings of one priority each row leads; exact.

    Parameters
    ----------
    values : ndarray, shape (rows, priorities)
    sizes : ndarray, shape (rows,)
        How many charities each row stands for; those that lead together share equally.

    Returns
    -------
    ndarray of float64, shape (rows,)
        The share of each charity that a row stands for. Times `sizes` they sum to 1, or less if
        some priority is matched by nobody.
    """
    leads = (values == values.max(axis=0)) & (values > 0)
    together = sizes @ leads
    return (leads / np.where(together > 0, together, 1)).sum(axis=1) / values.shape[1]


def edge_shares(values: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return for what share of the weightings of two priorities each row leads; exact.

    All pairs of priorities count the same, and for a pair all ways of sharing the weight. Along
    these the scores are straight lines, of which the upper envelope is walked.

    Parameters, and what is returned, are as of `corner_shares`; there are two columns at least.
    """
    total = np.zeros(len(values))
    pairs = list(combinations(range(values.shape[1]), 2))
    for first, second in pairs:
        for rows, length in envelope(values[:, first], values[:, second]):
            total[rows] += length / sizes[rows].sum()
    return total / len(pairs)


def envelope(at_zero: np.ndarray, at_one: np.ndarray) -> Iterator[tuple[np.ndarray, float]]:
    """Yield the lines that are highest from 0 to 1, piece by piece: which, and over what length.

    Parameters
    ----------
    at_zero, at_one : ndarray, shape (lines,)
        The height of each line at both ends, 0 or more. A piece where all are 0 is left out.
    """
    slope = at_one - at_zero
    here, now = 0.0, int(np.lexsort((slope, at_zero))[-1])
    while here < 1 and max(at_zero[now], at_one[now]) > 0:
        steeper = np.flatnonzero(slope > slope[now])
        crossing = (at_zero[now] - at_zero[steeper]) / (slope[steeper] - slope[now])
        there = float(np.clip(crossing.min(initial=1.0), here, 1.0))
        alike = (at_zero == at_zero[now]) & (at_one == at_one[now])
        yield np.flatnonzero(alike), there - here
        if not len(steeper) or there >= 1:
            return
        nearest = steeper[crossing == crossing.min()]
        here, now = there, int(nearest[np.argmax(slope[nearest])])
