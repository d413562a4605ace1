"""Counts of terms to TF-IDF postings: the only module that knows how a term is weighted.

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
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from .background import Background
from .postings import Postings
from .strings import Strings

RAREST = 1 / 100

Batches = Iterable[tuple[np.ndarray, sparse.csr_array]]
"""Counts of batches of charities in their order: the term of each column as its number in a list
of terms, and the counts."""

NewArray = Callable[[str, tuple[int, ...], type], np.ndarray]
"""Makes an empty array of a name, a shape and a type: in memory, or in a file."""


def tf(count: int) -> float:
    """Return the weight of a term that stands `count` times in a text."""
    return 1 + math.log(count)


def idf_of(share: np.ndarray | float) -> np.ndarray:
    """Return the idf of terms that stand in those shares of all texts."""
    return -np.log(np.maximum(share, RAREST))


def in_memory(name: str, shape: tuple[int, ...], dtype: type) -> np.ndarray:
    """Return an empty array; a NewArray."""
    return np.empty(shape, dtype)


@dataclass(frozen=True)
class Vocabulary:
    """What is known of a language's terms once all texts have been counted.

    Attributes
    ----------
    terms : Strings
    column : ndarray of int32
        The column of each term, by its number in the order in which terms were met.
    frequency : ndarray of int64, shape (terms,)
        In how many texts each term stands, by column.
    documents : int
        How many texts hold any term.
    idf : ndarray of float64, shape (terms,)
    """

    terms: Strings
    column: np.ndarray
    frequency: np.ndarray
    documents: int
    idf: np.ndarray

    @classmethod
    def of(
        cls,
        terms: Sequence[str],
        frequency: np.ndarray,
        documents: int,
        background: Background,
        background_weight: float,
    ) -> Vocabulary:
        """Return the vocabulary of terms in the order in which they were met.

        Parameters
        ----------
        frequency : ndarray of int64
            In how many texts each of `terms` stands; above 0.
        """
        order = sorted(range(len(terms)), key=terms.__getitem__)
        column = np.empty(len(terms), dtype=np.int32)
        column[order] = np.arange(len(terms), dtype=np.int32)
        ordered = [terms[i] for i in order]
        share = np.array([background.share(term) for term in ordered])
        df, m, n = frequency[order], background_weight, documents
        idf = idf_of((df + m * share) / (n + m)) if len(terms) else np.zeros(0)
        return cls(Strings.of(ordered), column, df, documents, idf)


@dataclass(frozen=True)
class Weighted:
    """The TF-IDF of a batch of charities, for the terms that the batch holds.

    Attributes
    ----------
    columns : ndarray of int32, shape (terms,)
        The column of each term, ascending.
    starts : ndarray of int, shape (terms + 1,)
        Where each term's entries start.
    rows : ndarray of int32
        The row of each entry within the batch, ascending within a term.
    weights : ndarray of float64
    present : ndarray of bool, shape (charities,)
        Whether a charity's text holds any term.
    """

    columns: np.ndarray
    starts: np.ndarray
    rows: np.ndarray
    weights: np.ndarray
    present: np.ndarray


def weigh_batch(counts: sparse.csr_array, columns: np.ndarray, idf: np.ndarray) -> Weighted:
    """Weight the terms of a batch of charities.

    Parameters
    ----------
    counts : csr_array of shape (charities, terms)
    columns : ndarray of int32, shape (terms,)
        Where each term stands in the vocabulary.
    idf : ndarray of float64, shape (terms,)
    """
    order = np.argsort(columns)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    present = np.diff(counts.indptr) > 0
    if not len(columns):
        nothing = np.zeros(0, dtype=np.int32)
        return Weighted(columns, np.zeros(1, dtype=np.int64), nothing, np.zeros(0), present)
    transformer = TfidfTransformer(sublinear_tf=True)
    transformer.idf_ = idf[order]
    found = transformer.transform(_in_order(counts, place, len(order))).tocsc()
    return Weighted(columns[order], found.indptr, found.indices, found.data, present)


def weigh(vocabulary: Vocabulary, batches: Batches, size: int) -> Postings:
    """Return the postings of all charities, in memory.

    Parameters
    ----------
    batches : Batches
        Their columns' numbers are those that the vocabulary was made from; together `size` rows.
    """
    places = ((counts, vocabulary.column[numbers]) for numbers, counts in batches)
    weighted = (weigh_batch(counts, at, vocabulary.idf[at]) for counts, at in places)
    return assemble(vocabulary, weighted, size)


def assemble(
    vocabulary: Vocabulary,
    batches: Iterable[Weighted],
    size: int,
    new_array: NewArray = in_memory,
) -> Postings:
    """Return the postings of all charities from what was weighted batch by batch.

    Parameters
    ----------
    batches : iterable of Weighted
        In the order of the charities; together `size` rows.
    new_array : callable
        What the large arrays are made by.
    """
    starts = np.concatenate([[0], np.cumsum(vocabulary.frequency)]).astype(np.int64)
    rows = new_array("rows", (int(starts[-1]),), np.int32)
    weights = new_array("weights", (int(starts[-1]),), np.float32)
    present = np.zeros(size, dtype=bool)
    next_free, first = starts[:-1].copy(), 0
    for batch in batches:
        _place(batch, first, next_free, rows, weights)
        present[first : first + len(batch.present)] = batch.present
        first += len(batch.present)
    return Postings(vocabulary.terms, starts, rows, weights, vocabulary.idf, present)


def _in_order(counts: sparse.csr_array, columns: np.ndarray, width: int) -> sparse.csr_array:
    """Return counts with each column in its place and each row's entries in their order.

    A row's length is then the same sum of squares, to the last bit, whoever counted the terms.
    """
    entries = (counts.data.astype(np.float64), columns[counts.indices], counts.indptr)
    found = sparse.csr_array(entries, shape=(counts.shape[0], width))
    return found.tocsc().tocsr()  # twice transposed is in order, and quicker than sorted


def _place(
    batch: Weighted, first: int, next_free: np.ndarray, rows: np.ndarray, weights: np.ndarray
) -> None:
    """Put a batch's entries behind what earlier batches have put into the same columns."""
    sizes = np.diff(batch.starts)
    shift = np.repeat(next_free[batch.columns] - batch.starts[:-1], sizes)
    at = shift + np.arange(len(shift))
    rows[at] = batch.rows + first
    weights[at] = batch.weights
    next_free[batch.columns] += sizes
