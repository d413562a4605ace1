"""The bytes of a Parquet file to its cells, within limits.

A few kilobytes can unpack to more than any memory holds: a cell that stands in a million rows is
stored once. So the file's own account of itself is checked before anything is unpacked, columns
are kept as their distinct cells, and the text that these amount to is counted as it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .cells import MEGABYTE, Found, Limits, tidy, wrong_header
from .errors import CatalogueError, Place, Problem
from .problems import FILE, problem

_STEP, _AT_ONCE = 500, 8
"""Rows read at a time; what these may unpack to at worst, in times the limit."""

_TEXTS = (pa.string(), pa.binary(), pa.large_string(), pa.large_binary())
_UNREADABLE = (ValueError, OSError, LookupError, NotImplementedError, MemoryError, OverflowError)
"""What pyarrow raises of bytes that it can't read."""

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
        file = pq.ParquetFile(pa.BufferReader(data))
        size = _unpacked(file)
        wrong = list(_wrong_shape(file, size, limits))
        columns = {} if wrong else _columns(data, file.schema_arrow, size, limits)
    except _UNREADABLE as error:
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


def _unpacked(file: pq.ParquetFile) -> int:
    """Return how many bytes a file says its columns are, unpacked.

    Of a damaged file, what it says of a single column must not be asked: that ends the process.
    """
    told = file.metadata
    return sum(told.row_group(i).total_byte_size for i in range(told.num_row_groups))


def _wrong_shape(file: pq.ParquetFile, size: int, limits: Limits) -> Iterator[Problem]:
    if file.metadata.num_rows > limits.rows:
        yield problem("rows", FILE, most=limits.rows)
    if size > limits.size:
        yield problem("unpacked", FILE, most=limits.size // MEGABYTE)
    yield from wrong_header(file.schema_arrow.names, limits)
    for field in file.schema_arrow:
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        if pa.types.is_nested(kind):
            yield problem("nested", Place("", column=field.name), type=str(kind))


def _columns(data: bytes, schema: pa.Schema, size: int, limits: Limits) -> dict[str, list[str]]:
    """Return the cells of each column."""
    names = [name for name in schema.names if not is_row_label(name)]
    texts = [name for name in names if schema.field(name).type in _TEXTS]
    distinct = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts)
    columns: dict[str, list[str]] = {}
    left = limits.size
    for name in names:
        try:
            columns[name], left = _read(distinct, name, _STEP, left)
        except _UNREADABLE:
            # Cells that are stored as differences can't be read as distinct ones. Each may be as
            # long as all there is, so few are read at a time.
            plain = pq.ParquetFile(pa.BufferReader(data))
            step = max(1, min(_STEP, _AT_ONCE * limits.size // max(size, 1)))
            columns[name], left = _read(plain, name, step, left)
    if len({*map(len, columns.values())}) > 1:
        raise ValueError("its columns are of different lengths")
    return columns


def _read(file: pq.ParquetFile, name: str, step: int, left: int) -> tuple[list[str], int]:
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
    return cells, left


def _size(column: pa.DictionaryArray) -> int:
    """Return how many bytes the cells of a column would be, each written out."""
    lengths = pc.binary_length(as_text(column.dictionary)).take(column.indices)
    return pc.sum(lengths).as_py() or 0


def _cells(column: pa.DictionaryArray) -> list[str]:
    distinct = [tidy(cell or "") for cell in as_text(column.dictionary).to_pylist()]
    return [distinct[i] if i is not None else "" for i in column.indices.to_pylist()]
