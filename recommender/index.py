"""Terms to TF-IDF postings: the only module that knows how a term is weighted.

For a charity d with a description in language L, and a term t of that language::

    tf(d, t)    = 1 + ln(count of t in the description)
    p(t)        = (df(t) + M · b(t)) / (N + M), but at least RAREST
    idf(t)      = -ln p(t)
    tfidf(d, t) = tf(d, t) · idf(t), each description scaled to unit length

df(t) counts the catalogue's N descriptions that hold t. b(t) is the share of a background of
nonprofit texts that hold it, worth as much as M descriptions: in a catalogue of six the
background decides which words are rare, in a register of a million the register itself does.
Words rarer than RAREST are mostly names and slips; they are no more telling for being rarer still,
and would lengthen every text that holds them.

A part of a query (a priority, or the donor's words) has one profile of unit length for each
language, and a level: what a strong match is in that language. A charity's match s(part, d) is
the mean of match over level, over the languages that it is described in, weighted by the part's
share of each. Two languages are two readings of the same facts, so being translated earns nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from .background import Background

Weights = Mapping[str, float]
Documents = Sequence[Sequence[str] | None]

RAREST = 1 / 100


@dataclass(frozen=True)
class Part:
    """One part of a query: a priority, or the donor's own words.

    Attributes
    ----------
    name : str
        The priority's id, or "text".
    profile : mapping of language to term weights
        Non-negative; in each language of unit length, divided by the part's level.
    shares : mapping of language to float
        How much the part says in each language; above 0.
    """

    name: str
    profile: Mapping[str, Weights]
    shares: Mapping[str, float]


def tf(count: int) -> float:
    """Return the weight of a term that stands `count` times in a text."""
    return 1 + math.log(count)


def idf_of(share: np.ndarray | float) -> np.ndarray:
    """Return the idf of terms that stand in those shares of all texts."""
    return -np.log(np.maximum(share, RAREST))


def already_terms(terms: Iterable[str]) -> Iterable[str]:
    """Return terms as they are: what scikit-learn's vectorizers need where texts are read."""
    return terms


def unit(weights: Weights, length: float = 1.0) -> dict[str, float]:
    """Return the weights scaled to a length, those of 0 left out."""
    factor = length / (math.sqrt(sum(w * w for w in weights.values())) or 1.0)
    return {term: w * factor for term, w in weights.items() if w > 0}


@dataclass(frozen=True)
class _Field:
    """The postings of one language: a row a charity, a column a term."""

    matrix: sparse.csc_matrix
    columns: Mapping[str, int]
    idf: np.ndarray
    present: np.ndarray

    def match(self, weights: Weights) -> np.ndarray:
        known = [(self.columns[t], w) for t, w in weights.items() if t in self.columns]
        if not known:
            return np.zeros(self.matrix.shape[0])
        columns, values = zip(*sorted(known), strict=True)
        return np.asarray(self.matrix[:, list(columns)] @ np.array(values))

    def weight(self, row: int, column: int) -> float:
        start, end = self.matrix.indptr[column : column + 2]
        at = start + int(np.searchsorted(self.matrix.indices[start:end], row))
        found = at < end and self.matrix.indices[at] == row
        return float(self.matrix.data[at]) if found else 0.0


