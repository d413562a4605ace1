"""The run to what it is made of: contributions by priority and term, and the sentences behind.

Nothing here computes a score. Contributions are read out of the index with the weights of the
run, and the words shown are those that stand in the text, not stems.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from .index import Index, Part
from .text import Analyser, Token, sentences

COLUMNS = ("priority", "language", "term", "words", "contribution", "sentence")


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
        found, at = [], 0
        for start, end in self.marks:
            found += [(self.sentence[at:start], False), (self.sentence[start:end], True)]
            at = end
        return [piece for piece in [*found, (self.sentence[at:], False)] if piece[0]]

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

    def words(self, language: str, term: str) -> str:
        """Return the words of the text in which a term first stands; the term if nowhere."""
        for token in self.tokens.get(language, ()):
            if token.term == term:
                return self.texts[language][token.start : token.end]
        return term


def contributions(
    index: Index, parts: Iterable[Part], weights: Mapping[str, float], row: int, reading: Reading
) -> pd.DataFrame:
    """Return what every term adds to a charity's score.

    Returns
    -------
    DataFrame
        Columns priority, language, term, words (as they stand in the text), contribution and
        sentence (the first that holds the term). The contributions sum to the score.
    """
    found = []
    for part in parts:
        table = index.contributions(part, row)
        for language, term, value in table.itertuples(index=False):
            words, sentence = (
                reading.words(language, term),
                _first_sentence(reading, language, term),
            )
            share = weights[part.name] * value
            found.append((part.name, language, term, words, share, sentence))
    table = pd.DataFrame(found, columns=list(COLUMNS))
    order = ["contribution", "priority", "language", "term"]
    return table.sort_values(order, ascending=[False, True, True, True], ignore_index=True)


def _first_sentence(reading: Reading, language: str, term: str) -> str:
    text = reading.texts[language]
    starts = [t.start for t in reading.tokens[language] if t.term == term]
    return next(
        (text[a:b] for a, b in sentences(text) if starts and a <= starts[0] < b),
        "",
    )


def evidence(
    table: pd.DataFrame, reading: Reading, priority: str, language: str
) -> Evidence | None:
    """Return the sentence that carries most of a priority's contribution.

    It is taken from the description in `language`; from another one where that has none. None
    where no sentence carries anything.
    """
    of_priority = table[table["priority"] == priority]
    languages = [language, *(lang for lang in reading.texts if lang != language)]
    for candidate in languages:
        terms = of_priority[of_priority["language"] == candidate]
        if len(terms) and candidate in reading.texts:
            return _best_sentence(reading, candidate, terms)
    return None


def _best_sentence(reading: Reading, language: str, terms: pd.DataFrame) -> Evidence:
    values = dict(zip(terms["term"], terms["contribution"], strict=True))
    text, tokens = reading.texts[language], reading.tokens[language]

    def carried(span: tuple[int, int]) -> float:
        return sum(values.get(t, 0.0) for t in {t.term for t in tokens if _inside(t, span)})

    best = max(sentences(text), key=carried)
    here = [t for t in tokens if _inside(t, best) and t.term in values]
    marks = _merged([(t.start - best[0], t.end - best[0]) for t in here])
    sentence = text[best[0] : best[1]]
    words = tuple(dict.fromkeys(sentence[a:b] for a, b in marks))
    return Evidence(language, sentence, marks, words, carried(best))


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
