"""The bytes of a Parquet file to its cells, within limits.

A few kilobytes can unpack to more than any memory holds: a cell that stands in a million rows is
stored once. So its columns, rows and pages are measured before anything is unpacked (see
`parquet_pages`), its columns are kept as their distinct cells, and the text of these is counted as
it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .cells import MEGABYTE, Found, Limits, shortened, tidy, wrong_header
from .errors import CatalogueError, Place, Problem
from .files import UNREADABLE
from .parquet_pages import measured
from .problems import FILE, HEADER, problem

_STEP, _AT_ONCE = 500, 8
"""Rows read at a time; what these may unpack to at worst, in times the limit."""

_TEXTS = (pa.string(), pa.binary(), pa.large_string(), pa.large_binary())
_ROW_LABELS = re.compile(r"__index_level_\d+__")
"""How pandas calls the labels of rows that were chosen from a larger table."""


def is_row_label(name: str) -> bool:
    """Tell whether a column holds no cells, but the labels of rows."""
    return _ROW_LABELS.fullmatch(name) is not None


def as_text(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Return a column's cells as text; what is no number is none."""
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    return column.cast(pa.string())


def parse_parquet(data: bytes, name: str, limits: Limits) -> Found:
    """Read a Parquet file that is in memory, every cell as text.

    Raises
    ------
    CatalogueError
    """
    try:
        size = measured(data, limits.columns, limits.size)
        if size.columns > limits.columns:
            # Not even their names are read: those of a million take a gigabyte.
            said = problem("columns", HEADER, count=size.columns, most=limits.columns)
            raise CatalogueError(name, [said])
        file = pq.ParquetFile(pa.BufferReader(data))
        wrong = list(_wrong_shape(file, size.unpacked, limits))
        columns = {} if wrong else _columns(data, file.schema_arrow, size.unpacked, limits)
    except UNREADABLE as error:
        said = problem("parquet", FILE, reason=str(error))
        raise CatalogueError(name, [said]) from error
    except _UnpacksTooFarError:
        wrong = [problem("unpacked", FILE, most=limits.size // MEGABYTE)]
    if wrong:
        raise CatalogueError(name, wrong)
    table = pd.DataFrame(columns, dtype=str)
    return Found(table, [Place("row", row) for row in range(1, len(table) + 1)], [])


class _UnpacksTooFarError(Exception):
    """The cells amount to more text than the limits allow."""


def _wrong_shape(file: pq.ParquetFile, size: int, limits: Limits) -> Iterator[Problem]:
    if file.metadata.num_rows > limits.rows:
        yield problem("rows", FILE, most=limits.rows)
    if size > limits.size:
        yield problem("unpacked", FILE, most=limits.size // MEGABYTE)
    yield from wrong_header(file.schema_arrow.names, limits)
    for field in file.schema_arrow:
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        if pa.types.is_nested(kind):
            yield problem("nested", Place("", column=field.name), type=shortened(str(kind)))


def _columns(data: bytes, schema: pa.Schema, size: int, limits: Limits) -> dict[str, list[str]]:
    """Return the cells of each column."""
    kinds = {name: schema.field(name).type for name in schema.names if not is_row_label(name)}
    texts = [name for name, kind in kinds.items() if kind in _TEXTS]
    distinct = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts)
    # Of cells that aren't read as distinct ones each may be as long as all there is.
    few = max(1, min(_STEP, _AT_ONCE * limits.size // max(size, 1)))
    columns: dict[str, list[str]] = {}
    left = limits.size
    for name, kind in kinds.items():
        try:
            step = _STEP if _is_short(kind) else few
            columns[name], left = _read(distinct, name, step, limits.rows, left)
        except UNREADABLE:
            # Cells that are stored as differences can't be read as distinct ones.
            plain = pq.ParquetFile(pa.BufferReader(data))
            columns[name], left = _read(plain, name, few, limits.rows, left)
    if len({*map(len, columns.values())}) > 1:
        raise ValueError("its columns are of different lengths")
    return columns


def _is_short(kind: pa.DataType) -> bool:
    """Tell whether cells of a type are few bytes each, or read as distinct ones."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    numbers = (pa.types.is_primitive, pa.types.is_decimal, pa.types.is_null)
    return kind in _TEXTS or any(is_one(kind) for is_one in numbers)


def _read(
    file: pq.ParquetFile, name: str, step: int, most: int, left: int
) -> tuple[list[str], int]:
    """Return the cells of a column, and how many bytes others may have yet."""
    cells: list[str] = []
    for batch in file.iter_batches(step, columns=[name], use_threads=False):
        column = batch.column(0)
        if not pa.types.is_dictionary(column.type):
            column = as_text(column).dictionary_encode()
        left -= _size(column)
        if left < 0:
            raise _UnpacksTooFarError
        cells += _cells(column)
        if len(cells) > most:
            raise ValueError("it holds more rows than it says")
    return cells, left


def _size(column: pa.DictionaryArray) -> int:
    """Return how many bytes the cells of a column would be, each written out."""
    lengths = pc.binary_length(as_text(column.dictionary)).take(column.indices)
    return pc.sum(lengths).as_py() or 0


def _cells(column: pa.DictionaryArray) -> list[str]:
    """Return the cells of a few rows; of all distinct ones only theirs are looked at."""
    used = pc.unique(column.indices).drop_null()
    texts = as_text(column.dictionary.take(used)).to_pylist()
    distinct = {i: tidy(cell or "") for i, cell in zip(used.to_pylist(), texts, strict=True)}
    return [distinct[i] if i is not None else "" for i in column.indices.to_pylist()]
