"""A donor's own words: checked, mended where a catalogue's word is misspelt, and weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property

from .english import LATIN
from .errors import AnswersError
from .text import Analyser, normalise, scripts, written_words
from .weighting import tf

MAX_TEXT = 2000
CANDIDATES = 5
_SHORTEST, _NEAR, _SAME = 5, 0.6, 0.85
_RARE = 20_000


def checked(text: str) -> str:
    """Return the text as it is read.

    Raises
    ------
    AnswersError
        For one of more than MAX_TEXT characters.
    """
    if len(text) > MAX_TEXT:
        raise AnswersError(f"own words of {len(text)} characters: expected at most {MAX_TEXT}")
    return normalise(text).strip()


def term_weights(text: str, analyser: Analyser) -> dict[str, dict[str, float]]:
    """Return the weight of each term by language, as in a description without its idf."""
    return {
        language: {t: tf(n) for t, n in Counter(analyser.terms(text, language)).items()}
        for language in scripts(text)
    }


def unread(text: str, analyser: Analyser, holds: Callable[[str, str], bool]) -> Iterator[str]:
    """Yield the words that `holds` finds in no language, as the donor wrote them.

    Parameters
    ----------
    holds : callable
        Told a term and its language.
    """
    tokens = [
        (token.start, holds(token.term, language))
        for language in scripts(text)
        for token in analyser.tokens(text, language)
    ]
    read, known = {start for start, _ in tokens}, {start for start, held in tokens if held}
    for a, b in written_words(text):
        if not read.isdisjoint(range(a, b)) and known.isdisjoint(range(a, b)):
            yield text[a:b]


def nearest(
    word: str,
    vocabulary: Iterable[str],
    term: Callable[[str], str],
    written: Callable[[str], str],
) -> str | None:
    """Return the word that a misspelt English word was probably meant as, or None.

    Of the terms that begin with the same letter and are about as long, the CANDIDATES nearest are
    looked up as descriptions write them; the nearest of these is meant if its likeness is at least
    0.85 (difflib's ratio). Words of four letters and less are left alone.

    Parameters
    ----------
    term : callable
        Returns the term of a word.
    written : callable
        Returns a term as a description writes it.
    """
    stem = term(word)
    if len(word) < _SHORTEST or not LATIN.fullmatch(word) or not stem:
        return None
    near = sorted(t for t in vocabulary if t[0] == stem[0] and abs(len(t) - len(stem)) <= 2)
    candidates = get_close_matches(stem, near, n=CANDIDATES, cutoff=_NEAR)
    forms = sorted({written(candidate) for candidate in candidates})
    return next(iter(get_close_matches(word.lower(), forms, n=1, cutoff=_SAME)), None)


def least_texts(size: int) -> int:
    """Return in how many of `size` texts a word must stand that a misspelt one may be read as.

    Among millions of texts most words are misspelt themselves.
    """
    return max(1, size // _RARE)


def replaced(text: str, corrections: Mapping[str, str]) -> str:
    """Return the text with each misspelt word replaced."""
    pieces, at = [], 0
    for a, b in written_words(text):
        if text[a:b] in corrections:
            pieces += [text[at:a], corrections[text[a:b]]]
            at = b
    return "".join([*pieces, text[at:]])


class Mender:
    """Reads misspelt English words as words that descriptions hold.

    Parameters
    ----------
    analyser : Analyser
    vocabulary : callable
        Returns the terms that a word may be read as.
    knows : callable
        Told a term and its language; a word with a known term isn't misspelt.
    written : callable
        Returns a term as a description writes it.
    """

    def __init__(
        self,
        analyser: Analyser,
        vocabulary: Callable[[], Iterable[str]],
        knows: Callable[[str, str], bool],
        written: Callable[[str], str],
    ) -> None:
        self._analyser, self._find = analyser, vocabulary
        self._knows, self._written = knows, written

    @cached_property
    def _vocabulary(self) -> tuple[str, ...]:
        return tuple(self._find())

    def corrections(self, text: str) -> dict[str, str]:
        """Return the misspelt words of a text, each with the word it is read as."""
        near = {
            word: nearest(word, self._vocabulary, self._term, self._written)
            for word in unread(text, self._analyser, self._knows)
        }
        return {word: meant for word, meant in near.items() if meant}

    def mended(self, text: str) -> str:
        """Return the text with each misspelt word replaced."""
        return replaced(text, self.corrections(text))

    def _term(self, word: str) -> str:
        return self._analyser.term(word, "en")
