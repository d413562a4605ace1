"""The run to what it is made of: contributions by priority and term, and the sentences behind.

Nothing here computes a score. Contributions are read out of the index with the weights of the
run, and the words shown are those that stand in the text, not stems.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from .index import Index, Part
from .text import Analyser, Token, sentences

WORTH = 1 / 20


class Contribution(NamedTuple):
    """What one term adds to a charity's score.

    Attributes
    ----------
    priority : str
        The part of the query: a priority's id, or "text".
    language, term : str
    words : str
        What stands in the description where the term first occurs.
    contribution : float
    sentence : str
        The sentence in which it first occurs.
    """

    priority: str
    language: str
    term: str
    words: str
    contribution: float
    sentence: str


@dataclass(frozen=True)
class Evidence:
    """The sentence of a description that carries most of a contribution.

    Attributes
    ----------
    language, sentence : str
        The sentence, as it stands in the description.
    marks : tuple of (int, int)
        Ranges of characters of the sentence that hold terms; in order, never overlapping.
    words : tuple of str
        What stands in those ranges, each once.
    contribution : float
        How much of the score the sentence's terms carry.
    """

    language: str
    sentence: str
    marks: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    contribution: float

    def pieces(self) -> list[tuple[str, bool]]:
        """Return the sentence in pieces, each with whether it is marked."""
        return _pieces(self.sentence, self.marks)

    def with_marks_of(self, others: Iterable[Evidence]) -> Evidence:
        """Return this sentence with the marks of other evidence in the same sentence as well."""
        marks = _merged(mark for evidence in (self, *others) for mark in evidence.marks)
        words = tuple(dict.fromkeys(self.sentence[a:b] for a, b in marks))
        return replace(self, marks=marks, words=words)


@dataclass(frozen=True)
class Reading:
    """A charity's descriptions with the terms found in them, by language."""

    texts: Mapping[str, str]
    tokens: Mapping[str, list[Token]]

    @classmethod
    def of(cls, texts: Mapping[str, str], analyser: Analyser, names: Iterable[str]) -> Reading:
        """Read the texts of one charity; `names` are its own, which never count."""
        names = list(names)
        found = {lang: analyser.tokens(text, lang, names) for lang, text in texts.items()}
        return cls(dict(texts), found)

    @cached_property
    def first(self) -> dict[str, dict[str, Token]]:
        """The first token of each term, by language."""
        return {
            language: {token.term: token for token in reversed(tokens)}
            for language, tokens in self.tokens.items()
        }

    @cached_property
    def spans(self) -> dict[str, list[tuple[int, int]]]:
        """The ranges of the sentences, by language."""
        return {language: sentences(text) for language, text in self.texts.items()}

    @cached_property
    def placed(self) -> dict[str, dict[str, list[tuple[int, Token]]]]:
        """Each term's tokens, with the numbers of the sentences that hold them, by language."""
        found: dict[str, dict[str, list[tuple[int, Token]]]] = {}
        for language, tokens in self.tokens.items():
            spans, by_term = self.spans[language], found.setdefault(language, {})
            for token in tokens:
                if (at := _place(token, spans)) is not None:
                    by_term.setdefault(token.term, []).append((at, token))
        return found

    def sentence(self, language: str, token: Token) -> str:
        """Return the sentence in which a token begins."""
        spans = self.spans[language]
        at = _around(token.start, spans)
        return "" if at is None else self.texts[language][slice(*spans[at])]


