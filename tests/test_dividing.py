from collections.abc import Mapping
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.apportionment import NO_ROOM, TOO_SMALL
from recommender.dividing import divide
from recommender.money import Money
from recommender.plan import ASIDE, CLOSED, NOBODY, UNLIKED, Plan, Terms
from recommender.ranking import GOOD_MATCH, GOOD_SHARE, LIKE

Matches = Mapping[str, Mapping[str, float]]
# Matches around what it takes to fit well, with many equal ones.
MATCH = st.sampled_from([0.0, 0.1, 0.29, 0.3, 0.4, 0.6, 1.0, 1.0, 1.2, 2.4]) | st.floats(0, 5)
CHARITIES = [f"c{at}" for at in range(7)]
PARTS = ["justice", "education", "text"]
RUNS = st.fixed_dictionaries(
    {p: st.fixed_dictionaries(dict.fromkeys(CHARITIES, MATCH)) for p in PARTS}
)
WEIGHTS = st.fixed_dictionaries(dict.fromkeys(PARTS, st.integers(1, 5)))
BUDGETS = st.builds(Money, st.integers(1, 10**7), st.sampled_from(["EUR", "KRW", "KWD"]))


def run_of(matches: Matches, weights: Mapping[str, float]) -> pd.DataFrame:
    """A run with the given matches, whose contributions are weight times match."""
    table = pd.DataFrame({p: pd.Series(dict(of)) * weights[p] for p, of in matches.items()})
    table = table.fillna(0.0).rename_axis("charity_id")
    return table.assign(name=[f"The {i}" for i in table.index])


def plan_of(matches: Matches, budget: int = 10_000, **options) -> Plan:  # type: ignore[no-untyped-def]
    """A plan with the given matches, of parts that weigh the same if nothing else is said."""
    weights = options.pop("weights", {part: 1 / len(matches) for part in matches})
    minimum, most = options.pop("minimum", None), options.pop("most", None)
    least = None if minimum is None else Money(minimum, "EUR")
    run = run_of(matches, weights)
    return divide(run, weights, Terms(Money(budget, "EUR"), least, most), **options)


def amounts(plan: Plan) -> dict[str, int]:
    return {gift.charity_id: gift.amount for gift in plan.gifts}


def reasons(plan: Plan) -> dict[str, str]:
    return {share.part: share.reason for share in plan.shares}


def test_shares_go_by_weight_and_gifts_by_match() -> None:
    matches = {"justice": {"a": 2.0, "b": 1.0}, "education": {"b": 0.9}}
    plan = plan_of(matches, 700, weights={"justice": 5 / 7, "education": 2 / 7})
    assert [(share.part, share.amount) for share in plan.shares] == [
        ("justice", 500),
        ("education", 200),
    ]
    assert [(g.charity_id, g.amount, dict(g.parts)) for g in plan.gifts] == [
        ("b", 367, {"justice": 167, "education": 200}),
        ("a", 333, {"justice": 333}),
    ]
    assert plan.given == Money(700, "EUR")
    assert plan.undivided == Money(0, "EUR")


@pytest.mark.parametrize(
    ("match", "gets"),
    [(0.01, False), (0.299, False), (0.3, True), (0.5, True), (0.6, True)],
)
def test_a_stray_word_gets_nothing(match: float, gets: bool) -> None:
    plan = plan_of({"justice": {"a": 0.6, "b": match}})
    assert ("b" in amounts(plan)) == gets
    assert plan_of({"justice": {"b": match}}).undivided.units == (0 if gets else 10_000)


def test_who_matches_less_than_half_of_the_best_gets_nothing() -> None:
    plan = plan_of({"justice": {"a": 2.0, "b": 1.0, "c": 0.999}})
    assert set(amounts(plan)) == {"a", "b"}


def test_a_part_that_nobody_fits_is_not_given_to_others() -> None:
    plan = plan_of({"justice": {"a": 2.0}, "education": {"a": 0.2}})
    assert amounts(plan) == {"a": 5_000}
    assert reasons(plan) == {"justice": "", "education": NOBODY}
    assert plan.undivided == Money(5_000, "EUR")


def test_who_is_set_aside_gets_nothing_and_does_not_set_what_fits_well() -> None:
    matches = {"justice": {"a": 4.0, "b": 1.0, "c": 0.2}}
    plan = plan_of(matches, aside={"a": CLOSED, "c": UNLIKED})
    assert amounts(plan) == {"b": 10_000}
    assert plan.aside == {"a": CLOSED}


