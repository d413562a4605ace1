"""The TF-IDF weights of one language by term: which charities' texts hold it, and how telling.

They are kept column by column, a column a term, its rows in ascending order. A query adds up its
own terms' columns only, whatever else the texts hold. Weights are 32-bit floats. A ranking's first
guess adds them up as such; what is shown is added up again as 64-bit floats, in the order of the
columns, so that one row's score is the same whichever rows are asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from .strings import Strings
from .top import BLOCK, maxima_of

try:  # what scipy's own product calls; it needs no copy of the columns
    from scipy.sparse._sparsetools import csc_matvec
except ImportError:  # a private name may move
    csc_matvec = None

Rows = slice
"""A range of rows; start and stop."""

Columns = tuple[np.ndarray, np.ndarray]
"""Columns in ascending order, and a query's weight for each."""

_FEW = 2_000_000
"""So many pairs of row and term are looked up one by one; for more, whole columns are added."""

_NEAR, _LONG = 1 << 18, 1 << 11
"""Rows whose sums fit into a near cache, and postings from which on a column is cut by them."""

_CUTTABLE = 100
"""Columns up to which all are cut, however short."""

_COUNTED = 2**31 - 1
"""Postings that scipy's product can count."""

_MANY = 8
"""Rows from which on columns are searched one by one."""


