"""How often each term stands in each of many texts: what `Analyser.terms` tells, counted at once.

An English text is read by look-up and array (see `chunks`); one that may hold a sentence twice is
parted into its sentences first. Korean is read word by word, and so is all that an analyser reads
that seeks pairs.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import starmap

import numpy as np
from scipy import sparse

from .chunks import Chunks, Numbers, Words
from .english import English
from .masking import mask_names
from .phrase_table import PhraseTable, covered, leftmost_longest, numbered
from .text import LINE_END, Analyser, to_read

Names = Sequence[Sequence[str]]
Entries = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Texts' positions, terms' numbers and counts, which are to be added up."""

# Σ has two small letters and İ's is two characters: the same sentence may hold other words.
_UNSTEADY = "İΣ"


class TermCounter:
    """Counts the terms of batches of texts of one language.

    Parameters
    ----------
    analyser : Analyser
    language : str

    Attributes
    ----------
    terms : list of str
        The term of each column, in the order in which batches first held them.
    """

    def __init__(self, analyser: Analyser, language: str) -> None:
        self.terms: list[str] = []
        self._analyser, self._language = analyser, language
        self._numbers = Numbers()
        self._batch: _Batch | None = None
        reader = analyser.reader(language)
        if isinstance(reader, English) and not reader.pairs:
            self._batch = _Batch(reader, self._numbers)
        self._columns = np.zeros(0, dtype=np.int32)  # by a term's number; -1 if it has none yet

    def count(self, texts: Sequence[str | None], names: Names | None = None) -> sparse.csr_matrix:
        """Return the counts of one batch.

        Parameters
        ----------
        texts : sequence of str or None
            As `normalise` leaves them. A batch of some ten thousand is quickest.
        names : sequence of names for each text, optional
            Blanked out in it.

        Returns
        -------
        csr_matrix of int32, shape (texts, terms so far)
        """
        given = [text or "" for text in texts]
        names = [()] * len(given) if names is None else names
        read = self._batch.entries if self._batch else self._word_by_word
        rows, numbers, counts = read(given, names)
        columns = self._columns_of(numbers)
        shape = (len(given), len(self.terms))
        return sparse.coo_matrix((counts, (rows, columns)), shape=shape).tocsr()

    def _word_by_word(self, texts: Sequence[str], names: Names) -> Entries:
        found = array("i"), array("i"), array("i")
        for row, (text, silent) in enumerate(zip(texts, names, strict=True)):
            terms = self._analyser.terms(text, self._language, silent)
            for term, count in Counter(terms).items():
                for column, value in zip(found, (row, self._numbers[term], count), strict=True):
                    column.append(value)
        rows, numbers, counts = map(np.array, found)
        return rows, numbers, counts

    def _columns_of(self, numbers: np.ndarray) -> np.ndarray:
        """Return the terms' columns; those that no text held before get the next ones."""
        unknown = np.full(len(self._numbers) - len(self._columns), -1, dtype=np.int32)
        self._columns = np.concatenate([self._columns, unknown])
        fresh = np.unique(numbers[self._columns[numbers] < 0])
        self._columns[fresh] = len(self.terms) + np.arange(len(fresh))
        if len(fresh):
            term_of = list(self._numbers)
            self.terms += [term_of[number] for number in fresh.tolist()]
        return self._columns[numbers]


def _lines(text: str, names: Sequence[str]) -> Iterable[str]:
    """Return the lines of a text, or its sentences once each if that is known to matter."""
    unsteady = not text.isascii() and any(c in text for c in _UNSTEADY)
    if unsteady or (names and mask_names(text, names) is not text):
        return _sentences(text, names)
    return LINE_END.split(text) if "\n" in text else (text,)


def _sentences(text: str, names: Sequence[str]) -> list[str]:
    text, spans = to_read(text, names)
    return [text[start:end] for start, end in spans]


class _Batch:
    """Reads many English texts together, as `English.read` reads a sentence."""

    def __init__(self, reader: English, numbers: Numbers) -> None:
        tables = [
            [words for phrases in table.values() for words in phrases]
            for table in (reader.phrases, reader.false_friends)
        ]
        for words in tables[0] + tables[1]:  # first, so that the tables' arrays are small
            for word in words:
                numbers[word]
        self._phrases, self._friends = (PhraseTable(numbered(t, numbers)) for t in tables)
        self._chunks = Chunks(numbers)

    def entries(self, texts: Sequence[str], names: Names) -> Entries:
        """Return the text and the number of every term, each time that it stands there."""
        words = self._chunks.words(starmap(_lines, zip(texts, names, strict=True)))
        again = _repeating(words, len(texts))
        rows = np.flatnonzero(again)
        once = self._chunks.words(_sentences(texts[row], names[row]) for row in rows.tolist())
        text, number = self._terms(words)
        text_once, number_once = self._terms(once)
        kept = ~again[text]
        text = np.concatenate([text[kept], rows[text_once]])
        number = np.concatenate([number[kept], number_once])
        return text, number, np.ones(len(text), dtype=np.int32)

    def _terms(self, words: Words) -> tuple[np.ndarray, np.ndarray]:
        """Return the text and the number of every term; the order is by kinds of terms."""
        friends = leftmost_longest(self._friends.find(words.stem, words.apart))
        phrases = self._phrases.find(words.stem, words.apart)
        hidden = covered(friends, len(words.stem))
        phrases = phrases.only(~hidden[phrases.start])
        single = np.flatnonzero(words.counts & ~hidden)
        starts = np.concatenate([single, phrases.start, friends.start])
        numbers = np.concatenate([words.stem[single], phrases.number, friends.number])
        return words.text[starts], numbers


def _repeating(words: Words, texts: int) -> np.ndarray:
    """Tell of each text whether a sentence, or all of it, may stand in it more than once.

    What really does is never missed. Sentences are compared by the sums of their words' numbers.
    """
    found = np.zeros(texts, dtype=bool)
    if len(words.stem):
        found[_with_a_sentence_twice(words)] = True
        found[_all_over_again(words)] = True
    return found


def _with_a_sentence_twice(words: Words) -> np.ndarray:
    starts = np.flatnonzero(words.first)
    sums = np.add.reduceat(words.stem, starts, dtype=np.uint64)
    sizes = np.diff(starts, append=len(words.stem)).astype(np.uint64)
    text = words.text[starts]
    mixed = (sums * 64 + sizes) * 0x9E3779B97F4A7C15 + text.astype(np.uint64) * 0xBF58476D1CE4E5B9
    order = np.argsort(mixed)
    return text[order[1:]][mixed[order[1:]] == mixed[order[:-1]]]


def _all_over_again(words: Words) -> np.ndarray:
    """A text said k times holds k times its words, its first one's, and its last one's."""
    starts = np.flatnonzero(np.diff(words.text, prepend=-1))
    sizes = np.diff(starts, append=len(words.stem))
    common = sizes
    for edge in (starts, starts + sizes - 1):
        same = words.stem == np.repeat(words.stem[edge], sizes)
        common = np.gcd(common, np.add.reduceat(same, starts, dtype=np.int64))
    return words.text[starts][common > 1]
