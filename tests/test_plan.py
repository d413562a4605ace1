import json
from decimal import Decimal

import pytest

from recommender import AnswersError, UnknownNameError
from recommender.money import Money
from recommender.plan import CLOSED, NOBODY, Gift, Plan, Share, Terms


@pytest.fixture
def plan() -> Plan:
    return Plan(
        terms=Terms.of("10 EUR", "1 EUR", 3),
        gifts=(
            Gift("b", "Bee", 500, {"justice": 400, "education": 100}),
            Gift("a", "Ay", 300, {"justice": 300}),
        ),
        shares=(
            Share("justice", 0.7, 700, "", {"a": 0.6, "b": 0.8}),
            Share("education", 0.1, 100, "", {"b": 1.0}),
            Share("text", 0.2, 200, NOBODY, {}),
        ),
        aside={"c": CLOSED},
        uneven=(),
        rows=3,
        every=9,
        asked={"answers": {"justice": 5.0}},
    )


def test_terms_are_read_as_they_are_said() -> None:
    terms = Terms.of("100 eur", Money(1_000, "EUR"), 3)
    assert terms == Terms(Money(10_000, "EUR"), Money(1_000, "EUR"), 3)
    assert Terms.of("7 JPY", None, None) == Terms(Money(7, "JPY"))
    assert Terms.of("7 JPY", "7 JPY", 1).minimum == Money(7, "JPY")


@pytest.mark.parametrize(
    ("minimum", "expected"),
    [
        ("11 EUR", "minimum: found 11.00 EUR; expected at most the budget, 10.00 EUR"),
        ("10.01 EUR", "raise the budget or lower the minimum"),
        ("1000 KRW", "minimum: found 1000 KRW; expected an amount of EUR, as the budget"),
        ("0 EUR", "minimum: found '0 EUR'; expected more than 0"),
    ],
)
def test_a_minimum_that_cannot_hold_says_what_to_change(minimum: str, expected: str) -> None:
    with pytest.raises(AnswersError) as refused:
        Terms.of("10 EUR", minimum, None)
    assert expected in str(refused.value)


@pytest.mark.parametrize("most", [0, -1, 2.0, "3", True, float("nan")])
def test_so_many_charities_is_a_whole_number(most: object) -> None:
    with pytest.raises(AnswersError, match=r"most: found .*; expected a whole number"):
        Terms.of("10 EUR", None, most)  # type: ignore[arg-type]


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(AnswersError) as refused:
        Terms.of("-1 EUR", "1.5 KRW", 0)
    said = str(refused.value)
    assert said.startswith("3 problems\n")
    for words in ("budget: found '-1'", "no decimals of KRW", "most: found 0"):
        assert words in said


def test_an_unknown_currency_alone_is_an_unknown_name() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown currency 'EURO'\. Did you mean EUR"):
        Terms.of("10 EURO", None, None)


@pytest.mark.parametrize("units", [0, -5, 10**15 + 1])
def test_money_made_by_hand_is_checked_too(units: int) -> None:
    with pytest.raises(AnswersError, match="budget"):
        Terms.of(Money(units, "EUR"), None, None)


def test_what_is_given_and_not_given_sums_to_the_budget(plan: Plan) -> None:
    assert plan.given == Money(800, "EUR")
    assert plan.undivided == Money(200, "EUR")
    assert plan.share("education").amount == 100


def test_the_table_is_in_smallest_units_and_sums_across(plan: Plan) -> None:
    table = plan.frame()
    assert table.index.tolist() == ["b", "a"]
    assert table.index.name == "charity_id"
    assert table.columns.tolist() == ["name", "amount", "justice", "education"]
    assert table["amount"].tolist() == [500, 300]
    assert (table["justice"] + table["education"]).tolist() == [500, 300]
    assert str(table["amount"].dtype) == "int64"


def test_the_table_in_the_currency_is_exact(plan: Plan) -> None:
    table = plan.in_currency()
    assert table.columns.tolist() == ["name", "amount", "currency", "justice", "education"]
    assert table["amount"].tolist() == [Decimal("5.00"), Decimal("3.00")]
    assert set(table["currency"]) == {"EUR"}
    assert "b,Bee,5.00,EUR,4.00,1.00" in table.to_csv()


def test_a_plan_without_gifts_has_an_empty_table() -> None:
    empty = Plan(Terms.of("10 EUR", None, None), (), (), {}, (), 0, 0)
    assert empty.frame().shape == (0, 2)
    assert empty.in_currency().shape == (0, 3)
    assert empty.given.units == 0


def test_as_json_amounts_are_text_with_all_decimals(plan: Plan) -> None:
    shown = json.loads(json.dumps(plan.as_object(), allow_nan=False))
    assert (shown["budget"], shown["currency"], shown["given"]) == ("10.00", "EUR", "8.00")
    assert (shown["minimum"], shown["most"], shown["undivided"]) == ("1.00", 3, "2.00")
    assert shown["gifts"][0] == {
        "charity_id": "b",
        "name": "Bee",
        "amount": "5.00",
        "parts": {"justice": "4.00", "education": "1.00"},
    }
    assert [share["reason"] for share in shown["shares"]] == [None, None, "nobody"]
    assert shown["get_nothing"] == {"c": "closed"}
    assert (shown["rows"], shown["every"]) == (3, 9)
    assert shown["asked"] == {"answers": {"justice": 5.0}}
