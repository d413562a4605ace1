"""What every charity matches of each priority, worked out once for many donors.

A donor who weighs priorities asks for the largest Σ_p w_p · s(p, d). The matches s(p, d) don't
depend on the donor. They are laid out so that charities of like strengths lie together, in groups
of GROUP: by the priority that each matches best, by the second best, then the strongest first. No
charity of a group scores more than the group's largest matches would. So a product of a block of
donors' weights with these, some 30,000 numbers for each donor and million charities, tells which
few groups can hold the best; of these every charity is looked at. It is exact: what 32-bit floats
can't tell apart is kept, and added up again as 64-bit floats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .index import Index, Part
from .top import contenders

GROUP = 32
_AT_ONCE = 2_000_000
"""Bounds that are worked out at once: few enough to stay in the processor's caches."""

_FIRST = 8
_SLICE = 100_000
_SAME = 2e-12
"""Scores that are rounded to the same twelve decimals differ by less."""

NewArray = Callable[[str, tuple[int, ...], type], np.ndarray]
"""Returns where to put an array of a name, a shape and a type."""


def _in_memory(name: str, shape: tuple[int, ...], kind: type) -> np.ndarray:
    return np.empty(shape, kind)


@dataclass(frozen=True)
class Kept:
    """Which charities a choice of facets keeps, in the order of the matches; and which groups."""

    rows: np.ndarray
    groups: np.ndarray


@dataclass(frozen=True)
class Matches:
    """The matches of a range of charities.

    Attributes
    ----------
    names : tuple of str
        The priority of each column.
    rows : ndarray of int32
        The charity of each line, as its row of the index.
    values : ndarray of float64, shape (charities, priorities)
        As `Index.match` returns them, to the last bit.
    most : ndarray of float32, shape (priorities, groups)
        The largest of each group.
    """

    names: tuple[str, ...]
    rows: np.ndarray
    values: np.ndarray
    most: np.ndarray

    @classmethod
    def of(
        cls,
        index: Index,
        parts: Mapping[str, Part],
        span: tuple[int, int],
        new_array: NewArray = _in_memory,
    ) -> Matches:
        """Work out the matches of the charities from one row to another.

        Parameters
        ----------
        index : Index
        parts : mapping of priority id to Part
        span : tuple of int
            The first row, and the one after the last.
        new_array : callable, optional
            A mapped file, if they are to be shared, or are more than the memory holds.
        """
        (low, high), names = span, tuple(parts)
        found = new_array("unordered", (high - low, len(names)), np.float64)
        for first in range(low, high, _SLICE):
            some = slice(first, min(first + _SLICE, high))
            for column, part in enumerate(parts.values()):
                found[some.start - low : some.stop - low, column] = index.match(part, some)
        order = _likes_together(found)
        values = new_array("values", found.shape, np.float64)
        for first in range(0, len(found), _SLICE):
            values[first : first + _SLICE] = found[order[first : first + _SLICE]]
        return cls.laid_out(names, (order + low).astype(np.int32), values)

    @classmethod
    def laid_out(cls, names: tuple[str, ...], rows: np.ndarray, values: np.ndarray) -> Matches:
        """Return matches that are in their order already."""
        starts = np.arange(0, len(rows), GROUP)
        most = np.maximum.reduceat(values, starts, axis=0) if len(rows) else values
        return cls(names, rows, values, np.ascontiguousarray(most.T, dtype=np.float32))

    def kept(self, mask: np.ndarray | None) -> Kept | None:
        """Return a mask of the index's rows in the order of the matches."""
        if mask is None:
            return None
        rows = mask[self.rows]
        starts = np.arange(0, len(rows), GROUP)
        return Kept(rows, np.logical_or.reduceat(rows, starts) if len(rows) else rows)

    def best(
        self, weights: np.ndarray, k: int, kept: Sequence[Kept | None], places: np.ndarray
    ) -> Iterator[np.ndarray]:
        """Yield, for each donor, the lines of all that may be among the first k.

        Parameters
        ----------
        weights : ndarray of float64, shape (donors, priorities)
            0 or more.
        k : int
            1 or more.
        kept : sequence of Kept or None
            What each donor's facets leave.
        places : ndarray
            The place of each row of the index in the order of the lots, which orders ties.
        """
        step = max(1, _AT_ONCE // max(self.most.shape[1], 1))
        for start in range(0, len(weights), step):
            some = weights[start : start + step]
            bounds = some.astype(np.float32) @ self.most
            for one, bound, stays in zip(some, bounds, kept[start : start + step], strict=True):
                yield self._best(one, bound, k, stays, places)

    def _best(
        self, weights: np.ndarray, bounds: np.ndarray, k: int, kept: Kept | None, places: np.ndarray
    ) -> np.ndarray:
        if kept is not None:
            bounds = np.where(kept.groups, bounds, np.float32(-1))
        least = self._least(weights, bounds, k, kept)
        if least <= 0:
            return self._all(weights, k, kept, places)
        lines = self._lines(np.flatnonzero(bounds >= least), kept)
        scores = self.values[lines] @ weights
        least = self._below(_kth(scores, k))
        return lines[scores >= least]

    def _least(self, weights: np.ndarray, bounds: np.ndarray, k: int, kept: Kept | None) -> float:
        """Return a score that k charities reach, from the groups that promise most; 0 if none."""
        wanted = max(_FIRST, 2 * k // GROUP)
        while True:
            lines = self._lines(contenders(bounds, wanted), kept)
            if len(lines) >= k:
                return self._below(_kth(self.values[lines] @ weights, k))
            if wanted >= len(bounds):
                return 0.0
            wanted *= 8

    def _lines(self, groups: np.ndarray, kept: Kept | None) -> np.ndarray:
        lines = (groups[:, None] * GROUP + np.arange(GROUP)).ravel()
        lines = lines[lines < len(self.rows)]
        return lines if kept is None else lines[kept.rows[lines]]

    def _below(self, score: float) -> float:
        """Return what is surely below a score, whichever way it was added up.

        A sum of n products of numbers that aren't negative is off by n + 2 units at most, each a
        share of the sum; here the score and what is compared with it both may be.
        """
        unit = float(np.finfo(np.float32).eps)
        return score - 2 * (len(self.names) + 8) * unit * score - _SAME

    def _all(
        self, weights: np.ndarray, k: int, kept: Kept | None, places: np.ndarray
    ) -> np.ndarray:
        """Return the lines of the first k where fewer than k score: all of these, others by lot."""
        scores = self.values @ weights
        here = np.ones(len(scores), dtype=bool) if kept is None else kept.rows
        some, zeros = np.flatnonzero((scores > 0) & here), np.flatnonzero((scores == 0) & here)
        if len(zeros) > k:
            order = places[self.rows[zeros]]
            zeros = zeros[np.argpartition(order, k)[: k + 1]]
        return np.concatenate([some, zeros])


def _kth(scores: np.ndarray, k: int) -> float:
    return float(np.partition(scores, -k)[-k]) if len(scores) >= k else 0.0


def _likes_together(values: np.ndarray) -> np.ndarray:
    """Return the order: by the best match's priority, by the second's, the strongest first."""
    if values.shape[1] < 2:
        return np.argsort(-values.sum(axis=1), kind="stable")
    pieces = [
        np.argpartition(values[first : first + _SLICE], -2, axis=1)[:, -2:].astype(np.int16)
        for first in range(0, len(values), _SLICE)
    ]
    second, best = np.concatenate(pieces or [np.zeros((0, 2), np.int16)]).T
    return np.lexsort((-values.max(axis=1, initial=0.0), second, best))
