"""How many edits part one word from each of very many: letters wrong, missing, extra or swapped.

The distance is that of optimal string alignment: an edit puts another letter in a letter's place,
leaves one out, adds one or swaps two neighbours, and no part of a word is edited twice.

Source: F. Damerau, "A technique for computer detection and correction of spelling errors", 1964;
only the cells whose distance can still be small enough are worked out, as in E. Ukkonen,
"Algorithms for approximate string matching", 1985. All words go through a row of the table
together, and those that have become too different leave it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import reduce
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Form = Literal["NFC", "NFD"]
"""A form of Unicode: syllables of Hangul are letters, or their jamo are."""

_BLOCK = 1 << 16
"""Words that go through the table together: their cells fit the processor's cache."""

_WORTH = 0.7
"""While more words than this share are near, letting the others go costs more than it spares."""


@dataclass(frozen=True)
class Letters:
    """Many words as numbers.

    Attributes
    ----------
    codes : ndarray of uint8 or uint32
        The code points of all words.
    starts, lengths : ndarray of int64, shape (words,)
        Where each begins in codes, and how many letters it has.
    """

    codes: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray

    def __len__(self) -> int:
        return len(self.starts)

    def of(self, words: np.ndarray) -> Letters:
        """Return some of the words; their letters stay where they are."""
        return Letters(self.codes, self.starts[words], self.lengths[words])

    def at(self, place: int) -> np.ndarray:
        """Return the letter at a place of each word; 0 beyond its end."""
        if place < 0 or not len(self.codes):
            return np.zeros(len(self), self.codes.dtype)
        if place < self.lengths.min(initial=place + 1):
            return self.codes[self.starts + place]
        inside = place < self.lengths
        return self.codes[np.where(inside, self.starts + place, 0)] * inside


def letters_of(words: pa.StringArray, form: Form = "NFC") -> Letters:
    """Return words as numbers in a form of Unicode; none may hold a line break.

    In the form NFD a syllable of Hangul is its two or three jamo.
    """
    joined = pc.binary_join(pa.ListArray.from_arrays([0, len(words)], words), "\n")
    codes = codes_of(unicodedata.normalize(form, f"{joined[0].as_py()}\n"))
    ends = np.flatnonzero(codes == ord("\n"))[: len(words)]
    starts = np.concatenate([np.zeros(1, np.int64), ends + 1])[: len(words)]
    return Letters(codes, starts, ends - starts)


def codes_of(word: str) -> np.ndarray:
    """Return the code points of a word; uint32."""
    return np.frombuffer(word.encode("utf-32-le"), dtype=np.uint32)


def distances(letters: Letters, word: np.ndarray, most: int) -> np.ndarray:
    """Return the distance of each word from one, or most + 1 where it is larger.

    Parameters
    ----------
    letters : Letters
    word : ndarray
        Its code points.
    most : int
        At most 100.

    Returns
    -------
    ndarray of uint8, shape (words,)
    """
    found = np.full(len(letters), most + 1, dtype=np.uint8)
    near = np.flatnonzero(np.abs(letters.lengths - len(word)) <= most)
    for start in range(0, len(near), _BLOCK):
        words = near[start : start + _BLOCK]
        table = _Table(letters.of(words), len(word), most)
        left = words[table.left(word)]
        found[left] = table.last()
    return found


class _Table:
    """The two last rows of the table of some words, and the letters beside them.

    A row has the cells of 2 most + 1 places around its own; they are lists of arrays, a word each.

    Parameters
    ----------
    letters : Letters
        Of words whose lengths differ by `most` at most from `length`.
    length, most : int
        How many letters the word that they are compared with has, and what is near.
    """

    def __init__(self, letters: Letters, length: int, most: int) -> None:
        self._letters, self._most = letters, most
        self._words = np.arange(len(letters))
        self._none = np.full(len(letters), most + 1, dtype=np.uint8)
        self._seen: dict[int, np.ndarray] = {}
        shifts = range(-most, most + 1)
        self._row = [self._none if s < 0 else np.full_like(self._none, s) for s in shifts]
        self._before = [self._none] * len(self._row)
        self._more = (letters.lengths - length).astype(np.int8)

    def left(self, word: np.ndarray) -> np.ndarray:
        """Go through a word; return which words are left, being near enough."""
        earlier = 0
        for at, letter in enumerate(word.tolist(), 1):
            self._step(at, letter, earlier)
            self._leave()
            earlier = letter
            if not len(self._words):
                break
        return self._words

    def last(self) -> np.ndarray:
        """Return the distances of the words that are left."""
        rows = np.stack(self._row)
        return rows[self._more + self._most, np.arange(len(self._words))]

    def _step(self, at: int, letter: int, earlier: int) -> None:
        """Work out the row of the word's letter `at`, counted from 1; `earlier` is that before."""
        row: list[np.ndarray] = []
        left = self._none
        for cell, above in enumerate([*self._row[1:], self._none]):
            place = at + cell - self._most
            if place > 0:
                left = self._cell(place, cell, left, above, letter, earlier)
            elif place == 0:  # all letters so far are left out
                left = np.full_like(self._none, at)
            row.append(left)
        self._before, self._row = self._row, row
        self._seen = {place: seen for place, seen in self._seen.items() if place > at - self._most}

    def _cell(
        self,
        place: int,
        cell: int,
        left: np.ndarray,
        above: np.ndarray,
        letter: int,
        earlier: int,
    ) -> np.ndarray:
        own = self._letter(place - 1)
        value = np.minimum(self._row[cell] + (own != letter), np.minimum(left, above) + 1)
        if place > 1:
            swapped = (own == earlier) & (self._letter(place - 2) == letter)
            np.minimum(value, self._before[cell] + 1, out=value, where=swapped)
        return np.minimum(value, self._none, out=value)

    def _letter(self, place: int) -> np.ndarray:
        if place not in self._seen:
            self._seen[place] = self._letters.at(place)
        return self._seen[place]

    def _leave(self) -> None:
        """Let those words go that will be too far: their letters left over must be counted too."""
        shifts = range(-self._most, self._most + 1)
        bounds = (c + np.abs(self._more - s) for c, s in zip(self._row, shifts, strict=True))
        kept = np.flatnonzero(reduce(np.minimum, bounds) <= self._most)
        if len(kept) > _WORTH * len(self._words):
            return
        self._letters, self._words = self._letters.of(kept), self._words[kept]
        self._none, self._more = self._none[kept], self._more[kept]
        self._row = [cells[kept] for cells in self._row]
        self._before = [cells[kept] for cells in self._before]
        self._seen = {place: seen[kept] for place, seen in self._seen.items()}
