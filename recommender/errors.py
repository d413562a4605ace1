"""The errors that a user of the library meets; a leaf that imports nothing of the project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_LISTED = 20


class RecommenderError(Exception):
    """Something the caller can put right; its text says what was found and what to do next."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file: where it is, what stands there, what should."""

    where: str
    found: str
    expected: str

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
    """A name that is none of the known ones, answered with the closest of them."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        known = list(known)
        folded = {name.casefold(): name for name in known}
        close = get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)
        if close:
            hint = f"Did you mean {' or '.join(folded[match] for match in close)}?"
        else:
            more = ", …" if len(known) > _LISTED else ""
            hint = f"Known: {', '.join(known[:_LISTED])}{more}."
        super().__init__(f"unknown {kind} {name!r}. {hint}")


class AnswersError(RecommenderError):
    """Answers that can't be ranked by, such as a negative or infinite weight."""
