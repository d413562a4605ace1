"""What the command line prints for people: a run, what own words were read as, an explanation."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .explanation import Evidence, worth_quoting
from .labels import label, name
from .languages import Language
from .model import Recommender
from .ranking import in_points, parts_of, rank_label, whole_points


def print_run(model: Recommender, run: pd.DataFrame, t: Language) -> None:
    """Print a ranking as a table."""
    parts = parts_of(run)
    table = Table()
    table.add_column("#", justify="right")
    table.add_column(t("cli-charity"))
    if not parts:
        console().print(t("results-nothing-asked-lot"))
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
    console().print(table)


def print_reading(model: Recommender, run: pd.DataFrame, text: str, t: Language) -> None:
    """Say which words were mended or are in no description, and what all were read as."""
    for written, read in model.corrections(text).items():
        typer.echo(t("own-words-corrected", written=written, read=read))
    if unknown := model.unknown_words(text):
        typer.echo(t("own-words-unknown", words=", ".join(unknown)))
    if reading := run.attrs["reading"]:
        labels = [label(name, model.priorities_, t) for name in reading]
        typer.echo(f"{t('reading-label')} {t.listed(labels)}")


def print_explanation(model: Recommender, run: pd.DataFrame, charity_id: str, t: Language) -> None:
    """Print the sentences that carry a charity's score, and what every word adds."""
    shown, row = console(), run.loc[charity_id]
    rank = rank_label(row["rank"], row["tied"])
    called = name(model.charities_.charity(str(charity_id)), t)
    band = t(f"band-{row['band']}") if row["band"] else t("results-nothing-asked-lot")
    shown.print(Text(f"{rank}  {called}  ·  {band}", style="bold"))
    print_quotes(model, model.evidence(run, charity_id, t.code), t)
    table = Table(t("term-priority"), t("term-language"), t("term-words"), t("term-points"))
    explained = model.explain(run, charity_id)
    for term in explained.itertuples():
        points = f"{in_points(float(term.contribution)):.1f}"
        of = label(str(term.priority), model.priorities_, t)
        table.add_row(of, str(term.language), Text(str(term.words)), points)
    table.add_section()
    table.add_row(t("card-total"), "", "", f"{in_points(float(row['score'])):.1f}")
    shown.print(table)
    shown.print(t("term-note"), soft_wrap=True)


def print_quotes(model: Recommender, found: Mapping[str, Evidence], t: Language) -> None:
    """Print the sentences that are worth quoting, the words that count in bold."""
    shown = console()
    for part, evidence in worth_quoting(found).items():
        marked = Text.assemble(*((p, "bold underline" if m else "") for p, m in evidence.pieces()))
        named = t("quote-for", priorities=label(part, model.priorities_, t))
        shown.print(Text(f"{named} “").append_text(marked).append("”"))


def console() -> Console:
    """Return a console that doesn't cut columns where the output is a file or a pipe."""
    return Console() if sys.stdout.isatty() else Console(width=160)