@dataclass(frozen=True)
class Explanation:
    """What a charity's score is made of.

    Attributes
    ----------
    terms : list of Contribution
        The strongest first; they sum to the score.
    reading : Reading
    """

    terms: list[Contribution]
    reading: Reading

    def table(self) -> pd.DataFrame:
        """Return the contributions as a table, a column an attribute."""
        return pd.DataFrame(self.terms, columns=Contribution._fields)

    def by_priority(self) -> dict[str, list[Contribution]]:
        """Return the contributions by priority, the one that adds most first."""
        found: dict[str, list[Contribution]] = {}
        for term in self.terms:
            found.setdefault(term.priority, []).append(term)
        return dict(sorted(found.items(), key=lambda item: -_total(item[1])))

    def marked(self, language: str) -> list[tuple[str, bool]]:
        """Return a description in pieces, each with whether it holds terms that count."""
        values = {term.term for term in self.terms if term.language == language}
        found = [t for t in self.reading.tokens.get(language, []) if t.term in values]
        return _pieces(self.reading.texts[language], _merged((t.start, t.end) for t in found))

    def evidence(self, language: str) -> dict[str, Evidence]:
        """Return, by priority, the sentence that carries most of its contribution.

        It is taken from the description in `language`; from another one where that has none. What
        counts against the charity has none.
        """
        return {
            priority: self._best_sentence(terms, language)
            for priority, terms in self.by_priority().items()
            if _total(terms) > 0
        }

    def _best_sentence(self, terms: list[Contribution], language: str) -> Evidence:
        languages = {term.language: None for term in terms}
        chosen = language if language in languages else next(iter(languages))
        values = {term.term: term.contribution for term in terms if term.language == chosen}
        text, spans = self.reading.texts[chosen], self.reading.spans[chosen]
        tokens = [pair for term in values for pair in self.reading.placed[chosen].get(term, ())]
        carried = [0.0] * len(spans)
        for at, term in {(at, token.term): None for at, token in tokens}:
            carried[at] += values[term]

        best = max(range(len(spans)), key=carried.__getitem__)
        start, end = spans[best]
        sentence = text[start:end]
        marks = _merged((t.start - start, t.end - start) for at, t in tokens if at == best)
        words = tuple(dict.fromkeys(sentence[a:b] for a, b in marks))
        return Evidence(chosen, sentence, marks, words, carried[best])


def worth_quoting(found: Mapping[str, Evidence]) -> dict[str, Evidence]:
    """Return the evidence whose sentence carries at least WORTH of what the best one does.

    A stray word, quoted, would look like a claim; it stands among the contributions.
    """
    least = WORTH * max((evidence.contribution for evidence in found.values()), default=0.0)
    return {part: e for part, e in found.items() if e.contribution >= least}


def explain(
    index: Index, parts: Iterable[Part], weights: Mapping[str, float], row: int, reading: Reading
) -> Explanation:
    """Return what every term adds to the score of the charity in `row` of the index."""
    found, parts = [], list(parts)
    shares = [index.shares(part, row) for part in parts]
    for language, text in reading.texts.items():
        asked = [
            (part.name, part.profile[language], weights[part.name] * share[language])
            for part, share in zip(parts, shares, strict=True)
            if language in share and language in part.profile
        ]
        first = reading.first[language]
        # Only those are looked up: most terms aren't asked for, and an index may be large.
        held = [first.keys() & profile.keys() for _, profile, _ in asked]
        tfidf = index.tfidfs(row, language, set().union(*held))
        for (name, profile, share), terms in zip(asked, held, strict=True):
            for term in terms:
                token = first[term]
                words, sentence = text[token.start : token.end], reading.sentence(language, token)
                value = share * profile[term] * tfidf.get(term, 0.0)
                found.append(Contribution(name, language, term, words, value, sentence))
    found.sort(key=lambda c: (-c.contribution, c.priority, c.language, c.term))
    return Explanation(found, reading)


def _pieces(text: str, marks: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    found, at = [], 0
    for start, end in marks:
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*found, (text[at:], False)] if piece[0]]


def _total(terms: Iterable[Contribution]) -> float:
    return sum(term.contribution for term in terms)


def _around(position: int, spans: list[tuple[int, int]]) -> int | None:
    """Return the number of the range around a position, if one is."""
    at = bisect_right(spans, position, key=itemgetter(0)) - 1
    return at if at >= 0 and position < spans[at][1] else None


def _place(token: Token, spans: list[tuple[int, int]]) -> int | None:
    """Return the number of the range that holds a whole token, if one does."""
    at = _around(token.start, spans)
    return at if at is not None and token.end <= spans[at][1] else None


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join the ranges that touch or overlap, as neighbouring pairs of syllables do."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
