"""Labelled charities to term profiles: what texts about a priority say, learned with its lexicon.

A profile is a ridge regression that starts from the lexicon. With x(d) the TF-IDF row of charity d
(as `index` weighs it), y(d) its label and m the lexicon's weights at unit length::

    w = argmin  Σ_d (y(d) - a - w·x(d))² + S · Σ_t ((w(t) - B·m(t)) / c(t))²,   w(t) >= 0 >= a

B says how much of a label the lexicon foretells, S how many charities' worth of evidence that is:
where few are labelled the lexicon leads, where thousands are the data do. Both are chosen by
cross-validation, one pair for all priorities: the one closest to the lexicon of those that aren't
worse than the best by more than one standard error (L. Breiman et al., 1984), since the labels of
one register aren't those of another. A charity with another code of a major group in
which the priority is at home (HOME of its own charities are there) counts NEIGHBOUR of a label.

Which terms may enter beside the lexicon's own, and how freely, is c(t): see `candidates`. Of what
was learned a profile keeps the terms of KEPT of its largest weight, at most one for every
LABELLED_A_TERM of its labelled charities.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TypeVar

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import Ridge
from sklearn.metrics import ndcg_score
from sklearn.model_selection import KFold
from sklearn.utils.parallel import Parallel, delayed

from .candidates import certainty, commonplace, names
from .errors import RecommenderError
from .index import Index, already_terms
from .labelled import Labelled
from .priorities import Priorities
from .text import Analyser

HOME, NEIGHBOUR = 0.15, 0.15
STRENGTHS, SCALES = (1.0, 2.0, 4.0), (2.0, 4.0)
FOLDS, COLLECTIONS = 5, 20
KEPT, LABELLED_A_TERM = 0.05, 5
_SEED = 20_261_121

_T = TypeVar("_T")
Progress = Callable[[str, float], None]
"""Told what is being done, and which share of it is."""


@dataclass(frozen=True)
class Task:
    """What profiles are fitted to.

    Attributes
    ----------
    matrix : csr_matrix, shape (charities, terms)
        TF-IDF rows of unit length.
    terms : ndarray of str
    idf : ndarray, shape (terms,)
    held : csr_matrix of bool, shape (charities, terms)
        Which texts hold each term.
    lexicon : ndarray, shape (terms, priorities)
        Weights by tier; 0 for a term of no lexicon.
    open : ndarray of bool, shape (terms,)
        Which terms may enter beside the lexicon's.
    labels : ndarray of bool, shape (charities, priorities)
    near : ndarray of bool, shape (charities, priorities)
        Whether a charity's major group is one of the priority's.
    target : ndarray, shape (charities, priorities)
    """

    matrix: sparse.csr_matrix
    terms: np.ndarray
    idf: np.ndarray
    held: sparse.csr_matrix
    lexicon: np.ndarray
    open: np.ndarray
    labels: np.ndarray
    near: np.ndarray
    target: np.ndarray

    @cached_property
    def start(self) -> np.ndarray:
        """The lexicon's profiles: weight times idf, at unit length."""
        weights = self.lexicon * self.idf[:, None]
        return weights / np.maximum(np.linalg.norm(weights, axis=0), 1e-12)

    @cached_property
    def gains(self) -> np.ndarray:
        """2 for a labelled charity, 1 for one of the same major group."""
        return np.where(self.labels, 2, np.where(self.near, 1, 0))

    def freedom(self, rows: np.ndarray) -> np.ndarray:
        """Return c(t) of each term for each priority, as those rows tell it."""
        certain = np.where(self.open[:, None], certainty(self.held[rows], self.labels[rows]), 0.0)
        return np.where(self.lexicon > 0, 1.0, certain)


def prepare(labelled: Labelled, priorities: Priorities, told: Progress) -> Task:
    """Read the labelled texts and weigh their terms, with the phrases that might be learned."""
    analyser = priorities.reader(pairs=True)
    documents = [analyser.terms(text, "en") for text in _told(labelled.texts, "Reading", told)]
    labels = labelled.labels()
    vectorizer = CountVectorizer(analyzer=already_terms, binary=True, dtype=np.float64)
    held = vectorizer.fit_transform(documents)
    terms = vectorizer.get_feature_names_out()
    lexicon = _lexicon(priorities, labelled.meant, terms)
    named = names(labelled.descriptions, terms) & (lexicon.max(axis=1) == 0)
    free = ~named & ~commonplace(held, terms)
    hopeful = (certainty(held, labels).max(axis=1) > 0) & free
    known = {priorities.analyser.term(e, "en") for e in priorities.entries("en")}
    kept = np.array([" " not in term or term in known for term in terms]) | hopeful
    chosen = set(terms[kept])
    index = Index(background_weight=0.0).fit(
        {"en": [[t for t in d if t in chosen] for d in documents]}
    )
    matrix, columns = index.rows("en")
    at = np.searchsorted(terms, columns)
    near, target = _neighbours(labels, labelled.groups())
    return Task(
        matrix=matrix,
        terms=columns,
        idf=np.array([index.idf(term, "en") for term in columns]),
        held=held[:, at].tocsr(),
        lexicon=lexicon[at],
        open=free[at],
        labels=labels,
        near=near,
        target=target,
    )


