from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from recommender.apportionment import NO_ROOM, TOO_SMALL, apportion, apportion_each, settle
from recommender.lots import by_lot

# The order of their lots: c, d, e, a, b.
IDS = st.sampled_from("abcdefgh")
VALUES = st.dictionaries(IDS, st.integers(1, 50), min_size=1, max_size=8)
PARTS = st.dictionaries(st.sampled_from("xyz"), VALUES, min_size=1, max_size=3)


def sums(amounts: dict[str, dict[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for of in amounts.values():
        for name, amount in of.items():
            found[name] = found.get(name, 0) + amount
    return found


@pytest.mark.parametrize(
    ("total", "values", "expected"),
    [
        # Balinski and Young’s example of 26 seats (Fair Representation, 1982).
        (
            26,
            {"A": 9061, "B": 7179, "C": 5259, "D": 3319, "E": 1182},
            {"A": 9, "B": 7, "C": 5, "D": 4, "E": 1},
        ),
        (10, {"a": 1, "b": 1, "c": 1}, {"a": 3, "b": 3, "c": 4}),
        (7143, {"a": 2, "b": 1}, {"a": 4762, "b": 2381}),
        (0, {"a": 1, "b": 2}, {"a": 0, "b": 0}),
        (5, {"a": 0, "b": 3}, {"a": 0, "b": 5}),
    ],
)
def test_largest_remainders_by_hand(
    total: int, values: dict[str, int], expected: dict[str, int]
) -> None:
    assert apportion(total, values) == expected


@given(st.integers(0, 10**15), st.dictionaries(IDS, st.integers(1, 10**13), min_size=1))
def test_they_sum_and_none_is_a_unit_away(total: int, values: dict[str, int]) -> None:
    found = apportion(total, values)
    assert sum(found.values()) == total
    for name, value in values.items():
        assert abs(found[name] - Fraction(total * value, sum(values.values()))) < 1
    for one in values:
        for other in values:
            assert values[one] <= values[other] or found[one] >= found[other]


def test_the_order_of_the_values_decides_nothing() -> None:
    values = {"a": 3, "b": 3, "c": 2, "d": 3}
    for order in permutations(values):
        assert apportion(12, {name: values[name] for name in order}) == apportion(12, values)


def test_equals_take_turns_at_what_cannot_be_divided() -> None:
    same = {"a": 1, "b": 1}
    found = apportion_each({"x": 101, "y": 101}, {"x": same, "y": same})
    assert found == {"x": {"a": 51, "b": 50}, "y": {"a": 50, "b": 51}}


@given(st.dictionaries(st.sampled_from("xyz"), st.integers(0, 99), min_size=1), st.integers(2, 7))
def test_equals_get_sums_that_differ_by_a_unit_at_most(totals: dict[str, int], n: int) -> None:
    values = {p: {**dict.fromkeys("abcdefg"[:n], 3), "other": 5} for p in totals}
    found = sums(apportion_each(totals, values))
    equal = [found[name] for name in sorted("abcdefg"[:n], key=by_lot)]
    assert equal == sorted(equal, reverse=True)
    assert equal[0] - equal[-1] <= 1


def test_a_gift_too_small_is_joined_with_the_others_of_its_part() -> None:
    found = settle({"x": 100}, {"x": {"a": 60, "b": 30, "c": 10}}, least=30)
    assert found.amounts == {"x": {"a": 67, "b": 33}}
    assert found.unserved == {}


def test_a_part_too_small_goes_to_who_gets_something_else_and_shares_in_it() -> None:
    values = {"x": {"a": 50, "b": 50}, "y": {"a": 10, "c": 20}}
    found = settle({"x": 92, "y": 8}, values, least=20)
    assert found.amounts == {"x": {"a": 46, "b": 46}, "y": {"a": 8}}


def test_a_part_too_small_that_nobody_else_shares_in_is_not_divided() -> None:
    found = settle({"x": 92, "y": 8}, {"x": {"a": 1}, "y": {"c": 1}}, least=20)
    assert found.amounts == {"x": {"a": 92}}
    assert found.unserved == {"y": TOO_SMALL}


def test_the_last_of_a_part_stays_as_long_as_another_can_go() -> None:
    values = {"x": {"a": 1, "b": 1, "c": 1}, "y": {"d": 1}}
    found = settle({"x": 90, "y": 20}, values, most=2)
    assert found.amounts == {"x": {"c": 90}, "y": {"d": 20}}


def test_a_part_without_room_is_not_divided() -> None:
    found = settle({"x": 90, "y": 20}, {"x": {"a": 1}, "y": {"d": 1}}, most=1)
    assert (found.amounts, found.unserved) == ({"x": {"a": 90}}, {"y": NO_ROOM})


def test_who_shares_in_more_parts_stays_if_more_is_divided_so() -> None:
    values = {"x": {"a": 30, "b": 70}, "y": {"a": 30, "d": 70}}
    found = settle({"x": 5, "y": 5}, values, least=10)
    assert found.amounts == {"x": {"a": 5}, "y": {"a": 5}}
    assert settle({"x": 5, "y": 5}, values, most=1).amounts == found.amounts


def test_of_equals_the_last_lot_is_left_out() -> None:
    assert settle({"x": 9}, {"x": {"a": 1, "b": 1, "c": 1}}, most=2).amounts == {
        "x": {"c": 5, "a": 4}
    }


def test_a_sum_exactly_at_the_least_stays() -> None:
    found = settle({"x": 900, "y": 100}, {"x": {"a": 7, "b": 7}, "y": {"c": 3}}, least=100)
    assert found.amounts["y"] == {"c": 100}
    assert settle({"x": 10**15}, {"x": {"a": 1, "b": 1}}, least=5 * 10**14).amounts == {
        "x": {"a": 5 * 10**14, "b": 5 * 10**14}
    }


def test_a_sum_that_is_rounded_up_to_the_least_stays() -> None:
    found = settle({"x": 30}, {"x": {"a": 9_996, "b": 20_004}}, least=10)
    assert found.amounts == {"x": {"a": 10, "b": 20}}


def test_fewer_units_than_shares_make_fewer_gifts() -> None:
    assert settle({"x": 2}, {"x": {"a": 1, "b": 1, "c": 1}}).amounts == {"x": {"a": 1, "c": 1}}


@given(
    PARTS,
    st.lists(st.integers(1, 500), min_size=3, max_size=3),
    st.integers(1, 200),
    st.none() | st.integers(1, 6),
)
def test_limits_hold_and_each_part_is_divided_whole_or_not_at_all(
    values: dict[str, dict[str, int]], given_totals: list[int], least: int, most: int | None
) -> None:
    totals = dict(zip(values, given_totals, strict=False))
    found = settle(totals, values, least, most)
    got = sums(dict(found.amounts))
    assert all(amount >= least for amount in got.values())
    assert most is None or len(got) <= most
    assert set(found.amounts) | set(found.unserved) == set(values)
    for part, of in found.amounts.items():
        assert sum(of.values()) == totals[part]
        assert set(of) <= set(values[part])
        assert min(of.values()) > 0
        assert part not in found.unserved
    for part, reason in found.unserved.items():
        # Nobody who gets something shares in it: else it would be joined to that.
        assert not set(got) & set(values[part])
        if reason == TOO_SMALL:
            assert totals[part] < least
        else:
            assert most is not None
            assert len(values) > most


@given(PARTS, st.integers(1, 200), st.integers(1, 6), st.randoms(use_true_random=False))
def test_no_order_decides_who_is_left_out(values, least, most, random):  # type: ignore[no-untyped-def]
    totals = {part: 100 + 37 * at for at, part in enumerate(sorted(values))}
    found = settle(totals, values, least, most)
    shuffled = {part: dict(random.sample(list(of.items()), len(of))) for part, of in values.items()}
    assert settle(totals, shuffled, least, most) == found


@given(PARTS, st.lists(st.integers(1, 500), min_size=3, max_size=3))
def test_without_limits_all_is_divided_by_largest_remainders(
    values: dict[str, dict[str, int]], given_totals: list[int]
) -> None:
    totals = dict(zip(values, given_totals, strict=False))
    assume(all(totals[part] >= 50 * len(of) for part, of in values.items()))
    found = settle(totals, values)
    assert found.unserved == {}
    for part, of in found.amounts.items():
        whole = sum(values[part].values())
        for name, value in values[part].items():
            assert abs(of[name] - Fraction(totals[part] * value, whole)) < 1
