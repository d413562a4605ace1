"""The command `import`: a register's files to a catalogue, with its progress and summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from .errors import RecommenderError
from .registers import codes, load_register

if TYPE_CHECKING:
    from rich.progress import TaskID

    from .registers._importing import Summary
    from .registers._register import Register


def import_register(
    register: Annotated[str, typer.Argument(help=f"Its code: {', '.join(codes())}.")],
    files: Annotated[list[Path], typer.Argument(help="Its files, as it publishes them.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The Parquet file to write.")],
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN=YOURS", help="For csv: what a column is called; repeatable."
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if a row is bad.")
    ] = False,
) -> None:
    """Make a catalogue of a whole register, or of a table of your own."""
    from .registers._importing import import_files

    source = _mapped(load_register(register), _columns(columns or ()))
    with _progress() as told:
        summary = import_files(register, source, files, output, strict=strict, told=told)
    _print_summary(summary, source, output)


def _columns(given: list[str] | tuple[()]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for item in given:
        name, _, theirs = item.partition("=")
        if not (name and theirs) or name in columns:
            message = f"--map {item!r}: expected COLUMN=YOURS, each once, as name=Charity."
            raise RecommenderError(message)
        columns[name] = theirs
    return columns


def _mapped(register: Register, columns: Mapping[str, str]) -> Register:
    if not columns:
        return register
    if register.mapped is None:
        raise RecommenderError("--map is for tables of your own: use it with csv.")
    return register.mapped(columns)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, float], None]]:
    """Show on the terminal each file's share, and how many rows a second are read."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    rows_told = TextColumn("{task.fields[rows]:,} rows, {task.fields[pace]:,} a second")
    shown = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), rows_told)
    started = monotonic()
    progress = Progress(*shown, console=Console(stderr=True))
    tasks: dict[str, TaskID] = {}

    def told(name: str, rows: int, share: float) -> None:
        if name not in tasks:
            progress.start()  # not before, so that a mistake is told and nothing else
            tasks[name] = progress.add_task(name, total=1.0, rows=0, pace=0)
        pace = round(rows / max(monotonic() - started, 1e-3))
        progress.update(tasks[name], completed=share, rows=rows, pace=pace)

    try:
        yield told
    finally:
        if tasks:
            progress.stop()


def _print_summary(summary: Summary, source: Register, output: Path) -> None:
    from .registers._importing import BAD, listed

    typer.echo(f"{output}: {summary.kept:,} charities from {summary.read:,} rows.")
    typer.echo(f"Merged, as they only repeat another: {summary.merged:,}")
    typer.echo(f"Replaced by a later row of the same id: {summary.replaced:,}")
    for reason, count in sorted(summary.dropped.items()):
        typer.echo(f"Left out, {reason}: {count:,}")
    home = f", {source.home}" if source.home else ""
    typer.echo(f"Source: {source.title}, {source.publisher}{home}. Licence: {source.licence}.")
    if summary.conflicts:
        typer.echo(listed(summary.conflicts, summary.replaced), err=True)
    if summary.problems:
        typer.echo(listed(summary.problems, summary.dropped[BAD]), err=True)
