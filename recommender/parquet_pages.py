"""How large a Parquet file is, by its own bytes and not by what it says of itself.

A file's account of its columns is a claim like any other: twelve kilobytes can say that they
unpack to nothing, and then fill a gigabyte before the first cell can be counted. What a page
unpacks to stands in its own header, by which pyarrow makes room for it. So the headers are summed
here, before any page is unpacked, and columns are counted before any is read. Pages that several
columns share are refused, and so is whatever pyarrow might read otherwise than it is read here.

Source: the Apache Parquet format, whose headers are structs in Thrift's compact protocol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .thrift import I32, I64, STRUCT, Thrift

_MAGIC = b"PAR1"
_SCHEMA, _GROUPS, _MADE_BY = 2, 4, 6  # of a file
_CHUNKS = 1  # of a row group
_META = 3  # of a column chunk
_PACKED, _DATA, _DICTIONARY = 7, 9, 11  # of its metadata: bytes, and where its pages begin
_UNPACKED_PAGE, _PACKED_PAGE = 2, 3  # of a page's header

_STEPS, _BYTES_A_STEP = 300_000, 100
"""Fields that are read at most, and of how many bytes one may be; files have far fewer."""

_LEAST = 64
"""What a page counts for at least: many empty ones take long, too."""

_OLD = re.compile(rb"parquet-mr version 1\.(?:[01]\.\d+|2\.[0-8])(?!\d)")
"""Before 1.2.9 columns were written longer than said, and pyarrow reads on behind their ends."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a file is.

    Attributes
    ----------
    columns : int
    unpacked : int
        Bytes of its pages; 0 if there are more columns than were to be read, and counted no
        further than to the first page that makes them too many.
    """

    columns: int
    unpacked: int


def measured(data: bytes, columns: int, unpacked: int) -> Size:
    """Return the size of a Parquet file in memory.

    Parameters
    ----------
    data : bytes
    columns, unpacked : int
        How many columns, and bytes, there may be.

    Raises
    ------
    ValueError
        For what is no Parquet, or not whole, or could be read in two ways.
    """
    length = int.from_bytes(data[-8:-4], "little")
    start = len(data) - 8 - length
    if data[-4:] != _MAGIC or start < len(_MAGIC):
        raise ValueError("it doesn't end as Parquet does")
    reader = Thrift(data, max(_STEPS, unpacked // _BYTES_A_STEP))
    reader.go(start, len(data) - 8)
    count, chunks = _footer(reader, data, columns)
    if count > columns:
        return Size(count, 0)
    if chunks and not len(_MAGIC) <= chunks[0][0] <= chunks[-1][1] <= start:
        raise ValueError("its pages stand outside of it")
    total = 0
    for size in _pages(reader, chunks):
        total += size
        if total > unpacked:
            break
    return Size(count, total)


def _footer(reader: Thrift, data: bytes, columns: int) -> tuple[int, list[Range]]:
    """Return how many columns there are, and from where to where the pages of each chunk stand."""
    count = most = 0
    chunks: list[Range] = []
    for number, kind in reader.fields():
        at = reader.at
        if number == _SCHEMA:
            count = reader.list_head(kind)[0] - 1  # the first is the table itself
            if count > columns:
                return count, []
            reader.at = at
        if number == _GROUPS:
            for group in reader.items(kind):
                found = list(_chunks(reader, group))
                most = max(most, len(found))
                chunks += found
        else:
            reader.skip(kind)
        if number == _MADE_BY and _OLD.search(data, at, reader.at):
            raise ValueError("a program of before 2014 wrote it")
    if most > count:
        raise ValueError("more columns in a group than in the table")
    chunks = sorted(chunk for chunk in chunks if chunk[0] < chunk[1])
    if any(after[0] < before[1] for before, after in pairwise(chunks)):
        raise ValueError("columns that share their pages")
    return count, chunks


def _chunks(reader: Thrift, kind: int) -> Iterator[Range]:
    """Yield where the pages of each column of a row group stand."""
    for number, of in _struct(reader, kind):
        if number != _CHUNKS:
            reader.skip(of)
            continue
        for item in reader.items(of):
            found: dict[int, int] = {}
            for field, its in _struct(reader, item):
                if field == _META:
                    found = _whole(reader, its, (_PACKED, _DATA, _DICTIONARY), I64)
                else:
                    reader.skip(its)
            yield _range(found)


def _range(about: dict[int, int]) -> Range:
    if _PACKED not in about or _DATA not in about or min(about.values()) < 0:
        raise ValueError("what it says of its columns isn't whole")
    # 0 is the place of what isn't there.
    start = min(filter(None, (about[_DATA], about.get(_DICTIONARY, 0))), default=0)
    return start, start + about[_PACKED]


def _pages(reader: Thrift, chunks: list[Range]) -> Iterator[int]:
    """Yield what each page unpacks to."""
    for at, end in chunks:
        while at < end:
            reader.go(at, end)
            header = _whole(reader, STRUCT, (_UNPACKED_PAGE, _PACKED_PAGE), I32)
            if len(header) < 2 or min(header.values()) < 0:
                raise ValueError("a page without its size")
            yield max(header[_UNPACKED_PAGE], _LEAST)
            at = reader.at + header[_PACKED_PAGE]
            if at > end:
                raise ValueError("a page that ends behind its column")


def _whole(reader: Thrift, kind: int, wanted: tuple[int, ...], of: int) -> dict[int, int]:
    """Return some whole numbers of a struct, by their fields, and pass over the rest."""
    found = {}
    for number, its in _struct(reader, kind):
        if number in wanted:
            found[number] = reader.whole(its, of)
        else:
            reader.skip(its)
    return found


def _struct(reader: Thrift, kind: int) -> Iterator[tuple[int, int]]:
    if kind != STRUCT:
        raise ValueError(f"a value of type {kind}; expected a struct")
    return reader.fields()
