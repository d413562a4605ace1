"""How a command ends when it is stopped, or when what it prints goes nowhere: in one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from .errors import RecommenderError
from .stopping import SENTENCE, STATUS


class Standing(TyperGroup):
    """Commands that tell in a sentence that Ctrl-C has stopped them."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what a KeyboardInterrupt says goes before the usual sentence."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stopped:
            typer.echo(str(stopped) or SENTENCE, err=True)
            raise typer.Exit(STATUS) from None


@contextmanager
def output() -> Iterator[None]:
    """Let what is printed reach its reader, whatever the reader is.

    Raises
    ------
    RecommenderError
        If the disk that takes the output is full, or another file can't be used.
    SystemExit
        With status 1 and without a word, if the reader has gone, as `head` does.
    """
    if sys.stdout is None:  # closed by who started this: nobody wants to read
        sys.stdout = _nowhere()
    if isinstance(sys.stdout, TextIOWrapper):
        # A terminal or a pipe of another code shows what it can't as \\u and digits.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = _nowhere()
        raise SystemExit(1) from None
    except OSError as error:
        if error.filename is None:
            sys.stdout = _nowhere()  # or Python would try once more at its end
        where = error.filename or "the output"
        raise RecommenderError(f"can't use {where}: {error.strerror or error}.") from error


def _nowhere() -> TextIOWrapper:
    return Path(os.devnull).open("w", encoding="utf-8")
