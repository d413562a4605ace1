"""Text to terms: what the index counts, with the place of each term in the text.

English words become Snowball stems; Hangul becomes pairs of neighbouring syllables, because
particles stick to Korean words and a pair survives them. Phrases are a closed list (those of the
lexicon), found beside the words they are made of. A *false friend* is a phrase that replaces its
words: "investigative studies" must not count as an investigation.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Protocol

import Stemmer
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from .errors import UnknownNameError
from .paths import data_folder

LANGUAGES = ("en", "ko")

# scikit-learn's list holds words that a charity can be about; those stay terms.
_CONTENT_WORDS = {"bill", "cry", "fire", "interest", "sincere", "system", "mill", "move", "un"}
# Inside a phrase only these don't count: "find housing" is more than "housing".
_FUNCTION_WORDS = frozenset(
    ["a", "an", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"]
)

_LATIN = re.compile(r"(?<!\d)[^\W\d_ㄱ-ㆎ가-힣][^\W_ㄱ-ㆎ가-힣]*(?:['’][^\W\d_ㄱ-ㆎ가-힣]+)*")
_HANGUL = re.compile(r"[가-힣]+")
_WRITTEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# A line break ends a sentence unless the line was only wrapped: then small letters follow.
_SENTENCE_END = re.compile(r"[.!?。]['\")”’]*\s+|\s*\n\s*(?![a-z\s])")
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_ABBREVIATIONS = frozenset(["approx", "dr", "etc", "mr", "mrs", "ms", "prof", "rev", "st", "vs"])
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
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf"})
    return unicodedata.normalize("NFC", "".join(kept))


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the sentences of `text`, white space at either end left out."""
    ends = (m for m in _SENTENCE_END.finditer(text) if not _is_abbreviation(text, m.start()))
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
        if language not in self._readers:
            raise UnknownNameError("language", language, self._readers)
        text = mask_names(_once(text), names)
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


def _once(text: str) -> str:
    """Return a text that says the same thing over and over as far as its first time."""
    joined = " ".join(text.lower().split()) + " "
    period = (joined + joined).find(joined, 1)
    if period == len(joined):
        return text
    words = joined[:period].count(" ")
    return re.match(rf"(?:\s*\S+){{{words}}}", text)[0]  # type: ignore[index]


_Found = tuple[str, int, int]


class _Reader(Protocol):
    def term(self, entry: str) -> str: ...
    def read(self, sentence: str) -> Iterator[_Found]: ...


