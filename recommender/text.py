"""Text to terms: what the index counts, with the place of each term in the text.

English words become Snowball stems; Hangul becomes pairs of neighbouring syllables, because
particles stick to Korean words and a pair survives them. Phrases are a closed list (those of the
lexicon), found beside the words they are made of. A *false friend* is a phrase that replaces its
words: "investigative studies" must not count as an investigation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

import Stemmer
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

LANGUAGES = ("en", "ko")

# scikit-learn's list holds words that a charity can be about; those stay terms.
_CONTENT_WORDS = {"bill", "cry", "fire", "interest", "sincere", "system", "mill", "move"}
STOP_WORDS = frozenset(ENGLISH_STOP_WORDS) - _CONTENT_WORDS

_LATIN = re.compile(r"[^\W\d_ㄱ-ㆎ가-힣][^\W_ㄱ-ㆎ가-힣]*(?:['’][^\W\d_ㄱ-ㆎ가-힣]+)*")
_HANGUL = re.compile(r"[가-힣]+")
_WRITTEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# A full stop, then a gap, then something that opens a sentence; "U.S. Army" opens none.
_SENTENCE_END = re.compile(r"(?:(?<!\b[A-Z])[.!?。]['\")”’]*\s+|\n+)(?=[^a-z\s])")
_PHRASE_GAP = re.compile(r"[\s\-\u2010\u2013/'’]*")
_MASK = "\N{MIDDLE DOT}"


@dataclass(frozen=True, slots=True)
class Token:
    """One term and the half-open range of characters [start, end) that it was read from."""

    term: str
    start: int
    end: int


def normalise(text: str) -> str:
    """Return the text in Unicode's composed form, without control or direction characters.

    Hangul may arrive as separate letters, and invisible characters can reorder or split words.
    """
    text = unicodedata.normalize("NFC", text)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf"})


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the sentences of `text`, white space at either end left out."""
    edges = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
    spans = ((a + _lead(text[a:b]), b) for a, b in pairwise(edges))
    return [(a, a + len(text[a:b].rstrip())) for a, b in spans if text[a:b].strip()]


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())


def word_around(text: str, position: int) -> tuple[int, int]:
    """Return the range of the word, as white space and punctuation part it, at `position`."""
    return next(m.span() for m in _WRITTEN.finditer(text) if m.start() <= position < m.end())


def mask_names(text: str, names: Iterable[str]) -> str:
    """Return `text`, equally long, with each of the names blanked out.

    A name of one word hides only where its capitals agree: LiNK is a name, a link is not.
    """
    for name in sorted({n for n in names if n}, key=len, reverse=True):
        flags = re.IGNORECASE if " " in name else 0
        pattern = rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])"
        text = re.sub(pattern, lambda m: _MASK * len(m.group()), text, flags=flags)
    return text


