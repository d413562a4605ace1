import pytest
from pandera.errors import SchemaErrors

from recommender.schema import (
    CATALOGUE,
    JUDGEMENTS,
    SOURCES,
    Column,
    countries,
    dataframe_schema,
    defaults,
    figures,
    items,
)

TABLES = pytest.mark.parametrize(
    "columns", [CATALOGUE, SOURCES, JUDGEMENTS], ids=["catalogue", "sources", "judgements"]
)
BY_NAME = {column.name: column for column in CATALOGUE}

# Column: cells that are right, cells that are wrong.
CELLS = {
    "charity_id": (
        ["link", "GB-CHC-1234", "choson_exchange", "007", "a.b"],
        ["a b", "-a", "a-", "a--b", "ä", "a/b", "=1"],
    ),
    "name": (["Crossing Borders", "북한", "NA", "3 Doors"], ["---", "123"]),
    "description": (["Runs schools."], ["...", "1995"]),
    "founded": (["1988", "2026", "1000"], ["988", "20045", "2100", "2004.0", "c. 2004", "2004 "]),
    "works_in": (
        ["elsewhere", "south_korea | elsewhere", "south_korea|elsewhere"],
        ["everywhere", "south korea", "south_korea, elsewhere", "|", "south_korea | Elsewhere"],
    ),
    "faith_based": (["yes", "no", "not stated"], ["Yes", "true", "maybe", "0"]),
    "government_linked": (["yes", "no", "not stated"], ["y", "unknown"]),
    "lobbies": (["yes", "no", "not stated"], ["1", "NO"]),
    "status": (["active", "paused", "closed", "not stated"], ["Active", "stopped"]),
    "last_evidence": (
        ["2025", "2025-05", "2025-05-19", "2024-02-29"],
        ["2025-5", "2025-13", "2025-00", "2025-05-32", "19.05.2025", "2025/05", "25", "2025-"],
    ),
    "website": (
        ["https://a.org", "http://a.b/c?d=e#f", "https://사례.한국"],
        ["a.org", "ftp://a.org", "javascript:alert(1)", "https://a", 'https://a.b"', "http://a .b"],
    ),
    "tax_deductible": (["US=yes", "US=yes | GB=no"], ["us=yes", "US", "US=maybe", "USA=yes"]),
    "figures": (
        ["cumulative, 2025: people = 3", "amount, not stated: a, b: c = d = e"],
        [
            "people = 3",
            "total, 2025: a = b",
            "yearly, soon: a = b",
            "yearly, 2025: a",
            "yearly, 2025-13: a = b",
        ],
    ),
    "aliases": (["One | Two", "One"], [" | ", "|"]),
    "country": (["US", "GB"], ["us", "USA", "U1", "United States"]),
    "size": (["under 10k", "10k–100k", "over 10m", "not stated"], ["10k-100k", "5000", "small"]),
    "described_by": (["the charity", "its name", "not stated"], ["The charity", "us"]),
}
ACCEPTED = [(name, cell) for name, (right, _) in CELLS.items() for cell in right]
REFUSED = [(name, cell) for name, (_, wrong) in CELLS.items() for cell in wrong]


@pytest.mark.parametrize(("name", "cell"), ACCEPTED)
def test_a_right_cell_is_accepted(name: str, cell: str) -> None:
    assert BY_NAME[name].accepts(cell)


@pytest.mark.parametrize(("name", "cell"), REFUSED)
def test_a_wrong_cell_is_refused(name: str, cell: str) -> None:
    assert not BY_NAME[name].accepts(cell)


@pytest.mark.parametrize("cell", ["2025-02-31", "2025-04-31", "2023-02-29"])
def test_a_day_that_no_calendar_has_is_refused(cell: str) -> None:
    assert not BY_NAME["last_evidence"].accepts(cell)


def test_a_figure_of_a_day_that_no_calendar_has_is_refused() -> None:
    assert not BY_NAME["figures"].accepts("at_date, 2025-02-31: people = 3")


@TABLES
def test_every_column_is_documented_and_named_once(columns: tuple[Column, ...]) -> None:
    names = [column.name for column in columns]
    assert len(set(names)) == len(names)
    for column in columns:
        assert column.description.endswith(".")
        assert column.expected


def test_only_what_a_ranking_needs_is_required() -> None:
    required = [column.name for column in CATALOGUE if column.required]
    assert required == ["charity_id", "name", "description"]


def test_every_english_text_with_a_korean_one_accepts_the_same_cells() -> None:
    for column in CATALOGUE:
        if column.name.endswith("_ko") and column.name not in ("name_ko", "description_ko"):
            english = BY_NAME[column.name.removesuffix("_ko")]
            for cell in ("words", "cumulative, 2025: people = 3", "|"):
                assert column.accepts(cell) == english.accepts(cell), column.name


def test_a_default_is_a_value_that_the_column_accepts() -> None:
    for name, default in defaults(CATALOGUE).items():
        assert not default or BY_NAME[name].accepts(default)


def test_what_no_source_states_is_said_in_words_only_where_a_donor_can_choose() -> None:
    stated = {name for name, default in defaults(CATALOGUE).items() if default == "not stated"}
    facets = {"faith_based", "government_linked", "lobbies", "status", "size", "described_by"}
    assert stated == facets


def test_items_of_a_list_come_without_spaces_or_empty_ones() -> None:
    assert items(" a |b | | c,d ") == ["a", "b", "c,d"]
    assert items("") == items(" | ") == []


def test_figures_are_read_with_kind_year_what_and_value() -> None:
    assert figures("yearly, 2024-05: people helped = about 35 | amount, not stated: USD = 3") == [
        {"kind": "yearly", "year": "2024-05", "what": "people helped", "value": "about 35"},
        {"kind": "amount", "year": "not stated", "what": "USD", "value": "3"},
    ]
    assert figures("") == []


def test_countries_are_read_with_their_answer() -> None:
    assert countries("US=yes | KR=no") == {"US": "yes", "KR": "no"}
    assert countries("") == {}


@TABLES
def test_a_table_of_no_rows_with_the_required_columns_is_valid(columns: tuple[Column, ...]) -> None:
    import pandas as pd

    needed = [column.name for column in columns if column.required]
    schema = dataframe_schema(columns)
    schema.validate(pd.DataFrame(columns=needed, dtype=str))
    with pytest.raises(SchemaErrors):
        schema.validate(pd.DataFrame(columns=needed[1:], dtype=str), lazy=True)
