"""The cells of a table and how many there may be, whatever kind of file they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from .errors import Place, Problem
from .problems import HEADER, problem
from .text import normalise

MAX_FIELD = 20_000
"""Characters of a cell."""

MOST_PROBLEMS = 1_000
"""How many problems of a table are told; the others are counted."""

MEGABYTE = 1_000_000
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a table may be, so that reading it costs no more than its reader has.

    Attributes
    ----------
    size : int
        Bytes of the file, and of the text that it unpacks to.
    rows, columns : int
    """

    size: int
    rows: int
    columns: int


UPLOAD = Limits(10 * MEGABYTE, 20_000, 200)
"""Of a table that a visitor hands over, who waits for its model. At its largest, 500 descriptions
of 20,000 characters or 20,000 of 500, that takes 2 to 3 seconds of one processor and 150 MB; in
Korean, which is read by pairs of syllables, about 12 seconds."""

ON_DISK = Limits(4_000 * MEGABYTE, 5_000_000, 1_000)
"""Of a file that its owner names. What is larger doesn't fit into memory, but into an index."""


@dataclass(frozen=True)
class Found:
    """The cells of a file, where each row stands, and what is wrong with the file's shape."""

    cells: pd.DataFrame
    places: list[Place]
    problems: list[Problem]


def tidy(cell: str) -> str:
    """Return a cell in Unicode's composed form, without control characters and outer spaces."""
    return normalise(cell).strip()


def quoted(cell: str) -> str:
    """Return a cell as an error shows it."""
    return repr(shortened(cell)) if cell else "nothing"


def shortened(cell: str) -> str:
    """Return a cell, or as much of a long one as an error shows."""
    return cell if len(cell) <= _SHOWN else cell[: _SHOWN - 1] + "…"


def wrong_header(header: Sequence[str], limits: Limits) -> Iterator[Problem]:
    """Yield what keeps a table with such a header from being read at all.

    If there are too many columns it is that alone: of such a table nothing more is looked at.
    """
    if len(header) > limits.columns:
        yield problem("columns", HEADER, count=len(header), most=limits.columns)
        return
    for name, count in Counter(header).items():
        if count > 1:
            yield problem("repeated", HEADER, count=count, name=shortened(name))
