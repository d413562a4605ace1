"""The commands `why` and `compare`: why one charity stands above another, and side by side.

Modules that are slow to load are loaded by what needs them, so that --help answers at once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from .languages import Language, load_language
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
    fewer,
    model_of,
    run_of,
    say_excluded,
)

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from .comparison import WhyNot
    from .model import Recommender
    from .side_by_side import SideBySide


def why(
    charity: Annotated[str, typer.Argument(help="Its id or one of its names.")],
    than: Annotated[
        str | None,
        typer.Option(
            metavar="OTHER",
            help="The charity to set it against; if left out, the one just above it.",
        ),
    ] = None,
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
    """Show why a charity doesn't stand above another one, and what rating would change that."""
    language, model = load_language(lang), model_of(catalogue, index)
    run = run_of(model, priority, text, like, unlike, only, hide, fewer(k, model))
    found = model.why_not(run, charity, than)
    if output is Format.TABLE:
        # Whichever stands above comes first, so that what speaks for it is above 0.
        _print_why(model, found.upright(), language)
    else:
        _echo(found.parts, found.as_object(), output)
    say_excluded(model, run, language)


def compare(
    charities: Annotated[
        list[str], typer.Argument(metavar="CHARITY CHARITY…", help="Two to four ids or names.")
    ],
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
    """Show two to four charities side by side: points, facts and sentences."""
    language, model = load_language(lang), model_of(catalogue, index)
    run = run_of(model, priority, text, like, unlike, only, hide, fewer(k, model))
    found = model.compare(run, charities, lang)
    if output is Format.TABLE:
        _print_side_by_side(model, found, language)
    else:
        _echo(found.as_table(), found.as_object(), output)
    say_excluded(model, run, language)


def _echo(table: pd.DataFrame, whole: dict[str, object], output: Format) -> None:
    """Print a table as CSV, or all that was found as JSON."""
    from .export import to_csv

    if output is Format.CSV:
        typer.echo(to_csv(table).decode("utf-8-sig"), nl=False)
    else:
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False))


def _print_why(model: Recommender, found: WhyNot, t: Language) -> None:
    from rich.text import Text

    from .printing import console
    from .saying import names, standing_said, why_said

    shown, pair = console(), (found.other, found.charity)
    for standing, called in zip(pair, names(model, pair, t), strict=True):
        shown.print(Text(standing_said(standing, called, t), style="bold"))
    for sentence in why_said(model, found, t):
        shown.print(Text(sentence), soft_wrap=True)
    _print_parts(model, found, t)
    _print_words(model, found, t)


def _print_parts(model: Recommender, found: WhyNot, t: Language) -> None:
    """Print the whole points of each part, which add up across and down."""
    from rich.table import Table
    from rich.text import Text

    from .labels import label
    from .printing import console
    from .saying import names, signed

    table = Table(t("term-priority"))
    for called in names(model, (found.other, found.charity), t):
        table.add_column(Text(called), justify="right")
    table.add_column(t("compare-difference"), justify="right")
    points = found.parts[["other_points", "charity_points", "points"]]
    for part, row in points.iterrows():
        table.add_row(label(str(part), model.priorities_, t), *(signed(n, t) for n in row))
    table.add_section()
    table.add_row(t("card-total"), *(signed(int(n), t) for n in points.sum()))
    console().print(table)


def _print_words(model: Recommender, found: WhyNot, t: Language) -> None:
    """Print the words that make most of the difference, in tenths of a point."""
    from rich.table import Table
    from rich.text import Text

    from .labels import label
    from .printing import console
    from .saying import names, tenths

    table = Table(t("term-priority"), t("term-language"), t("term-words"))
    for called in names(model, (found.other, found.charity), t):
        table.add_column(Text(called), justify="right")
    table.add_column(t("compare-difference"), justify="right")
    for part, rest in found.rest.items():
        named = label(str(part), model.priorities_, t)
        for word in found.words[found.words["part"] == part].itertuples():
            values = (word.other, word.charity, word.difference)
            table.add_row(named, word.language, Text(word.words), *(tenths(v, t) for v in values))
        if rest:
            table.add_row(named, "", t("compare-rest"), "", "", tenths(rest, t))
    table.add_section()
    totals = (found.other.score, found.charity.score, found.gap)
    table.add_row(t("card-total"), "", "", *(tenths(v, t) for v in totals))
    console().print(table)


def _print_side_by_side(model: Recommender, found: SideBySide, t: Language) -> None:
    from rich.table import Table
    from rich.text import Text

    from .printing import console, print_quotes
    from .saying import names

    shown, called = console(), names(model, found.standings, t)
    table = Table("")
    for name in called:
        table.add_column(Text(name))
    _add_points(table, model, found, t)
    _add_facts(table, found, t)
    shown.print(table)
    for standing, name in zip(found.standings, called, strict=True):
        if found.evidence[standing.charity_id]:
            shown.print(Text(name, style="bold"))
            print_quotes(model, found.evidence[standing.charity_id], t)


def _add_points(table: Table, model: Recommender, found: SideBySide, t: Language) -> None:
    """Add what a donor's answers make of the charities: ranks, fit and points by part."""
    from .labels import label
    from .ranking import rank_label
    from .saying import band_said, signed

    ranks = [
        rank_label(s.rank, s.tied) if s.listed else t("compare-unlisted") for s in found.standings
    ]
    table.add_row(t("compare-rank"), *ranks)
    if len(found.points):
        table.add_row(t("cli-band"), *(band_said(s, t) for s in found.standings))
        for part, points in found.points.iterrows():
            table.add_row(label(str(part), model.priorities_, t), *(signed(n, t) for n in points))
        table.add_row(t("card-total"), *(signed(int(n), t) for n in found.points.sum()))
    table.add_section()


def _add_facts(table: Table, found: SideBySide, t: Language) -> None:
    """Add the facts: those that differ, then those that are alike."""
    from rich.text import Text

    from .labels import facet
    from .saying import fact_said

    for differs, facts in found.facts.groupby("differs", sort=False):
        for fact, cells in facts[list(found.charity_ids)].iterrows():
            said = (Text(fact_said(str(fact), cell, t)) for cell in cells)
            table.add_row(facet(str(fact), t), *said)
        if differs:
            table.add_section()
