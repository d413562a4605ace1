"""The options that several commands share, and what they mean.

Modules that are slow to load are loaded by what needs them, so that --help answers at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .errors import AnswersError, RecommenderError
from .languages import codes

if TYPE_CHECKING:
    import pandas as pd

    from .languages import Language
    from .model import Recommender

_FEW = 20
"""How many charities of an index are printed, if nothing else is said."""


class Format(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class RunFormat(StrEnum):
    """How a ranking is printed: also as the page of a document."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


def some(k: int | None) -> int | None:
    """Return how many are wanted, if any are.

    Raises
    ------
    AnswersError
    """
    if k is not None and k < 1:
        raise AnswersError(f"-k {k}: expected a whole number, 1 or more")
    return k


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
Keep = Annotated[
    list[str] | None,
    typer.Option("--keep", help="A charity that stays whatever facets say; repeatable."),
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
First = Annotated[
    int | None,
    typer.Option(
        "-k", callback=some, help=f"How many charities; if not given all, of an index {_FEW}."
    ),
]
Lang = Annotated[str, typer.Option("--lang", help=f"Language: {', '.join(codes())}.")]
Output = Annotated[Format, typer.Option("--format", help="How to print the result.")]
RunOutput = Annotated[
    RunFormat,
    typer.Option("--format", help="How to print the result; `replay` reads the JSON again."),
]


def model_of(catalogue: Path | None, index: Path | None = None) -> Recommender:
    """Return the model of a catalogue, of an index, or of the shipped catalogue.

    Raises
    ------
    RecommenderError
        If both are given, or either can't be read.
    """
    from .catalogue import load_catalogue
    from .model import Recommender

    if index is None:
        return Recommender().fit(load_catalogue(catalogue))
    if catalogue is not None:
        raise RecommenderError("--catalogue and --index are two ways to say the same; give one.")
    return Recommender.open(index)


def fewer(k: int | None, model: Recommender) -> int | None:
    """Return how many charities to print: of an index on disk not all of them unless told so."""
    return _FEW if k is None and not hasattr(model, "catalogue_") else k


def choice_of(option: str, given: Iterable[str] | None) -> dict[str, list[str]]:
    """Return the values of each facet that FACET=VALUE names.

    Raises
    ------
    RecommenderError
    """
    chosen: dict[str, list[str]] = {}
    for item in given or ():
        facet, _, value = item.partition("=")
        if not (facet and value):
            message = f"{option} {item!r}: expected FACET=VALUE, as country=GB."
            raise RecommenderError(message)
        chosen.setdefault(facet, []).append(value)
    return chosen


def run_of(
    model: Recommender,
    priority: Iterable[str] | None = None,
    text: str = "",
    like: Iterable[str] | None = None,
    unlike: Iterable[str] | None = None,
    only: Iterable[str] | None = None,
    hide: Iterable[str] | None = None,
    k: int | None = None,
    keep: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the ranking that a command's options ask for; all of it if k is left out."""
    return model.recommend(
        answers_of(priority),
        text=text,
        like=like or (),
        unlike=unlike or (),
        only=choice_of("--only", only),
        hide=choice_of("--hide", hide),
        keep=keep or (),
        k=k,
    )


def say_excluded(model: Recommender, run: pd.DataFrame, t: Language) -> None:
    """Say on stderr how many charities were left out, and for what."""
    for (facet, value), count in model.exclusions(run).items():
        said = t("cli-excluded", count=count, facet=facet, value=value)
        typer.echo(said, err=True)


def answers_of(given: Iterable[str] | None) -> dict[str, float | None]:
    """Return the answers that ID=WEIGHT gives.

    Raises
    ------
    RecommenderError
    """
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


def echo_run(
    model: Recommender, run: pd.DataFrame, language: Language, output: Format | RunFormat
) -> None:
    """Print a ranking in the format that was asked for."""
    from .export import to_csv, to_json
    from .markdown import to_markdown
    from .printing import print_run

    if output == RunFormat.CSV:
        typer.echo(to_csv(run).decode("utf-8-sig"), nl=False)
    elif output == RunFormat.JSON:
        typer.echo(to_json(run))
    elif output == RunFormat.MARKDOWN:
        typer.echo(to_markdown(model, run, language), nl=False)
    else:
        print_run(model, run, language)
