"""Many English texts at once to the numbers of their words.

A *chunk* is what stands between two white spaces: "rights," or "charity’s" or "non-profit". No
word reaches across white space, so each chunk is read the first time that it is met, and is one
look-up from then on. A catalogue of a million texts has few different ones.

What a chunk holds is kept as a list of *codes*: twice the number of a stem, plus one where the
stem is a term by itself, and the codes of number 0 for what parts the words of a phrase.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import punctuation

import numpy as np

from .english import LATIN, parts, read_word
from .text import SENTENCE_END

_BREAK, _END = 0, 1
"""What parts a phrase, and that of it which may end a sentence."""
_LINE = 0
"""The chunk that ends a line."""

# What is kept must not grow with the catalogue: so many chunks and codes, none of them too long.
_MOST, _LONGEST = 1_500_000, 64


class Numbers(dict[str, int]):
    """Numbers terms, from 1, as they are met; 1 is any word that neither counts nor is sought."""

    OTHER = 1

    def __init__(self) -> None:
        super().__init__({"": 0, " ": self.OTHER})

    def __missing__(self, term: str) -> int:
        self[term] = len(self)
        return self[term]


@dataclass(frozen=True)
class Words:
    """The words of texts that can be part of a phrase, one after another.

    Attributes
    ----------
    stem : array of int
        The number of each word's stem.
    counts : array of bool
        Whether it is a term by itself.
    apart : array of bool
        Whether punctuation parts it from the word before.
    first : array of bool
        Whether a sentence may begin with it.
    text : array of int
        The position of the text that it stands in, never falling.
    """

    stem: np.ndarray
    counts: np.ndarray
    apart: np.ndarray
    first: np.ndarray
    text: np.ndarray


class Chunks(dict[str, int]):
    """Reads texts, and keeps the chunks that it met.

    Parameters
    ----------
    numbers : Numbers
        What phrases are made of is numbered already; other stems are as they are met.
    """

    def __init__(self, numbers: Numbers) -> None:
        super().__init__()
        self._numbers = numbers
        self._empty()

    def _empty(self) -> None:
        """Forget every chunk."""
        self.clear()
        self._codes = array("i", [_END])
        self._ends = array("i", [0, 1])  # chunk i's codes end at place i + 1

    def __missing__(self, chunk: str) -> int:
        number = len(self._ends) - 1
        self._codes.extend(self._read(chunk))
        self._ends.append(len(self._codes))
        if len(chunk) <= _LONGEST:
            self[chunk] = number
        return number

    def _read(self, chunk: str) -> Iterator[int]:
        gaps, words = _parted(chunk)
        for gap, word in zip(gaps, words, strict=False):
            if gap and parts(gap):
                yield _BREAK
            stem, counts = read_word(word)
            if counts:
                yield 2 * self._numbers[stem] + 1
            elif stem:
                yield 2 * self._numbers.get(stem, Numbers.OTHER)
        if gaps[-1] and parts(gaps[-1]):
            yield _END if SENTENCE_END.search(f"{chunk} ") else _BREAK

    def words(self, texts: Iterable[Iterable[str]]) -> Words:
        """Return the words of texts, each given in lines that no phrase reaches across."""
        if len(self._ends) + len(self._codes) > _MOST:
            self._empty()
        read, sizes = array("i"), array("i", [0])
        for lines in texts:
            for line in lines:
                read.extend(map(self.__getitem__, line.split()))
                read.append(_LINE)
            sizes.append(len(read))
        return self._words(np.array(read), np.array(sizes))

    def _words(self, chunks: np.ndarray, edges: np.ndarray) -> Words:
        """Return the words of chunks; the chunks of text i end at edge i + 1."""
        ends = np.array(self._ends)
        sizes = np.diff(ends)[chunks]
        stops = np.concatenate([[0], np.cumsum(sizes)], dtype=np.int32)
        places = np.arange(stops[-1]) + np.repeat(ends[chunks] - stops[:-1], sizes)
        codes = np.array(self._codes)[places]
        at = np.flatnonzero(codes > _END)
        text = np.repeat(np.arange(len(edges) - 1), np.diff(stops[edges]))
        return Words(
            stem=codes[at] >> 1,
            counts=(codes[at] & 1).astype(bool),
            apart=_follows(codes <= _END, at),
            first=_follows(codes == _END, at),
            text=text[at],
        )


def _parted(chunk: str) -> tuple[list[str], list[str]]:
    """Return the words of a chunk, and what stands before each of them and at the end."""
    word = chunk.strip(punctuation)
    if word.isascii() and word.isalpha():  # as most are; the pattern would take five times as long
        before, _, after = chunk.partition(word)
        return [before, after], [word]
    return LATIN.split(chunk), LATIN.findall(chunk)


def _follows(marked: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Tell for each place whether anything is marked between the place before and it."""
    so_far = np.cumsum(marked, dtype=np.int32)[at]
    return np.diff(so_far, prepend=-1) > 0
