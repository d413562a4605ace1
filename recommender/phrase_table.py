"""Phrases found in many texts at once, among the numbers of their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np


class Found(NamedTuple):
    """Where phrases begin, in rising order, of how many words they are, and their numbers."""

    start: np.ndarray
    size: np.ndarray
    number: np.ndarray

    def only(self, kept: np.ndarray) -> Found:
        """Return some of them."""
        return Found(self.start[kept], self.size[kept], self.number[kept])


class PhraseTable:
    """A tree of phrases, walked from every word of the texts together.

    Parameters
    ----------
    phrases : mapping of tuple of int to int
        The number of each phrase, by the numbers of its words, of which it has two or more.
    """

    def __init__(self, phrases: Mapping[tuple[int, ...], int]) -> None:
        self._words = 1 + max((word for phrase in phrases for word in phrase), default=0)
        self._longest = max(map(len, phrases), default=0)
        steps: dict[int, int] = {}  # from a node by a word to a node; 0 is the root
        ends: dict[int, int] = {}
        for phrase, number in phrases.items():
            node = 0
            for word in phrase:
                node = steps.setdefault(self._step(node, word), len(steps) + 1)
            ends[node] = number
        # The last stands for every step that there isn't.
        self._steps = np.array([*sorted(steps), np.iinfo(np.int64).max])
        self._nodes = np.array([*(steps[step] for step in sorted(steps)), 0])
        self._ends = np.array([ends.get(node, -1) for node in range(len(steps) + 1)])
        self._roots = np.array([steps.get(word, 0) for word in range(self._words + 1)])

    def _step(self, node: int, word: int) -> int:
        return node * (self._words + 1) + word

    def find(self, stems: np.ndarray, apart: np.ndarray) -> Found:
        """Return every phrase in a row of words, of which `apart` ones follow punctuation."""
        parts = list(self._by_size(np.minimum(stems, self._words), apart)) or [_NONE]
        start, size, number = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.lexsort((size, start))
        return Found(start, size, number).only(order)

    def _by_size(self, words: np.ndarray, apart: np.ndarray) -> Iterator[Found]:
        start = np.flatnonzero(self._roots[words])
        node = self._roots[words[start]]
        for size in range(2, self._longest + 1):
            goes_on = start + size <= len(words)
            start, node = start[goes_on], node[goes_on]
            joined = ~apart[start + size - 1]
            start, node = start[joined], node[joined]
            steps = node * (self._words + 1) + words[start + size - 1]
            place = np.searchsorted(self._steps, steps)
            known = self._steps[place] == steps
            start, node = start[known], self._nodes[place[known]]
            number = self._ends[node]
            yield Found(start, np.full(len(start), size), number).only(number >= 0)


_NONE = Found(*(np.zeros(0, dtype=np.int64) for _ in Found._fields))


def leftmost_longest(found: Found) -> Found:
    """Return those of the phrases that replace their words: none overlaps another."""
    kept, free = [], -1
    # Of those that begin together the longest comes last, and stays.
    last = {start: i for i, start in enumerate(found.start.tolist())}
    for start, i in last.items():
        if start >= free:
            kept.append(i)
            free = start + int(found.size[i])
    return found.only(np.array(kept, dtype=np.int64))


def covered(found: Found, words: int) -> np.ndarray:
    """Tell for each of so many words whether any of the phrases holds it."""
    inside = np.zeros(words, dtype=bool)
    for nth in range(int(found.size.max(initial=0))):
        inside[(found.start + nth)[found.size > nth]] = True
    return inside


def numbered(
    phrases: Iterable[tuple[str, ...]], numbers: Mapping[str, int]
) -> dict[tuple[int, ...], int]:
    """Return the number of each phrase by the numbers of its words."""
    return {tuple(numbers[w] for w in words): numbers[" ".join(words)] for words in phrases}
