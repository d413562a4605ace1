"""The errors that a user of the library meets; a leaf that imports nothing of the project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

_LISTED, _SAID = 20, 200


class RecommenderError(Exception):
    """Something the caller can put right; its text says what was found and what to do next."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file.

    Attributes
    ----------
    unit : str
        "file", "header", "line" or "row"; "" for a column as a whole.
    number : int
        Of the line or row, from 1; 0 for the others.
    column : str
        The column's name; "" where none is meant.
    """

    unit: str
    number: int = 0
    column: str = ""

    def __str__(self) -> str:
        unit = f"{self.unit} {self.number}" if self.number else self.unit
        return ", ".join(filter(None, [unit, self.column and f"column {self.column}"]))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file: where it is, what stands there, what should.

    Attributes
    ----------
    where, found, expected : str
        In English, as `str` says them.
    kind : str
        What a message in any language is found by (see `refusals`); "" where there is none.
    place : Place, optional
        What `where` says.
    values : mapping
        What the message tells: numbers, names and what the cell holds.
    """

    where: str
    found: str
    expected: str
    kind: str = ""
    place: Place | None = None
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return f"{self.where}: found {self.found}; expected {self.expected}"


class CatalogueError(RecommenderError):
    """A catalogue or another data file that can't be used, with every problem found in it.

    Attributes
    ----------
    problems : tuple of Problem
        All of them, in the order of the file, so that one pass mends the file.
    """

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        count = len(self.problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"{source}: {count} problem{'s' * (count != 1)}\n{lines}")

    def __reduce__(self) -> tuple[object, ...]:
        # What a process raises is sent to the one that waits for it.
        return type(self), (self.source, self.problems)


class UnknownNameError(RecommenderError):
    """A name that is none of the known ones, answered with the closest of them.

    Parameters
    ----------
    kind, name : str
        What was named, and how; a very long name is told by its beginning.
    known : iterable of str
        The names there are, or some of them.
    meant : iterable of str, optional
        What may have been meant; the likest of `known` (by difflib) if left out.
    """

    def __init__(
        self, kind: str, name: str, known: Iterable[str], meant: Iterable[str] | None = None
    ) -> None:
        known = list(known)
        close = _likest(name, known) if meant is None else list(meant)
        name = name if len(name) <= _SAID else f"{name[:_SAID]}…"
        if close:
            hint = f"Did you mean {' or '.join(close)}?"
        else:
            more = ", …" if len(known) > _LISTED else ""
            hint = f"Known: {', '.join(known[:_LISTED])}{more}."
        super().__init__(f"unknown {kind} {name!r}. {hint}")


def _likest(name: str, known: Iterable[str]) -> list[str]:
    folded = {name.casefold(): name for name in known}
    return [folded[match] for match in get_close_matches(name.casefold(), folded, 3, 0.6)]


class AnswersError(RecommenderError):
    """Answers that can't be ranked by, such as a negative or infinite weight."""