def _lexicon(priorities: Priorities, ids: Iterable[str], terms: np.ndarray) -> np.ndarray:
    weights = [priorities.lexicon_weights(priorities[name], "en") for name in ids]
    return np.array([[w.get(term, 0.0) for term in terms] for w in weights]).T


def _neighbours(labels: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return who is in a major group of each priority, and the targets that follow."""
    near, target = np.zeros(labels.shape, bool), labels.astype(float)
    for group in np.unique(groups):
        members = groups == group
        share = labels[members].sum(axis=0) / labels.sum(axis=0)
        near[members] = share > 0
        target[members] = np.maximum(target[members], NEIGHBOUR * (share >= HOME))
    return near, target


def fit(
    task: Task, rows: np.ndarray, freedom: np.ndarray, column: int, strength: float, scale: float
) -> np.ndarray:
    """Return w of one priority, fitted to some rows.

    The penalty's pull towards the lexicon is written as further rows of the regression, so that
    scikit-learn's non-negative ridge solves it; the intercept is a column of -1.
    """
    c = freedom[:, column]
    used = np.flatnonzero(c)
    x = task.matrix[rows][:, used] @ sparse.diags_array(c[used])
    pull = math.sqrt(strength)
    system = sparse.block_array(
        [
            [x, sparse.csr_array(np.full((x.shape[0], 1), -1.0))],
            [pull * sparse.eye_array(len(used)), None],
        ]
    ).tocsr()
    wanted = np.r_[task.target[rows, column], pull * scale * task.start[used, column] / c[used]]
    ridge = Ridge(
        alpha=1e-6, positive=True, solver="lbfgs", fit_intercept=False, tol=1e-5, max_iter=2000
    ).fit(system, wanted)
    weights = np.zeros(len(task.terms))
    weights[used] = ridge.coef_[:-1] * c[used]
    return weights


def fit_all(task: Task, rows: np.ndarray, strength: float, scale: float) -> np.ndarray:
    """Return w of every priority; shape (terms, priorities)."""
    freedom = task.freedom(rows)
    jobs = (
        delayed(fit)(task, rows, freedom, j, strength, scale) for j in range(task.labels.shape[1])
    )
    return np.array(Parallel(n_jobs=-1)(jobs)).T


def cross_validate(task: Task, told: Progress) -> pd.DataFrame:
    """Measure each pair of strength and scale on charities that weren't learned from.

    Which phrases are candidates, and how rare a term is, is counted over all charities.

    Returns
    -------
    DataFrame
        Index strength and scale, the first row the lexicon alone; a column a priority: its mean
        nDCG@10 over COLLECTIONS collections of charities.
    """
    rng = np.random.default_rng(_SEED)
    collection = rng.permutation(np.arange(task.matrix.shape[0]) % COLLECTIONS)
    grid = list(product(STRENGTHS, SCALES))
    scores = {pair: np.zeros(task.labels.shape) for pair in grid}
    folds = list(KFold(FOLDS, shuffle=True, random_state=_SEED).split(np.arange(COLLECTIONS)))
    steps = _told([(f, p) for f in folds for p in grid], "Cross-validating", told)
    for (train, test), pair in steps:
        w = fit_all(task, np.flatnonzero(np.isin(collection, train)), *pair)
        held_out = np.isin(collection, test)
        scores[pair][held_out] = task.matrix[held_out] @ w
    ranked = [task.matrix @ task.start, *scores.values()]
    table = [_quality(task, found, collection) for found in ranked]
    index = pd.MultiIndex.from_tuples([("lexicon", ""), *grid], names=["strength", "scale"])
    return pd.DataFrame(table, index)


def choose(quality: pd.DataFrame) -> tuple[float, float]:
    """Return the pair closest to the lexicon that isn't worse than the best beyond chance."""
    best = quality.loc[quality.mean(axis=1).idxmax()]
    losses = best - quality
    # A single priority has no standard error: there the best itself is chosen.
    close = losses.mean(axis=1) <= losses.std(axis=1).fillna(0.0) / math.sqrt(quality.shape[1])
    strength, scale = max(quality.index[close], key=lambda pair: (pair[1], pair[0]))
    return float(strength), float(scale)


def _quality(task: Task, scores: np.ndarray, collection: np.ndarray) -> np.ndarray:
    """Return each priority's nDCG@10, the mean over the collections that hold any of its own."""
    values = np.full((COLLECTIONS, task.labels.shape[1]), np.nan)
    for i, j in np.ndindex(*values.shape):
        inside = collection == i
        gains = task.gains[inside, j]
        if gains.any():
            values[i, j] = ndcg_score(gains[None], scores[inside, j][None], k=10)
    return np.nanmean(values, axis=0)


@dataclass(frozen=True)
class Learned:
    """What `learn_profiles` found.

    Attributes
    ----------
    profiles : mapping of priority id to {word or phrase: weight}
        As `profiles` writes them.
    chosen : tuple of (float, float)
        Strength and scale.
    quality : DataFrame
        From `cross_validate`.
    provenance : mapping of priority id to lines
        What each profile was learned from, and how well it ranks.
    """

    profiles: dict[str, dict[str, float]]
    chosen: tuple[float, float]
    quality: pd.DataFrame
    provenance: dict[str, tuple[str, ...]]


def learn_profiles(labelled: Labelled, priorities: Priorities, told: Progress) -> Learned:
    """Learn the profile of each priority of the map, beside its lexicon.

    Parameters
    ----------
    labelled : Labelled
    priorities : Priorities
        Without what was learned before: see `Priorities.unlearned`.
    told : callable
        Told what is being done, and which share of it is.

    Raises
    ------
    RecommenderError
        For so few charities that a collection would hold only one.
    """
    if len(labelled.codes) < 2 * COLLECTIONS:
        found = f"{len(labelled.codes)} labelled charities"
        raise RecommenderError(f"{found}: learning needs at least {2 * COLLECTIONS}.")
    task = prepare(labelled, priorities, told)
    quality = cross_validate(task, told)
    quality.columns = pd.Index(labelled.meant)
    strength, scale = choose(quality.drop("lexicon", level=0))
    told("Fitting", 0.0)
    weights = fit_all(task, np.arange(task.matrix.shape[0]), strength, scale)
    weights = np.where(_faint(task, weights), 0.0, weights)
    # Nothing is learned of a word that every text holds: there the lexicon's weight stays.
    said = ((weights > 0) | (task.lexicon > 0)) & (task.idf > 0)[:, None]
    written = _written(labelled.texts, priorities.reader(pairs=True), task.terms[said.any(axis=1)])
    # In the lexicon's own unit: a core word's weight before any charity was read.
    length = np.linalg.norm(task.lexicon * task.idf[:, None], axis=0)
    length = np.where(length > 0, length, 1.0)
    weights = weights * length / (scale * np.where(task.idf > 0, task.idf, 1.0)[:, None])
    profiles = {
        name: {written[task.terms[i]]: float(weights[i, j]) for i in np.flatnonzero(said[:, j])}
        for j, name in enumerate(labelled.meant)
    }
    told("Fitting", 1.0)
    return Learned(
        profiles, (strength, scale), quality, _provenance(labelled, quality, (strength, scale))
    )


def _faint(task: Task, weights: np.ndarray) -> np.ndarray:
    """Tell which terms are left out: of no lexicon, and small, or more than labels can teach."""
    learned = np.where(task.lexicon > 0, 0.0, weights)
    order = np.argsort(np.argsort(-learned, axis=0, kind="stable"), axis=0)
    beyond = order >= task.labels.sum(axis=0) // LABELLED_A_TERM
    small = weights < KEPT * weights.max(axis=0)
    return (small | beyond) & (task.lexicon == 0)


def _provenance(
    labelled: Labelled, quality: pd.DataFrame, chosen: tuple[float, float]
) -> dict[str, tuple[str, ...]]:
    counts = labelled.labels().sum(axis=0)
    return {
        name: (
            f"Learned by `python -m recommender learn` from {labelled.source}:",
            f"{count} of {len(labelled.codes)} charities have a code of {', '.join(codes)}.",
            f"Strength {chosen[0]:g}, scale {chosen[1]:g}. Cross-validated nDCG@10 "
            f"{quality.loc[chosen, name]:.3f}, the lexicon alone "
            f"{quality.loc[('lexicon', ''), name]:.3f}.",
        )
        for (name, codes), count in zip(labelled.meant.items(), counts, strict=True)
    }


def _written(texts: Iterable[str], analyser: Analyser, terms: Iterable[str]) -> dict[str, str]:
    """Return each term as it is written most often, if that is read as the same term.

    Of forms as frequent it is the first in the alphabet.
    """
    forms: dict[str, Counter[str]] = {term: Counter() for term in terms}
    for text in texts:
        for token in analyser.tokens(text, "en"):
            if token.term in forms:
                forms[token.term][" ".join(text[token.start : token.end].lower().split())] += 1
    found = {}
    for term, counted in forms.items():
        common = sorted(counted, key=lambda form: (-counted[form], form))
        found[term] = next((form for form in common if analyser.term(form, "en") == term), term)
    return found


def _told(items: Sequence[_T], what: str, told: Progress) -> Iterator[_T]:
    for i, item in enumerate(items):
        if i % max(1, len(items) // 100) == 0:
            told(what, i / len(items))
        yield item
    told(what, 1.0)
