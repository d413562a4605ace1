"""The product as the benchmark of engines asks it: its index alone, and from question to table.

All that depends on how the product keeps its index stands here. It is built by the command's own
function, which reads and checks the catalogue too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._prepared import CATALOGUE, Query, kept
from recommender import Recommender, load_priorities
from recommender.building import build_index
from recommender.index import Part
from recommender.opening import open_index
from recommender.top import contenders

K = 10


FACETS = {"only": {"region": ["CA", "NY"]}, "hide": {"faith_based": "yes"}}
"""Which charities a question with facets keeps: about a ninth."""


class Product:
    """The index: a guess in one pass, and exactly the ten best of what it leaves."""

    name = "product"

    def __init__(self, folder: Path) -> None:
        self._folder, self._kept = folder, kept(folder, Product.name) / "index"
        self._priorities = load_priorities()

    def build(self) -> None:
        """Index the catalogue, unless it is indexed."""
        if not self._kept.exists():
            self._kept.parent.mkdir(exist_ok=True)
            workers = os.cpu_count() or 1
            build_index(self._folder / CATALOGUE, self._kept, self._priorities, workers=workers)

    def open(self) -> None:
        """Map the index."""
        self._index = open_index(self._kept, self._priorities.fingerprint).index

    def top(self, query: Query) -> np.ndarray:
        """Return the rows of the ten best, the best first; equal ones in their order."""
        part = Part("query", {"en": query["terms"]}, {"en": 1.0})
        guess = self._index.guess([part], {"query": 1.0})
        rows = contenders(guess.scores, K, 2 * guess.error, guess.maxima)
        scores = self._index.match(part, rows)
        return rows[np.lexsort((rows, -scores))][:K]

    def size(self) -> int:
        """Return how many charities there are."""
        return self._index.size_

    def postings(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows whose texts hold a term, and its weight in each as it is stored."""
        field = self._index.fields_["en"]
        column = field.column(term)
        if column is None:
            return np.arange(0), np.zeros(0)
        return field.rows[field.slice(column)], field.weights[field.slice(column)]


class Question(Product):
    """`recommend`, from what a donor answers to the table of the ten best; the product's index."""

    name = "product, question to table"
    facets: Mapping[str, Any] = {}

    def open(self) -> None:
        """Map the index, and make ready whatever a question needs."""
        self._model = Recommender.open(self._kept)

    def top(self, query: Query) -> np.ndarray:
        """Return the ids of the ten best."""
        asked = {"text": query["text"], **self.facets}
        return self._model.recommend(query["answers"], k=K, **asked).index.to_numpy()


class Filtered(Question):
    """The same, of the charities that facets keep."""

    name = "product, question with facets"
    facets = FACETS


def exactness(product: Product, queries: list[Query]) -> dict[str, float]:
    """Compare the product's ten with an oracle's: the same weights added up as 64-bit floats.

    Returns
    -------
    mapping
        `same`: for how many queries all ten are the same, in the same order. `queries`: of how
        many. `postings`: the median number of postings of a query.

    Raises
    ------
    AssertionError
        If a charity stands where another should that is better by more than a 32-bit float tells.
    """
    same, touched = 0, []
    for query in queries:
        scores, count = oracle(product, query["terms"])
        best, ours = _best(scores), product.top(query)
        ours = ours[scores[ours] > 0]
        assert len(ours) == len(best), f"{len(ours)} found instead of {len(best)}: {query}"
        assert np.allclose(scores[ours], scores[best], rtol=1e-6, atol=0), f"not exact: {query}"
        same += bool((ours == best).all())
        touched.append(count)
    return {"same": same, "queries": len(queries), "postings": float(np.median(touched))}


def oracle(product: Product, terms: Mapping[str, float]) -> tuple[np.ndarray, int]:
    """Return the score of every charity, and how many postings it was added up from."""
    scores, touched = np.zeros(product.size()), 0
    for term, weight in terms.items():
        rows, stored = product.postings(term)
        scores[rows] += weight * stored.astype(np.float64)
        touched += len(rows)
    return scores, touched


def _best(scores: np.ndarray) -> np.ndarray:
    found = np.flatnonzero(scores)
    return found[np.lexsort((found, -scores[found]))][:K]
