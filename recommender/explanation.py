"""The run to what it is made of: contributions by priority and term, and the sentences behind.

Nothing here computes a score. Contributions are read out of the index with the weights of the
run, and the words shown are those that stand in the text, not stems.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields, replace
from functools import cached_property

import pandas as pd

from .index import Index, Part
from .text import Analyser, Token, sentences

WORTH = 1 / 20


@dataclass(frozen=True, slots=True)
class Contribution:
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

    def first(self, language: str) -> dict[str, Token]:
        """Return the first token of each term."""
        return {token.term: token for token in reversed(self.tokens.get(language, []))}

    def sentence(self, language: str, position: int) -> str:
        """Return the sentence around a position."""
        text = self.texts[language]
        return next((text[a:b] for a, b in self.spans[language] if a <= position < b), "")

    @cached_property
    def spans(self) -> dict[str, list[tuple[int, int]]]:
        """The ranges of the sentences, by language."""
        return {language: sentences(text) for language, text in self.texts.items()}


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
        columns = [field.name for field in fields(Contribution)]
        return pd.DataFrame([astuple(term) for term in self.terms], columns=columns)

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
        text = self.reading.texts[chosen]
        tokens = [token for token in self.reading.tokens[chosen] if token.term in values]

        def carried(span: tuple[int, int]) -> float:
            return sum(values[term] for term in {t.term for t in tokens if _inside(t, span)})

        best = max(sentences(text), key=carried)
        marks = _merged((t.start - best[0], t.end - best[0]) for t in tokens if _inside(t, best))
        sentence = text[best[0] : best[1]]
        words = tuple(dict.fromkeys(sentence[a:b] for a, b in marks))
        return Evidence(chosen, sentence, marks, words, carried(best))


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
    parts, found = list(parts), []
    shares = {part.name: index.shares(part, row) for part in parts}
    for language in reading.texts:
        asked = {t for part in parts for t in part.profile.get(language, {})}
        # Only those are looked up: most terms aren't asked for, and an index may be large.
        first = {term: token for term, token in reading.first(language).items() if term in asked}
        tfidf = index.tfidfs(row, language, first)
        for term, token in first.items():
            for part in parts:
                profile = part.profile.get(language, {})
                if term in profile and language in shares[part.name]:
                    share = weights[part.name] * shares[part.name][language]
                    words = reading.texts[language][token.start : token.end]
                    value = share * profile[term] * tfidf.get(term, 0.0)
                    sentence = reading.sentence(language, token.start)
                    found.append(Contribution(part.name, language, term, words, value, sentence))
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


def _inside(token: Token, span: tuple[int, int]) -> bool:
    return span[0] <= token.start and token.end <= span[1]


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join the ranges that touch or overlap, as neighbouring pairs of syllables do."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
