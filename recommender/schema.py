"""The catalogue's columns: one definition for validation, importers and documentation.

An empty cell means that no source states it. A facet (a column a donor can choose by) says so
in words: "not stated" is a value of its own, never taken for "no".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandera.pandas as pa

NOT_STATED = "not stated"
YES_NO = ("yes", "no", NOT_STATED)
PLACES = ("inside_north_korea", "china_and_transit", "south_korea", "elsewhere")
STATUSES = ("active", "paused", "closed", NOT_STATED)
SIZES = ("under 10k", "10k–100k", "100k–1m", "1m–10m", "over 10m", NOT_STATED)
DESCRIBED_BY_NAME = ("its name and activity code", "its name")
DESCRIBERS = ("the charity", *DESCRIBED_BY_NAME, NOT_STATED)
FIGURE_KINDS = ("cumulative", "yearly", "at_date", "amount")
LIST_SEPARATOR = " | "
DESCRIPTIONS = {"en": "description", "ko": "description_ko"}
"""The column of the description in each language."""

_ID = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
# Neither this nor a figure is searched for at each of its dots or signs: cells come from strangers.
_URL = re.compile(r"https?://[^\s<>\"'][^.\s<>\"']*+\.[^\s<>\"']++")
_COUNTRY = re.compile(r"([A-Z]{2})=(yes|no)")
_CODE = re.compile(r"[A-Z]{2}")
_FIGURE = re.compile(
    rf"(?=.*+\Z)(?P<kind>{'|'.join(FIGURE_KINDS)}), "
    rf"(?P<year>{_PARTIAL_DATE.pattern}|{NOT_STATED}): "
    r"(?P<what>.+) = (?P<value>.+)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name, description : str
        The description is a sentence of the documentation.
    expected : str
        What a cell must hold, in words that an error message can end with.
    accepts : callable
        Tells whether a cell that isn't empty is right.
    required : bool
        Whether the column must be there and no cell of it be empty.
    default : str
        What an absent column or an empty cell means.
    kind : str
        The end of the key of the message that says what a cell must hold, `problem-<kind>`.
    values : tuple of str
        What a cell may hold, or the items of one that holds a list, where only some may be.
    """

    name: str
    description: str
    expected: str = "text"
    accepts: Callable[[str], bool] = bool
    required: bool = False
    default: str = ""
    unique: bool = False
    kind: str = ""
    values: tuple[str, ...] = ()


def items(cell: str) -> list[str]:
    """Return the items of a cell that holds a list."""
    return [item.strip() for item in cell.split(LIST_SEPARATOR.strip()) if item.strip()]


def figures(cell: str) -> list[dict[str, str]]:
    """Return the figures of a cell, each with kind, year, what and value."""
    matches = (_FIGURE.fullmatch(item) for item in items(cell))
    return [m.groupdict() for m in matches if m]


def countries(cell: str) -> dict[str, str]:
    """Return a cell such as "US=yes | GB=no" as a mapping of ISO country code to yes or no."""
    matches = (_COUNTRY.fullmatch(item) for item in items(cell))
    return {m[1]: m[2] for m in matches if m}


