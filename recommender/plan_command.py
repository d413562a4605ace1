"""The command `plan`: a ranking and a budget to exact amounts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from .languages import load_language
from .options import (
    Catalogue,
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
    model_of,
    run_of,
    say_excluded,
    some,
)
from .version import VERSION

if TYPE_CHECKING:
    from .languages import Language
    from .model import Recommender
    from .plan import Plan

_FIRST = 100
"""Of how many charities of an index a plan is, if nothing else is said."""


def plan_gifts(
    budget: Annotated[
        str, typer.Option(metavar="AMOUNT", help='What to divide, as "100 EUR" or "50000 KRW".')
    ],
    minimum: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="No gift is less than this.")
    ] = None,
    most: Annotated[int | None, typer.Option(help="No more charities get a gift.")] = None,
    priority: Priority = None,
    text: OwnWords = "",
    like: Like = None,
    unlike: Unlike = None,
    lang: Lang = "en",
    output: Output = Format.TABLE,
    only: Only = None,
    hide: Hide = None,
    k: Annotated[
        int | None,
        typer.Option(
            "-k",
            callback=some,
            help=f"Plan with so many of the first; if not given all, of an index {_FIRST}.",
        ),
    ] = None,
    catalogue: Catalogue = None,
    index: IndexFolder = None,
) -> None:
    """Divide a budget among charities by what matters, in exact amounts."""
    from .export import to_csv
    from .plan import Terms
    from .plan_words import notes

    terms = Terms.of(budget, minimum, most)
    t, model = load_language(lang), model_of(catalogue, index)
    first = _FIRST if k is None and index else k
    run = run_of(model, priority, text, like, unlike, only, hide, first)
    plan = model.plan(run, terms.budget, terms.minimum, terms.most)
    if output is Format.CSV:
        typer.echo(to_csv(plan.in_currency()).decode("utf-8-sig"), nl=False)
    elif output is Format.JSON:
        shown = {**plan.as_object(), "version": VERSION}
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _print(model, plan, t)
    for note in notes(model, plan, t):
        typer.echo(note, err=output is not Format.TABLE)
    say_excluded(model, run, t)


def _print(model: Recommender, plan: Plan, t: Language) -> None:
    """Print the amounts as a table, and a sentence for each."""
    from rich.table import Table
    from rich.text import Text

    from .labels import label
    from .plan_words import called, gift_said, summary_said
    from .printing import console

    typer.echo(summary_said(plan, t))
    if not plan.gifts:
        return
    parts = [share.part for share in plan.shares if not share.reason]
    table = Table()
    table.add_column(t("cli-charity"))
    for part in parts:
        table.add_column(label(part, model.priorities_, t), justify="right")
    table.add_column(t("plan-amount"), justify="right")
    for gift in plan.gifts:
        amounts = [plan.money(gift.parts.get(part, 0)).said(t) for part in parts]
        name = Text(called(model, gift.charity_id, t))
        table.add_row(name, *amounts, plan.money(gift.amount).said(t))
    table.add_section()
    shares = [plan.money(plan.share(part).amount).said(t) for part in parts]
    table.add_row(t("card-total"), *shares, plan.given.said(t))
    console().print(table)
    for gift in plan.gifts:
        typer.echo(gift_said(model, plan, gift, t))
    typer.echo(t("plan-rule"))
