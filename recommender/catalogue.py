"""File to validated DataFrame: CSV or Parquet, every problem at once.

pandas guesses where a file is ragged: a first row with one field too many shifts every column in
silence, "NA" becomes a missing value and 007 becomes 7. So the file's shape is checked here, with
the csv module, before pandas sees a cell; every cell stays text.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from .errors import CatalogueError, Problem, RecommenderError
from .korean import HANGUL
from .paths import data_folder
from .schema import CATALOGUE, JUDGEMENTS, SOURCES, Column, dataframe_schema, defaults
from .text import normalise

MAX_FIELD = 20_000
_SHOWN = 60

SHIPPED_AGENDA = "north_korea"


def load_catalogue(path: str | Path | None = None) -> pd.DataFrame:
    """Read a catalogue and check it.

    Parameters
    ----------
    path : str or Path, optional
        A CSV (UTF-8) or Parquet file; the shipped catalogue if left out. Only charity_id, name
        and description are required; every other column of `schema.CATALOGUE` may be absent.

    Returns
    -------
    DataFrame
        One row a charity, index charity_id, all cells text, in the order of the file. An empty
        cell means that no source states it. `attrs["agenda"]` names the shipped catalogue's
        agenda.

    Raises
    ------
    CatalogueError
        With every problem found: line, column, value found, value expected.
    """
    table = read(path or data_folder() / "charities.csv", CATALOGUE).set_index("charity_id")
    if path is None:
        table.attrs["agenda"] = SHIPPED_AGENDA
    return table


def from_texts(texts: pd.Series) -> pd.DataFrame:
    """Return a catalogue, as `load_catalogue` would, of texts that nothing else is known of.

    Parameters
    ----------
    texts : Series
        Index the ids. One that holds Hangul is read as Korean.
    """
    korean = texts.str.contains(HANGUL)
    cells = {
        **defaults(CATALOGUE[1:]),
        "description": texts.where(~korean, ""),
        "description_ko": texts.where(korean, ""),
    }
    return pd.DataFrame(cells, index=texts.index.rename("charity_id"), dtype=str)


def check_table(catalogue: pd.DataFrame) -> None:
    """Raise a RecommenderError for a table that `load_catalogue` can't have returned."""
    missing = [c.name for c in CATALOGUE[1:] if c.name not in catalogue]
    if missing or not catalogue.index.is_unique:
        found = f"it lacks {', '.join(missing)}" if missing else "ids stand in it twice"
        raise RecommenderError(f"this table is no catalogue: {found}. Read it by load_catalogue().")


def load_sources(path: str | Path | None = None) -> pd.DataFrame:
    """Read the sources of a catalogue's facts: charity_id, column, url, page_date, retrieved_on."""
    return read(path or data_folder() / "sources.csv", SOURCES)


def check_shipped(priorities: Iterable[str]) -> str:
    """Check the shipped tables, each by itself and against each other; return what was found.

    Parameters
    ----------
    priorities : iterable of str
        The ids that a judgement may name.

    Raises
    ------
    CatalogueError
        With every problem of all the tables.
    """
    catalogue, sources = load_catalogue(), load_sources()
    judgements = read(data_folder() / "judgements.csv", JUDGEMENTS)
    columns = [column.name for column in CATALOGUE]
    problems = [
        *_unknown("sources.csv", sources["charity_id"], catalogue.index),
        *_unknown("sources.csv", sources["column"], columns),
        *_unknown("judgements.csv", judgements["charity_id"], catalogue.index),
        *_unknown("judgements.csv", judgements["priority"], priorities),
        *_repeated("sources.csv", sources, ["charity_id", "column", "url", "page_date"]),
        *_repeated("judgements.csv", judgements, ["charity_id", "priority"]),
    ]
    if problems:
        raise CatalogueError("data", problems)
    return (
        f"{len(catalogue)} charities, {len(sources)} sources, {len(judgements)} judgements: "
        "no problem found."
    )


def _unknown(file: str, cells: pd.Series, known: Iterable[str]) -> Iterator[Problem]:
    for row, cell in cells[~cells.isin(list(known))].items():
        expected = f"a {cells.name} that there is"
        yield Problem(f"{file}, row {row + 1}, column {cells.name}", repr(cell), expected)


def _repeated(file: str, table: pd.DataFrame, key: list[str]) -> Iterator[Problem]:
    for row in table.index[table.duplicated(key)]:
        yield Problem(f"{file}, row {row + 1}", "the row twice", f"each {', '.join(key)} once")


def read(path: str | Path, columns: tuple[Column, ...]) -> pd.DataFrame:
    """Read a table with these columns; absent ones are filled with what absence means."""
    found = read_cells(path := Path(path))
    table = found.cells
    problems = [*found.problems, *_unknown_columns(table, columns), *_wrong_cells(found, columns)]
    if table.empty and not problems:
        problems = [Problem("file", "no row below the header", "at least one")]
    if problems:
        raise CatalogueError(str(path), problems)
    for name, default in defaults(columns).items():
        given = table[name] if name in table else pd.Series("", index=table.index)
        table[name] = given.where(given != "", default).astype(str)
    return table[[c.name for c in columns]]


