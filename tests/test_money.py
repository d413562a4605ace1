from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import AnswersError, RecommenderError, UnknownNameError
from recommender.languages import load_language
from recommender.money import LARGEST, Money, currencies, digits, read


@pytest.mark.parametrize(
    ("text", "units", "currency"),
    [
        ("100 EUR", 10_000, "EUR"),
        ("99.5 usd", 9_950, "USD"),
        ("0.01 GBP", 1, "GBP"),
        ("50000 KRW", 50_000, "KRW"),
        ("7 JPY", 7, "JPY"),
        ("12.345 KWD", 12_345, "KWD"),
        ("0.001 BHD", 1, "BHD"),
        ("  0012.30   eur ", 1_230, "EUR"),
        ("10000000000000 EUR", LARGEST, "EUR"),
    ],
)
def test_an_amount_is_read_exactly(text: str, units: int, currency: str) -> None:
    assert Money.of(text) == Money(units, currency)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-5 EUR", "digits alone"),
        ("+5 EUR", "digits alone"),
        ("1e3 EUR", "digits alone"),
        ("nan EUR", "digits alone"),
        ("inf EUR", "digits alone"),
        ("1,000 EUR", "digits alone"),
        ("12,345 KWD", "digits alone"),
        (".5 EUR", "digits alone"),
        ("5. EUR", "digits alone"),
        ("1_000 EUR", "digits alone"),
        ("\u0661\u0660 EUR", "digits alone"),
        ("1.005 EUR", "at most 2 decimals of EUR"),
        ("1.0 KRW", "no decimals of KRW"),
        ("1.2345 KWD", "at most 3 decimals of KWD"),
        ("0 EUR", "more than 0"),
        ("0.00 EUR", "more than 0"),
        ("10000000000000.01 EUR", "at most 10000000000000.00 EUR"),
        ("9" * 5000 + " EUR", "at most 10000000000000.00 EUR"),
        ("100", 'a number and a currency, as "100 EUR"'),
        ("EUR", 'a number and a currency, as "100 EUR"'),
        ("", 'a number and a currency, as "100 EUR"'),
        ("1 000 EUR", 'a number and a currency, as "100 EUR"'),
    ],
)
def test_what_is_no_amount_is_refused_with_what_was_expected(text: str, expected: str) -> None:
    with pytest.raises(AnswersError) as refused:
        Money.of(text)
    assert expected in str(refused.value)
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize("value", [100, 100.0, float("nan"), None, b"100 EUR", True])
def test_only_text_is_an_amount(value: object) -> None:
    found, problems = read(value, "budget")
    assert found is None
    assert [str(problem).partition(":")[0] for problem in problems] == ["budget"]


def test_an_unknown_currency_is_answered_with_known_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown currency 'EURO'\. Did you mean EUR\?"):
        Money.of("100 EURO")
    with pytest.raises(UnknownNameError, match="Known: AED"):
        Money.of("100 €")


def test_a_currency_that_is_no_longer_used_is_unknown() -> None:
    assert "EUR" in currencies()
    assert {"DEM", "ITL", "XAU", "XXX"} & set(currencies()) == set()
    with pytest.raises(UnknownNameError):
        digits("DEM")


def test_all_that_is_wrong_with_an_amount_is_told_at_once() -> None:
    with pytest.raises(AnswersError) as refused:
        Money.of("1,5 EURO")
    lines = str(refused.value).splitlines()
    assert lines[0] == "2 problems"
    assert "'1,5'" in lines[1]
    assert "'EURO'" in lines[2]


@pytest.mark.parametrize(
    ("money", "english", "korean"),
    [
        (Money(10_000, "EUR"), "€100.00", "€100.00"),
        (Money(50_000, "KRW"), "₩50,000", "₩50,000"),
        (Money(123_456_789, "USD"), "US$1,234,567.89", "US$1,234,567.89"),
        (Money(0, "EUR"), "€0.00", "€0.00"),
        (Money(LARGEST, "KRW"), "₩1,000,000,000,000,000", "₩1,000,000,000,000,000"),
    ],
)
def test_amounts_are_written_as_the_language_does(money: Money, english: str, korean: str) -> None:
    assert money.said(load_language("en")) == english
    assert money.said(load_language("ko")) == korean


def test_three_decimals_are_all_written() -> None:
    assert "12.345" in Money(12_345, "KWD").said(load_language("en"))


@given(st.integers(1, LARGEST), st.sampled_from(currencies()))
def test_what_is_written_reads_back(units: int, currency: str) -> None:
    money = Money(units, currency)
    assert Money.of(str(money)) == money
    assert money.decimal * 10 ** digits(currency) == Decimal(units)
    assert -money.decimal.as_tuple().exponent == digits(currency)  # type: ignore[operator]


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_one_kind_of_error(text: str) -> None:
    try:
        money = Money.of(text)
    except RecommenderError:
        return
    assert 0 < money.units <= LARGEST
