"""The product and the baselines measured side by side on a collection: to tables and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .baselines import PRODUCT, Scores, rank_by
from .collection import Collection, name_in
from .errors import RecommenderError
from .evaluation import (
    COMPARED,
    MEASURES,
    Evaluation,
    difference,
    load_judgements,
    measure,
    summary,
)
from .files import write_whole
from .model import Recommender
from .own_words import MAX_TEXT
from .quality import quality
from .ranking import MAX_WEIGHT

_FIRST = COMPARED[0]


@dataclass(frozen=True)
class Comparison:
    """Systems measured over the same queries, kept apart by the queries' kinds.

    Attributes
    ----------
    tables : mapping of system to DataFrame
        From `evaluation.measure`: a row a query, a column a measure.
    kinds : Series
        The kind of each query, index query_id.
    """

    tables: Mapping[str, pd.DataFrame]
    kinds: pd.Series

    def of_kind(self, kind: str) -> dict[str, pd.DataFrame]:
        """Return the tables of one kind of query."""
        queries = self.kinds.index[self.kinds == kind]
        return {system: table.loc[queries] for system, table in self.tables.items()}

    @cached_property
    def summaries(self) -> dict[str, pd.DataFrame]:
        """Mean, low and high by kind, index system and measure."""
        return {
            str(kind): summary(self.of_kind(kind)).set_index(["system", "measure"])
            for kind in self.kinds.unique()
        }


def shipped(model: Recommender, own_words: bool, documents: pd.Series | None = None) -> Collection:
    """Return the shipped judgements as a collection, of the kind "priority".

    Parameters
    ----------
    model : Recommender
        That is asked about the shipped catalogue's agenda.
    own_words : bool
        Whether a query is a priority's label and definition, instead of its label.
    documents : Series, optional
        The shipped descriptions; those of the model if left out.
    """
    queries = {
        p.id: f"{p.label['en']}. {p.definition['en']}" if own_words else p.label["en"]
        for p in map(model.priorities_.__getitem__, model.agenda_)
    }
    table = pd.DataFrame({"kind": "priority", "text": pd.Series(queries, dtype=str)})
    if documents is None:
        documents = model.charities_.frame(np.arange(len(model.charities_)))["description"]
    return Collection(documents, table.rename_axis("query_id"), load_judgements())


def askable(
    collection: Collection, priorities: Iterable[str] | None
) -> tuple[Collection, list[str]]:
    """Return the collection with the queries that can be asked, and what is to be said of that.

    Parameters
    ----------
    priorities : iterable of str, optional
        The priorities of which a query must name one; the text is asked if left out.
    """
    judged = collection.judged()
    said = [_left_out("for lack of a judgement", collection, judged)]
    if priorities is None:
        long = int((judged.queries["text"].str.len() > MAX_TEXT).sum())
        cut = f"Read by the product as far as {MAX_TEXT} characters: {long} queries."
        return judged, list(filter(None, [*said, cut if long else ""]))
    known = list(priorities)
    naming = judged.naming(known)
    if naming.queries.empty:
        raise RecommenderError(
            "no query names a priority after its colon, as in cause:justice. Known: "
            f"{', '.join(known)}. Or ask the queries' words: --queries text"
        )
    said.append(_left_out("for naming no priority", judged, naming))
    return naming, list(filter(None, said))


def _left_out(why: str, before: Collection, after: Collection) -> str:
    count, of = len(before.queries) - len(after.queries), len(before.queries)
    return f"Left out {why}: {count} of {of} queries." if count else ""


def compare(
    model: Recommender, collection: Collection, systems: Iterable[str], own_words: bool
) -> Comparison:
    """Measure systems, some of `baselines.SYSTEMS`, over documents that `model` has."""
    systems = list(systems)
    queries = collection.queries["text"].to_dict()
    scores = rank_by(systems, collection.documents, queries)
    if PRODUCT in systems:
        asked = _asked(model, queries, own_words)
        # An index may hold further charities.
        of = collection.documents.index
        scores[PRODUCT] = {query: found[found.index.isin(of)] for query, found in asked.items()}
    tables = {name: measure(collection.qrels, scores[name], COMPARED) for name in systems}
    return Comparison(tables, collection.queries["kind"])


def _asked(model: Recommender, queries: Mapping[str, str], own_words: bool) -> Scores:
    """Return the product's scores: for the text as own words, or the priority that an id names."""
    if own_words:
        return {q: model.recommend(text=text[:MAX_TEXT])["score"] for q, text in queries.items()}
    return {q: model.recommend({name_in(q): MAX_WEIGHT})["score"] for q in queries}


def by_priority(model: Recommender, collection: Collection) -> Evaluation:
    """Measure the product for each single priority that a collection's judgements are about."""
    of, names = collection.documents.index, collection.qrels["query_id"].unique()
    runs = {name: model.recommend({name: MAX_WEIGHT}) for name in names}
    runs = {name: run[run.index.isin(of)] for name, run in runs.items()}
    labels = {name: model.priorities_[name].label["en"] for name in names}
    return quality(collection.qrels, runs, collection.documents, labels)


def as_object(comparison: Comparison) -> dict[str, Any]:
    """Return the figures as JSON knows them: systems, kinds, measures, then mean, low and high."""
    return {
        "systems": {
            system: {
                kind: table.loc[system].to_dict("index")
                for kind, table in comparison.summaries.items()
            }
            for system in comparison.tables
        }
    }


def write_json(comparison: Comparison, path: Path) -> None:
    """Write the figures; a file that is there stays whole until they are all written."""
    text = json.dumps(as_object(comparison), ensure_ascii=False, indent=2, allow_nan=False)
    write_whole({path: f"{text}\n"})


def print_comparison(console: Console, comparison: Comparison) -> None:
    """Print, for each kind of query, the measures and what the product is ahead by."""
    for kind, means in comparison.summaries.items():
        tables = comparison.of_kind(kind)
        size = len(tables[next(iter(tables))])
        table = Table(
            "system", *COMPARED, title=Text(f"{kind}: mean (95 % interval), queries: {size}")
        )
        for system in tables:
            cells = (means.loc[(system, name)] for name in COMPARED)
            table.add_row(
                system, *(f"{c['mean']:.3f} ({c['low']:.3f}–{c['high']:.3f})" for c in cells)
            )
        console.print(table)
        for system in tables if PRODUCT in tables else ():
            if system != PRODUCT:
                mean, low, high = difference(tables[PRODUCT], tables[system], _FIRST)
                ahead = f"{mean:+.3f} ({low:+.3f} to {high:+.3f})"
                console.print(f"{_FIRST}, {PRODUCT} less {system}: {ahead}")


def print_priorities(console: Console, evaluation: Evaluation) -> None:
    """Print the product's measures by priority, and how often its bands are right."""
    by_priority = Table("priority", *MEASURES, title="product, by priority")
    for query, row in evaluation.systems[PRODUCT].iterrows():
        by_priority.add_row(str(query), *(f"{value:.3f}" for value in row))
    bands = Table("band", "charities", "graded 2 or 3", title="how often a band is right")
    for band, row in evaluation.bands.iterrows():
        bands.add_row(str(band), f"{row['charities']:.0f}", f"{row['share']:.0%}")
    console.print(by_priority, bands)
