"""The charities of a catalogue by row, id or name, from memory or a mapped file.

Of millions of charities only those that are shown are read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .errors import UnknownNameError
from .schema import CATALOGUE, DESCRIBED_BY_NAME, defaults, items
from .text import normalise

if TYPE_CHECKING:
    import pandas as pd

NAMES = ("name", "name_ko", "short_name", "aliases")
_NEIGHBOURS = 200
_NO_LETTERS = r"[^\p{L}\p{N}]+"


class Charities:
    """The charities of a catalogue.

    Parameters
    ----------
    table : pyarrow Table
        A row a charity; columns of `schema.CATALOGUE`, text. Absent ones hold their defaults.
    by_id : ndarray of int32
        The rows in the order of the ids.
    names : pyarrow Table
        The columns key (a name as it is looked up, in order) and row. Where two charities share a
        name, the one whose id comes first has it.
    """

    def __init__(self, table: pa.Table, by_id: np.ndarray, names: pa.Table) -> None:
        self._table, self._names = table, names
        self.by_id = by_id
        self._ids = table.column("charity_id")
        self._keys, self._rows = names.column("key"), names.column("row")
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
        return cls(table, by_id, name_keys(table, by_id))

    def __len__(self) -> int:
        return len(self._table)

    @cached_property
    def places(self) -> np.ndarray:
        """Each row's place in the order of the ids; int32."""
        places = np.empty(len(self.by_id), dtype=np.int32)
        places[self.by_id] = np.arange(len(self.by_id), dtype=np.int32)
        return places

    def ids(self, rows: Sequence[int] | np.ndarray) -> list[str]:
        """Return the ids of some rows."""
        return _cells(self._ids, rows)

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
            raise self._unknown(charity_id)
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
        """
        if self.row(name) is not None:
            return name
        key, keys = key_of(name), self._keys
        at = self._place(key)
        if not key or at == len(keys) or keys[at].as_py() != key:
            raise self._unknown(name)
        return str(self._ids[self._rows[at].as_py()].as_py())

    def _place(self, key: str) -> int:
        keys = self._keys
        return bisect_left(range(len(keys)), key, key=lambda at: keys[at].as_py())

    def _unknown(self, name: str) -> UnknownNameError:
        """Return the error that tells the names whose keys are nearest in order."""
        at = self._place(key_of(name))
        near = self._rows.slice(max(0, at - _NEIGHBOURS), 2 * _NEIGHBOURS).to_numpy()
        rows = np.unique(near)
        known = [n for i, c in self.frame(rows).iterrows() for n in (str(i), *own_names(c))]
        return UnknownNameError("charity", name, known)


def own_names(charity: Mapping[str, str]) -> list[str]:
    """Return the names of a charity in the order of their columns."""
    name, korean, short, aliases = (charity[column] for column in NAMES)
    return [n for n in (name, korean, short, *items(aliases)) if n]


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


def key_of(name: str) -> str:
    """Return a name as it is looked up: its letters and digits, small."""
    return str(_keys(pa.array([normalise(name)], pa.string()))[0].as_py())


def _keys(names: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    return pc.replace_substring_regex(pc.utf8_lower(names), _NO_LETTERS, "")


def order_of_ids(table: pa.Table) -> np.ndarray:
    """Return the rows in the order of the ids."""
    order = pc.sort_indices(table.column("charity_id"))
    return order.to_numpy(zero_copy_only=False).astype(np.int32)


def name_keys(table: pa.Table, by_id: np.ndarray) -> pa.Table:
    """Return the keys of all names in order, each once, with the row of the charity named.

    An id is a name too.
    """
    ordered = pa.array(by_id)
    parts = []
    for name in ("charity_id", *NAMES):
        if name in table.column_names:
            cells = table.column(name).take(ordered)
            parts.append(_entries(cells, by_id, listed=name == "aliases"))
    keys = pa.chunked_array([chunk for keys, _ in parts for chunk in keys.chunks], pa.string())
    rows = np.concatenate([rows for _, rows in parts])
    # Stable: of equal keys the first stays, by the order of ids, then of the columns.
    places = np.empty(len(by_id), dtype=np.int32)
    places[by_id] = np.arange(len(by_id), dtype=np.int32)
    found = pa.table({"key": keys, "row": pa.array(rows), "place": pa.array(places[rows])})
    found = found.filter(pc.not_equal(found.column("key"), ""))
    found = found.sort_by([("key", "ascending"), ("place", "ascending")]).combine_chunks()
    column = found.column("key")
    first = pc.not_equal(column.slice(1), column.slice(0, max(len(column) - 1, 0)))
    kept = pa.chunked_array([pa.array([True][: len(column)]), *first.chunks], pa.bool_())
    return found.filter(kept).select(["key", "row"]).combine_chunks()


def _entries(
    cells: pa.ChunkedArray, rows: np.ndarray, *, listed: bool
) -> tuple[pa.ChunkedArray, np.ndarray]:
    if listed:
        lists = pc.split_pattern(cells, "|").combine_chunks()
        rows = rows[pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)]
        cells = pa.chunked_array([pc.list_flatten(lists)], pa.string())
    return pa.chunked_array(_keys(cells)), rows


def _cells(column: pa.ChunkedArray, rows: Sequence[int] | np.ndarray) -> list[str]:
    return [column[int(row)].as_py() or "" for row in rows]


def frames(table: pa.Table, batch: int) -> Iterable[pa.Table]:
    """Yield a table in pieces of so many rows."""
    for start in range(0, len(table), batch):
        yield table.slice(start, batch)
