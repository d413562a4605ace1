"""File or bytes to validated DataFrame: CSV or Parquet, every problem at once."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from .cells import MAX_FIELD, MOST_PROBLEMS, UPLOAD, Found, quoted, shortened
from .errors import CatalogueError, Place, Problem, RecommenderError
from .korean import HANGUL
from .paths import data_folder
from .problems import FILE, HEADER, limited, problem
from .schema import CATALOGUE, JUDGEMENTS, SOURCES, Column, dataframe_schema, defaults
from .tables import parse_cells, read_cells

SHIPPED_AGENDA = "north_korea"


def load_catalogue(path: str | Path | None = None) -> pd.DataFrame:
    """Read a catalogue and check it.

    Parameters
    ----------
    path : str or Path, optional
        A CSV or Parquet file; the shipped catalogue if left out. Only charity_id, name
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


def parse_catalogue(data: bytes, name: str) -> pd.DataFrame:
    """Read a catalogue that a visitor hands over, and check it as `load_catalogue` does.

    Nothing is stored. What is larger than `cells.UPLOAD` is refused before it is read.

    Parameters
    ----------
    data : bytes
        A CSV or Parquet file, as it was.
    name : str
        What the file is called; errors name it.

    Returns
    -------
    DataFrame
        As of `load_catalogue`.

    Raises
    ------
    CatalogueError
        With every problem found, the first `cells.MOST_PROBLEMS` of very many; `refusals` says
        them in a donor's language.
    """
    return _checked(name, parse_cells(data, name, UPLOAD), CATALOGUE).set_index("charity_id")


def template() -> bytes:
    """Return a table to fill in, as CSV that spreadsheet programs open.

    It has every column, required ones first, and two made-up charities; as it is, it loads.
    """
    # Without the mark, a spreadsheet program takes Hangul for something else.
    return codecs.BOM_UTF8 + (data_folder() / "template.csv").read_bytes()


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
    return _checked(str(path), read_cells(Path(path)), columns)


def _checked(name: str, found: Found, columns: tuple[Column, ...]) -> pd.DataFrame:
    table = found.cells
    wrong, more = _wrong_cells(found, columns)
    problems = [*_unknown_columns(table, columns), *found.problems, *wrong]
    if table.empty and not problems:
        problems = [problem("without", FILE)]
    if problems:
        problems.sort(key=lambda wrong: wrong.place.number if wrong.place else 0)
        raise CatalogueError(name, limited(problems, MOST_PROBLEMS, more))
    for name, default in defaults(columns).items():
        given = table[name] if name in table else pd.Series("", index=table.index)
        table[name] = given.where(given != "", default).astype(str)
    return table[[c.name for c in columns]]


def _unknown_columns(table: pd.DataFrame, columns: tuple[Column, ...]) -> Iterator[Problem]:
    known = {column.name for column in columns}
    for name in table.columns:
        if name not in known:
            listed = ", ".join(sorted(known))
            yield problem("unknown", HEADER, name=shortened(name), known=listed)
    for column in columns:
        if column.required and column.name not in table:
            yield problem("missing", HEADER, name=column.name)


def _wrong_cells(found: Found, columns: tuple[Column, ...]) -> tuple[list[Problem], int]:
    """Return the first cells that their columns don't accept, and how many more there are.

    They are in the order of the file.
    """
    import pandera.pandas as pa

    table, places = found.cells, found.places
    here = {c.name: c for c in columns if c.name in table}
    problems = [*_too_long(found)]
    try:
        dataframe_schema(tuple(here.values())).validate(table[list(here)], lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.dropna(subset=["index"]).astype({"index": int})
        cases = cases.sort_values(["index", "column"], kind="stable")
        problems += [
            _wrong_cell(places[case.index], here[case.column], case.failure_case, case.check)
            for case in cases.head(MOST_PROBLEMS).itertuples()
        ]
        return problems, max(len(cases) - MOST_PROBLEMS, 0)
    return problems, 0


def _too_long(found: Found) -> Iterator[Problem]:
    table = found.cells
    for name in table.columns:
        for row in table.index[table[name].str.len() > MAX_FIELD]:
            place = replace(found.places[row], column=name)
            yield problem("length", place, count=len(table.at[row, name]), most=MAX_FIELD)


def _wrong_cell(where: Place, column: Column, cell: str, check: str) -> Problem:
    twice = check == "field_uniqueness"
    expected = "each id once" if twice else column.expected
    kind = "twice" if twice else column.kind if cell else "blank"
    place = replace(where, column=column.name)
    values = {"cell": shortened(" ".join(cell.split())), "values": ", ".join(column.values)}
    return Problem(str(place), quoted(cell), expected, kind, place, values)
