"""How good the ranking is on labelled collections, and what one query costs.

::

    python3 run.py python benchmarks/quality.py DIR [DIR …]
    python3 run.py python benchmarks/quality.py --query-cost
    python3 run.py python benchmarks/quality.py --query-cost --write DIR [DIR …]

The first prints nDCG@10 of every system on each collection, measured by what `evaluate DIR`
measures with; a folder is laid out as `recommender.collection` says. The second times queries on
100,000 generated charities. The third puts both into README.md here.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks._shared import SEED, machine, show, spread
from recommender import Recommender, load_catalogue
from recommender.baselines import PRODUCT, choose
from recommender.catalogue import from_texts
from recommender.collection import Collection, read_collection
from recommender.errors import RecommenderError
from recommender.evaluation import difference
from recommender.own_words import term_weights
from recommender.ranking import MAX_WEIGHT, TEXT
from recommender.report import Comparison, askable, compare
from recommender.text import scripts, sentences

MEASURE = "nDCG@10"
FEWEST = 5
"""Fewer queries of a kind than these have no interval worth the name, and aren't tabled."""

CHARITIES, RUNS, WARM_UP, PRIORITIES = 100_000, 100, 3, 4

Query = Callable[[list[str], str], object]
"""Asks for some priorities and own words."""


def quality(folders: Iterable[Path]) -> str:
    """Return the table of all collections, as Markdown."""
    head = "| collection | asked | queries | system | nDCG@10 | product less it |"
    rows = [row for folder in folders for row in of_collection(folder)]
    return "\n".join([head, "|---|---|---|---|---|---|", *rows])


def of_collection(folder: Path) -> Iterator[str]:
    """Yield the rows of one collection, asked by priority and by the queries' words."""
    collection = read_collection(folder)
    model = Recommender().fit(from_texts(collection.documents))
    for asked, own_words in (("priority", False), ("words", True)):
        comparison = compared(model, collection, own_words)
        if comparison:
            yield from rows_of(comparison, folder.resolve().name, asked)


def compared(model: Recommender, collection: Collection, own_words: bool) -> Comparison | None:
    """Return what `evaluate` would show; None where no query names a priority."""
    try:
        asked, _ = askable(collection, None if own_words else model.priorities_.ids)
    except RecommenderError:
        return None
    return compare(model, asked, choose(), own_words)


def rows_of(comparison: Comparison, name: str, asked: str) -> Iterator[str]:
    """Yield a row a system for each kind of query of which there are FEWEST or more."""
    for kind, means in comparison.summaries.items():
        tables = comparison.of_kind(kind)
        size = len(tables[PRODUCT])
        for system in tables if size >= FEWEST else ():
            found = means.loc[(system, MEASURE)]
            cells = [
                *([name, asked, f"{kind}, {size}"] if system == PRODUCT else ["", "", ""]),
                system,
                f"{found['mean']:.3f} ({found['low']:.3f}–{found['high']:.3f})",
                "" if system == PRODUCT else ahead(tables[PRODUCT], tables[system]),
            ]
            yield "|".join(["", *(f" {cell} " if cell else " " for cell in cells), ""])


def ahead(product: pd.DataFrame, other: pd.DataFrame) -> str:
    """Return the mean difference over the same queries, with its interval."""
    mean, low, high = difference(product, other, MEASURE)
    return f"{mean:+.3f} ({low:+.3f} to {high:+.3f})"


def generated(size: int, descriptions: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Return texts of as many sentences as the descriptions have, drawn from all of them."""
    split = [[text[a:b] for a, b in sentences(text)] for text in descriptions]
    every = [sentence for text in split for sentence in text]
    lengths = rng.choice([len(text) for text in split], size)
    texts = [" ".join(every[i] for i in rng.integers(0, len(every), n)) for n in lengths]
    return pd.Series(texts, index=[f"c{i}" for i in range(size)])


def query_cost(size: int = CHARITIES, runs: int = RUNS) -> str:
    """Return the table of what queries cost, as Markdown."""
    rng = np.random.default_rng(SEED)
    shipped = load_catalogue()
    catalogue = from_texts(generated(size, shipped["description"], rng))
    catalogue["name"] = [f"Charity {i}" for i in range(size)]
    model = Recommender(agenda=shipped.attrs["agenda"]).fit(catalogue)
    asked = [
        (
            [str(name) for name in rng.choice(model.agenda_, PRIORITIES, replace=False)],
            model.priorities_[rng.choice(model.agenda_)].definition["en"],
        )
        for _ in range(runs + WARM_UP)
    ]
    timed: dict[str, Query] = {
        "the matches with one priority": lambda ids, _: matches(model, ids[:1]),
        "the matches with four priorities and own words": lambda ids, words: matches(
            model, ids, words
        ),
        "the first ten, one priority": lambda ids, _: model.recommend({ids[0]: MAX_WEIGHT}, k=10),
        "the first ten, four priorities and own words": lambda ids, words: model.recommend(
            dict.fromkeys(ids, MAX_WEIGHT), text=words, k=10
        ),
        "a whole run, one priority": lambda ids, _: model.recommend({ids[0]: MAX_WEIGHT}),
        "a whole run, four priorities and own words": lambda ids, words: model.recommend(
            dict.fromkeys(ids, MAX_WEIGHT), text=words
        ),
    }
    rows = [f"| {what} | {spread(times(query, asked))} |" for what, query in timed.items()]
    return "\n".join(["| what is timed | median, ms | 99 %, ms |", "|---|---|---|", *rows])


def matches(model: Recommender, ids: Iterable[str], words: str = "") -> np.ndarray:
    """Return the mean match of every charity with some priorities and own words."""
    parts = [model.parts_[name] for name in ids]
    if words:
        terms = term_weights(words, model.priorities_.analyser)
        parts.append(model.index_.part(TEXT, terms, scripts(words), model.priorities_.level))
    return np.mean([model.index_.match(part) for part in parts], axis=0)


def times(query: Query, asked: Iterable[tuple[list[str], str]]) -> np.ndarray:
    """Return the milliseconds of each call but the first few, which warm the caches."""
    found = []
    for ids, words in asked:
        start = time.perf_counter()
        query(ids, words)
        found.append((time.perf_counter() - start) * 1000)
    return np.array(found[WARM_UP:])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR", help="a collection")
    parser.add_argument("--query-cost", action="store_true", help="time queries")
    parser.add_argument("--write", action="store_true", help="put the tables into README.md")
    options = parser.parse_args()
    if not (options.folders or options.query_cost):
        parser.error("name a DIR, or ask for --query-cost")
    if options.folders:
        show("quality", quality(options.folders), options.write)
    if options.query_cost:
        show("query cost", f"{query_cost()}\n\nMeasured on {machine()}.", options.write)


if __name__ == "__main__":
    main()
