"""Ctrl-C on the command line: one sentence in place of a traceback.

Imported before anything else that takes time to load, so that it is told from then on.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

STATUS = 130
"""What a shell expects of a command that Ctrl-C has stopped."""

SENTENCE = "Stopped. No file is left half written; run the same command again."


@contextmanager
def heard_once() -> Iterator[None]:
    """Let the first Ctrl-C stop the work, and none after it break what tidies up."""
    before = signal.getsignal(signal.SIGINT)
    # Who starts it may have said that it hears none, as `nohup` does; threads can't say.
    ours = before is signal.default_int_handler
    if not ours or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _stop(_: int, __: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def tell_while_loading() -> None:
    """Tell it in the sentence from now on, until the command itself does; of a program alone."""
    sys.excepthook = _tell


def _tell(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        print(SENTENCE, file=sys.stderr)  # noqa: T201 - typer may not be loaded yet
    else:
        sys.__excepthook__(kind, error, traceback)
