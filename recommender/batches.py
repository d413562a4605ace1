"""A catalogue file in batches: checked as `load_catalogue` checks it, for files of any size.

Each batch is read by itself, so that several processes can share a file and none holds all of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .cells import MAX_FIELD, quoted, tidy
from .columnar import as_text, is_row_label
from .errors import CatalogueError, Problem
from .files import UNREADABLE
from .schema import CATALOGUE, Column, defaults

BATCH = 20_000
_COLUMNS = {column.name: column for column in CATALOGUE}


def open_parquet(path: Path) -> pq.ParquetFile:
    """Open a Parquet file whose columns are a catalogue's.

    Raises
    ------
    CatalogueError
    """
    try:
        file = pq.ParquetFile(path, memory_map=True)
    except UNREADABLE as error:
        problem = Problem("file", f"no readable Parquet ({error})", "a Parquet file")
        raise CatalogueError(str(path), [problem]) from error
    problems = list(_wrong_columns(file.schema_arrow))
    if not problems and not file.metadata.num_rows:
        problems = [Problem("file", "no row", "at least one")]
    if problems:
        raise CatalogueError(str(path), problems)
    return file


def _wrong_columns(schema: pa.Schema) -> Iterator[Problem]:
    for field in schema:
        if is_row_label(field.name):
            continue
        if field.name not in _COLUMNS:
            expected = f"one of {', '.join(sorted(_COLUMNS))}"
            yield Problem("header", f"column {quoted(field.name)}", expected)
        elif schema.names.count(field.name) > 1:
            yield Problem("header", f"column {quoted(field.name)} twice", "each column once")
        elif pa.types.is_nested(field.type):
            yield Problem(f"column {field.name}", f"{field.type}", "text in every cell")
    for column in CATALOGUE:
        if column.required and column.name not in schema.names:
            yield Problem("header", f"no column {column.name!r}", f"{column.name}: required")


def read_groups(path: Path, file: pq.ParquetFile, groups: Sequence[int]) -> Iterator[pa.Table]:
    """Yield the rows of some row groups in batches, their cells tidied text.

    Raises
    ------
    CatalogueError
        If their bytes can't be read.
    """
    try:
        for batch in file.iter_batches(BATCH, row_groups=groups):
            yield tidied(pa.Table.from_batches([batch]))
    except UNREADABLE as error:
        where = f"row group {' to '.join(map(str, sorted({groups[0], groups[-1]})))}"
        problem = Problem(where, f"unreadable bytes ({error})", "text")
        raise CatalogueError(str(path), [problem]) from error


def tidied(table: pa.Table) -> pa.Table:
    """Return a table with every cell as text, an absent one as what absence means."""
    absent = defaults(CATALOGUE)
    columns = {}
    for name in [column.name for column in CATALOGUE if column.name in table.column_names]:
        cells = as_text(table.column(name)).to_pylist()
        columns[name] = pa.array([tidy(c) if c else "" for c in cells], pa.string())
        if absent[name]:
            columns[name] = pc.if_else(pc.equal(columns[name], ""), absent[name], columns[name])
    return pa.table(columns)


def wrong_cells(table: pa.Table, first: int) -> Iterator[Problem]:
    """Yield every cell that its column doesn't accept, row by row; `first` numbers the first row.

    Each distinct cell is judged once.
    """
    found: list[tuple[int, str, tuple[str, str]]] = []
    for name in table.column_names:
        column = _COLUMNS[name]
        cells = table.column(name).to_pylist()
        distinct = set(cells)
        wrong = {cell: said for cell in distinct if (said := _wrong(column, cell))}
        if wrong:
            for row, cell in enumerate(cells, first):
                if cell in wrong:
                    found.append((row, name, wrong[cell]))
    for row, name, said in sorted(found, key=itemgetter(0)):
        yield Problem(f"row {row}, column {name}", *said)


def _wrong(column: Column, cell: str) -> tuple[str, str] | None:
    if len(cell) > MAX_FIELD:
        return f"{len(cell)} characters", f"at most {MAX_FIELD}"
    right = column.accepts(cell) if cell else not column.required
    if right or (cell == column.default and not column.required):
        return None
    return quoted(cell), column.expected


def print_of(table: pa.Table) -> int:
    """Return a number that changes with any cell of some rows, but not with their order.

    The numbers of the parts of a table add up to that of the table. A cell that holds what an
    absent one means doesn't count.
    """
    absent = defaults(CATALOGUE)
    names = [name for name in table.column_names if name in absent]
    columns = [_named(name, table.column(name).to_pylist(), absent[name]) for name in names]
    total = 0
    for row in zip(*columns, strict=True):
        digest = hashlib.sha256("".join(row).encode("utf-8", "surrogatepass")).digest()
        total += int.from_bytes(digest[:16], "big")
    return total


def _named(name: str, cells: Sequence[str], absent: str) -> Iterable[str]:
    return [f"{name}\x1f{cell}\x1e" if cell and cell != absent else "" for cell in cells]


def fingerprint(table: pa.Table) -> str:
    """Return twelve hexadecimal digits that change with any cell, not with the order of rows."""
    return fingerprint_of(print_of(table))


def fingerprint_of(prints: int) -> str:
    """Return the fingerprint of a table by its number."""
    return hashlib.sha256(f"{prints % (1 << 128):032x}".encode()).hexdigest()[:12]
