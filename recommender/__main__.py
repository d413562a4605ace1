"""The command line: recommend, similar, explain, evaluate, check, import, index, match and more.

Each command loads what it needs when it runs, so that --help answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from . import __version__
from .errors import RecommenderError
from .import_command import import_register
from .index_command import index_catalogue
from .languages import codes, load_language
from .match_command import match

if TYPE_CHECKING:
    import pandas as pd
    from rich.progress import TaskID

    from .collection import Collection
    from .languages import Language
    from .model import Recommender

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Charities ranked by what matters to a donor, each place explained word by word.",
)


_FEW = 20
"""How many charities of an index are printed, if nothing else is said."""


class Format(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Queries(StrEnum):
    """What the product is asked when it is measured."""

    PRIORITIES = "priorities"
    TEXT = "text"


Catalogue = Annotated[
    Path | None, typer.Option("--catalogue", help="A catalogue of your own, CSV or Parquet.")
]
IndexFolder = Annotated[
    Path | None, typer.Option("--index", help="An index on disk, which `index` has written.")
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="FACET=VALUE", help="Keep charities with it; repeatable."),
]
Hide = Annotated[
    list[str] | None,
    typer.Option("--hide", metavar="FACET=VALUE", help="Leave out charities with it; repeatable."),
]
Priority = Annotated[
    list[str] | None,
    typer.Option("--priority", "-p", help="What matters, as ID=0..5 or ID=skip; repeatable."),
]
OwnWords = Annotated[str, typer.Option("--text", help="The donor's own words.")]
Like = Annotated[
    list[str] | None, typer.Option("--like", help="A charity to find more like; repeatable.")
]
Unlike = Annotated[
    list[str] | None, typer.Option("--unlike", help="A charity to find less like; repeatable.")
]
First = Annotated[int | None, typer.Option("-k", help="How many charities; all if not given.")]
Lang = Annotated[str, typer.Option("--lang", help=f"Language: {', '.join(codes())}.")]
Output = Annotated[Format, typer.Option("--format", help="How to print the result.")]


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
    language, model = load_language(lang), _model(catalogue, index)
    run = model.recommend(
        _answers(priority),
        text=text,
        like=like or (),
        unlike=unlike or (),
        only=_choice("--only", only),
        hide=_choice("--hide", hide),
        k=_fewer(k, model),
    )
    _echo_run(model, run, language, output)
    _say_excluded(model, run, language)
    if output is Format.TABLE:
        _print_reading(model, run, text, language)


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
    language, model = load_language(lang), _model(catalogue, index)
    _echo_run(model, model.similar(charity, _fewer(k, model)), language, output)


def _echo_run(model: Recommender, run: pd.DataFrame, language: Language, output: Format) -> None:
    from .export import to_csv, to_json

    if output is Format.CSV:
        typer.echo(to_csv(run).decode("utf-8-sig"), nl=False)
    elif output is Format.JSON:
        typer.echo(to_json(run, __version__))
    else:
        _print_run(model, run, language)


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
    language, model = load_language(lang), _model(catalogue, index)
    charity_id = model.find(charity)
    run = model.recommend(_answers(priority), text=text, like=like or (), unlike=unlike or ())
    table = model.explain(run, charity_id)
    if output is Format.CSV:
        typer.echo(table.to_csv(index=False), nl=False)
    elif output is Format.JSON:
        typer.echo(table.to_json(orient="records", force_ascii=False, indent=2))
    else:
        _print_explanation(model, run, charity_id, language)


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
    from . import report
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
        report.print_priorities(_console(), model.evaluate())
    report.print_comparison(_console(), comparison)


def _to_measure(folder: Path | None, own_words: bool) -> tuple[Recommender, Collection]:
    """Return a collection and the model fitted to its documents."""
    from .catalogue import from_texts
    from .collection import read_collection
    from .model import Recommender
    from .report import shipped

    if folder is None:
        model = _model(None)
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


@app.command()
def learn(
    labelled: Annotated[Path, typer.Option(help="A Parquet or CSV file: text, codes, name.")],
    meant: Annotated[Path, typer.Option("--map", help="JSON: priority to codes.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder of the profiles.")],
    scheme: Annotated[str, typer.Option(help="The column of the codes, and their key.")] = "ntee",
) -> None:
    """Learn the priorities' profiles from labelled charities, beside their lexicons."""
    from .catalogue import load_catalogue
    from .files import check_folder
    from .labelled import read_labelled
    from .learning import learn_profiles
    from .levels import measure_levels
    from .priorities import load_priorities
    from .profiles import write_profiles
    from .schema import DESCRIPTIONS

    check_folder(output)
    lexicons = load_priorities().unlearned()
    charities = read_labelled(labelled, meant, lexicons.ids, scheme)
    with _progress() as told:
        learned = learn_profiles(charities, lexicons, told)
    shipped = load_catalogue()
    parallel = {language: shipped[column] for language, column in DESCRIPTIONS.items()}
    taught = replace(lexicons, learned=learned.profiles)
    levels = measure_levels(taught, charities.texts, parallel)
    write_profiles(output, learned.profiles, learned.provenance, levels)
    table = Table("strength", "scale", "nDCG@10", title="cross-validated, mean over priorities")
    for (strength, scale), mean in learned.quality.mean(axis=1).items():
        table.add_row(str(strength), str(scale), f"{mean:.3f}")
    _console().print(table)
    chosen, terms = learned.chosen, sum(map(len, learned.profiles.values()))
    typer.echo(f"{output}: {len(learned.profiles)} profiles, {terms} terms; chosen: {chosen}.")


