import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import AnswersError, Recommender, UnknownNameError
from recommender.catalogue import from_texts
from recommender.charities import Charities, all_silent, frames, places_by_lot, silent
from recommender.keys import name_keys, order_of_ids
from recommender.lots import lot

NAMES = st.lists(st.sampled_from(["", "A b", "a-B", "ab", "Ä", "가나", "c", "!", "A"]), min_size=4)
IDS = st.text(st.sampled_from("abAB09"), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def charities(catalogue: pd.DataFrame) -> Charities:
    return Charities.of(catalogue)


def test_every_charity_is_found_by_each_of_its_names(
    catalogue: pd.DataFrame, charities: Charities
) -> None:
    for charity_id, charity in catalogue.iterrows():
        assert charities.find(charity_id) == charity_id
        for name in silent(charity):
            assert charities.find(name.upper()) == charity_id


def test_names_are_told_in_the_order_of_the_columns(catalogue: pd.DataFrame) -> None:
    names = silent(catalogue.loc["link"])
    assert names[:3] == list(catalogue.loc["link", ["name", "name_ko", "short_name"]])


@pytest.mark.parametrize("name", ["", "!?", "\N{COMBINING ACUTE ACCENT}"])
def test_a_name_without_a_letter_is_nobodys(charities: Charities, name: str) -> None:
    with pytest.raises(UnknownNameError, match="unknown charity"):
        charities.find(name)


def test_a_name_of_nobody_is_answered_with_the_closest(charities: Charities) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean Korea Future"):
        charities.find("Korea Futuro")
    with pytest.raises(UnknownNameError, match="Did you mean korea_future"):
        charities.charity("korea_futur")
    with pytest.raises(UnknownNameError, match="Did you mean korea_future"):
        charities.row_of("korea_futur")


def test_a_name_speaks_where_it_is_all_that_describes_a_charity(catalogue: pd.DataFrame) -> None:
    changed = catalogue.copy()
    changed.loc["link", "described_by"] = "its name and activity code"
    changed.loc["khf", "described_by"] = "the charity"
    assert silent(changed.loc["link"]) == []
    assert silent(changed.loc["khf"]) == silent(catalogue.loc["khf"]) != []
    assert Charities.of(changed).find("LiNK") == "link"


def test_the_silent_names_of_all_are_those_of_each(
    catalogue: pd.DataFrame, charities: Charities
) -> None:
    assert all_silent(charities.table) == [silent(charity) for _, charity in catalogue.iterrows()]
    fewer = charities.table.select(["charity_id", "name"])
    assert all_silent(fewer) == [[name] for name in catalogue["name"]]


def test_the_words_of_such_a_name_are_ranked() -> None:
    named = from_texts(pd.Series({"a": "Springfield Food Bank. Fund raising.", "b": "A choir."}))
    named["name"] = ["Springfield Food Bank", "Choir"]
    told = named.assign(described_by="its name and activity code")
    scores = [
        Recommender(agenda="general").fit(table).recommend({"hunger": 5})["score"]["a"]
        for table in (named, told)
    ]
    assert scores[0] == 0 < scores[1]


def test_rows_are_read_as_the_catalogue_holds_them(
    catalogue: pd.DataFrame, charities: Charities
) -> None:
    rows = np.array([3, 0, 44])
    pd.testing.assert_frame_equal(charities.frame(rows), catalogue.iloc[rows], check_like=False)
    pd.testing.assert_series_equal(charities.charity("khf"), catalogue.loc["khf"])
    assert charities.ids(rows) == catalogue.index[rows].tolist()
    assert charities.column("name", rows) == catalogue["name"].iloc[rows].tolist()
    assert charities.frame(rows[:0]).columns.tolist() == catalogue.columns.tolist()


def test_a_column_that_a_table_lacks_holds_what_absence_means() -> None:
    table = pa.table({"charity_id": ["b", "a"], "name": ["B", "A"]})
    by_id = order_of_ids(table)
    few = Charities(table, by_id, name_keys(table, by_id), places_by_lot(table, by_id))
    assert few.column("status", np.array([1, 0])) == ["not stated"] * 2
    assert few.charity("a")[["name", "description", "lobbies"]].tolist() == ["A", "", "not stated"]


@given(st.dictionaries(IDS, NAMES, min_size=1, max_size=6))
def test_names_and_ids_are_found_as_one_looks_them_up(named: dict[str, list[str]]) -> None:
    """Whatever the order of rows and wherever a table is parted."""
    cells = {
        "charity_id": list(named),
        "name": [names[0] for names in named.values()],
        "name_ko": [names[1] for names in named.values()],
        "aliases": [" | ".join(names[2:]) for names in named.values()],
    }
    parts = [
        pa.table({column: [cell] for column, cell in zip(cells, row, strict=True)})
        for row in zip(*cells.values(), strict=True)
    ]
    table = pa.concat_tables(parts)
    by_id = order_of_ids(table)
    names = name_keys(table, by_id)
    charities = Charities(table, by_id, names, places_by_lot(table, by_id))

    def key(name: str) -> str:
        return "".join(c for c in name.lower() if c.isalnum())

    # Whoever has a name stands beside it, those of the first ids first.
    assert [(pair["key"], list(named)[pair["row"]]) for pair in names.to_pylist()] == sorted(
        {(key(name), i) for i, names in named.items() for name in (i, *names) if key(name)}
    )
    expected: dict[str, list[str]] = {}
    for charity_id in sorted(named):
        for found in dict.fromkeys(map(key, (charity_id, *named[charity_id]))):
            expected.setdefault(found, []).append(charity_id)
    for name in {name for names in named.values() for name in names if name not in named}:
        if len(expected[key(name)]) == 1 and key(name):
            assert [charities.find(name)] == expected[key(name)]
        elif key(name):
            with pytest.raises(AnswersError, match=f": {', '.join(expected[key(name)][:5])}"):
                charities.find(name)
    for row, charity_id in enumerate(named):
        assert charities.find(charity_id) == charity_id
        assert charities.row(charity_id) == row
        assert sorted(named, key=lot)[charities.places[row]] == charity_id
        assert sorted(named).index(charity_id) == charities.by_id.tolist().index(row)
    assert charities.row("zz") is None


def test_a_catalogue_whose_names_hold_no_letter_has_no_names() -> None:
    table = pa.table({"charity_id": ["!", "?"], "name": ["!!", ""]})
    names = name_keys(table, order_of_ids(table))
    assert names.to_pydict() == {"key": [], "row": []}


def test_a_table_comes_in_pieces_of_so_many_rows() -> None:
    table = pa.table({"charity_id": ["a", "b", "c"]})
    pieces = [piece.column("charity_id").to_pylist() for piece in frames(table, 2)]
    assert pieces == [["a", "b"], ["c"]]
