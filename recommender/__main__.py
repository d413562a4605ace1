"""The command line: recommend, similar, explain, evaluate, check, import, index, match and more.

Each command loads what it needs when it runs, so that --help answers at once.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from .errors import RecommenderError
from .import_command import import_register
from .index_command import index_catalogue
from .languages import load_language
from .learn_command import learn_from
from .match_command import match
from .options import (
    Catalogue,
    First,
    Format,
    Hide,
    IndexFolder,
    Lang,
    Like,
    Only,
    Output,
    OwnWords,
    Priority,
    Unlike,
    echo_run,
    fewer,
    model_of,
    run_of,
    say_excluded,
)

if TYPE_CHECKING:
    from .collection import Collection
    from .model import Recommender

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Charities ranked by what matters to a donor, each place explained word by word.",
)


class Queries(StrEnum):
    """What the product is asked when it is measured."""

    PRIORITIES = "priorities"
    TEXT = "text"


@app.command()
def recommend(
    priority: Priority = None,
    text: OwnWords = "",
    like: Like = None,
    unlike: Unlike = None,
    lang: Lang = "en",
    output: Output = Format.TABLE,
    only: Only = None,
    hide: Hide = None,
    k: First = None,
    catalogue: Catalogue = None,
    index: IndexFolder = None,
) -> None:
    """Rank the charities of a catalogue."""
    language, model = load_language(lang), model_of(catalogue, index)
    run = run_of(model, priority, text, like, unlike, only, hide, fewer(k, model))
    echo_run(model, run, language, output)
    say_excluded(model, run, language)
    if output is Format.TABLE:
        from .printing import print_reading

        print_reading(model, run, text, language)


@app.command()
def similar(
    charity: Annotated[str, typer.Argument(help="Its id or one of its names.")],
    lang: Lang = "en",
    output: Output = Format.TABLE,
    k: First = None,
    catalogue: Catalogue = None,
    index: IndexFolder = None,
) -> None:
    """Rank the charities whose texts are most like one charity's."""
    language, model = load_language(lang), model_of(catalogue, index)
    echo_run(model, model.similar(charity, fewer(k, model)), language, output)


@app.command()
def explain(
    charity: Annotated[str, typer.Argument(help="Its id or one of its names.")],
    priority: Priority = None,
    text: OwnWords = "",
    like: Like = None,
    unlike: Unlike = None,
    lang: Lang = "en",
    output: Output = Format.TABLE,
    catalogue: Catalogue = None,
    index: IndexFolder = None,
) -> None:
    """Show what a charity's score is made of: priorities, words and sentences."""
    from .printing import print_explanation

    language, model = load_language(lang), model_of(catalogue, index)
    charity_id = model.find(charity)
    run = run_of(model, priority, text, like, unlike)
    table = model.explain(run, charity_id)
    if output is Format.CSV:
        typer.echo(table.to_csv(index=False), nl=False)
    elif output is Format.JSON:
        typer.echo(table.to_json(orient="records", force_ascii=False, indent=2))
    else:
        print_explanation(model, run, charity_id, language)


@app.command()
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
) -> None:
    """Measure the ranking beside baselines, on the shipped judgements or a collection."""
    from . import printing, report
    from .baselines import PRODUCT, choose
    from .files import check_writable

    systems, own_words = choose(system), queries is Queries.TEXT
    if output:
        check_writable(output)
    model, collection = _to_measure(folder, own_words)
    collection, notes = report.askable(collection, None if own_words else model.priorities_.ids)
    comparison = report.compare(model, collection, systems, own_words)
    if output:
        report.write_json(comparison, output)
    for note in notes:
        typer.echo(note)
    if folder is None and not own_words and PRODUCT in systems:
        report.print_priorities(printing.console(), model.evaluate())
    report.print_comparison(printing.console(), comparison)


def _to_measure(folder: Path | None, own_words: bool) -> tuple[Recommender, Collection]:
    """Return a collection and the model fitted to its documents."""
    from .catalogue import from_texts
    from .collection import read_collection
    from .model import Recommender
    from .report import shipped

    if folder is None:
        model = model_of(None)
        return model, shipped(model, own_words)
    collection = read_collection(folder)
    return Recommender().fit(from_texts(collection.documents)), collection


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="The shipped catalogue if left out.")] = None,
) -> None:
    """Check a catalogue: every problem at once, each with its place."""
    from .catalogue import check_shipped, load_catalogue
    from .priorities import load_priorities

    if file is None:
        typer.echo(check_shipped(load_priorities().ids))
    else:
        typer.echo(f"{file}: {len(load_catalogue(file))} charities, no problem found.")


app.command("import")(import_register)
app.command("index")(index_catalogue)
app.command("learn")(learn_from)
app.command("match")(match)


@app.command()
def background(
    texts: Annotated[Path, typer.Argument(help="A Parquet or CSV file of nonprofits' texts.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The CSV file to write.")],
    column: Annotated[str, typer.Option(help="The column that holds the texts.")] = "text",
    lang: Lang = "en",
) -> None:
    """Count in how many of many texts each term stands, for the idf of small catalogues."""
    from rich.progress import Progress

    from .background import count_background, read_texts, write_background
    from .files import check_writable
    from .priorities import load_priorities

    check_writable(output)
    load_language(lang)
    analyse = load_priorities().analyser.terms
    found = read_texts(texts, column)
    with Progress(console=Console(stderr=True)) as progress:
        shown = progress.track(found, description="Counting")
        counted = count_background(analyse(text, lang) for text in shown)
    terms = write_background(counted, output)
    typer.echo(f"{output}: {terms} terms of {counted.documents} texts.")


def main(run: Callable[[], None] = app) -> None:
    """Run the command line; a mistake of the caller's is one message and exit status 1."""
    try:
        run()
    except RecommenderError as error:
        typer.echo(f"Error: {error}", err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
