"""A name as somebody types it to the charities that may be meant, the likeliest first.

What is typed is compared by its letters and digits, small. It names a charity in one of four ways,
each better than the next:

exact
    It is one of the charity's names, or its id.
beginning
    A name begins with it.
words
    It is whole words inside a name, two letters at least. Korean joins words without a space, so
    where it begins or ends in Hangul it may stand inside one. Inside an id it counts if it holds a
    digit: letters there name a register.
close
    A name becomes it by a few edits: letters wrong, missing, extra or swapped (see `closeness`).

Of one way, the name that fewer letters (of Hangul: jamo) part from what was typed comes first;
where these are as many, the order is that of the lots, and the places are tied. Every name is
compared, however many there are.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .closeness import Closeness
from .errors import AnswersError
from .keys import NAMES, NO_LETTERS, key_of, keys_of, own_names, parted
from .korean import HANGUL

MAX_NAME = 200
"""A longer text isn't looked for."""

WAYS = ("exact", "beginning", "words", "close")

_FIRST, _LAST = "\0", "\U0010ffff"
"""They stand before and after every letter."""

_SHORTEST, _READ, _BLOCK = 2, 6, 4096
_NO_KEY = pa.array([], pa.string())

Entries = Iterator[tuple[int, int]]
"""Places of keys, each with how many letters part it from what was typed; the nearest first."""


@dataclass(frozen=True, slots=True)
class Match:
    """A charity that may be meant.

    Attributes
    ----------
    row : int
    name : str
        Its name, or id, that is like what was typed.
    way : str
        One of WAYS.
    apart : int
        How many letters part that name from what was typed; of Hangul, jamo.
    """

    row: int
    name: str
    way: str
    apart: int


