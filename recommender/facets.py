"""Facets: columns by which charities can be chosen, counted, and left out with the reason told.

A cell may hold several values, as the places where a charity works. One without any holds
"not stated", which is a value like the others: it is kept or left out only where a donor says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .errors import UnknownNameError
from .schema import (
    CATALOGUE,
    DESCRIBERS,
    NOT_STATED,
    PLACES,
    SIZES,
    STATUSES,
    YES_NO,
    defaults,
    items,
)

FACETS = (
    "works_in",
    "faith_based",
    "government_linked",
    "lobbies",
    "status",
    "tax_deductible",
    "country",
    "region",
    "size",
    "described_by",
)

_VALUES = {
    **dict.fromkeys(("faith_based", "government_linked", "lobbies"), YES_NO),
    "works_in": PLACES,
    "status": STATUSES,
    "size": SIZES,
    "described_by": DESCRIBERS,
}
"""What a facet's values may be, whether or not any charity has them."""

Choice = Mapping[str, tuple[str, ...]]
"""Values by facet."""

Rows = Sequence[int] | np.ndarray
"""Rows of a catalogue."""


@dataclass(frozen=True)
class Facet:
    """One column: its distinct cells, and which of them each charity holds.

    Attributes
    ----------
    cells : tuple of str
    codes : ndarray of unsigned integers, shape (charities,)
        The number of each charity's cell.
    """

    cells: tuple[str, ...]
    codes: np.ndarray

    def said(self, cell: int) -> str:
        """Return what a distinct cell says: its text, or that nothing is stated."""
        return self.cells[cell] or NOT_STATED

    def values(self) -> list[frozenset[str]]:
        """Return the values of each distinct cell."""
        return [frozenset(items(cell)) or frozenset([NOT_STATED]) for cell in self.cells]

    def having(self, values: Iterable[str]) -> np.ndarray:
        """Tell of each distinct cell whether it holds one of the values."""
        wanted = set(values)
        return np.array([not wanted.isdisjoint(v) for v in self.values()], dtype=bool)

    def counts(self, among: np.ndarray | None = None) -> dict[str, int]:
        """Return how many charities have each value, of all or of those that a mask tells."""
        codes = self.codes if among is None else self.codes[among]
        of_cells = np.bincount(codes, minlength=len(self.cells))
        found: dict[str, int] = {}
        for values, count in zip(self.values(), of_cells.tolist(), strict=True):
            for value in sorted(values):
                found[value] = found.get(value, 0) + count
        return dict(sorted(found.items()))


