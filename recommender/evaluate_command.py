"""The command `evaluate`: the ranking measured beside baselines."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import IndexFolder, model_of

if TYPE_CHECKING:
    from .collection import Collection
    from .model import Recommender


class Queries(StrEnum):
    """What the product is asked when it is measured."""

    PRIORITIES = "priorities"
    TEXT = "text"


def evaluate(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]",
            help="A collection: docs.parquet, queries.tsv and qrels.trec; "
            "the shipped judgements if left out.",
        ),
    ] = None,
    queries: Annotated[
        Queries, typer.Option(help="What the product is asked: what a query names, or its words.")
    ] = Queries.PRIORITIES,
    system: Annotated[
        list[str] | None,
        typer.Option(help="Measure this system, as product or BM25; repeatable; all by default."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures as JSON.")
    ] = None,
    index: IndexFolder = None,
) -> None:
    """Measure the ranking beside baselines, on the shipped judgements or a collection."""
    from . import printing, report
    from .baselines import PRODUCT, choose
    from .files import check_writable

    systems, own_words = choose(system), queries is Queries.TEXT
    if output:
        check_writable(output)
    model, collection, notes = _to_measure(folder, own_words, index)
    collection, said = report.askable(collection, None if own_words else model.priorities_.ids)
    comparison = report.compare(model, collection, systems, own_words)
    if output:
        report.write_json(comparison, output)
    for note in [*notes, *said]:
        typer.echo(note)
    if folder is None and not own_words and PRODUCT in systems:
        report.print_priorities(printing.console(), report.by_priority(model, collection))
    report.print_comparison(printing.console(), comparison)


def _to_measure(
    folder: Path | None, own_words: bool, index: Path | None
) -> tuple[Recommender, Collection, list[str]]:
    """Return a collection, the model that has its documents, and what is to be said of them."""
    from .catalogue import from_texts
    from .collection import read_collection
    from .model import Recommender
    from .report import shipped

    if index is not None:
        return _on_index(folder, own_words, index)
    if folder is None:
        model = model_of(None)
        return model, shipped(model, own_words), []
    collection = read_collection(folder)
    return Recommender().fit(from_texts(collection.documents)), collection, []


def _on_index(
    folder: Path | None, own_words: bool, index: Path
) -> tuple[Recommender, Collection, list[str]]:
    from .catalogue import SHIPPED_AGENDA, load_catalogue
    from .collection import read_collection
    from .indexed_collection import of_index
    from .model import Recommender
    from .report import shipped

    model = Recommender.open(index, agenda=SHIPPED_AGENDA if folder is None else None)
    if folder is None:
        collection = shipped(model, own_words, load_catalogue()["description"])
    else:
        collection = read_collection(folder)
    return model, *of_index(collection, model.charities_, str(index))
