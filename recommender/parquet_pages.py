"""How large a Parquet file is, by its own bytes and not by what it says of itself.

A file's account of its columns is a claim like any other: twelve kilobytes can say that they
unpack to nothing, and then fill a gigabyte before the first cell can be counted. What a page
unpacks to stands in its own header, and no reader unpacks more than that. So the headers are
summed here, before any page is unpacked, and columns are counted before any is read.

Source: the Apache Parquet format, whose headers are structs in Thrift's compact protocol.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_MAGIC = b"PAR1"
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
_WHOLE = (4, 5, 6)
"""Types of whole numbers, of 16, 32 and 64 bits."""

_SCHEMA, _GROUPS = 2, 4  # of a file
_CHUNKS = 1  # of a row group
_META = 3  # of a column chunk
_PACKED, _DATA, _DICTIONARY = 7, 9, 11  # of its metadata: bytes, and where its pages begin
_UNPACKED_PAGE, _PACKED_PAGE = 2, 3  # of a page's header

_DEEPEST = 16
_LEAST = 64
"""What a page counts for at least: many empty ones take long, too."""


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
        For what is no Parquet, or not whole.
    """
    length = int.from_bytes(data[-8:-4], "little")
    start = len(data) - 8 - length
    if data[-4:] != _MAGIC or start < len(_MAGIC):
        raise ValueError("it doesn't end as Parquet does")
    reader, count = _Thrift(data, start), 0
    groups: list[Any] = []
    for number, kind in reader.fields():
        if number == _SCHEMA and kind == _LIST:
            count = reader.length_of_list() - 1
            if count > columns:
                return Size(count, 0)
        found = reader.value(kind)
        groups = found if number == _GROUPS and kind == _LIST else groups
    total = 0
    for size in (page for group in groups for page in _pages(data, group)):
        total += size
        if total > unpacked:
            break
    return Size(count, total)


def _pages(data: bytes, group: Any) -> Iterator[int]:
    """Yield what each page of a row group unpacks to."""
    for chunk in _field(group, _CHUNKS, list):
        about = _field(chunk, _META, dict)
        packed = _field(about, _PACKED, int)
        starts = [_field(about, number, int) for number in (_DATA, _DICTIONARY) if number in about]
        at = min(filter(None, starts), default=0)  # 0 is the place of what isn't there
        end = at + packed
        if packed and not len(_MAGIC) <= at <= end <= len(data):
            raise ValueError("its pages stand outside of it")
        while at < end:
            reader = _Thrift(data, at)
            header = reader.value(_STRUCT)
            size, inside = _field(header, _UNPACKED_PAGE, int), _field(header, _PACKED_PAGE, int)
            if min(size, inside) < 0:
                raise ValueError("a page is smaller than nothing")
            yield max(size, _LEAST)
            at = reader.at + inside


def _field(struct: Any, number: int, kind: type) -> Any:
    value = struct.get(number) if isinstance(struct, dict) else None
    if not isinstance(value, kind):
        raise ValueError("what it says of its columns isn't whole")
    return value


class _Thrift:
    """Reads values in Thrift's compact protocol; a struct is a dict of fields by number."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self.at = data, at

    def fields(self) -> Iterator[tuple[int, int]]:
        """Yield the number and type of each field of a struct; its value is to be read next."""
        number = 0
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._whole()
            yield number, head & 15

    def value(self, kind: int, depth: int = 0) -> Any:
        """Read a value of a type."""
        if depth > _DEEPEST:
            raise ValueError("structs within structs")
        if kind in (_TRUE, _FALSE):
            return kind == _TRUE
        if kind in _WHOLE:
            return self._whole()
        if kind == _BYTE:
            return self._byte()
        if kind in (_DOUBLE, _BINARY):
            return self._skip(8 if kind == _DOUBLE else self._varint())
        if kind in (_LIST, _SET):
            return self._list(depth)
        if kind == _STRUCT:
            return {number: self.value(of, depth + 1) for number, of in self.fields()}
        raise ValueError(f"a value of type {kind}")

    def length_of_list(self) -> int:
        """Return how many items the list has that is to be read next."""
        at = self.at
        count, _ = self._head()
        self.at = at
        return count

    def _list(self, depth: int) -> list[Any]:
        count, kind = self._head()
        if kind in (_TRUE, _FALSE):
            kind = _BYTE  # as items, truths take a byte each
        return [self.value(kind, depth + 1) for _ in range(count)]

    def _head(self) -> tuple[int, int]:
        head = self._byte()
        count = head >> 4 if head >> 4 < 15 else self._varint()
        if count > len(self._data) - self.at:
            raise ValueError("a list longer than the file")
        return count, head & 15

    def _whole(self) -> int:
        coded = self._varint()
        return (coded >> 1) ^ -(coded & 1)

    def _varint(self) -> int:
        value = shift = 0
        while (byte := self._byte()) & 0x80:
            value |= (byte & 0x7F) << shift
            shift += 7
            if shift > 63:
                raise ValueError("a number of too many bytes")
        return value | byte << shift

    def _byte(self) -> int:
        self._skip(1)
        return self._data[self.at - 1]

    def _skip(self, count: int) -> None:
        self.at += count
        if self.at > len(self._data):
            raise ValueError("it ends too early")
