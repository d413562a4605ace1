"""What is wrong with a table, said in a donor's language.

`str` of an error is English, for logs and the command line; a page says these lines.
"""

from __future__ import annotations

from .errors import CatalogueError, Place, Problem
from .languages import Language

MOST_TOLD = 20
"""As many problems as one reads before mending a table."""


def heading(error: CatalogueError, t: Language) -> str:
    """Return how many problems there are, as a sentence."""
    return t("refused-heading", count=count(error))


def count(error: CatalogueError) -> int:
    """Return how many problems there are, with those that are counted alone."""
    return sum(_worth(problem) for problem in error.problems)


def lines(error: CatalogueError, t: Language, most: int = MOST_TOLD) -> list[str]:
    """Return the first problems, a line each, and how many more there are.

    Parameters
    ----------
    error : CatalogueError
    t : Language
    most : int, default MOST_TOLD
        How many are told.

    Returns
    -------
    list of str
        Plain text, some of it from the table: never to be shown as HTML or Markdown.
    """
    told = [problem for problem in error.problems if problem.kind != "more"][:most]
    more = count(error) - len(told)
    rest = [t("problem-more", count=more)] if more else []
    return [*(line(problem, t) for problem in told), *rest]


def line(problem: Problem, t: Language) -> str:
    """Return where a problem is and what it is; in English where no message is known for it."""
    if not problem.kind or problem.place is None:
        return str(problem)
    said = t(f"problem-{problem.kind}", **problem.values)
    return t("refused-line", where=where(problem.place, t), what=said)


def where(place: Place, t: Language) -> str:
    """Return where a problem is."""
    if not place.unit:
        return t("refused-column", column=place.column)
    unit = t(f"where-{place.unit}", number=place.number)
    return t("refused-cell", where=unit, column=place.column) if place.column else unit


def _worth(problem: Problem) -> int:
    told = problem.values.get("count") if problem.kind == "more" else 1
    return told if isinstance(told, int) else 1
