"""The charities of a catalogue by row, id or name, from memory or a mapped file.

Of millions of charities only those that are shown are read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .errors import AnswersError, UnknownNameError
from .keys import NAMES, name_keys, order_of_ids, own_names
from .lots import lots, placed
from .names import MAX_NAME, Match, Names
from .schema import CATALOGUE, DESCRIBED_BY_NAME, defaults

if TYPE_CHECKING:
    import pandas as pd

_NEIGHBOURS = 200
_SUGGESTED, _NAMED = 3, 5


class Charities:
    """The charities of a catalogue.

    Parameters
    ----------
    table : pyarrow Table
        A row a charity; columns of `schema.CATALOGUE`, text. Absent ones hold their defaults.
    by_id : ndarray of int32
        The rows in the order of the ids, by which a charity is looked up.
    names : pyarrow Table
        From `keys.name_keys`.
    places : ndarray of int32
        Each row's place in the order of the lots, which orders what is equal; see `lots`.
    """

    def __init__(
        self, table: pa.Table, by_id: np.ndarray, names: pa.Table, places: np.ndarray
    ) -> None:
        self._table = table
        self.by_id, self.places = by_id, places
        self._names = Names(table, names, places)
        self._ids = table.column("charity_id")
        self._defaults = defaults(CATALOGUE)
        self._columns = [column.name for column in CATALOGUE[1:]]

    @classmethod
    def of(cls, catalogue: pd.DataFrame) -> Charities:
        """Return the charities of a catalogue in memory."""
        columns = [column.name for column in CATALOGUE[1:]]
        cells = {"charity_id": pa.array(catalogue.index, pa.string())}
        cells |= {name: pa.array(catalogue[name], pa.string()) for name in columns}
        table = pa.table(cells)
        by_id = order_of_ids(table)
        return cls(table, by_id, name_keys(table, by_id), places_by_lot(table, by_id))

    def __len__(self) -> int:
        return len(self._table)

    def ids(self, rows: Sequence[int] | np.ndarray) -> list[str]:
        """Return the ids of some rows."""
        return _cells(self._ids, rows)

    def by_lot(self) -> np.ndarray:
        """Return the rows in the order of their lots."""
        rows = np.empty_like(self.places)
        rows[self.places] = np.arange(len(rows), dtype=rows.dtype)
        return rows

    def row(self, charity_id: str) -> int | None:
        """Return the row of a charity, or None."""
        by_id, ids = self.by_id, self._ids
        at = bisect_left(by_id, charity_id, key=lambda row: ids[int(row)].as_py())
        found = at < len(by_id) and ids[int(by_id[at])].as_py() == charity_id
        return int(by_id[at]) if found else None

    def row_of(self, charity_id: str) -> int:
        """Return the row of a charity.

        Raises
        ------
        UnknownNameError
        """
        row = self.row(charity_id)
        if row is None:
            raise self._unknown(charity_id, lambda match: self.ids([match.row])[0])
        return row

    @property
    def table(self) -> pa.Table:
        """The table itself."""
        return self._table

    def column(self, name: str, rows: np.ndarray) -> list[str]:
        """Return the cells of one column in some rows."""
        if name not in self._table.column_names:
            return [self._defaults[name]] * len(rows)
        return _cells(self._table.column(name), rows)

    def stated(self) -> frozenset[str]:
        """Return the columns that any charity states something in; reads them all."""
        given = (c for c in self._defaults if c in self._table.column_names)
        return frozenset(c for c in given if self._any_states(c))

    def _any_states(self, column: str) -> bool:
        silence = pa.array(["", self._defaults[column]], pa.string())
        chunks = self._table.column(column).chunks
        return any(not pc.all(pc.is_in(chunk, silence)).as_py() for chunk in chunks if len(chunk))

    def frame(self, rows: np.ndarray) -> pd.DataFrame:
        """Return some rows as `load_catalogue` would."""
        import pandas as pd

        columns = {column: self.column(column, rows) for column in self._columns}
        ids = pd.Index(self.ids(rows), name="charity_id", dtype=str)
        return pd.DataFrame(columns, index=ids, dtype=str)

    def charity(self, charity_id: str) -> pd.Series:
        """Return a charity by its id.

        Raises
        ------
        UnknownNameError
        """
        import pandas as pd

        row = np.array([self.row_of(charity_id)])
        cells = [self.column(column, row)[0] for column in self._columns]
        return pd.Series(cells, index=self._columns, name=charity_id, dtype=str)

    def find(self, name: str) -> str:
        """Return the charity_id of a charity named by its id or one of its names.

        Raises
        ------
        UnknownNameError
            With the closest known names.
        AnswersError
            For a name that several charities have, with their ids.
        """
        if self.row(name) is not None:
            return name
        rows = self._names.rows(name, _NAMED + 1)
        if not rows:
            raise self._unknown(name, lambda match: match.name)
        if len(rows) > 1:
            more = ", …" if len(rows) > _NAMED else ""
            ids = ", ".join(self.ids(rows[:_NAMED]))
            raise AnswersError(
                f"more than one charity is called {name!r}: {ids}{more}. Name one by its id."
            )
        return self.ids(rows)[0]

    def search(self, name: str, k: int | None = None) -> list[Match]:
        """Return the charities that a name may mean, the likeliest first; see `names`."""
        return self._names.search(name, k)

    def _unknown(self, name: str, said: Callable[[Match], str]) -> UnknownNameError:
        """Return the error that tells what may have been meant, or what comes near in order."""
        short = name[:MAX_NAME]
        meant = [said(match) for match in self.search(short, _SUGGESTED)]
        known = meant or self._names.near(short, _NEIGHBOURS)
        return UnknownNameError("charity", name, known, meant)


def silent(charity: Mapping[str, str]) -> list[str]:
    """Return the names whose words say nothing where they stand in a charity's description.

    There are none where the name is all that describes it, as in a register without texts.
    """
    return [] if charity["described_by"] in DESCRIBED_BY_NAME else own_names(charity)


def all_silent(table: pa.Table) -> list[list[str]]:
    """Return the silent names of every charity of a table."""
    columns = [*NAMES, "described_by"]
    none = [""] * len(table)
    cells = [table.column(c).to_pylist() if c in table.column_names else none for c in columns]
    return [silent(dict(zip(columns, row, strict=True))) for row in zip(*cells, strict=True)]


def places_by_lot(table: pa.Table, by_id: np.ndarray) -> np.ndarray:
    """Return each row's place in the order of the lots; int32."""
    return placed(lots(table.column("charity_id")), by_id)


def _cells(column: pa.ChunkedArray, rows: Sequence[int] | np.ndarray) -> list[str]:
    return [column[int(row)].as_py() or "" for row in rows]


def frames(table: pa.Table, batch: int) -> Iterable[pa.Table]:
    """Yield a table in pieces of so many rows."""
    for start in range(0, len(table), batch):
        yield table.slice(start, batch)
