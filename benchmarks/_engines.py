"""The ways to rank that the product stands beside, each as its own documentation uses it.

All index the same terms and are asked for the same ones. Each weights them its own way, so that
times compare and scores don't.
"""

from __future__ import annotations

import json
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from benchmarks._prepared import GAP, Query, documents, kept
from benchmarks._product import Filtered, K, Product, Question
from recommender.index import already_terms


class Engine(Protocol):
    """Something that finds the ten best of all texts.

    `build` leaves on disk, in the folder of its name, whatever `open` needs in another process.
    """

    def build(self) -> None: ...
    def open(self) -> None: ...
    def top(self, query: Query) -> np.ndarray: ...


class ScikitLearn:
    """TfidfVectorizer, cosine_similarity and argsort: what most examples show."""

    name = "scikit-learn"

    def __init__(self, folder: Path) -> None:
        self._folder, self._kept = folder, kept(folder, self.name)

    def build(self) -> None:
        vectorizer = TfidfVectorizer(analyzer=already_terms, sublinear_tf=True, dtype=np.float32)
        matrix = vectorizer.fit_transform(documents(self._folder))
        sparse.save_npz(self._kept / "matrix.npz", matrix, compressed=False)
        vocabulary = {term: int(column) for term, column in vectorizer.vocabulary_.items()}
        (self._kept / "vocabulary.json").write_text(json.dumps(vocabulary), encoding="utf-8")

    def open(self) -> None:
        self._matrix = sparse.load_npz(self._kept / "matrix.npz").tocsr()
        written = (self._kept / "vocabulary.json").read_text(encoding="utf-8")
        self._vocabulary: dict[str, int] = json.loads(written)

    def top(self, query: Query) -> np.ndarray:
        cosines = cosine_similarity(sparse.csr_matrix(self._vector(query)), self._matrix)
        return cosines[0].argsort()[::-1][:K]

    def _vector(self, query: Query) -> np.ndarray:
        vector = np.zeros((1, self._matrix.shape[1]), dtype=np.float32)
        for term, weight in query["terms"].items():
            if term in self._vocabulary:
                vector[0, self._vocabulary[term]] = weight
        return vector


class Csr(ScikitLearn):
    """The same matrix times the query, and argpartition instead of sorting all."""

    name = "CSR"

    def top(self, query: Query) -> np.ndarray:
        scores = self._matrix @ self._vector(query)[0]
        best = np.argpartition(scores, -K)[-K:]
        return best[np.argsort(-scores[best], kind="stable")]


class Bm25s:
    """BM25 by bm25s, compiled by numba where that is installed. It takes no weights of terms."""

    name = "bm25s"

    def __init__(self, folder: Path) -> None:
        self._folder, self._kept = folder, kept(folder, self.name)
        self._backend = "numba" if find_spec("numba") else "numpy"

    def build(self) -> None:
        from bm25s import BM25

        numbers: dict[str, int] = defaultdict(lambda: len(numbers))
        texts = [[numbers[term] for term in terms] for terms in documents(self._folder)]
        index = BM25(backend=self._backend)
        index.index((texts, dict(numbers)), show_progress=False)
        index.save(self._kept, show_progress=False)

    def open(self) -> None:
        from bm25s import BM25

        self._index = BM25.load(self._kept, mmap=True, show_progress=False)
        self._index.backend = self._backend

    def top(self, query: Query) -> np.ndarray:
        found = self._index.retrieve([list(query["terms"])], k=K, show_progress=False)
        return np.asarray(found.documents[0])


class Tantivy:
    """BM25 by tantivy, each term with its weight as a boost."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._folder, self._kept = folder, kept(folder, self.name)

    def build(self) -> None:
        from tantivy import Document

        index = self._opened()
        writer = index.writer(512_000_000)
        for row, terms in enumerate(documents(self._folder)):
            writer.add_document(Document(row=row, body=[GAP.join(terms)]))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index = self._opened()
        self._schema, self._searcher = self._index.schema, self._index.searcher()

    def top(self, query: Query) -> np.ndarray:
        from tantivy import Occur
        from tantivy import Query as Clause

        clauses = [
            (Occur.Should, Clause.boost_query(Clause.term_query(self._schema, "body", term), w))
            for term, w in query["terms"].items()
        ]
        found = self._searcher.search(Clause.boolean_query(clauses), limit=K, count=False)
        addresses = [address for _, address in found.hits]
        return np.array(self._searcher.fast_field_values("row", addresses))

    def _opened(self):
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("row", fast=True)
        schema.add_text_field("body", tokenizer_name="terms", index_option="freq")
        index = tantivy.Index(schema.build(), path=str(self._kept), reuse=True)
        parted = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(f"[^{GAP}]+")).build()
        index.register_tokenizer("terms", parted)
        return index


ENGINES = {e.name: e for e in (Product, Question, Filtered, ScikitLearn, Csr, Bm25s, Tantivy)}


def installed() -> list[str]:
    """Return the engines that can run here."""
    return [name for name in ENGINES if name != Tantivy.name or find_spec("tantivy")]
