"""English text to terms: words become Snowball stems, phrases are found beside their words."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import Stemmer
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from .paths import data_lines

Found = tuple[str, int, int]
"""A term and the range of characters that it was read from."""

PhrasesByStart = Mapping[tuple[str, ...], list[tuple[str, ...]]]
"""Phrases as stems, by the first two of them."""

# scikit-learn's list holds words that a charity can be about; those stay terms.
_CONTENT_WORDS = {"bill", "cry", "fire", "interest", "sincere", "system", "mill", "move", "un"}
# Inside a phrase only these don't count: "find housing" is more than "housing".
_FUNCTION_WORDS = frozenset(
    ["a", "an", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"]
)

# Longer ones are no words but codes and slips; each would be a term of one text.
LONGEST_WORD = 64

LATIN = re.compile(r"(?<!\d)[^\W\d_ㄱ-ㆎ가-힣][^\W_ㄱ-ㆎ가-힣]*(?:['’][^\W\d_ㄱ-ㆎ가-힣]+)*")
_PHRASE_GAP = re.compile(r"[\s\-\u2010\u2013/'’]*")


def _stem(word: str) -> str:
    """Return the stem of a lower-case word; nothing for a stop word, a letter or a long string."""
    word, _, ending = word.replace("’", "'").partition("'")
    if (
        not 1 < len(word) <= LONGEST_WORD
        or word in stop_words()
        or (word.endswith("n") and ending == "t")
    ):
        return ""
    return _own_stems().get(word) or str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _own_stems() -> dict[str, str]:
    lines = [line.split() for line in data_lines("stems/en.txt")]
    return {word: words[0] for words in lines for word in words}


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the English words that are no terms by themselves."""
    return frozenset(ENGLISH_STOP_WORDS) - _CONTENT_WORDS | frozenset(
        data_lines("stop_words/en.txt")
    )


_THREAD = threading.local()


def _stemmer() -> Stemmer.Stemmer:
    """Return this thread's stemmer: one can't be shared. It keeps no word that a donor wrote."""
    if not hasattr(_THREAD, "stemmer"):
        _THREAD.stemmer = Stemmer.Stemmer("english", 0)
    return _THREAD.stemmer


class English:
    """Reads words as stems. Figures are left out: a year or an amount is no subject.

    With `pairs`, each two words that stand side by side are a term too, for learning which of
    them to keep as phrases.
    """

    def __init__(
        self, phrases: Iterable[str], false_friends: Iterable[str], *, pairs: bool = False
    ) -> None:
        self.phrases = _by_first_two(phrases)
        self.false_friends = _by_first_two(false_friends)
        self.pairs = pairs

    def term(self, entry: str) -> str:
        """Return the term of a lexicon entry."""
        return " ".join(stems_of(entry))

    def read(self, sentence: str) -> Iterator[Found]:
        """Yield the terms of a sentence in the order in which they begin."""
        words = list(words_of(sentence))
        position = 0
        while position < len(words):
            friend = _longest_at(words, position, self.false_friends)
            if friend:
                yield _joined(words[position : position + friend])
                position += friend
                continue
            word = words[position]
            if word.counts:
                yield word.stem, word.start, word.end
            for length in self._phrases_at(words, position):
                yield _joined(words[position : position + length])
            position += 1

    def _phrases_at(self, words: Sequence[_Word], position: int) -> set[int]:
        """Return in how many words the phrases end that begin at `position`."""
        lengths = set(_lengths_at(words, position, self.phrases))
        pair = words[position : position + 2]
        if self.pairs and len(pair) == 2 and all(w.counts for w in pair) and not pair[1].apart:
            lengths.add(2)
        return lengths


class _Word(NamedTuple):
    """A word that can be part of a phrase.

    `apart` tells whether punctuation parts it from the word before, `counts` whether it is a term
    by itself; a stop word isn't.
    """

    stem: str
    start: int
    end: int
    apart: bool
    counts: bool


def words_of(sentence: str) -> Iterator[_Word]:
    """Yield the words of a sentence that can be part of a phrase."""
    previous_end, apart = 0, True
    for match in LATIN.finditer(sentence):
        apart = apart or parts(sentence[previous_end : match.start()])
        previous_end = match.end()
        stem, counts = read_word(match.group())
        if stem:
            yield _Word(stem, match.start(), match.end(), apart, counts)
            apart = False


def parts(gap: str) -> bool:
    """Tell whether what stands between two words parts them."""
    return not _PHRASE_GAP.fullmatch(gap)


def read_word(written: str) -> tuple[str, bool]:
    """Return a word as phrases hold it, and whether it counts; nothing for a function word."""
    word = written.lower()
    if word in _FUNCTION_WORDS:
        return "", False
    stem = _stem(word)
    return stem or word, bool(stem)


def stems_of(entry: str) -> tuple[str, ...]:
    """Return the stems of a phrase's words."""
    return tuple(word.stem for word in words_of(entry))


def _by_first_two(phrases: Iterable[str]) -> PhrasesByStart:
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for stems in sorted({stems_of(phrase) for phrase in phrases}):
        if len(stems) > 1:
            found.setdefault(stems[:2], []).append(stems)
    return found


def _lengths_at(words: Sequence[_Word], position: int, phrases: PhrasesByStart) -> list[int]:
    start = tuple([word.stem for word in words[position : position + 2]])
    return [
        len(stems)
        for stems in phrases.get(start, ())
        if _follows(words[position : position + len(stems)], stems)
    ]


def _longest_at(words: Sequence[_Word], position: int, phrases: PhrasesByStart) -> int:
    return max(_lengths_at(words, position, phrases), default=0)


def _follows(words: Sequence[_Word], stems: Sequence[str]) -> bool:
    same = tuple(word.stem for word in words) == tuple(stems)
    return same and not any(word.apart for word in words[1:])


def _joined(words: Sequence[_Word]) -> Found:
    return " ".join(word.stem for word in words), words[0].start, words[-1].end
