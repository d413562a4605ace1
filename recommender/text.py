"""Text to terms: what the index counts, with the place of each term in the text.

English words become Snowball stems; Hangul becomes pairs of neighbouring syllables, because
particles stick to Korean words and a pair survives them. Phrases are a closed list (those of the
lexicon), found beside the words they are made of. A *false friend* is a phrase that replaces its
words: "investigative studies" must not count as an investigation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from .english import LATIN, English
from .errors import UnknownNameError
from .korean import HANGUL, Korean
from .masking import mask_names

LANGUAGES = ("en", "ko")

_MOST_MARKS = 30
"""Combining marks in a row, as Unicode's stream-safe text has at most (UAX 15): a composer sorts
them in steps that grow with the square of their number."""

_RUN = re.compile(rf"[^\w\s\x00-\u02ff]{{{_MOST_MARKS + 1},}}")
_WRITTEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# A line break ends a sentence unless the line was only wrapped: then small letters follow.
LINE_END = re.compile(r"(?<!\s)[^\S\n]*+\n\s*+(?![a-z])")
SENTENCE_END = re.compile(rf"[.!?。]['\")”’]*\s+|{LINE_END.pattern}")
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_ABBREVIATIONS = frozenset(["approx", "dr", "etc", "mr", "mrs", "ms", "prof", "rev", "st", "vs"])


@dataclass(frozen=True, slots=True)
class Token:
    """One term and the half-open range of characters [start, end) that it was read from."""

    term: str
    start: int
    end: int


def normalise(text: str) -> str:
    """Return the text in Unicode's composed form, without control or direction characters.

    Hangul may arrive as separate letters, and invisible characters can reorder or split words. Half
    of a pair of surrogates is no character. Of marks that are piled on a letter 30 stay.
    """
    if text.isascii() and text.isprintable():  # nothing to do: most texts, and far quicker
        return text
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return unicodedata.normalize("NFC", _RUN.sub(_few_marks, "".join(kept)))


def _few_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for c in run[0]:
        # Some marks are told only by what they are made of.
        marks = marks + 1 if unicodedata.combining(unicodedata.normalize("NFD", c)[0]) else 0
        if marks <= _MOST_MARKS:
            kept.append(c)
    return "".join(kept)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the sentences of `text`, white space at either end left out."""
    ends = (m for m in SENTENCE_END.finditer(text) if not _is_abbreviation(text, m.start()))
    edges = [0, *(m.end() for m in ends), len(text)]
    spans = ((a + _lead(text[a:b]), b) for a, b in pairwise(edges))
    return [(a, a + len(text[a:b].rstrip())) for a, b in spans if text[a:b].strip()]


def _is_abbreviation(text: str, stop: int) -> bool:
    """Tell whether the full stop at `stop` belongs to the word before it: U.S., John F., e.g."""
    if text[stop] != ".":
        return False
    *before, word = text[max(0, stop - 60) : stop].split() or [""]
    word = word.lstrip("('\"“‘")
    initial = len(word) == 1 and word.isupper() and (not before or before[-1][:1].isupper())
    return initial or bool(_LETTERS.fullmatch(word)) or word.lower() in _ABBREVIATIONS


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())


def written_words(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the words of `text`, as white space and punctuation part them."""
    return [match.span() for match in _WRITTEN.finditer(text)]


def to_read(text: str, names: Iterable[str] = ()) -> tuple[str, list[tuple[int, int]]]:
    """Return a text as it is read: its names blanked out, and the ranges of its sentences.

    Of those that say the same only the first is there, so that repeating oneself adds nothing.
    """
    text = mask_names(_once(text), names)
    said: dict[str, tuple[int, int]] = {}
    for start, end in sentences(text):
        said.setdefault(" ".join(text[start:end].lower().split()).rstrip(".!?。"), (start, end))
    return text, list(said.values())


def scripts(text: str) -> dict[str, float]:
    """Return each language that a donor's text is written in, with its share of the words.

    Latin words inside a Korean text belong to both: USB stands in Korean descriptions too.
    """
    hangul, latin = len(HANGUL.findall(text)), len(LATIN.findall(text))
    counts = {"en": float(latin), "ko": float(hangul and hangul + latin)}
    total = sum(counts.values())
    return {language: count / total for language, count in counts.items() if count}


class Analyser:
    """Turns a text of one language into terms.

    Parameters
    ----------
    phrases : mapping of language code to phrases
        Counted as terms of their own wherever they stand, besides their words.
    false_friends : mapping of language code to phrases
        Counted instead of their words.
    pairs : bool, default False
        Whether each two English words side by side are a term too; for learning.
    """

    def __init__(
        self,
        phrases: Mapping[str, Iterable[str]] | None = None,
        false_friends: Mapping[str, Iterable[str]] | None = None,
        *,
        pairs: bool = False,
    ) -> None:
        phrases, false_friends = phrases or {}, false_friends or {}
        self._readers: dict[str, English | Korean] = {
            "en": English(phrases.get("en", ()), false_friends.get("en", ()), pairs=pairs),
            "ko": Korean(phrases.get("ko", ()), false_friends.get("ko", ())),
        }

    def tokens(self, text: str, language: str, names: Iterable[str] = ()) -> list[Token]:
        """Return the terms of `text` in the order in which they begin.

        A sentence that stands in the text again is read once, so that repeating oneself adds
        nothing. `names` are blanked out first.
        """
        read = self.reader(language).read
        text, spans = to_read(text, names)
        return [
            Token(term, start + a, start + b)
            for start, end in spans
            for term, a, b in read(text[start:end])
        ]

    def terms(self, text: str, language: str, names: Iterable[str] = ()) -> list[str]:
        """Return the terms of `text` alone; what the index counts."""
        return [token.term for token in self.tokens(text, language, names)]

    def term(self, entry: str, language: str) -> str:
        """Return the one term that a lexicon entry stands for."""
        return self.reader(language).term(entry)

    def reader(self, language: str) -> English | Korean:
        """Return what reads the sentences of a language."""
        if language not in self._readers:
            raise UnknownNameError("language", language, self._readers)
        return self._readers[language]


def _once(text: str) -> str:
    """Return a text that says the same thing over and over as far as its first time."""
    joined = " ".join(text.lower().split()) + " "
    period = (joined + joined).find(joined, 1)
    if period == len(joined):
        return text
    words = joined[:period].count(" ")
    return re.match(rf"(?:\s*\S+){{{words}}}", text)[0]  # type: ignore[index]
