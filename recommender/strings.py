"""Many strings in one block of UTF-8, in memory or mapped: none is read until asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import overload

import numpy as np

_KEPT = 50_000
"""Places that are remembered: the terms of priorities are asked for again and again."""


class Strings(Sequence[str]):
    """Strings in ascending order of their code points, each once.

    Parameters
    ----------
    block : ndarray of uint8
        All strings in UTF-8, one after the other.
    ends : ndarray of int64, shape (strings,)
        Where each of them ends.
    """

    def __init__(self, block: np.ndarray, ends: np.ndarray) -> None:
        self.block, self.ends = block, ends
        self.find = lru_cache(_KEPT)(self._find)

    @classmethod
    def of(cls, strings: Iterable[str]) -> Strings:
        """Return strings that are in order as a block in memory."""
        encoded = [string.encode() for string in strings]
        ends = np.fromiter(accumulate(map(len, encoded)), dtype=np.int64, count=len(encoded))
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        start = int(self.ends[at - 1]) if at else 0
        return self.block[start : int(self.ends[at])].tobytes().decode()

    def _find(self, string: str) -> int | None:
        """Return the place of a string, or None; `find` remembers those it was asked for."""
        at = bisect_left(self, string)
        return at if at < len(self) and self[at] == string else None