class Facets:
    """The facets of a catalogue.

    Parameters
    ----------
    facets : mapping of column to Facet
    """

    def __init__(self, facets: Mapping[str, Facet]) -> None:
        self._facets = dict(facets)

    @classmethod
    def of(cls, table: pa.Table) -> Facets:
        """Return the facets of a table of charities; where a column lacks, none is stated."""
        absent = defaults(CATALOGUE)
        none = np.zeros(len(table), dtype=np.uint8)
        return cls(
            {
                name: _facet(table.column(name))
                if name in table.column_names
                else Facet((absent[name],), none)
                for name in FACETS
            }
        )

    def __iter__(self) -> Iterator[tuple[str, Facet]]:
        return iter(self._facets.items())

    def counts(self) -> pd.Series:
        """Return how many charities have each value; index facet and value."""
        counted = {(n, v): c for n, facet in self for v, c in facet.counts().items()}
        index = pd.MultiIndex.from_tuples(list(counted), names=["facet", "value"])
        return pd.Series(list(counted.values()), index=index, dtype=int, name="charities")

    def checked(self, choice: Mapping[str, str | Iterable[str]] | None) -> Choice:
        """Return a choice with each facet's values as a tuple; a facet without any says nothing.

        Raises
        ------
        UnknownNameError
            For a facet, or a value, that there can't be, or that no charity has.
        """
        found = {}
        for name, values in (choice or {}).items():
            if name not in self._facets:
                raise UnknownNameError("facet", name, self._facets)
            given = (values,) if isinstance(values, str) else tuple(dict.fromkeys(values))
            known = self.known(name)
            for value in given:
                if value not in known:
                    raise UnknownNameError(f"value of {name}", value, sorted(known))
            if given:
                found[name] = given
        return found

    def known(self, name: str) -> frozenset[str]:
        """Return the values that a facet can have or has; none if there is no such facet."""
        if name not in self._facets:
            return frozenset()
        return frozenset((NOT_STATED, *_VALUES.get(name, ()))).union(*self._facets[name].values())

    def kept(self, only: Choice, hide: Choice, keep: Rows = ()) -> np.ndarray | None:
        """Tell which charities a choice keeps; None if it keeps all by naming nothing.

        Parameters
        ----------
        only : mapping of facet to values
            A charity stays if it has one of the values of each facet.
        hide : mapping of facet to values
            A charity goes if it has any of them.
        keep : sequence of int
            The rows of charities that stay whatever they hold.
        """
        kept: np.ndarray | None = None
        for name, stays in self._rules(only, hide):
            mask = stays[self._facets[name].codes]
            kept = mask if kept is None else kept & mask
        if kept is not None:
            kept[list(keep)] = True
        return kept

    def _rules(self, only: Choice, hide: Choice) -> Iterator[tuple[str, np.ndarray]]:
        for name, values in only.items():
            yield name, self._facets[name].having(values)
        for name, values in hide.items():
            yield name, ~self._facets[name].having(values)

    def _leaving(self, only: Choice, hide: Choice, keep: Rows) -> Iterator[tuple[str, np.ndarray]]:
        """Yield each facet of a choice, and which charities it is the first to leave out."""
        left: np.ndarray | None = None
        for name, stays in self._rules(only, hide):
            goes = ~stays[self._facets[name].codes]
            goes[list(keep)] = False
            goes = goes if left is None else goes & left
            left = ~goes if left is None else left & ~goes
            yield name, goes

    def excluded(self, only: Choice, hide: Choice, keep: Rows = ()) -> pd.Series:
        """Return how many charities were left out for which value; index facet and value.

        Each counts once, for the first facet that leaves it out and the value that it has there;
        together they are all that are left out.
        """
        counted: dict[tuple[str, str], int] = {}
        for name, goes in self._leaving(only, hide, keep):
            facet = self._facets[name]
            of_cells = np.bincount(facet.codes[goes], minlength=len(facet.cells))
            for cell in np.flatnonzero(of_cells).tolist():
                key = (name, facet.said(cell))
                counted[key] = counted.get(key, 0) + int(of_cells[cell])
        index = pd.MultiIndex.from_tuples(list(counted), names=["facet", "value"])
        return pd.Series(list(counted.values()), index=index, dtype=int, name="charities")

    def left_out(
        self,
        only: Choice,
        hide: Choice,
        keep: Rows,
        order: np.ndarray,
        k: int | None,
    ) -> tuple[np.ndarray, list[str], list[str]]:
        """Return which charities were left out: their rows, for which facet, what they hold there.

        Counted by facet and value they are what `excluded` counts.

        Parameters
        ----------
        only, hide, keep
            As of `kept`.
        order : ndarray of integers, shape (charities,)
            All rows, in the order in which they are returned.
        k : int or None
            How many at most; all if None.
        """
        by = np.full(len(order), -1, dtype=np.int8)
        names: list[str] = []
        for name, goes in self._leaving(only, hide, keep):
            by[goes] = len(names)
            names.append(name)
        rows = order[by[order] >= 0][:k]
        facets = [names[number] for number in by[rows].tolist()]
        codes = [int(self._facets[f].codes[row]) for f, row in zip(facets, rows, strict=True)]
        cells = [self._facets[f].said(code) for f, code in zip(facets, codes, strict=True)]
        return rows, facets, cells


def _facet(column: pa.ChunkedArray) -> Facet:
    encoded = pc.dictionary_encode(column).unify_dictionaries()
    if encoded.num_chunks == 0:
        return Facet((), np.zeros(0, dtype=np.uint8))
    cells = [cell or "" for cell in encoded.chunk(0).dictionary.to_pylist()]
    codes = np.concatenate([c.indices.to_numpy(zero_copy_only=False) for c in encoded.chunks])
    order = sorted(range(len(cells)), key=cells.__getitem__)
    place = np.empty(len(cells), dtype=np.min_scalar_type(max(len(cells) - 1, 0)))
    place[order] = np.arange(len(cells))
    return Facet(tuple(cells[i] for i in order), place[codes])
