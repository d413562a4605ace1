"""The commands `audit` and `methods`: who can come first, and what other methods would say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .languages import load_language
from .options import (
    Catalogue,
    First,
    Format,
    IndexFolder,
    Lang,
    Like,
    Output,
    OwnWords,
    Priority,
    Unlike,
    fewer,
    model_of,
    run_of,
)

if TYPE_CHECKING:
    import pandas as pd

    from .languages import Language
    from .model import Recommender
    from .neutrality import Audit


def audit(
    draws: Annotated[
        int, typer.Option(min=1, max=10_000_000, help="How many weightings are drawn at random.")
    ] = 100_000,
    seed: Annotated[int, typer.Option(min=0, help="What the draws begin from.")] = 0,
    lang: Lang = "en",
    output: Output = Format.TABLE,
    file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all figures as JSON.")
    ] = None,
    catalogue: Catalogue = None,
    index: IndexFolder = None,
) -> None:
    """Tell which charities can come first, and for what share of all weightings."""
    from .files import check_writable, write_whole
    from .neutrality import as_object
    from .neutrality import audit as audited

    language = load_language(lang)
    if file:
        check_writable(file)
    model = model_of(catalogue, index)
    found = audited(model, draws=draws, seed=seed)
    whole = json.dumps(as_object(found), ensure_ascii=False, indent=2, allow_nan=False)
    if file:
        write_whole({file: f"{whole}\n"})
    if output is Format.CSV:
        typer.echo(found.table.join(found.weightings.add_prefix("weight:")).to_csv(), nl=False)
    elif output is Format.JSON:
        typer.echo(whole)
    else:
        _print_audit(model, found, language)


def _print_audit(model: Recommender, found: Audit, t: Language) -> None:
    from rich.table import Table
    from rich.text import Text

    from .audit_words import interval, leads_at, percent, summary, why_not
    from .labels import name
    from .neutrality import NEVER
    from .printing import console

    can = found.table["first"] != NEVER
    table = Table(t("cli-charity"))
    for column in (t("audit-share"), t("audit-interval"), t("audit-answers"), t("audit-two")):
        table.add_column(column, justify="right")
    table.add_column(t("audit-best"))
    for charity, row in found.table[can].iterrows():
        called = name(model.charities_.charity(str(charity)), t)
        two = percent(row["two"], t) if row["two"] == row["two"] else ""
        cells = [percent(row["share"], t), interval(row["low"], row["high"], t)]
        reason = why_not(found, str(charity), model, t)
        at = reason or leads_at(found, str(charity), model, t)
        table.add_row(Text(called), *cells, percent(row["answers"], t), two, Text(at))
    shown = console()
    shown.print(table)
    for sentence in summary(found, model, t):
        shown.print(Text(sentence), soft_wrap=True)
    for charity in found.table.index[~can]:
        called = name(model.charities_.charity(charity), t)
        reason = why_not(found, charity, model, t)
        shown.print(Text(t("audit-never", name=called, reason=reason)), soft_wrap=True)


def methods(
    priority: Priority = None,
    text: OwnWords = "",
    like: Like = None,
    unlike: Unlike = None,
    lang: Lang = "en",
    output: Output = Format.TABLE,
    k: First = None,
    catalogue: Catalogue = None,
    index: IndexFolder = None,
) -> None:
    """Show how other known methods would have ranked the same answers."""
    from .methods import MOST_ROWS
    from .ranking import parts_of

    language, model = load_language(lang), model_of(catalogue, index)
    whole = len(model.charities_) <= MOST_ROWS
    run = run_of(model, priority, text, like, unlike, k=None if whole else fewer(k, model))
    ranked = model.by_methods(run)
    among, ranked = len(ranked), ranked.iloc[: fewer(k, model)]
    if output is Format.CSV:
        typer.echo(ranked.to_csv(), nl=False)
    elif output is Format.JSON:
        rows = ranked.reset_index().to_json(orient="records", force_ascii=False, indent=2)
        typer.echo(rows)
    elif not parts_of(run):
        typer.echo(language("methods-nothing-asked"))
    else:
        _print_methods(model, ranked, among, language)


def _print_methods(model: Recommender, ranked: pd.DataFrame, among: int, t: Language) -> None:
    from rich.table import Table
    from rich.text import Text

    from .labels import name
    from .methods import METHODS, rank_labels
    from .printing import console

    called = {
        "sum": t("methods-sum"),
        "cosine": t("methods-cosine"),
        "focus": t("methods-focus"),
        "BM25": t("methods-bm25"),
    }
    table = Table(t("cli-charity"))
    for method in METHODS:
        table.add_column(called[method], justify="right")
    columns = [rank_labels(ranked[method]) for method in METHODS]
    for charity, *labels in zip(ranked.index, *columns, strict=True):
        table.add_row(Text(name(model.charities_.charity(charity), t)), *labels)
    console().print(table)
    console().print(t("methods-note", count=among), soft_wrap=True)