class Names:
    """The names of a catalogue's charities.

    Parameters
    ----------
    table : pyarrow Table
        The charities; see `Charities`.
    names : pyarrow Table
        From `keys.name_keys`.
    places : ndarray of int32
        Each row's place in the order of the lots, by which ties are listed.
    """

    def __init__(self, table: pa.Table, names: pa.Table, places: np.ndarray) -> None:
        self._table, self._places = table, places
        self._keys = _whole(names.column("key"))
        self._rows = names.column("row")

    def rows(self, name: str, most: int) -> list[int]:
        """Return the rows of the charities that have a name, in the order of their ids."""
        key = key_of(name)
        at = self._place(key) if key else len(self._keys)
        near = zip(self._keys.slice(at, most), self._rows.slice(at, most), strict=True)
        return [row.as_py() for found, row in near if found.as_py() == key]

    def near(self, name: str, count: int) -> list[str]:
        """Return the first names of the charities about the place of one in the order of keys."""
        start = max(0, self._place(key_of(name)) - count)
        rows = dict.fromkeys(self._rows.slice(start, 2 * count).to_pylist())
        return [self._all_names(row)[0] for row in rows]

    def search(self, name: str, k: int | None = None) -> list[Match]:
        """Return the charities that may be meant, the likeliest first, each once.

        Parameters
        ----------
        name : str
            At most MAX_NAME characters.
        k : int, optional
            How many; all if left out.

        Raises
        ------
        AnswersError
            For a longer name.
        """
        if len(name) > MAX_NAME:
            raise AnswersError(f"name of {len(name)} characters: expected at most {MAX_NAME}")
        key = key_of(name)
        return list(islice(self._matches(key), k)) if key else []

    def _matches(self, key: str) -> Iterator[Match]:
        ways = (self._exact, self._beginning, self._words, self._close)
        seen = set()
        for way, entries in zip(WAYS, ways, strict=True):
            for at, apart in entries(key):
                row = self._rows[at].as_py()
                if row not in seen:
                    seen.add(row)
                    yield Match(row, self._written(at, row), way, apart)

    def _written(self, at: int, row: int) -> str:
        """Return the name of a charity that has the key at a place, as it is written."""
        key, names = self._keys[at].as_py(), self._all_names(row)
        # A table that no reader has tidied may hold names whose keys come out otherwise.
        return next((name for name in names if key_of(name) == key), names[0])

    def _all_names(self, row: int) -> list[str]:
        """Return a charity's names, and its id as the last of them."""
        given = set(self._table.column_names)
        cells = {c: self._cell(c, row) if c in given else "" for c in ("charity_id", *NAMES)}
        return [*own_names(cells), cells["charity_id"]]

    def _cell(self, column: str, row: int) -> str:
        return self._table.column(column)[row].as_py() or ""

    def _place(self, key: str) -> int:
        keys = self._keys
        return bisect_left(range(len(keys)), key, key=lambda at: keys[at].as_py())

    def _exact(self, key: str) -> Entries:
        places = np.arange(self._place(key), self._place(key + _FIRST))
        return self._ordered(places, np.zeros(len(places), dtype=np.int64))

    def _beginning(self, key: str) -> Entries:
        places = np.arange(self._place(key + _FIRST), self._place(key + _LAST))
        return self._longer(places, key)

    def _words(self, key: str) -> Entries:
        if len(key) < _SHORTEST:
            return
        inside = pc.match_substring(self._keys, key).to_numpy(zero_copy_only=False)
        inside[self._place(key) : self._place(key + _LAST)] = False
        entries, size = self._longer(np.flatnonzero(inside), key), _BLOCK
        while block := list(islice(entries, size)):
            whole = self._whole_words(np.array([at for at, _ in block]), key)
            yield from (entry for entry, kept in zip(block, whole.tolist(), strict=True) if kept)
            size *= 4

    def _whole_words(self, places: np.ndarray, key: str) -> np.ndarray:
        """Tell in which of some keys a key within is whole words of the name as it is written."""
        keys, rows = self._keys.take(pa.array(places)), self._rows.take(pa.array(places))
        found = np.zeros(len(places), dtype=bool)
        read = NAMES if key.isalpha() else ("charity_id", *NAMES)
        for column in {*read} & {*self._table.column_names}:
            names, of = parted(self._table.column(column).take(rows), listed=column == "aliases")
            names = pc.utf8_lower(names)
            begun = pc.match_substring_regex(names, _begun_words(key))
            may = np.flatnonzero(begun.to_numpy(zero_copy_only=False))
            names, of = names.take(pa.array(may)), of[may]
            same = pc.equal(keys_of(names), keys.take(pa.array(of)))
            right = same.to_numpy(zero_copy_only=False) & _hold_words(names, key)
            found[of[right]] = True
        return found

    def _longer(self, places: np.ndarray, key: str) -> Entries:
        """Return the places of longer keys in order, each with how many letters are more."""
        keys = self._keys.take(pa.array(places))
        lengths = pc.utf8_length(pc.utf8_normalize(keys, "NFD")).to_numpy()
        return self._ordered(places, lengths - len(unicodedata.normalize("NFD", key)))

    def _ordered(self, places: np.ndarray, apart: np.ndarray) -> Entries:
        rows = self._rows.take(pa.array(places)).to_numpy()
        order = np.lexsort((places, self._places[rows], apart))
        return zip(places[order].tolist(), apart[order].tolist(), strict=True)

    def _close(self, key: str) -> Entries:
        return self._ordered(*self._closeness.near(key))

    @cached_property
    def _closeness(self) -> Closeness:
        return Closeness(self._keys)


def _whole(keys: pa.ChunkedArray) -> pa.StringArray:
    """Return the keys in one piece, which those of a mapped file are already."""
    return keys.chunk(0) if keys.num_chunks == 1 else pa.concat_arrays([_NO_KEY, *keys.chunks])


def _begun_words(key: str) -> str:
    """Return a pattern, as Arrow reads it, of how the letters of a key begin as words."""
    start = "" if HANGUL.match(key) else f"(?:^|{NO_LETTERS})"
    return start + f"{NO_LETTERS}*".join(key[:_READ])


def _hold_words(names: pa.ChunkedArray, key: str) -> np.ndarray:
    """Tell which names, in small letters, hold the letters of a key as whole words."""
    start = "" if HANGUL.match(key) else r"(?<![^\W_])"
    end = "" if HANGUL.match(key[-1]) else r"(?![^\W_])"
    pattern = re.compile(start + r"[\W_]*".join(key) + end)
    return np.array([bool(pattern.search(name)) for name in names.to_pylist()], dtype=bool)
