"""The command `replay`: a receipt's answers asked again, and what has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .languages import load_language
from .options import Catalogue, IndexFolder, Lang, model_of

if TYPE_CHECKING:
    from .languages import Language


def replay_receipt(
    file: Annotated[
        Path, typer.Argument(help="A receipt: what `recommend --format json` has written.")
    ],
    lang: Lang = "en",
    catalogue: Catalogue = None,
    index: IndexFolder = None,
) -> None:
    """Ask a receipt's answers again; status 0 if the ranking is exactly the same, else 1."""
    from .received import read
    from .replayed import changes_said, replay_said
    from .replays import replay

    language, then = load_language(lang), read(file)
    model = model_of(catalogue, index)
    done = replay(model, then)
    for line in replay_said(model, done, language):
        typer.echo(line)
    if changes := changes_said(model, done, language):
        _print_changes(changes, language)
    if not done.same:
        raise typer.Exit(1)


def _print_changes(changes: list[tuple[str, str, str, str]], t: Language) -> None:
    from rich.table import Table
    from rich.text import Text

    from .printing import console

    table = Table()
    table.add_column(t("replay-before"), justify="right")
    table.add_column(t("replay-after"), justify="right")
    table.add_column(t("cli-charity"))
    table.add_column(t("replay-difference"), justify="right")
    for before, after, called, difference in changes:
        table.add_row(before, after, Text(called), difference)
    console().print(table)