@contextmanager
def _progress() -> Iterator[Callable[[str, float], None]]:
    """Show on the terminal what is being done, and which share of it is."""
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def told(what: str, share: float) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=1.0)
            progress.update(tasks[what], completed=share)

        yield told


def _model(catalogue: Path | None, index: Path | None = None) -> Recommender:
    from .catalogue import load_catalogue
    from .model import Recommender

    if index is None:
        return Recommender().fit(load_catalogue(catalogue))
    if catalogue is not None:
        raise RecommenderError("--catalogue and --index are two ways to say the same; give one.")
    return Recommender.open(index)


def _fewer(k: int | None, model: Recommender) -> int | None:
    """Return how many charities to print: of an index on disk not all of them unless told so."""
    return _FEW if k is None and not hasattr(model, "catalogue_") else k


def _choice(option: str, given: Iterable[str] | None) -> dict[str, list[str]]:
    chosen: dict[str, list[str]] = {}
    for item in given or ():
        facet, _, value = item.partition("=")
        if not (facet and value):
            message = f"{option} {item!r}: expected FACET=VALUE, as country=GB."
            raise RecommenderError(message)
        chosen.setdefault(facet, []).append(value)
    return chosen


def _say_excluded(model: Recommender, run: pd.DataFrame, t: Language) -> None:
    """Say on stderr how many charities were left out, and for what."""
    for (facet, value), count in model.exclusions(run).items():
        said = t("cli-excluded", count=count, facet=facet, value=value)
        typer.echo(said, err=True)


def _answers(given: Iterable[str] | None) -> dict[str, float | None]:
    answers: dict[str, float | None] = {}
    for item in given or ():
        name, _, weight = item.partition("=")
        if name in answers:
            raise RecommenderError(f"--priority {name} is given twice; give each one once.")
        try:
            answers[name] = None if weight == "skip" else float(weight)
        except ValueError:
            message = f"--priority {item!r}: expected ID=0..5 or ID=skip, as justice=5."
            raise RecommenderError(message) from None
    return answers


def _print_run(model: Recommender, run: pd.DataFrame, t: Language) -> None:
    from .labels import label, name
    from .ranking import parts_of, rank_label, whole_points

    parts = parts_of(run)
    table = Table()
    table.add_column("#", justify="right")
    table.add_column(t("cli-charity"))
    if not parts:
        _console().print(t("results-nothing-asked"))
    if parts:
        table.add_column(t("cli-band"))
        for part in parts:
            table.add_column(label(part, model.priorities_, t), justify="right")
        table.add_column(t("card-total"), justify="right")
    for charity_id, row in run.iterrows():
        called = name(model.charities_.charity(str(charity_id)), t)
        cells: list[str | Text] = [rank_label(row["rank"], row["tied"]), Text(called)]
        if parts:
            points = model.breakdown(run, str(charity_id))["points"]
            cells += [t(f"band-{row['band']}"), *map(str, points), str(whole_points(row["score"]))]
        table.add_row(*cells)
    _console().print(table)


def _print_reading(model: Recommender, run: pd.DataFrame, text: str, t: Language) -> None:
    """Say which words were mended or are in no description, and what all were read as."""
    from .labels import label

    for written, read in model.corrections(text).items():
        typer.echo(t("own-words-corrected", written=written, read=read))
    if unknown := model.unknown_words(text):
        typer.echo(t("own-words-unknown", words=", ".join(unknown)))
    if reading := run.attrs["reading"]:
        labels = [label(name, model.priorities_, t) for name in reading]
        typer.echo(f"{t('reading-label')} {t.listed(labels)}")


def _print_explanation(model: Recommender, run: pd.DataFrame, charity_id: str, t: Language) -> None:
    from .explanation import worth_quoting
    from .labels import label, name
    from .ranking import in_points, rank_label

    console, row = _console(), run.loc[charity_id]
    rank = rank_label(row["rank"], row["tied"])
    called = name(model.charities_.charity(str(charity_id)), t)
    band = t(f"band-{row['band']}") if row["band"] else t("results-nothing-asked")
    console.print(Text(f"{rank}  {called}  ·  {band}", style="bold"))
    for part, evidence in worth_quoting(model.evidence(run, charity_id, t.code)).items():
        marked = Text.assemble(*((p, "bold underline" if m else "") for p, m in evidence.pieces()))
        named = t("quote-for", priorities=label(part, model.priorities_, t))
        console.print(Text(f"{named} “").append_text(marked).append("”"))
    table = Table(t("term-priority"), t("term-language"), t("term-words"), t("term-points"))
    explained = model.explain(run, charity_id)
    for term in explained.itertuples():
        points = f"{in_points(float(term.contribution)):.1f}"
        of = label(str(term.priority), model.priorities_, t)
        table.add_row(of, str(term.language), Text(str(term.words)), points)
    table.add_section()
    table.add_row(t("card-total"), "", "", f"{in_points(float(row['score'])):.1f}")
    console.print(table)
    console.print(t("term-note"), soft_wrap=True)


def _console() -> Console:
    """Return a console that doesn't cut columns where the output is a file or a pipe."""
    return Console() if sys.stdout.isatty() else Console(width=160)


def main(run: Callable[[], None] = app) -> None:
    """Run the command line; a mistake of the caller's is one message and exit status 1."""
    try:
        run()
    except RecommenderError as error:
        typer.echo(f"Error: {error}", err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
