"""The command line: recommend, similar, search, explain, why, compare, plan, check and more.

Each command loads what it needs when it runs, so that --help answers at once.
"""

from __future__ import annotations

from . import stopping

if __name__ == "__main__":  # first, so that Ctrl-C is told while the rest loads
    stopping.tell_while_loading()

# isort: split
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from .audit_command import audit, methods
from .compare_command import compare, why
from .errors import RecommenderError
from .evaluate_command import evaluate
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
    Keep,
    Lang,
    Like,
    Only,
    Output,
    OwnWords,
    Priority,
    RunFormat,
    RunOutput,
    Unlike,
    echo_run,
    fewer,
    model_of,
    run_of,
    say_excluded,
)
from .plan_command import plan_gifts
from .replay_command import replay_receipt
from .search_command import search
from .standing import Standing, output

app = typer.Typer(
    cls=Standing,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Charities ranked by what matters to a donor, each place explained word by word.",
)


@app.command()
def recommend(
    priority: Priority = None,
    text: OwnWords = "",
    like: Like = None,
    unlike: Unlike = None,
    lang: Lang = "en",
    output: RunOutput = RunFormat.TABLE,
    only: Only = None,
    hide: Hide = None,
    keep: Keep = None,
    k: First = None,
    catalogue: Catalogue = None,
    index: IndexFolder = None,
) -> None:
    """Rank the charities of a catalogue."""
    language, model = load_language(lang), model_of(catalogue, index)
    first = fewer(k, model)
    run = run_of(model, priority, text, like, unlike, only, hide, first, keep)
    echo_run(model, run, language, output)
    say_excluded(model, run, language)
    if output is RunFormat.TABLE:
        from .printing import print_reading

        print_reading(model, run, text, language)


@app.command()
def similar(
    charity: Annotated[str, typer.Argument(help="Its id or one of its names.")],
    lang: Lang = "en",
    output: RunOutput = RunFormat.TABLE,
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
def check(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="A catalogue, or an index's folder; the shipped catalogue if left out."
        ),
    ] = None,
) -> None:
    """Check a catalogue, or every byte of an index: all problems at once, each with its place."""
    from .catalogue import check_shipped, load_catalogue
    from .priorities import load_priorities

    if file is None:
        typer.echo(check_shipped(load_priorities().ids))
    elif file.is_dir():
        from .opening import open_index

        found = open_index(file, load_priorities().fingerprint, thorough=True)
        typer.echo(f"{file}: an index of {len(found.charities):,} charities, every file is whole.")
    else:
        typer.echo(f"{file}: {len(load_catalogue(file))} charities, no problem found.")


@app.command()
def template(
    output: Annotated[Path, typer.Option("-o", "--output", help="The CSV file to write.")],
) -> None:
    """Write a catalogue to fill in: every column, and two made-up charities."""
    from . import catalogue
    from .files import check_writable, replacing

    check_writable(output)
    if output.exists():
        raise RecommenderError(f"{output} is there already: name another file.")
    with replacing(output) as new:
        new.write_bytes(catalogue.template())
    typer.echo(f"{output}: fill it in, a row a charity, then: python -m recommender check {output}")


app.command("why")(why)
app.command("compare")(compare)
app.command()(evaluate)
app.command()(search)
app.command()(audit)
app.command("import")(import_register)
app.command("index")(index_catalogue)
app.command("learn")(learn_from)
app.command("match")(match)
app.command("replay")(replay_receipt)
app.command("plan")(plan_gifts)
app.command()(methods)


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
        with stopping.heard_once(), output():
            run()
    except RecommenderError as error:
        typer.echo(f"Error: {error}", err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
