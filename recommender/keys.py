"""The names of charities as they are looked up: letters and digits alone, small, in order."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .schema import LIST_SEPARATOR, items
from .text import normalise

NAMES = ("name", "name_ko", "short_name", "aliases")
NO_LETTERS = r"[^\p{L}\p{N}]"
_SIMPLE = re.compile("[\x00-\x7f가-힣]*")


def own_names(charity: Mapping[str, str]) -> list[str]:
    """Return the names of a charity in the order of their columns."""
    name, korean, short, aliases = (charity[column] for column in NAMES)
    return [n for n in (name, korean, short, *items(aliases)) if n]


def key_of(name: str) -> str:
    """Return a name as it is looked up: its letters and digits, small.

    Halves of characters, which no UTF-8 can hold, are none.
    """
    name = normalise(name.encode("utf-8", "ignore").decode("utf-8"))
    if _SIMPLE.fullmatch(name):  # Python knows these as Arrow does, and is quicker with one
        return "".join(filter(str.isalnum, name.lower()))
    return str(keys_of(pa.array([name], pa.string()))[0].as_py())


def keys_of(names: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Return names as they are looked up, many at a time."""
    return pc.replace_substring_regex(pc.utf8_lower(names), f"{NO_LETTERS}+", "")


def order_of_ids(table: pa.Table) -> np.ndarray:
    """Return the rows in the order of the ids."""
    order = pc.sort_indices(table.column("charity_id"))
    return order.to_numpy(zero_copy_only=False).astype(np.int32)


def name_keys(table: pa.Table, by_id: np.ndarray) -> pa.Table:
    """Return the keys of all names in order, with the row of the charity named.

    An id is a name too. A key stands once for each charity that has it, the charities in the order
    of their ids.
    """
    ordered = pa.array(by_id)
    parts = []
    for name in ("charity_id", *NAMES):
        if name in table.column_names:
            cells = table.column(name).take(ordered)
            names, of = parted(cells, listed=name == "aliases")
            parts.append((pa.chunked_array(keys_of(names)), by_id[of]))
    keys = pa.chunked_array([chunk for keys, _ in parts for chunk in keys.chunks], pa.string())
    rows = np.concatenate([rows for _, rows in parts])
    places = np.empty(len(by_id), dtype=np.int32)
    places[by_id] = np.arange(len(by_id), dtype=np.int32)
    found = pa.table({"key": keys, "row": pa.array(rows), "place": pa.array(places[rows])})
    found = found.filter(pc.not_equal(found.column("key"), ""))
    found = found.sort_by([("key", "ascending"), ("place", "ascending")]).combine_chunks()
    first = pc.or_(*(_changed(found.column(column)) for column in ("key", "row")))
    return found.filter(first).select(["key", "row"]).combine_chunks()


def _changed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Tell which cells differ from the one before."""
    changed = pc.not_equal(column.slice(1), column.slice(0, max(len(column) - 1, 0)))
    return pa.chunked_array(
        [pa.array([True][: len(column)], pa.bool_()), *changed.chunks], pa.bool_()
    )


def parted(cells: pa.ChunkedArray, *, listed: bool) -> tuple[pa.ChunkedArray, np.ndarray]:
    """Return the names that cells of a column hold, and which cell each is from."""
    if not listed:
        return cells, np.arange(len(cells))
    lists = pc.split_pattern(cells, LIST_SEPARATOR.strip()).combine_chunks()
    names = pa.chunked_array([pc.list_flatten(lists)], pa.string())
    return names, pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