def read_cells(path: Path) -> Found:
    """Read a CSV or Parquet file as it is, every cell as text.

    Raises
    ------
    RecommenderError
    """
    if not path.is_file():
        raise RecommenderError(f"no file {path}. Name an existing CSV or Parquet file.")
    return _read_parquet(path) if path.suffix == ".parquet" else _read_csv(path)


@dataclass(frozen=True)
class Found:
    """The cells of a file, where each row stands, and what is wrong with the file's shape."""

    cells: pd.DataFrame
    places: list[str]
    problems: list[Problem]


def _read_parquet(path: Path) -> Found:
    try:
        table = pd.read_parquet(path)
    except (ValueError, OSError) as error:
        problem = Problem("file", f"no readable Parquet ({error})", "a Parquet file")
        raise CatalogueError(str(path), [problem]) from error
    if table.index.name:
        table = table.reset_index()
    places = [f"row {row}" for row in range(1, len(table) + 1)]
    problems = [
        Problem(f"column {name}", f"a {type(cell).__name__}", "text in every cell")
        for name in table
        for cell in table[name].dropna().head(1)
        if not pd.api.types.is_scalar(cell)
    ]
    if problems:
        raise CatalogueError(str(path), problems)
    return Found(table.apply(lambda column: column.map(_cell)), places, [])


def _cell(value: object) -> str:
    return "" if pd.isna(value) else tidy(str(value))


def tidy(cell: str) -> str:
    """Return a cell in Unicode's composed form, without control characters and outer spaces."""
    return normalise(cell).strip()


def _read_csv(path: Path) -> Found:
    records = list(_records(path, _decoded(path)))
    if not records:
        raise CatalogueError(str(path), [Problem("line 1", "an empty file", "a header")])
    (_, header), *rows = records
    wrong = list(_wrong_header(header))
    if wrong:
        raise CatalogueError(str(path), wrong)
    whole = [(line, row) for line, row in rows if len(row) == len(header)]
    cells = pd.DataFrame([row for _, row in whole], columns=header, dtype=str)
    return Found(cells, [f"line {line}" for line, _ in whole], list(_ragged(rows, len(header))))


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        found = f"bytes that are not UTF-8 ({raw[error.start : error.start + 4].hex(' ')})"
        problem = Problem(f"line {line}", found, "UTF-8; save the file as CSV UTF-8")
        raise CatalogueError(str(path), [problem]) from error


def _records(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each record starts, and its cells; blank lines are passed over."""
    # The csv module's own limit is its process-wide 131,072; ours is reported per cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                yield line, [tidy(cell) for cell in record]
            line = reader.line_num + 1
    except csv.Error as error:
        problem = Problem(f"line {line}", str(error), "cells quoted as CSV asks")
        raise CatalogueError(str(path), [problem]) from error


def _delimiter(text: str) -> str:
    """Return the separator that the header uses most: a comma, a semicolon or a tab."""
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _wrong_header(header: list[str]) -> Iterator[Problem]:
    for name, count in Counter(header).items():
        if count > 1:
            yield Problem("header", f"{count} columns named {name!r}", "each name once")


def _ragged(rows: list[tuple[int, list[str]]], width: int) -> Iterator[Problem]:
    for line, row in rows:
        if len(row) != width:
            yield Problem(f"line {line}", f"{len(row)} fields", f"{width} fields as in the header")


def _unknown_columns(table: pd.DataFrame, columns: tuple[Column, ...]) -> Iterator[Problem]:
    known = {column.name for column in columns}
    for name in table.columns:
        if name not in known:
            yield Problem("header", f"column {name!r}", f"one of {', '.join(sorted(known))}")
    for column in columns:
        if column.required and column.name not in table:
            yield Problem("header", f"no column {column.name!r}", f"{column.name}: required")


def _wrong_cells(found: Found, columns: tuple[Column, ...]) -> Iterator[Problem]:
    """Yield every cell that its column doesn't accept, in the order of the file."""
    import pandera.pandas as pa

    table, places = found.cells, found.places
    for name in table.columns:
        for row in table.index[table[name].str.len() > MAX_FIELD]:
            size = f"{len(table.at[row, name])} characters"
            yield Problem(f"{places[row]}, column {name}", size, f"at most {MAX_FIELD}")
    here = tuple(c for c in columns if c.name in table)
    try:
        dataframe_schema(here).validate(table[[c.name for c in here]], lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.dropna(subset=["index"]).astype({"index": int})
        for case in cases.sort_values(["index", "column"], kind="stable").itertuples():
            expected = str(case.check)
            if expected == "field_uniqueness":
                expected = "each id once"
            yield Problem(
                f"{places[case.index]}, column {case.column}",
                quoted(str(case.failure_case)),
                expected,
            )


def quoted(cell: str) -> str:
    """Return a cell as an error shows it."""
    if not cell:
        return "nothing"
    return repr(cell if len(cell) <= _SHOWN else cell[: _SHOWN - 1] + "…")