def _stem(word: str) -> str:
    """Return the stem of a lower-case word; nothing for a stop word or a single letter."""
    word, _, ending = word.replace("’", "'").partition("'")
    if len(word) < 2 or word in stop_words() or (word.endswith("n") and ending == "t"):
        return ""
    return _own_stems().get(word) or str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _own_stems() -> dict[str, str]:
    lines = [line.split() for line in _data_lines("stems/en.txt")]
    return {word: words[0] for words in lines for word in words}


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the English words that are no terms by themselves."""
    return frozenset(ENGLISH_STOP_WORDS) - _CONTENT_WORDS | frozenset(
        _data_lines("stop_words/en.txt")
    )


_THREAD = threading.local()


def _stemmer() -> Stemmer.Stemmer:
    """Return this thread's stemmer: one can't be shared. It keeps no word that a donor wrote."""
    if not hasattr(_THREAD, "stemmer"):
        _THREAD.stemmer = Stemmer.Stemmer("english", 0)
    return _THREAD.stemmer


class _English:
    """Reads words as stems. Figures are left out: a year or an amount is no subject."""

    def __init__(self, phrases: Iterable[str], false_friends: Iterable[str]) -> None:
        self._phrases = _by_first_stem(phrases)
        self._false_friends = _by_first_stem(false_friends)

    def term(self, entry: str) -> str:
        return " ".join(_stems_of(entry))

    def read(self, sentence: str) -> Iterator[_Found]:
        words = list(_words(sentence))
        position = 0
        while position < len(words):
            friend = _longest_at(words, position, self._false_friends)
            if friend:
                yield _joined(words[position : position + friend])
                position += friend
                continue
            word = words[position]
            if word.counts:
                yield word.stem, word.start, word.end
            for length in _lengths_at(words, position, self._phrases):
                yield _joined(words[position : position + length])
            position += 1


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


def _words(sentence: str) -> Iterator[_Word]:
    previous_end, apart = 0, True
    for match in _LATIN.finditer(sentence):
        gap = sentence[previous_end : match.start()]
        apart = apart or not _PHRASE_GAP.fullmatch(gap)
        previous_end = match.end()
        word = match.group().lower()
        if word not in _FUNCTION_WORDS:
            stem = _stem(word)
            yield _Word(stem or word, match.start(), match.end(), apart, bool(stem))
            apart = False


def _stems_of(entry: str) -> tuple[str, ...]:
    return tuple(word.stem for word in _words(entry))


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
        for stems in phrases.get(words[position].stem, ())
        if _follows(words[position : position + len(stems)], stems)
    ]


def _longest_at(
    words: Sequence[_Word], position: int, phrases: Mapping[str, list[tuple[str, ...]]]
) -> int:
    return max(_lengths_at(words, position, phrases), default=0)


def _follows(words: Sequence[_Word], stems: Sequence[str]) -> bool:
    same = tuple(word.stem for word in words) == tuple(stems)
    return same and not any(word.apart for word in words[1:])


def _joined(words: Sequence[_Word]) -> _Found:
    return " ".join(word.stem for word in words), words[0].start, words[-1].end


class _Korean:
    """Reads runs of Hangul as pairs of syllables, and Latin words inside them as stems."""

    def __init__(self, phrases: Iterable[str], false_friends: Iterable[str]) -> None:
        phrases = list(phrases)
        self._entries = frozenset(phrases)  # a pair that a lexicon names is never grammar
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
        found += self._syllable_pairs(sentence)
        found += ((w.stem, w.start, w.end) for w in _words(sentence) if w.counts)
        for match in self._phrases.finditer(sentence) if self._phrases else ():
            found.append((self.term(match.group(1)), match.start(1), match.end(1)))
        return iter(sorted(found, key=lambda f: (f[1], f[2])))

    def _syllable_pairs(self, sentence: str) -> Iterator[_Found]:
        for run in _HANGUL.finditer(sentence):
            word, start = run.group(), run.start()
            for i in range(len(word) - 1):
                pair = word[i : i + 2]
                if pair in self._entries or not _is_grammar(word, i):
                    yield pair, start + i, start + i + 2


def _is_grammar(word: str, i: int) -> bool:
    """Tell whether the pair of syllables at `i` is an ending, or a word's end and a particle."""
    last = i == len(word) - 2
    stops = _korean_stops()
    return word[i : i + 2] in stops or (last and len(word) > 2 and word[-1] in stops)


@lru_cache(maxsize=1)
def _korean_stops() -> frozenset[str]:
    return frozenset(_data_lines("stop_words/ko.txt"))


def _data_lines(name: str) -> list[str]:
    lines = (data_folder() / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _spaced_pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Match any of the phrases, with or without spaces between syllables, longest first.

    A pair of syllables without a space is an ordinary term already; with one it is found only
    where the text has a space too. The look-ahead lets phrases overlap.
    """
    patterns = {}
    for phrase in phrases:
        squeezed = "".join(phrase.lower().split())
        if _HANGUL.search(phrase) and (len(squeezed) > 2 or squeezed != phrase.lower()):
            gap = r"\s*" if len(squeezed) > 2 else r"\s+"
            patterns[squeezed] = gap.join(map(re.escape, squeezed))
    if not patterns:
        return None
    longest_first = sorted(patterns, key=lambda p: (-len(p), p))
    return re.compile(rf"(?=({'|'.join(patterns[p] for p in longest_first)}))", re.IGNORECASE)
