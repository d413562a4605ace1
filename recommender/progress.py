"""A bar on the terminal: what is being done, and for how many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from rich.progress import TaskID


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Yield what is told what is being done, for how many it has been done, and of how many."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bars = Progress(*shown, TimeElapsedColumn(), console=Console(stderr=True))
    tasks: dict[str, TaskID] = {}

    def told(what: str, done: int, total: int) -> None:
        if what not in tasks:
            bars.start()  # not before, so that a mistake is told and nothing else
            tasks[what] = bars.add_task(what, total=total)
        bars.update(tasks[what], completed=done)

    try:
        yield told
    finally:
        if tasks:
            bars.stop()
