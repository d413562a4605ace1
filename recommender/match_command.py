"""The command `match`: many donors to their charities, with its progress."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from .progress import progress


def match(
    donors: Annotated[
        Path, typer.Argument(help="A row a donor, CSV or Parquet: donor_id, priorities, text, …")
    ],
    index: Annotated[
        Path, typer.Option("--index", help="An index on disk, which `index` has written.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder of the matches; a rerun goes on.")
    ],
    k: Annotated[int, typer.Option("-k", min=1, help="How many charities for each donor.")] = 10,
    explain: Annotated[
        bool, typer.Option("--explain", help="Add the strongest terms and the sentences.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes on this machine.")] = os.cpu_count()
    or 1,
    scheduler: Annotated[
        str | None, typer.Option(metavar="tcp://…", help="A Dask scheduler, to use its workers.")
    ] = None,
    block: Annotated[int, typer.Option(min=1, help="Donors of a part.")] = 500,
) -> None:
    """Match many donors with the charities of an index, as Parquet files."""
    from .bulk import match_donors

    started, before, done, total = monotonic(), -1, 0, 0
    with progress() as told:

        def counted(what: str, now: int, all_: int) -> None:
            nonlocal before, done, total
            before, done, total = (now if before < 0 else before), now, all_
            told(what, now, all_)

        try:
            match_donors(
                donors,
                index,
                output,
                k=k,
                explained=explain,
                workers=workers,
                scheduler=scheduler,
                block=block,
                told=counted,
            )
        except KeyboardInterrupt:
            raise KeyboardInterrupt(
                f"Stopped: {done:,} of {total:,} donors are matched. Run again to go on."
            ) from None
    pace = round((done - before) / max(monotonic() - started, 1e-3))
    kept = f", {before:,} of them before" if before else ""
    typer.echo(f"{output}: {done:,} donors{kept}; {pace:,} a second.")