def scripts(text: str) -> dict[str, float]:
    """Return each language that a donor's text is written in, with its share of the words.

    Latin words inside a Korean text belong to both: USB stands in Korean descriptions too.
    """
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
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
    """

    def __init__(
        self,
        phrases: Mapping[str, Iterable[str]] | None = None,
        false_friends: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        phrases, false_friends = phrases or {}, false_friends or {}
        self._readers: dict[str, _Reader] = {
            "en": _English(phrases.get("en", ()), false_friends.get("en", ())),
            "ko": _Korean(phrases.get("ko", ()), false_friends.get("ko", ())),
        }

    def tokens(self, text: str, language: str, names: Iterable[str] = ()) -> list[Token]:
        """Return the terms of `text` in the order in which they begin.

        A sentence that stands in the text again is read once, so that repeating oneself adds
        nothing. `names` are blanked out first.
        """
        text = mask_names(text, names)
        read = self._readers[language].read
        seen: set[str] = set()
        found: list[Token] = []
        for start, end in sentences(text):
            sentence = text[start:end]
            key = " ".join(sentence.lower().split()).rstrip(".!?。")
            if key not in seen:
                seen.add(key)
                found += (Token(t, start + a, start + b) for t, a, b in read(sentence))
        return found

    def terms(self, text: str, language: str, names: Iterable[str] = ()) -> list[str]:
        """Return the terms of `text` alone; what the index counts."""
        return [token.term for token in self.tokens(text, language, names)]

    def term(self, entry: str, language: str) -> str:
        """Return the one term that a lexicon entry stands for."""
        return self._readers[language].term(entry)


_Found = tuple[str, int, int]


class _Reader(Protocol):
    def term(self, entry: str) -> str: ...
    def read(self, sentence: str) -> Iterator[_Found]: ...


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    """Return the stem of a lower-case word; nothing for a stop word or a single letter."""
    word, _, ending = word.replace("’", "'").partition("'")
    if len(word) < 2 or word in STOP_WORDS or (word.endswith("n") and ending == "t"):
        return ""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


class _English:
    """Reads words as stems. Figures are left out: a year or an amount is no subject."""

    def __init__(self, phrases: Iterable[str], false_friends: Iterable[str]) -> None:
        self._phrases = _by_first_stem(phrases)
        self._false_friends = _by_first_stem(false_friends)

    def term(self, entry: str) -> str:
        return " ".join(_stems_of(entry))

    def read(self, sentence: str) -> Iterator[_Found]:
        words = list(_stems_with_breaks(sentence))
        position = 0
        while position < len(words):
            friend = _longest_at(words, position, self._false_friends)
            if friend:
                yield _joined(words[position : position + friend])
                position += friend
                continue
            stem, start, end, _ = words[position]
            yield stem, start, end
            for length in _lengths_at(words, position, self._phrases):
                yield _joined(words[position : position + length])
            position += 1


_Word = tuple[str, int, int, bool]


def _stems_with_breaks(sentence: str) -> Iterator[_Word]:
    """Yield stem, start, end and whether punctuation parts the word from the one before."""
    previous_end, apart = 0, True
    for match in _LATIN.finditer(sentence):
        gap = sentence[previous_end : match.start()]
        apart = apart or not _PHRASE_GAP.fullmatch(gap)
        previous_end = match.end()
        stem = _stem(match.group().lower())
        if stem:
            yield stem, match.start(), match.end(), apart
            apart = False


def _stems_of(entry: str) -> tuple[str, ...]:
    return tuple(stem for stem, *_ in _stems_with_breaks(entry))


def _by_first_stem(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for stems in sorted({_stems_of(phrase) for phrase in phrases}):
        if len(stems) > 1:
            found.setdefault(stems[0], []).append(stems)
    return found


def _lengths_at(
    words: Sequence[_Word], position: int, phrases: Mapping[str, list[tuple[str, ...]]]
) -> list[int]:
    return [
        len(stems)
        for stems in phrases.get(words[position][0], ())
        if _follows(words[position : position + len(stems)], stems)
    ]


def _longest_at(
    words: Sequence[_Word], position: int, phrases: Mapping[str, list[tuple[str, ...]]]
) -> int:
    return max(_lengths_at(words, position, phrases), default=0)


def _follows(words: Sequence[_Word], stems: Sequence[str]) -> bool:
    return tuple(w[0] for w in words) == tuple(stems) and not any(w[3] for w in words[1:])


def _joined(words: Sequence[_Word]) -> _Found:
    return " ".join(w[0] for w in words), words[0][1], words[-1][2]


class _Korean:
    """Reads runs of Hangul as pairs of syllables, and Latin words inside them as stems."""

    def __init__(self, phrases: Iterable[str], false_friends: Iterable[str]) -> None:
        self._phrases = _spaced_pattern(phrases)
        self._false_friends = _spaced_pattern(false_friends)

    def term(self, entry: str) -> str:
        if _HANGUL.search(entry):
            return "".join(entry.lower().split())
        return " ".join(_stems_of(entry))

    def read(self, sentence: str) -> Iterator[_Found]:
        found: list[_Found] = []
        for match in self._false_friends.finditer(sentence) if self._false_friends else ():
            found.append((self.term(match.group(1)), match.start(1), match.end(1)))
            a, b = match.span(1)
            sentence = sentence[:a] + _MASK * (b - a) + sentence[b:]
        found += _syllable_pairs(sentence)
        found += ((stem, a, b) for stem, a, b, _ in _stems_with_breaks(sentence))
        for match in self._phrases.finditer(sentence) if self._phrases else ():
            found.append((self.term(match.group(1)), match.start(1), match.end(1)))
        return iter(sorted(found, key=lambda f: (f[1], f[2])))


def _syllable_pairs(sentence: str) -> Iterator[_Found]:
    for run in _HANGUL.finditer(sentence):
        word, start = run.group(), run.start()
        for i in range(len(word) - 1):
            yield word[i : i + 2], start + i, start + i + 2


def _spaced_pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Match any of the phrases, with or without spaces between syllables, longest first.

    A phrase of one pair of syllables is an ordinary term already. The look-ahead lets phrases
    overlap.
    """
    squeezed = {"".join(p.lower().split()) for p in phrases if _HANGUL.search(p)}
    longer = sorted((p for p in squeezed if len(p) > 2), key=lambda p: (-len(p), p))
    if not longer:
        return None
    spaced = "|".join(r"\s*".join(map(re.escape, phrase)) for phrase in longer)
    return re.compile(rf"(?=({spaced}))", re.IGNORECASE)
