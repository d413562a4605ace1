"""The charities' texts as TF-IDF postings, a language each, and what a query matches in them.

A part of a query (a priority, or the donor's words) has one profile of unit length for each
language, and a level: what a strong match is in that language. A charity's match s(part, d) is
the mean of match over level, over the languages that it is described in, weighted by the part's
share of each. Two languages are two readings of the same facts, so being translated earns nothing.

How a term is weighted: see `weighting`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from .background import Background
from .postings import Columns, Postings
from .top import Guess
from .weighting import Vocabulary, weigh

Weights = Mapping[str, float]
Documents = Sequence[Sequence[str] | None]

T = TypeVar("T")

_SMALL = 2_000
"""Charities up to which a part's matches are kept."""

_EPSILON = float(np.finfo(np.float32).eps)


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
    _found: dict[tuple[str, int], tuple[object, Any]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def once(self, what: str, of: object, find: Callable[[], T]) -> T:
        """Return what there is to find of an index or of postings; found once, and kept here.

        So it goes with the part, which may be a visitor's own words.
        """
        key = what, id(of)
        if key not in self._found:
            # What it was found of is kept with it, so that nothing else can come by its id.
            self._found[key] = of, find()
        found: T = self._found[key][1]
        return found

    def columns(self, language: str, postings: Postings) -> Columns:
        """Return the columns of the profile's terms in some postings; looked up once."""
        return self.once("columns", postings, lambda: postings.columns(self.profile[language]))


def already_terms(terms: Iterable[str]) -> Iterable[str]:
    """Return terms as they are: what scikit-learn's vectorizers need where texts are read."""
    return terms


def _counted(texts: Documents) -> tuple[list[str], sparse.csr_matrix]:
    vectorizer = CountVectorizer(analyzer=already_terms, dtype=np.int32)
    counts = vectorizer.fit_transform([terms or () for terms in texts])
    return vectorizer.get_feature_names_out().tolist(), counts


def unit(weights: Weights, length: float = 1.0) -> dict[str, float]:
    """Return the weights scaled to a length, those of 0 left out."""
    factor = length / (math.sqrt(sum(w * w for w in weights.values())) or 1.0)
    return {term: w * factor for term, w in weights.items() if w > 0}


class Index:
    """TF-IDF postings of a catalogue, a field a language. Immutable once fitted.

    Parameters
    ----------
    background_weight : float, default 1000
        M of the formula, in descriptions.

    Attributes
    ----------
    size_ : int
        How many charities there are.
    fields_ : mapping of language to Postings
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
        return self.fit_counts(
            {language: _counted(texts) for language, texts in documents.items() if any(texts)},
            max((len(texts) for texts in documents.values()), default=0),
            backgrounds,
        )

    def fit_counts(
        self,
        counted: Mapping[str, tuple[Sequence[str], sparse.csr_matrix]],
        size: int,
        backgrounds: Mapping[str, Background] | None = None,
    ) -> Index:
        """Weight terms that were counted.

        Parameters
        ----------
        counted : mapping of language to terms and their counts, shape (charities, terms)
            A term stands in one text at least.
        size : int
            How many charities there are.
        backgrounds : mapping of language to Background, optional
        """
        fields = {}
        for language, (terms, counts) in counted.items():
            background = (backgrounds or {}).get(language, Background())
            frequency = np.bincount(counts.indices, minlength=counts.shape[1])
            documents = int((np.diff(counts.indptr) > 0).sum())
            vocabulary = Vocabulary.of(
                terms, frequency, documents, background, self.background_weight
            )
            fields[language] = weigh(vocabulary, [(np.arange(len(terms)), counts)], size)
        return self._with(fields, size)

    @classmethod
    def of(cls, fields: Mapping[str, Postings], size: int, background_weight: float) -> Index:
        """Return the index of postings that were made before."""
        return cls(background_weight=background_weight)._with(fields, size)

    def _with(self, fields: Mapping[str, Postings], size: int) -> Index:
        self.size_, self.fields_ = size, dict(fields)
        return self

    def rows(self, language: str) -> tuple[sparse.csr_matrix, np.ndarray]:
        """Return the TF-IDF rows of one language, and its terms in the order of the columns."""
        field = self.fields_[language]
        shape = (self.size_, len(field.terms))
        matrix = sparse.csc_matrix((field.weights, field.rows, field.starts), shape=shape)
        return matrix.astype(np.float64).tocsr(), np.array(field.terms[:])

    def idf(self, term: str, language: str) -> float:
        """Return the idf of a term; 0 for one that no charity's text holds."""
        field = self.fields_.get(language)
        column = field.column(term) if field else None
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
        return language in self.fields_ and self.fields_[language].column(term) is not None

    def match(self, part: Part, rows: np.ndarray | slice | None = None) -> np.ndarray:
        """Return s(part, d) of every charity d, or of some rows; 0 or more, shape (charities,).

        1 is a strong match; without levels it is a cosine, at most 1. Of a small index all are kept
        with the part, and can only be read.
        """
        if self.size_ > _SMALL:
            return self._match(part, rows)
        # A donor asks for the same priorities as the one before.
        every = part.once("matches", self, lambda: _read_only(self._match(part)))
        return every if rows is None else every[rows]

    def _match(self, part: Part, rows: np.ndarray | slice | None = None) -> np.ndarray:
        kind = self._kind if rows is None else self._kind[rows]
        return sum(
            (
                share[kind] * self._sums(part, language, rows)
                for language, share in self._shares(part).items()
            ),
            start=np.zeros(len(kind)),
        )

    def guess(self, parts: Iterable[Part], weights: Mapping[str, float]) -> Guess:
        """Return Σ_p w_p · s(p, d) of every charity d in 32-bit floats, and the error at most.

        One pass over the postings of all the parts' terms: what finds the best of millions.
        """
        total = np.empty(self.size_, dtype=np.float32)
        maxima: list[np.ndarray | None] = []
        terms, length = 0, 0.0
        for alike in _by_shares(parts):
            for language, by_kind in self._shares(alike[0]).items():
                query = self._together(alike, language, weights)
                terms += len(query[0]) + 4
                length += float(np.linalg.norm(query[1]))
                maxima.append(self._add(language, query, by_kind, total, fresh=not maxima))
        if not maxima:
            total.fill(0)
        # A row has unit length, so that no query adds more than its own length. All are added to
        # one total: each term's rounding is that of what they have come to together.
        known = maxima[0] if len(maxima) == 1 else None
        return Guess(total, terms * _EPSILON * length, known)

    def _sums(self, part: Part, language: str, rows: np.ndarray | slice | None) -> np.ndarray:
        postings = self.fields_[language]
        return postings.sums(part.columns(language, postings), rows)

    def _together(
        self, parts: Sequence[Part], language: str, weights: Mapping[str, float]
    ) -> Columns:
        """Return the terms of several parts as one query."""
        postings = self.fields_[language]
        found = [part.columns(language, postings) for part in parts]
        columns, at = np.unique(np.concatenate([c for c, _ in found]), return_inverse=True)
        weighted = [weights[p.name] * w for p, (_, w) in zip(parts, found, strict=True)]
        return columns, np.bincount(at, np.concatenate(weighted), minlength=len(columns))

    def _add(
        self,
        language: str,
        query: Columns,
        by_kind: np.ndarray,
        total: np.ndarray,
        *,
        fresh: bool,
    ) -> np.ndarray | None:
        postings = self.fields_[language]
        shares = {float(by_kind[kind]) for kind in self._kinds if by_kind[kind] > 0}
        if len(shares) == 1:
            return postings.add((query[0], shares.pop() * query[1]), total, fresh=fresh)
        if fresh:
            total.fill(0)
        if shares:
            own = np.empty_like(total)
            postings.add(query, own, fresh=True)
            total += by_kind.astype(np.float32)[self._kind] * own
        return None

    @cached_property
    def _kind(self) -> np.ndarray:
        """Which languages each charity is described in, as the bits of a number."""
        kind = np.zeros(self.size_, dtype=np.uint8)
        for bit, postings in enumerate(self.fields_.values()):
            kind |= postings.present.astype(np.uint8) << np.uint8(bit)
        return kind

    @cached_property
    def _kinds(self) -> list[int]:
        return np.flatnonzero(np.bincount(self._kind, minlength=1)).tolist()

    def _shares(self, part: Part) -> dict[str, np.ndarray]:
        """Return a part's share of each language, by the kind of charity."""
        return part.once("shares", self, lambda: _by_kind(part.shares, self.fields_))

    def shares(self, part: Part, row: int) -> dict[str, float]:
        """Return a charity's share of each language of a part; they sum to 1, or none is there."""
        kind, by_kind = self._kind[row], self._shares(part)
        given = {language: float(share[kind]) for language, share in by_kind.items()}
        return {language: share for language, share in given.items() if share > 0}

    def holders(self, term: str, language: str) -> np.ndarray:
        """Return the rows whose texts hold the term."""
        field = self.fields_[language]
        column = field.column(term)
        return field.rows[:0] if column is None else field.rows[field.slice(column)]

    def words(self, language: str, least: int = 1) -> list[str]:
        """Return the terms of a language that are single words and stand in `least` texts."""
        field = self.fields_.get(language)
        if field is None:
            return []
        often = np.flatnonzero(np.diff(field.starts) >= least)
        found = (field.terms[int(column)] for column in often)
        return [term for term in found if " " not in term]

    def tfidfs(self, row: int, language: str, terms: Iterable[str]) -> dict[str, float]:
        """Return the weights of several terms in a charity's description, of those it may hold."""
        field = self.fields_.get(language)
        if field is None:
            return {}
        columns = {t: c for t in terms if (c := field.column(t)) is not None}
        return {term: field.weight(row, column) for term, column in columns.items()}

    def tfidf(self, row: int, language: str, term: str) -> float:
        """Return the weight of a term in a charity's description; 0 if it doesn't stand there."""
        return self.tfidfs(row, language, [term]).get(term, 0.0)


def _read_only(found: np.ndarray) -> np.ndarray:
    found.flags.writeable = False
    return found


def _by_kind(shares: Weights, languages: Iterable[str]) -> dict[str, np.ndarray]:
    """Return `shares` of every kind of charity; they sum to 1, or none is there."""
    languages = list(languages)
    kinds = np.arange(1 << len(languages))
    given = {
        language: shares[language] * (kinds >> bit & 1)
        for bit, language in enumerate(languages)
        if language in shares
    }
    total = sum(given.values(), start=np.zeros(len(kinds)))
    # In the order of the part's languages, in which an explanation adds up as well.
    return {lang: given[lang] / np.where(total > 0, total, 1.0) for lang in shares if lang in given}


def _by_shares(parts: Iterable[Part]) -> list[list[Part]]:
    """Return the parts of equal shares together."""
    found: dict[tuple[tuple[str, float], ...], list[Part]] = {}
    for part in parts:
        found.setdefault(tuple(part.shares.items()), []).append(part)
    return list(found.values())
