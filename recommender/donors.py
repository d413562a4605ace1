"""A table of donors to what each of them asks: CSV or Parquet, every problem at once.

A row a donor: donor_id, a column for each priority that is asked (0 to 5; an empty cell skips it),
text for own words, and `only:FACET` and `hide:FACET` with values parted by "|".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .cells import Found, quoted
from .errors import CatalogueError, Problem, UnknownNameError
from .facets import Choice, Facets
from .own_words import MAX_TEXT
from .ranking import MAX_WEIGHT
from .schema import items
from .tables import read_cells

DONOR, WORDS = "donor_id", "text"
ONLY, HIDE = "only:", "hide:"
SKIP = ("", "skip")
MOST_PROBLEMS = 100

_NUMBER = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
"""As programs write one; Python would also take 1_0 for ten, and digits of any script."""


@dataclass(frozen=True, slots=True)
class Donor:
    """What one donor asks; it prints as nothing but its id, so that no log holds answers.

    Attributes
    ----------
    donor_id : str
    answers : mapping of priority id to weight in 0..5
        What is skipped isn't there.
    text : str
    only, hide : mapping of facet to values
    """

    donor_id: str
    answers: Mapping[str, float] = field(repr=False, default_factory=dict)
    text: str = field(repr=False, default="")
    only: Choice = field(repr=False, default_factory=dict)
    hide: Choice = field(repr=False, default_factory=dict)

    def asked(self) -> dict[str, Any]:
        """Return what `Recommender.recommend` is to be called with."""
        return {
            "answers": self.answers,
            "text": self.text,
            "only": self.only,
            "hide": self.hide,
        }


@dataclass(frozen=True)
class Block:
    """Donors that are matched together; it prints as their number."""

    number: int
    donors: Sequence[Donor] = field(repr=False)


def blocks(donors: Sequence[Donor], size: int) -> list[Block]:
    """Return the donors in blocks of so many, in their order."""
    return [Block(i, donors[at : at + size]) for i, at in enumerate(range(0, len(donors), size))]


def fingerprint(path: Path) -> str:
    """Return sixteen hexadecimal digits that change with any byte of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def read_donors(path: Path, priorities: Sequence[str], facets: Facets) -> list[Donor]:
    """Read a table of donors and check it.

    Parameters
    ----------
    path : Path
        A CSV (UTF-8) or Parquet file.
    priorities : sequence of str
        The ids that a column may be named by.
    facets : Facets
        Those of the catalogue that the donors are matched with.

    Raises
    ------
    CatalogueError
        With every problem found, the first MOST_PROBLEMS of very many.
    """
    found = read_cells(path)
    wrong = [*found.problems, *_wrong_columns(list(found.cells), priorities, facets)]
    if not (wrong or len(found.cells)):
        wrong.append(Problem("file", "no row below the header", "at least one donor"))
    reading = _Reading(found, facets)
    # Of columns that aren't known nothing can be said, but of the others it can.
    donors = [] if found.cells.empty else reading.donors(priorities)
    problems = [*wrong, *reading.problems]
    more = len(problems) - MOST_PROBLEMS
    if more > 0:
        rest = Problem("file", f"{more} further problems", "none")
        problems = [*problems[:MOST_PROBLEMS], rest]
    if problems:
        raise CatalogueError(str(path), problems)
    return donors


def _wrong_columns(
    columns: Sequence[str], priorities: Sequence[str], facets: Facets
) -> Iterator[Problem]:
    names = [name for name, _ in facets]
    known = [DONOR, WORDS, *priorities, *(f"{kind}{n}" for kind in (ONLY, HIDE) for n in names)]
    for name in columns:
        if name not in known:
            yield Problem("header", f"column {name!r}", f"one of {', '.join(known)}")
    if DONOR not in columns:
        yield Problem("header", f"no column {DONOR!r}", f"{DONOR}: required")


class _Reading:
    """Reads cells column by column, and keeps what is wrong with them."""

    def __init__(self, found: Found, facets: Facets) -> None:
        self._table, self._places, self._facets = found.cells, found.places, facets
        self._wrong: list[tuple[int, Problem]] = []

    @property
    def problems(self) -> list[Problem]:
        """All of them, in the order of the rows."""
        return [problem for _, problem in sorted(self._wrong, key=lambda found: found[0])]

    def donors(self, priorities: Sequence[str]) -> list[Donor]:
        """Return a donor a row."""
        table, rows = self._table, range(len(self._table))
        ids = self._ids() if DONOR in table else [""] * len(table)
        answers: list[dict[str, float]] = [{} for _ in rows]
        for name in priorities:
            for row, weight in self._cells(name, _weight):
                answers[row][name] = weight
        texts = dict(self._cells(WORDS, _words))
        choices: dict[str, list[dict[str, tuple[str, ...]]]] = {}
        for kind in (ONLY, HIDE):
            choices[kind] = [{} for _ in rows]
            for facet, _ in self._facets:
                for row, values in self._cells(f"{kind}{facet}", self._values(facet)):
                    choices[kind][row][facet] = values
        return [
            Donor(ids[i], answers[i], texts.get(i, ""), choices[ONLY][i], choices[HIDE][i])
            for i in rows
        ]

    def _cells(self, name: str, read: Callable[[str], Any]) -> Iterator[tuple[int, Any]]:
        """Yield what each cell of a column says, with its row; cells that say nothing are none."""
        if name not in self._table:
            return
        for row, cell in enumerate(self._table[name].tolist()):
            if cell in SKIP:
                continue
            try:
                yield row, read(cell)
            except _WrongCellError as error:
                self._say(row, name, error.found, error.expected)

    def _ids(self) -> list[str]:
        ids, seen = self._table[DONOR].tolist(), dict[str, int]()
        for row, donor in enumerate(ids):
            if not donor:
                self._say(row, DONOR, "nothing", "an id")
            elif donor in seen:
                first = self._places[seen[donor]]
                self._say(row, DONOR, quoted(donor), f"each id once; it stands in {first} too")
            seen.setdefault(donor, row)
        return ids

    def _values(self, facet: str) -> Callable[[str], tuple[str, ...]]:
        checked: dict[str, tuple[str, ...]] = {}

        def read(cell: str) -> tuple[str, ...]:
            if cell not in checked:
                given = items(cell)
                if not given:
                    raise _WrongCellError(quoted(cell), 'values parted by "|"')
                try:
                    checked[cell] = self._facets.checked({facet: given})[facet]
                except UnknownNameError as error:
                    raise _WrongCellError(
                        quoted(cell), f"values that there are ({error})"
                    ) from None
            return checked[cell]

        return read

    def _say(self, row: int, column: str, found: str, expected: str) -> None:
        self._wrong.append((row, Problem(f"{self._places[row]}, column {column}", found, expected)))


class _WrongCellError(Exception):
    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found)
        self.found, self.expected = found, expected


def _weight(cell: str) -> float:
    if not _NUMBER.fullmatch(cell) or float(cell) > MAX_WEIGHT:
        raise _WrongCellError(quoted(cell), f"0 to {MAX_WEIGHT:g}, or nothing to skip it")
    return float(cell)


def _words(cell: str) -> str:
    if len(cell) > MAX_TEXT:
        raise _WrongCellError(f"{len(cell)} characters", f"at most {MAX_TEXT}")
    return cell
