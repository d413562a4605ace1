"""What the tests of the command line share."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from recommender.__main__ import app, main


@dataclass
class Done:
    """How a command ended: its exit status, and what it wrote."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


def runs(capsys: pytest.CaptureFixture[str], *first: str) -> Run:
    """Return what runs a command as `python -m recommender` does, in this process."""

    def run(*arguments: str | Path) -> Done:
        with pytest.raises(SystemExit) as ended:
            main(lambda: app([*first, *map(str, arguments)]))
        out, err = capsys.readouterr()
        return Done(ended.value.code or 0, out, err)

    return run


def refused(done: Done, *words: str) -> None:
    """A mistake: one message, nothing else, and status 1."""
    assert done.status == 1
    assert done.out == ""
    assert done.err.startswith("Error: ")
    assert "Traceback" not in done.err
    for word in words:
        assert word in done.err
