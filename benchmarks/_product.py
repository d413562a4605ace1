"""The product as the benchmark of engines asks it: its index alone, and from question to table.

All that depends on how the product keeps its index stands here. As it isn't kept on disk yet,
opening it is building it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from benchmarks._prepared import CATALOGUE, Query, documents
from recommender import Recommender, load_catalogue
from recommender.background import load_backgrounds
from recommender.index import Index, Part
from recommender.top import contenders

K = 10


class Product:
    """The index: the matches of all charities with weighted terms, and exactly the ten best."""

    name = "product"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self) -> None:
        """Index the terms that were read."""
        self._index = Index().fit({"en": list(documents(self._folder))}, load_backgrounds())

    def open(self) -> None:
        """Make ready to be asked, in a process that hasn't built anything."""
        self.build()

    def top(self, query: Query) -> np.ndarray:
        """Return the rows of the ten best, the best first; equal ones in their order."""
        scores = self._index.match(Part("query", {"en": query["terms"]}, {"en": 1.0}))
        rows = contenders(scores, K)
        return rows[np.lexsort((rows, -scores[rows]))][:K]

    def size(self) -> int:
        """Return how many charities there are."""
        return self._index.size_

    def postings(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows whose texts hold a term, and its weight in each as it is stored."""
        field = self._index.fields_["en"]
        if term not in field.columns:
            return np.arange(0), np.zeros(0)
        start, end = field.matrix.indptr[field.columns[term] :][:2]
        return field.matrix.indices[start:end], field.matrix.data[start:end]


class Question:
    """`recommend`, from what a donor answers to the table of the ten best."""

    name = "product, question to table"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self) -> None:
        """Fit the catalogue, its texts read and all."""
        self._model = Recommender().fit(load_catalogue(self._folder / CATALOGUE))

    def open(self) -> None:
        """Make ready to be asked, in a process that hasn't built anything."""
        self.build()

    def top(self, query: Query) -> np.ndarray:
        """Return the ids of the ten best."""
        return self._model.recommend(query["answers"], text=query["text"], k=K).index.to_numpy()


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