def test_a_part_that_only_those_set_aside_fit_is_not_given() -> None:
    plan = plan_of({"justice": {"a": 4.0, "b": 0.1}}, aside={"a": CLOSED})
    assert (amounts(plan), reasons(plan)) == ({}, {"justice": ASIDE})
    assert plan.undivided == plan.terms.budget


def test_a_liked_charity_counts_as_the_best_of_the_others() -> None:
    plan = plan_of({LIKE: {"a": 9.0, "b": 1.0, "c": 0.5, "d": 0.4}}, liked=["a"])
    assert amounts(plan) == {"a": 4_000, "b": 4_000, "c": 2_000}
    assert amounts(plan_of({LIKE: {"a": 9.0, "b": 0.1}}, liked=["a"])) == {"a": 10_000}
    # For a priority it is a charity like the others.
    assert set(amounts(plan_of({"justice": {"a": 9.0, "b": 1.0}}, liked=["a"]))) == {"a"}


def test_a_part_that_counts_against_gives_nothing() -> None:
    weights = {"justice": 0.75, "unlike": -0.25}
    matches = {"justice": {"a": 1.0}, "unlike": {"b": 2.0}}
    plan = plan_of(matches, weights=weights)
    assert [(s.part, s.weight, s.amount) for s in plan.shares] == [("justice", 1.0, 10_000)]
    assert amounts(plan) == {"a": 10_000}


def test_nothing_asked_is_nothing_divided() -> None:
    plan = plan_of({"unlike": {"a": 1.0}}, weights={"unlike": -1.0})
    assert (plan.gifts, plan.shares) == ((), ())
    assert plan.undivided == plan.terms.budget


def test_too_small_a_share_is_joined_to_who_fits_it_or_not_given() -> None:
    weights = {"justice": 0.9, "education": 0.1}
    joined = {"justice": {"a": 1.0}, "education": {"a": 0.5, "b": 0.9}}
    plan = plan_of(joined, weights=weights, minimum=2_000)
    assert amounts(plan) == {"a": 10_000}
    apart = {"justice": {"a": 1.0}, "education": {"b": 0.9}}
    plan = plan_of(apart, weights=weights, minimum=2_000)
    assert amounts(plan) == {"a": 9_000}
    assert reasons(plan)["education"] == TOO_SMALL


def test_no_more_than_so_many_get_a_gift() -> None:
    matches = {"justice": {"a": 1.0, "b": 0.9, "c": 0.8}, "education": {"d": 1.0}}
    assert amounts(plan_of(matches, most=2)) == {"a": 5_000, "d": 5_000}
    plan = plan_of(matches, most=1)
    assert len(plan.gifts) == 1
    assert sorted(reasons(plan).values()) == ["", NO_ROOM]


def test_a_share_of_less_than_a_unit_is_told() -> None:
    plan = plan_of({"justice": {"a": 1.0}, "education": {"b": 1.0}}, 1)
    assert [gift.amount for gift in plan.gifts] == [1]
    assert sorted(reasons(plan).values()) == ["", TOO_SMALL]


def test_equals_that_get_different_amounts_are_told() -> None:
    equal = {"justice": {"b": 1.0, "a": 1.0, "c": 1.0}}
    plan = plan_of(equal, 100)
    assert amounts(plan) == {"a": 33, "b": 33, "c": 34}
    assert plan.uneven == (("c", "a", "b"),)  # in the order of their lots
    assert plan_of(equal, 99).uneven == ()
    assert plan_of(equal, 99, most=2).uneven == (("c", "a", "b"),)


def test_matches_that_agree_to_twelve_decimals_are_the_same() -> None:
    plan = plan_of({"justice": {"a": 0.6, "b": 0.6 - 1e-14, "c": 0.3 - 1e-14}}, 101)
    assert amounts(plan) == {"a": 41, "b": 40, "c": 20}
    assert plan.uneven == (("a", "b"),)


def test_weights_are_read_as_exactly_as_they_were_rated() -> None:
    """As floats, 0.3 of 5 is less than one and a half, and would lose what is a tie."""
    weights = {"justice": 0.5, "education": 0.3, "text": 0.2}
    plan = plan_of({part: {"a": 1.0} for part in weights}, 5, weights=weights)
    assert {share.part: share.amount for share in plan.shares} == {
        "justice": 3,
        "education": 1,
        "text": 1,
    }