def _full(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda cell: pattern.fullmatch(cell) is not None


def _each(accepts: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda cell: bool(items(cell)) and all(map(accepts, items(cell)))


def _among(values: tuple[str, ...]) -> Callable[[str], bool]:
    return lambda cell: cell in values


def is_date(cell: str) -> bool:
    """Tell whether a cell is a year, a month or a day that the calendar has."""
    if not _PARTIAL_DATE.fullmatch(cell):
        return False
    try:
        datetime.date.fromisoformat(cell + "-01-01"[len(cell) - 4 :])
    except ValueError:
        return False
    return True


def _figure(cell: str) -> bool:
    return all(f["year"] == NOT_STATED or is_date(f["year"]) for f in figures(cell)) and bool(
        _FIGURE.fullmatch(cell)
    )


def _year(cell: str) -> bool:
    return re.fullmatch(r"1\d{3}|20\d{2}", cell) is not None


def _words(cell: str) -> bool:
    return any(c.isalpha() for c in cell)


def _text(name: str, description: str) -> Column:
    return Column(name, description)


def _choice(name: str, description: str, values: tuple[str, ...]) -> Column:
    expected = ", ".join(values[:-1]) + f" or {NOT_STATED}"
    accepts = _among(values)
    return Column(
        name, description, expected, accepts, default=NOT_STATED, kind="choice", values=values
    )


def _facet(name: str, description: str) -> Column:
    return _choice(name, description, YES_NO)


def _list(
    name: str,
    description: str,
    expected: str,
    accepts: Callable[[str], bool],
    kind: str = "items",
    values: tuple[str, ...] = (),
) -> Column:
    expected = f'{expected}, parted by "|"'
    return Column(name, description, expected, _each(accepts), kind=kind, values=values)


CATALOGUE: tuple[Column, ...] = (
    Column(
        "charity_id",
        "Registration number by the org-id scheme where one is known, else a slug; never changes.",
        "letters and digits, parted by - _ or .",
        _full(_ID),
        required=True,
        unique=True,
        kind="id",
    ),
    Column("name", "Official name in English.", "a name", _words, required=True, kind="words"),
    _text("name_ko", "Name in Korean."),
    _text("short_name", "Abbreviation in common use."),
    _list("aliases", "Former and other names.", "names", bool),
    Column(
        "description",
        "What it does, for whom, where and how; 60 to 120 words. The ranking reads this text.",
        "a description in words",
        _words,
        required=True,
        kind="words",
    ),
    Column(
        "description_ko", "The same in Korean, sentence for sentence.", "text", _words, kind="words"
    ),
    Column(
        "founded",
        "Year of the founding, where it is undisputed.",
        "a year, 1000–2099",
        _year,
        kind="year",
    ),
    _text("founded_note", "Who founded it, or what is disputed about the year."),
    _text("founded_note_ko", "The same in Korean."),
    _text("legal_form", "Legal form, and where it isn't confirmed."),
    _text("legal_form_ko", "The same in Korean."),
    _text("base", "City and country of its seat."),
    _text("base_ko", "The same in Korean."),
    _list(
        "works_in", "Where the money acts.", " / ".join(PLACES), _among(PLACES), "places", PLACES
    ),
    _text("serves", "For whom it works."),
    _text("serves_ko", "The same in Korean."),
    _facet("faith_based", "Whether it is faith-based."),
    _facet(
        "government_linked", "Whether a government founded or runs it; funding is told in the note."
    ),
    _facet("lobbies", "Whether it lobbies governments or international bodies."),
    _text("facets_note", "What explains the three facets."),
    _text("facets_note_ko", "The same in Korean."),
    _choice(
        "status",
        "Whether the work runs: paused means that programmes inside North Korea have stopped.",
        STATUSES,
    ),
    Column(
        "last_evidence",
        "Date of the newest evidence of its work.",
        "a date as 2025, 2025-05 or 2025-05-19",
        is_date,
        kind="date",
    ),
    _text("status_note", "What was last seen running, and what is paused since when."),
    _text("status_note_ko", "The same in Korean."),
    Column(
        "website",
        "Its own site.",
        "an address that starts with http(s)://",
        _full(_URL),
        kind="address",
    ),
    _text("how_to_give", "How an individual can give."),
    _text("how_to_give_ko", "The same in Korean."),
    _list(
        "tax_deductible",
        "Whether gifts are tax-deductible, by country; a country not named is not stated.",
        "ISO country codes with yes or no, as US=yes",
        _full(_COUNTRY),
        "countries",
    ),
    _list(
        "figures",
        "Figures it or others published, each with its kind and year.",
        'items as "cumulative, 2025: people taught = over 600" '
        f"(kinds: {', '.join(FIGURE_KINDS)}; year: a date or {NOT_STATED})",
        _figure,
        "figures",
        FIGURE_KINDS,
    ),
    _list(
        "figures_ko", "The same in Korean.", "items as in figures", _figure, "figures", FIGURE_KINDS
    ),
    _list("self_claims", "Claims about itself that nothing else confirms.", "sentences", bool),
    _list("self_claims_ko", "The same in Korean.", "sentences", bool),
    Column(
        "country",
        "Country of its seat.",
        "an ISO country code, as US",
        _full(_CODE),
        kind="country",
    ),
    _text("region", "State or province of its seat, as its register writes it."),
    _choice("size", "Band of its yearly income, in its country's currency.", SIZES),
    _choice("described_by", "Who or what the description comes from.", DESCRIBERS),
)

SOURCES: tuple[Column, ...] = (
    Column("charity_id", "The charity.", "an id of the catalogue", _full(_ID), required=True),
    Column("column", "The column of the catalogue that the page supports.", required=True),
    Column(
        "url",
        "The page; empty for the seed texts, which have no public address.",
        "an address that starts with http(s)://",
        _full(_URL),
    ),
    _text("page_date", "The date that the page gives; otherwise what is known of its age."),
    Column(
        "retrieved_on",
        "When the fact was read on the page.",
        "a date as 2026-11 or 2026-11-21",
        is_date,
        required=True,
    ),
)

_GRADES = ("0", "1", "2", "3")


def _grade(name: str, description: str) -> Column:
    return Column(name, description, "a grade of 0 to 3", _among(_GRADES), required=True)


JUDGEMENTS: tuple[Column, ...] = (
    Column("charity_id", "The charity.", "an id of the catalogue", _full(_ID), required=True),
    Column(
        "priority", "The priority.", "an id of priorities.toml", str.isidentifier, required=True
    ),
    _grade(
        "grade", "How much of its work is about the priority: none, some, much, the core of it."
    ),
    _grade("grade_a", "What the first judge said; the grade is the two judges' mean, halves up."),
    _grade("grade_b", "What the second judge said, without knowing the first."),
)


@cache
def dataframe_schema(columns: tuple[Column, ...]) -> pa.DataFrameSchema:
    """Return the pandera schema of a table of strings with these columns."""
    import pandera.pandas as pa

    def checks(column: Column) -> list[pa.Check]:
        def right(cell: str) -> bool:
            return column.accepts(cell) if cell else not column.required

        return [pa.Check(right, element_wise=True, error=column.expected)]

    return pa.DataFrameSchema(
        {c.name: pa.Column(str, checks(c), required=c.required, unique=c.unique) for c in columns},
        strict=True,
    )


def defaults(columns: tuple[Column, ...]) -> Mapping[str, str]:
    """Return what an absent column or an empty cell means, by column."""
    return {column.name: column.default for column in columns}


def markdown_table(columns: tuple[Column, ...]) -> str:
    """Return the columns as the table that the documentation shows."""

    def cell(text: str) -> str:
        return text.replace("|", r"\|")

    rows = [f"| `{c.name}` | {cell(c.description)} | {cell(c.expected)} |" for c in columns]
    return "\n".join(["| column | what it holds | a cell is |", "|---|---|---|", *rows])
