"""Which terms may be learned beside a lexicon's own: evidence decides, no list kept by hand.

c(t) is 0 for a term in fewer than MIN_CHARITIES texts or MIN_LABELLED of the priority's own, for
one made of words that so many texts hold that they say nothing of one cause (`commonplace`:
"provide services"), for one that is written as a name (`names`), and for one whose log-odds ratio
isn't CERTAINTY standard errors above 0; else it is 1 - (CERTAINTY / z)², which grows to 1 with the
certainty z of the association.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from scipy import sparse

from .english import words_of
from .text import sentences

MIN_CHARITIES, MIN_LABELLED, CERTAINTY = 5, 3, 2.0
NAME_SHARE, COMMON = 0.8, 0.05


def names(descriptions: Iterable[str], terms: Sequence[str]) -> np.ndarray:
    """Tell which terms are written as names: with a capital, where the text has small letters too.

    A term is a name if one of its words is written so in NAME_SHARE of the places inside the
    sentences of descriptions, or stands in none. Initials of three letters or more are none. A
    description all in capitals doesn't tell.
    """
    places: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for text in descriptions:
        for start, end in sentences(text) if not text.isupper() else ():
            sentence = text[start:end]
            for word in list(words_of(sentence))[1:]:
                written = sentence[word.start : word.end]
                places[word.stem] += 1
                capitals[word.stem] += _is_name(written)
    return np.array(
        [any(capitals[w] >= NAME_SHARE * places[w] for w in term.split()) for term in terms]
    )


def _is_name(word: str) -> bool:
    return word[0].isupper() and (not word.isupper() or len(word) < 3)


def commonplace(held: sparse.csr_matrix, terms: Sequence[str]) -> np.ndarray:
    """Tell which terms are made of words alone that more than COMMON of all texts hold."""
    frequent = np.asarray(held.sum(axis=0)).ravel() > COMMON * held.shape[0]
    common = {term for term, often in zip(terms, frequent, strict=True) if often}
    return np.array([common.issuperset(term.split()) for term in terms])


def certainty(held: sparse.csr_matrix, labels: np.ndarray) -> np.ndarray:
    """Return 1 - (CERTAINTY / z)² of each term for each priority, 0 without enough evidence.

    z is the log-odds ratio of term and label in standard errors (J. Haldane, 1956, with half a
    charity added to each of the four counts).
    """
    n, total = held.shape[0], np.asarray(held.sum(axis=0)).ravel()[:, None]
    both, own = held.T @ labels.astype(float), labels.sum(axis=0)
    a, b, c = both + 0.5, own - both + 0.5, total - both + 0.5
    d = n - own - total + both + 0.5
    z = np.log(a * d / (b * c)) / np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    enough = (total >= MIN_CHARITIES) & (both >= MIN_LABELLED)
    return np.where(enough, 1 - (CERTAINTY / np.maximum(z, CERTAINTY)) ** 2, 0.0)
