"""Ctrl-C on the command line: one sentence in place of a traceback.

Imported before anything else that takes time to load, so that it is told from then on.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType, TracebackType

STATUS = 130
"""What a shell expects of a command that Ctrl-C has stopped."""

SENTENCE = "Stopped. No file is left half written; run the same command again."


def hear_once() -> None:
    """Let the first Ctrl-C stop the work, and none after it break what tidies up."""
    # Who starts it may have said that it hears none, as `nohup` does.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)


def _stop(_: int, __: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def _tell(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        print(SENTENCE, file=sys.stderr)  # noqa: T201 - typer may not be loaded yet
    else:
        sys.__excepthook__(kind, error, traceback)


sys.excepthook = _tell
