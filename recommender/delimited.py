"""The text of a CSV file to its cells, within limits.

pandas guesses where a file is ragged: a first row with one field too many shifts every column in
silence, "NA" becomes a missing value and 007 becomes 7. So the file's shape is checked here, with
the csv module, before pandas sees a cell; every cell stays text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pandas as pd

from .cells import MAX_FIELD, MOST_PROBLEMS, Found, Limits, tidy, wrong_header
from .errors import CatalogueError, Place, Problem
from .problems import FILE, limited, problem

_LINE = re.compile(r"[\r\n]")


def parse_csv(text: str, name: str, limits: Limits) -> Found:
    """Read the text of a CSV file.

    Parameters
    ----------
    text : str
        Its cells parted by commas, semicolons or tabs.
    name : str
        What an error calls the file.
    limits : Limits

    Raises
    ------
    CatalogueError
        If nothing can be said of its cells; other problems are part of what is returned.
    """
    problems: list[Problem] = []
    records = _records(text, problems)
    line, header = next(records, (0, []))
    if not line:
        raise CatalogueError(name, problems or [problem("empty", Place("line", 1))])
    wrong = [*wrong_header(header, limits)]
    if len(header) > limits.columns:
        raise CatalogueError(name, wrong)
    rows: list[tuple[int, list[str]]] = []
    for record in records:
        if len(rows) == limits.rows:
            wrong.append(problem("rows", FILE, most=limits.rows))
            break
        rows.append(record)
    problems = [*_ragged(rows, len(header)), *problems]
    if wrong:
        raise CatalogueError(name, limited([*wrong, *problems], MOST_PROBLEMS))
    whole = [(line, row) for line, row in rows if len(row) == len(header)]
    cells = pd.DataFrame([row for _, row in whole], columns=header, dtype=str)
    return Found(cells, [Place("line", line) for line, _ in whole], problems)


def _records(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each record starts, and its cells; blank lines are passed over.

    If one can't be read it is the last, and a problem more.
    """
    # The csv module's own limit is its process-wide 131,072; ours is reported per cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                yield line, [tidy(cell) for cell in record]
            line = reader.line_num + 1
    except csv.Error as error:
        place, most = Place("line", line), csv.field_size_limit()
        if "field limit" in str(error):
            problems.append(problem("unclosed", place, most=most, field=MAX_FIELD))
        else:
            problems.append(problem("quotes", place, reason=str(error)))


def _delimiter(text: str) -> str:
    """Return the separator that the header uses most: a comma, a semicolon or a tab."""
    header = _LINE.split(text.lstrip("\r\n "), maxsplit=1)[0]
    return max(",;\t", key=header.count)


def _ragged(rows: list[tuple[int, list[str]]], width: int) -> Iterator[Problem]:
    for line, row in rows:
        if len(row) != width:
            yield problem("ragged", Place("line", line), count=len(row), width=width)
