"""What all engines of one size are given: a catalogue, its texts read as terms, and queries."""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import corpus
from benchmarks._shared import SEED
from recommender import load_priorities
from recommender.background import Background, load_backgrounds
from recommender.counting import TermCounter
from recommender.index import unit
from recommender.own_words import term_weights
from recommender.priorities import Priorities
from recommender.ranking import MAX_WEIGHT, TEXT_WEIGHT
from recommender.weighting import idf_of

CATALOGUE, TERMS, QUERIES, READ = "corpus.parquet", "terms.parquet", "queries.json", "read.json"
GAP = "\t"
"""Stands between the terms of a text; a phrase has spaces inside."""

SHORTEST, LONGEST, MOST_PRIORITIES, OWN_WORDS = 3, 60, 4, 1 / 3
"""A query's terms, its priorities, and which share of the queries have own words."""

Query = dict[str, Any]
"""`terms` are weighted; `answers` and `text` are the same as a donor gives it."""


def kept(folder: Path, engine: str) -> Path:
    """Return where an engine keeps its index."""
    return folder / engine.replace(" ", "-")


def prepare(folder: Path, size: int, queries: int) -> None:
    """Make the files of one size; those that are there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / QUERIES).write_text(json.dumps(drawn_queries(queries)), encoding="utf-8")
    if not (folder / CATALOGUE).exists():
        unfinished = folder / f"{CATALOGUE}.part"
        corpus.write(unfinished, size)
        unfinished.rename(folder / CATALOGUE)
    if not (folder / READ).exists():
        start = time.perf_counter()
        _read_terms(folder)
        found = {"size": size, "seconds": time.perf_counter() - start}
        (folder / READ).write_text(json.dumps(found), encoding="utf-8")


def _read_terms(folder: Path) -> None:
    groups = range(pq.ParquetFile(folder / CATALOGUE).num_row_groups)
    read = partial(terms_of_group, folder / CATALOGUE)
    schema = pa.schema({"terms": pa.large_string()})
    with pq.ParquetWriter(folder / TERMS, schema, compression="zstd") as file:
        for texts in map(read, groups) if len(groups) == 1 else _in_processes(read, groups):
            file.write_table(pa.table({"terms": pa.array(texts, pa.large_string())}))


def _in_processes(read: Any, groups: range) -> Iterator[list[str]]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        yield from pool.map(read, groups)


def terms_of_group(path: Path, group: int) -> list[str]:
    """Return the terms of each text of a row group, as `index` counts them."""
    counter = _counter()
    texts = pq.ParquetFile(path).read_row_group(group, columns=["description"])
    counts = counter.count(texts["description"].to_pylist())
    terms = np.array(counter.terms, dtype=object)[np.repeat(counts.indices, counts.data)].tolist()
    ends = np.concatenate([[0], np.cumsum(counts.data)])[counts.indptr].tolist()
    return [GAP.join(terms[start:end]) for start, end in pairwise(ends)]


@cache
def _counter() -> TermCounter:
    """Return this process's counter; it is quicker for what it has met before."""
    return TermCounter(load_priorities().analyser, "en")


def documents(folder: Path) -> Iterator[list[str]]:
    """Yield the terms of each text."""
    for batch in pq.ParquetFile(folder / TERMS).iter_batches(10_000):
        for text in batch["terms"].to_pylist():
            yield text.split(GAP)


def drawn_queries(count: int, seed: int = SEED) -> list[Query]:
    """Return queries as donors' weights give them: priorities, sometimes with own words.

    The terms are the heaviest of the priorities' profiles and the own words; lengths from SHORTEST
    to LONGEST are equally frequent.
    """
    rng = np.random.default_rng(seed)
    priorities, background = load_priorities(), load_backgrounds()["en"]
    return [_query(rng, priorities, background) for _ in range(count)]


def _query(rng: np.random.Generator, priorities: Priorities, background: Background) -> Query:
    chosen = rng.choice(priorities.ids, rng.integers(1, MOST_PRIORITIES + 1), replace=False)
    answers = {str(name): float(rng.integers(1, MAX_WEIGHT + 1)) for name in chosen}
    asked = rng.random() < OWN_WORDS
    text = priorities[str(rng.choice(priorities.ids))].definition["en"] if asked else ""
    parts = [(priorities.profile(priorities[name], "en"), w) for name, w in answers.items()]
    if text:
        parts.append((term_weights(text, priorities.analyser)["en"], TEXT_WEIGHT))
    terms: dict[str, float] = {}
    for profile, weight in parts:
        weighted = {t: w * float(idf_of(background.share(t))) for t, w in profile.items()}
        for term, w in unit(weighted, weight).items():
            terms[term] = terms.get(term, 0.0) + w
    heaviest = sorted(terms, key=lambda term: (-terms[term], term))
    kept = heaviest[: rng.integers(SHORTEST, LONGEST + 1)]
    return {"terms": {term: terms[term] for term in kept}, "answers": answers, "text": text}