@dataclass(frozen=True)
class Postings:
    """Postings of one language.

    Attributes
    ----------
    terms : Strings
        The term of each column.
    starts : ndarray of int64, shape (terms + 1,)
        Where each column begins.
    rows : ndarray of int32
    weights : ndarray of float32
        Above 0; a row's have unit length.
    idf : ndarray of float64, shape (terms,)
    present : ndarray of bool, shape (charities,)
        Which charities are described in this language.
    """

    terms: Strings
    starts: np.ndarray
    rows: np.ndarray
    weights: np.ndarray
    idf: np.ndarray
    present: np.ndarray

    def column(self, term: str) -> int | None:
        """Return the column of a term, or None."""
        return self.terms.find(term)

    def slice(self, column: int) -> slice:
        """Return where a column stands in `rows` and `weights`."""
        return slice(int(self.starts[column]), int(self.starts[column + 1]))

    def frequency(self, column: int) -> int:
        """Return how many texts hold a term."""
        return int(self.starts[column + 1] - self.starts[column])

    def columns(self, query: Mapping[str, float]) -> Columns:
        """Return the columns of a query's terms that any text holds, in order, and its weights."""
        known = sorted(
            (column, weight)
            for term, weight in query.items()
            if (column := self.column(term)) is not None
        )
        columns, weights = zip(*known, strict=True) if known else ((), ())
        return np.array(columns, dtype=np.int64), np.array(weights, dtype=np.float64)

    def add(self, query: Columns, total: np.ndarray, *, fresh: bool = False) -> np.ndarray | None:
        """Add a query's sums to `total`, 32-bit floats by charity; a fresh one holds anything.

        Returns
        -------
        ndarray, optional
            The new `maxima_of` the total, where they were found on the way.
        """
        columns, weights = query
        starts, ends = self.starts[columns], self.starts[columns + 1]
        all_ = len(columns) <= _CUTTABLE
        cut = ((ends - starts > _LONG) | all_) & (len(total) > _NEAR)
        cuts = self._cuts(starts[cut], ends[cut], len(total))
        maxima = np.empty(-(-len(total) // BLOCK), dtype=np.float32) if all_ else None

        for piece in range(len(cuts) - 1):
            rows = slice(piece * _NEAR, (piece + 1) * _NEAR)
            if fresh:
                total[rows] = 0
            self._add(cuts[piece], cuts[piece + 1], weights[cut], total)
            if maxima is not None:
                maxima[rows.start // BLOCK : rows.stop // BLOCK] = maxima_of(total[rows])
        self._add(starts[~cut], ends[~cut], weights[~cut], total)
        return maxima if cut.all() and len(cut) else None

    def _cuts(self, starts: np.ndarray, ends: np.ndarray, size: int) -> np.ndarray:
        """Return where each column's rows pass each multiple of _NEAR, a line a multiple.

        What is added to piece by piece stays in the processor's nearer caches.
        """
        edges = np.arange(_NEAR, size, _NEAR, dtype=self.rows.dtype)
        pairs = zip(starts.tolist(), ends.tolist(), strict=True)
        inner = [start + self.rows[start:end].searchsorted(edges) for start, end in pairs]
        between = np.reshape(inner, (len(starts), len(edges))).T.astype(np.int64)
        return np.vstack([starts, between, ends])

    def _add(
        self, starts: np.ndarray, ends: np.ndarray, weights: np.ndarray, total: np.ndarray
    ) -> None:
        if csc_matvec is None or len(self.rows) > _COUNTED:
            for start, end, weight in zip(starts, ends, weights.tolist(), strict=True):
                # A column holds each row once.
                total[self.rows[start:end]] += np.float32(weight) * self.weights[start:end]
        elif len(starts):
            # All in one call: between two columns stands one that ends before it begins, and so
            # is empty, since the columns are taken from the last to the first.
            edges = np.column_stack([starts, ends])[::-1].ravel().astype(np.int32)
            factors = np.column_stack([weights, np.zeros_like(weights)])[::-1].ravel()
            csc_matvec(
                len(total),
                len(edges) - 1,
                edges,
                self.rows,
                self.weights,
                factors.astype(np.float32),
                total,
            )

    def sums(self, query: Columns, rows: np.ndarray | Rows | None = None) -> np.ndarray:
        """Return Σ query(t) · weight(row, t), as 64-bit floats; of all rows if none are given.

        Of a slice (start and stop) only its rows are added up.
        """
        columns, weights = query
        if isinstance(rows, Rows):
            return self._whole(columns, rows.start, rows.stop) @ weights
        if rows is None or len(rows) * len(columns) > _FEW:
            found = self._whole(columns) @ weights
            return found if rows is None else found[rows]
        return sparse.csr_array(self.at(rows, columns)) @ weights

    def _whole(
        self, columns: np.ndarray, first: int = 0, end: int | None = None
    ) -> sparse.csc_array:
        edges = zip(self.starts[columns].tolist(), self.starts[columns + 1].tolist(), strict=True)
        slices = [slice(start, end) for start, end in edges]
        if end is not None:  # a column's rows ascend, so that those of a range lie together
            slices = [self._cut(column, first, end) for column in slices]
        sizes = [s.stop - s.start for s in slices]
        rows = np.concatenate([self.rows[s] for s in slices] or [self.rows[:0]])
        weights = np.concatenate([self.weights[s] for s in slices] or [self.weights[:0]])
        starts = np.concatenate([[0], np.cumsum(sizes)])
        shape = ((len(self.present) if end is None else end) - first, len(columns))
        rows = rows - np.int32(first) if first else rows
        return sparse.csc_array((weights.astype(np.float64), rows, starts), shape=shape)

    def _cut(self, column: Rows, first: int, end: int) -> Rows:
        wanted = np.array([first, end], dtype=self.rows.dtype)
        low, high = np.searchsorted(self.rows[column], wanted).tolist()
        return slice(column.start + low, column.start + high)

    def weight(self, row: int, column: int) -> float:
        """Return the weight of a term in a row; 0 if it doesn't stand there."""
        start, end = int(self.starts[column]), int(self.starts[column + 1])
        at = bisect_left(self.rows, row, start, end)
        return float(self.weights[at]) if at < end and self.rows[at] == row else 0.0

    def at(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Return the weights of some terms in some rows; shape (rows, columns)."""
        search = self._by_column if len(rows) >= _MANY else self._all_at_once
        return search(np.asarray(rows, dtype=self.rows.dtype), columns)

    def _by_column(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Search one column after another, each for all rows."""
        found = np.zeros((len(columns), len(rows)))
        edges = zip(self.starts[columns].tolist(), self.starts[columns + 1].tolist(), strict=True)
        for weights, (start, end) in zip(found, edges, strict=True):
            held = self.rows[start:end]
            if start < end:
                at = held.searchsorted(rows)
                there = held.take(at, mode="clip") == rows
                weights[there] = self.weights[start:end].take(at[there])
        return found.T

    def _all_at_once(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Search all columns in step: quicker where there are few rows."""
        shape = (len(rows), len(columns))
        low = np.broadcast_to(self.starts[columns], shape).copy()
        end = np.broadcast_to(self.starts[columns + 1], shape)
        high, wanted = end.copy(), rows[:, None]
        last = max(len(self.rows) - 1, 0)
        while (open_ := low < high).any():
            middle = (low + high) // 2
            before = open_ & (self.rows[np.minimum(middle, last)] < wanted)
            low = np.where(before, middle + 1, low)
            high = np.where(open_ & ~before, middle, high)
        at = np.minimum(low, last)
        there = (low < end) & (self.rows[at] == wanted) if len(self.rows) else low < end
        return np.where(there, self.weights[at], 0.0) if len(self.rows) else np.zeros(shape)
