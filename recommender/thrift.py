"""Thrift's compact protocol, read strictly and in bounded time.

A lenient reader and a strict one may understand the same bytes otherwise, and a size that one of
them sees is not the size that the other uses. So whatever could be read in two ways is refused: a
field that stands twice, a number that is wider than its type, a type where another belongs.

Source: the compact protocol of Apache Thrift.
"""

from __future__ import annotations

from collections.abc import Iterator

_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, LIST, _SET, STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
I16, I32, I64 = 4, 5, 6
"""Types of whole numbers, by how many bits they have."""

_BITS = {I16: 16, I32: 32, I64: 64}
_DEEPEST, _LARGEST_FIELD, _WIDEST = 16, 2**15 - 1, 63


class Thrift:
    """Reads values one after the other.

    Parameters
    ----------
    data : bytes
    steps : int
        How many fields and items may be read in all.
    """

    def __init__(self, data: bytes, steps: int) -> None:
        self._data, self._left = data, steps
        self.at = self._end = 0

    def go(self, at: int, end: int) -> None:
        """Read on at another place; behind `end` are bytes of others."""
        self.at, self._end = at, end

    def fields(self) -> Iterator[tuple[int, int]]:
        """Yield the number and type of each field of a struct; its value is to be read next.

        Raises
        ------
        ValueError
            Here as everywhere: for what is cut off, can be read in two ways or takes too long.
        """
        number, seen = 0, set[int]()
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._signed(16)
            if number in seen or not 0 < number <= _LARGEST_FIELD:
                raise ValueError("a field that stands twice, or has no number")
            seen.add(number)
            self._step()
            yield number, head & 15

    def items(self, kind: int) -> Iterator[int]:
        """Yield the type of each item of a list, which is to be read next."""
        count, of = self.list_head(kind)
        for _ in range(count):
            self._step()
            yield of

    def list_head(self, kind: int) -> tuple[int, int]:
        """Return how many items a list has, and of which type they are."""
        if kind not in (LIST, _SET):
            raise ValueError(f"a value of type {kind}; expected a list")
        head = self._byte()
        count = head >> 4 if head >> 4 < 15 else self._varint()
        if count > self._end - self.at:
            raise ValueError("a list longer than the file")
        return count, head & 15

    def whole(self, kind: int, wanted: int) -> int:
        """Return a whole number that has to be of a type."""
        if kind != wanted:
            raise ValueError(f"a value of type {kind}; expected {wanted}")
        return self._signed(_BITS[kind])

    def skip(self, kind: int, depth: int = 0) -> None:
        """Pass over a value."""
        if depth > _DEEPEST:
            raise ValueError("structs within structs")
        if kind in _BITS:
            self._varint()
        elif kind in (_BYTE, _DOUBLE, _BINARY):
            self._pass({_BYTE: 1, _DOUBLE: 8}.get(kind) or self._varint())
        elif kind in (LIST, _SET):
            for of in self.items(kind):
                # As items, truths take a byte each.
                self.skip(_BYTE if of in (_TRUE, _FALSE) else of, depth + 1)
        elif kind == STRUCT:
            for _, of in self.fields():
                self.skip(of, depth + 1)
        elif kind not in (_TRUE, _FALSE):
            raise ValueError(f"a value of type {kind}")

    def _signed(self, bits: int) -> int:
        coded = self._varint()
        if coded >> bits:
            raise ValueError(f"a number of more than {bits} bits")
        return (coded >> 1) ^ -(coded & 1)

    def _varint(self) -> int:
        value = shift = 0
        while (byte := self._byte()) & 0x80:
            value |= (byte & 0x7F) << shift
            shift += 7
            if shift > _WIDEST:
                raise ValueError("a number of too many bytes")
        return value | byte << shift

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise ValueError("more fields than can be read")

    def _byte(self) -> int:
        self._pass(1)
        return self._data[self.at - 1]

    def _pass(self, count: int) -> None:
        self.at += count
        if self.at > self._end:
            raise ValueError("it ends too early")
