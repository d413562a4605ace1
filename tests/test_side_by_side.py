"""Charities side by side: facts that differ, facts that nobody states, points that sum."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import AnswersError
from recommender.comparison import Standing
from recommender.ranking import points, whole_points
from recommender.schema import CATALOGUE, NOT_STATED, YES_NO
from recommender.side_by_side import (
    FACTS,
    SideBySide,
    checked_charities,
    fact_table,
    in_points,
)

Table = Callable[[list[dict[str, str]]], pd.DataFrame]


def test_every_fact_is_a_column_of_the_catalogue() -> None:
    assert {*FACTS} <= {column.name for column in CATALOGUE}


def test_facts_that_differ_come_first_and_what_nobody_states_is_left_out(table_of: Table) -> None:
    facts = fact_table(
        table_of(
            [
                {"works_in": "china_and_transit | elsewhere", "founded": "2004", "country": "GB"},
                {"works_in": "elsewhere | china_and_transit", "founded": "", "country": "GB"},
            ]
        )
    )
    assert facts.index.tolist() == ["founded", "works_in", "country"]
    assert facts["differs"].tolist() == [True, False, False]
    assert facts.loc["founded", ["c0", "c1"]].tolist() == ["2004", NOT_STATED]
    assert facts.index.name == "fact"


def test_not_stated_is_not_no(table_of: Table) -> None:
    facts = fact_table(table_of([{"lobbies": "no"}, {"lobbies": NOT_STATED}]))
    assert bool(facts.at["lobbies", "differs"])
    assert facts.at["lobbies", "c1"] == NOT_STATED


def test_a_fact_is_told_in_the_language_where_it_is_there(table_of: Table) -> None:
    rows = [{"base": "Seoul", "base_ko": "서울"}, {"base": "London"}]
    facts = fact_table(table_of(rows), "ko")
    assert facts.loc["base", ["c0", "c1"]].tolist() == ["서울", "London"]
    same = fact_table(table_of([rows[0], {"base": "Seoul"}]), "ko")
    assert not same.at["base", "differs"]


def test_where_nothing_is_stated_there_are_no_facts(table_of: Table) -> None:
    facts = fact_table(table_of([{}, {}]))
    assert facts.shape == (0, 3)


@given(st.lists(st.sampled_from(YES_NO), min_size=2, max_size=4))
def test_a_fact_differs_exactly_where_cells_do(table_of: Table, cells: list[str]) -> None:
    facts = fact_table(table_of([{"lobbies": cell, "country": "GB"} for cell in cells]))
    if {*cells} == {NOT_STATED}:
        assert facts.index.tolist() == ["country"]
    else:
        assert bool(facts.at["lobbies", "differs"]) == (len({*cells}) > 1)
        assert facts.index[0] == ("lobbies" if len({*cells}) > 1 else "country")


@given(
    st.lists(
        st.lists(st.floats(-1, 2), min_size=3, max_size=3),
        min_size=2,
        max_size=4,
    )
)
def test_points_of_each_charity_sum_to_its_total(columns: list[list[float]]) -> None:
    contributions = pd.DataFrame({f"c{i}": column for i, column in enumerate(columns)})
    found = in_points(contributions)
    for charity_id, column in contributions.items():
        assert found[charity_id].sum() == whole_points(float(column.sum()))
        assert found[charity_id].tolist() == points(column.to_numpy()).tolist()


def test_two_to_four_each_once() -> None:
    assert checked_charities([("A", "a"), ("B", "b")]) == ("a", "b")
    with pytest.raises(AnswersError, match=r"^1 charities to compare: expected 2 to 4\.$"):
        checked_charities([("A", "a")])
    five = [(n, n) for n in "abcd"] + [("A", "a")]
    with pytest.raises(AnswersError) as told:
        checked_charities(five)
    assert str(told.value) == (
        "5 charities to compare: expected 2 to 4. "
        "'a' and 'A' name the same charity, a; name each one once."
    )


def test_one_table_holds_ranks_contributions_and_facts(table_of: Table) -> None:
    contributions = pd.DataFrame({"c0": [0.5], "c1": [0.25]}, index=["justice"])
    side = SideBySide(
        (Standing("c0", True, 1, False, "good", 0.5), Standing("c1", False, None, False, "", 0.25)),
        pd.Series({"justice": 1.0}),
        contributions,
        in_points(contributions),
        fact_table(table_of([{"country": "GB"}, {"country": "US"}])),
        {"c0": {}, "c1": {}},
    )
    table = side.as_table()
    assert table.index.tolist() == [
        "listed",
        "rank",
        "tied",
        "band",
        "score",
        "justice",
        "country",
    ]
    assert table["c0"].tolist() == [True, 1, False, "good", 0.5, 0.5, "GB"]
    assert table["c1"].tolist() == [False, None, False, "", 0.25, 0.25, "US"]
    found = side.as_object()
    assert found["differing"] == ["country"]
    assert found["facts"] == {"country": {"c0": "GB", "c1": "US"}}
    assert found["points"] == {"c0": {"justice": 50}, "c1": {"justice": 25}}
