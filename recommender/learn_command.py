"""The command `learn`: labelled charities to the priorities' profiles, with its progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from rich.progress import TaskID


def learn_from(
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
    Console(width=None if sys.stdout.isatty() else 160).print(table)
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
