"""Korean text to terms: runs of Hangul become pairs of neighbouring syllables.

Particles stick to Korean words; a pair of syllables survives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .english import Found, stems_of, words_of
from .masking import MASK
from .paths import data_lines

HANGUL = re.compile(r"[가-힣]+")


class Korean:
    """Reads runs of Hangul as pairs of syllables, and Latin words inside them as stems."""

    def __init__(self, phrases: Iterable[str], false_friends: Iterable[str]) -> None:
        phrases = list(phrases)
        self._entries = frozenset(phrases)  # a pair that a lexicon names is never grammar
        self._phrases = _spaced_pattern(phrases)
        self._false_friends = _spaced_pattern(false_friends)

    def term(self, entry: str) -> str:
        """Return the term of a lexicon entry."""
        if HANGUL.search(entry):
            return "".join(entry.lower().split())
        return " ".join(stems_of(entry))

    def read(self, sentence: str) -> Iterator[Found]:
        """Yield the terms of a sentence in the order in which they begin."""
        found: list[Found] = []
        for match in self._false_friends.finditer(sentence) if self._false_friends else ():
            found.append((self.term(match.group(1)), match.start(1), match.end(1)))
            a, b = match.span(1)
            sentence = sentence[:a] + MASK * (b - a) + sentence[b:]
        found += self._syllable_pairs(sentence)
        found += ((w.stem, w.start, w.end) for w in words_of(sentence) if w.counts)
        for match in self._phrases.finditer(sentence) if self._phrases else ():
            found.append((self.term(match.group(1)), match.start(1), match.end(1)))
        return iter(sorted(found, key=lambda f: (f[1], f[2])))

    def _syllable_pairs(self, sentence: str) -> Iterator[Found]:
        for run in HANGUL.finditer(sentence):
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
    return frozenset(data_lines("stop_words/ko.txt"))


def _spaced_pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Match any of the phrases, with or without spaces between syllables, longest first.

    A pair of syllables without a space is an ordinary term already; with one it is found only
    where the text has a space too. The look-ahead lets phrases overlap. Of thousands of phrases
    only those are tried that begin with the letter that stands there.
    """
    by_first: dict[str, dict[str, None]] = {}
    squeezed = {p: "".join(p.lower().split()) for p in phrases if HANGUL.search(p)}
    for phrase, letters in sorted(squeezed.items(), key=lambda item: (-len(item[1]), item[1])):
        if len(letters) > 2 or letters != phrase.lower():
            gap = r"\s*" if len(letters) > 2 else r"\s+"
            rest = gap + gap.join(map(re.escape, letters[1:]))
            by_first.setdefault(re.escape(letters[0]), {})[rest] = None
    if not by_first:
        return None
    begun = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in by_first.items())
    return re.compile(rf"(?=[{''.join(by_first)}])(?=({begun}))", re.IGNORECASE)