class Index:
    """TF-IDF postings of a catalogue, a field a language. Immutable once fitted.

    Parameters
    ----------
    background_weight : float, default 1000
        M of the formula, in descriptions.
    """

    def __init__(self, *, background_weight: float = 1000.0) -> None:
        self.background_weight = background_weight

    def fit(
        self,
        documents: Mapping[str, Documents],
        backgrounds: Mapping[str, Background] | None = None,
    ) -> Index:
        """Count and weight the terms.

        Parameters
        ----------
        documents : mapping of language to a list of terms for each charity
            The same charities in the same order in every language; None, or no term at all,
            where a charity isn't described in it.
        backgrounds : mapping of language to Background, optional
        """
        backgrounds = backgrounds or {}
        self.size_ = max((len(texts) for texts in documents.values()), default=0)
        self.fields_: dict[str, _Field] = {}
        for language, texts in documents.items():
            if any(texts):
                background = backgrounds.get(language, Background())
                self.fields_[language] = self._fit_field(texts, background)
        return self

    def _fit_field(self, texts: Documents, background: Background) -> _Field:
        vectorizer = CountVectorizer(analyzer=already_terms, dtype=np.float64)
        counts = vectorizer.fit_transform([terms or () for terms in texts])
        present = np.diff(counts.indptr) > 0
        frequencies = np.bincount(counts.indices, minlength=counts.shape[1])
        terms = vectorizer.get_feature_names_out()
        share = np.array([background.share(term) for term in terms])
        m, n = self.background_weight, int(present.sum())
        transformer = TfidfTransformer(sublinear_tf=True).fit(counts)
        transformer.idf_ = idf_of((frequencies + m * share) / (n + m))
        matrix = transformer.transform(counts).tocsc()
        matrix.sort_indices()
        return _Field(matrix, dict(vectorizer.vocabulary_), transformer.idf_, present)

    def rows(self, language: str) -> tuple[sparse.csr_matrix, np.ndarray]:
        """Return the TF-IDF rows of one language, and its terms in the order of the columns."""
        field = self.fields_[language]
        return field.matrix.tocsr(), np.array(sorted(field.columns, key=field.columns.__getitem__))

    def idf(self, term: str, language: str) -> float:
        """Return the idf of a term; 0 for one that no charity's text holds."""
        field = self.fields_.get(language)
        column = field.columns.get(term) if field else None
        return 0.0 if field is None or column is None else float(field.idf[column])

    def part(
        self,
        name: str,
        profiles: Mapping[str, Weights],
        shares: Mapping[str, float] | None = None,
        levels: Mapping[str, float] | None = None,
    ) -> Part:
        """Return a part of a query: each term's weight times its idf, at unit length over level.

        A term that no charity's text holds is left out, and so is a language without terms.

        Parameters
        ----------
        profiles : mapping of language to term weights
        shares : mapping of language to float, optional
            How much the part says in each language; equal if left out.
        levels : mapping of language to float, optional
            What a strong match is, above 0; 1 if left out.
        """
        levels = levels or {}
        weighted = {
            language: unit(
                {term: w * self.idf(term, language) for term, w in weights.items()},
                1 / levels.get(language, 1.0),
            )
            for language, weights in profiles.items()
        }
        shares = shares or dict.fromkeys(profiles, 1.0)
        return Part(name, weighted, {lang: shares[lang] for lang in weighted if weighted[lang]})

    def holds(self, term: str, language: str) -> bool:
        """Tell whether any charity's text of that language holds the term."""
        return language in self.fields_ and term in self.fields_[language].columns

    def match(self, part: Part) -> np.ndarray:
        """Return s(part, d) for every charity d, 0 or more; shape (charities,).

        1 is a strong match; without levels it is a cosine, at most 1.
        """
        return sum(
            (
                share * self.fields_[language].match(part.profile[language])
                for language, share in self._all_shares(part).items()
            ),
            start=np.zeros(self.size_),
        )

    def _all_shares(self, part: Part) -> dict[str, np.ndarray]:
        """Return `shares` of every charity at once."""
        given = {
            language: share * self.fields_[language].present
            for language, share in part.shares.items()
            if language in self.fields_
        }
        total = sum(given.values(), start=np.zeros(self.size_))
        return {lang: s / np.where(total > 0, total, 1.0) for lang, s in given.items()}

    def shares(self, part: Part, row: int) -> dict[str, float]:
        """Return a charity's share of each language of a part; they sum to 1, or none is there."""
        given = {
            language: share
            for language, share in part.shares.items()
            if language in self.fields_ and self.fields_[language].present[row]
        }
        total = sum(given.values())
        return {language: share / total for language, share in given.items()}

    def holders(self, term: str, language: str) -> np.ndarray:
        """Return the rows whose texts hold the term."""
        field = self.fields_[language]
        start, end = field.matrix.indptr[field.columns[term] :][:2]
        return np.asarray(field.matrix.indices[start:end])

    def words(self, language: str) -> list[str]:
        """Return the terms of a language that are single words."""
        field = self.fields_.get(language)
        return [term for term in field.columns if " " not in term] if field else []

    def tfidf(self, row: int, language: str, term: str) -> float:
        """Return the weight of a term in a charity's description; 0 if it doesn't stand there."""
        field = self.fields_.get(language)
        column = field.columns.get(term) if field else None
        return 0.0 if field is None or column is None else field.weight(row, column)