@given(RUNS, WEIGHTS, BUDGETS, st.none() | st.integers(1, 3_000_000), st.none() | st.integers(1, 5))
def test_whatever_is_asked_the_sums_are_exact_and_the_limits_hold(
    matches: Matches,
    ratings: dict[str, int],
    budget: Money,
    minimum: int | None,
    most: int | None,
) -> None:
    weights = {part: rating / sum(ratings.values()) for part, rating in ratings.items()}
    least = None if minimum is None else Money(min(minimum, budget.units), budget.currency)
    run = run_of(matches, weights)
    plan = divide(run, weights, Terms(budget, least, most))
    assert sum(share.amount for share in plan.shares) == budget.units
    not_given = sum(share.amount for share in plan.shares if share.reason)
    assert plan.given.units + not_given == budget.units
    assert plan.undivided.units == not_given
    assert most is None or len(plan.gifts) <= most
    for gift in plan.gifts:
        assert gift.amount == sum(gift.parts.values()) >= (least.units if least else 1)
        assert min(gift.parts.values()) > 0
    for share in plan.shares:
        got = sum(gift.parts.get(share.part, 0) for gift in plan.gifts)
        assert got == (0 if share.reason else share.amount)
        exact = Fraction(budget.units * ratings[share.part], sum(ratings.values()))
        assert abs(share.amount - exact) < 1
        best = max(matches[share.part].values())
        for gift in plan.gifts:
            if share.part in gift.parts:
                match = matches[share.part][gift.charity_id] + 1e-9
                assert match >= max(GOOD_MATCH, GOOD_SHARE * best)
        assert (share.reason == NOBODY) == (best < GOOD_MATCH - 1e-12)
    frame = plan.frame()
    assert frame["amount"].tolist() == frame.iloc[:, 2:].sum(axis=1).tolist()
    assert plan.in_currency()["amount"].sum() == plan.given.decimal


@given(RUNS, WEIGHTS, st.integers(1, 10**6), st.integers(1, 4), st.permutations(CHARITIES))
def test_the_order_of_rows_decides_nothing(
    matches: Matches, ratings: dict[str, int], budget: int, most: int, order: list[str]
) -> None:
    weights = {part: rating / sum(ratings.values()) for part, rating in ratings.items()}
    run, terms = run_of(matches, weights), Terms(Money(budget, "EUR"), None, most)
    assert divide(run.loc[order], weights, terms) == divide(run, weights, terms)


@given(RUNS, WEIGHTS, st.integers(1, 10**6))
def test_without_limits_every_part_that_anybody_fits_is_given_whole(
    matches: Matches, ratings: dict[str, int], budget: int
) -> None:
    weights = {part: rating / sum(ratings.values()) for part, rating in ratings.items()}
    plan = divide(run_of(matches, weights), weights, Terms(Money(budget, "EUR")))
    for share in plan.shares:
        assert (not share.reason) == bool(share.fitting and share.amount)


@given(WEIGHTS, st.integers(1, 10**6), st.integers(0, 10**6))
def test_more_budget_takes_no_more_than_a_unit_from_a_part(
    ratings: dict[str, int], budget: int, more: int
) -> None:
    matches = {part: {"a": 1.0} for part in ratings}
    weights = {part: rating / sum(ratings.values()) for part, rating in ratings.items()}
    run = run_of(matches, weights)
    less, larger = (
        divide(run, weights, Terms(Money(units, "EUR"))) for units in (budget, budget + more)
    )
    for before, after in zip(less.shares, larger.shares, strict=True):
        assert after.amount >= before.amount - 1


@given(RUNS, WEIGHTS, st.integers(1, 10**6))
def test_equal_charities_get_the_same_or_are_a_unit_apart(
    matches: Matches, ratings: dict[str, int], budget: int
) -> None:
    twins = {part: {**of, "twin": of["c3"]} for part, of in matches.items()}
    weights = {part: rating / sum(ratings.values()) for part, rating in ratings.items()}
    plan = divide(run_of(twins, weights), weights, Terms(Money(budget, "EUR")))
    got = amounts(plan)
    one, other = got.get("c3", 0), got.get("twin", 0)
    assert 0 <= one - other <= 1
    if one != other:
        assert any({"c3", "twin"} <= set(ids) for ids in plan.uneven)
