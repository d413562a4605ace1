"""The command `index`: a catalogue to an index on disk, with its progress."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from .progress import progress


def index_catalogue(
    catalogue: Annotated[Path, typer.Argument(help="A catalogue, CSV or Parquet.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder of the index.")],
    agenda: Annotated[
        str | None, typer.Option(help="Which priorities are offered; the fitting ones by default.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes on this machine.")] = os.cpu_count()
    or 1,
    scheduler: Annotated[
        str | None, typer.Option(metavar="tcp://…", help="A Dask scheduler, to use its workers.")
    ] = None,
) -> None:
    """Index a catalogue on disk, so that millions of charities open in an instant."""
    from .building import build_index
    from .priorities import load_priorities

    started = monotonic()
    with progress() as told:
        size = build_index(
            catalogue,
            output,
            load_priorities(),
            agenda=agenda,
            workers=workers,
            scheduler=scheduler,
            told=told,
        )
    pace = round(size / max(monotonic() - started, 1e-3))
    typer.echo(f"{output}: {size:,} charities, {pace:,} a second.")
