"""Amounts of money, exact: whole numbers of a currency's smallest unit, never floats.

Which currencies there are, and how many decimals each has, is what the Unicode CLDR says, by
babel: 2 for EUR, 0 for KRW and JPY, 3 for KWD and BHD. A currency that no country uses any longer
isn't one of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel.core import get_global
from babel.numbers import (
    NumberFormatError,
    format_currency,
    get_currency_precision,
    parse_decimal,
)

from .errors import AnswersError, Problem, RecommenderError, UnknownNameError
from .languages import Language

LARGEST = 10**15
"""The largest amount in smallest units; every program that reads JSON holds it exactly."""

_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_TYPED = re.compile(r"[0-9][0-9.,]*")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of a currency.

    Attributes
    ----------
    units : int
        How many of the smallest unit: cents of EUR, won of KRW.
    currency : str
        An ISO 4217 code, such as "EUR".
    """

    units: int
    currency: str

    @classmethod
    def of(cls, text: str) -> Money:
        """Return the amount that a text says, as "100 EUR", "99.50 USD" or "50000 KRW".

        Raises
        ------
        UnknownNameError
            For a currency that isn't known.
        AnswersError
            For anything but a number and a currency; a sign, an exponent, commas, more decimals
            than the currency has, 0, or more than LARGEST.
        """
        found, problems = read(text, "amount")
        if found is None:
            raise told_together(problems)
        return found

    @property
    def decimal(self) -> Decimal:
        """The amount as a number of the currency, with all of its decimals."""
        return Decimal(self.units).scaleb(-digits(self.currency))

    def __str__(self) -> str:
        return f"{self.decimal:f} {self.currency}"

    def said(self, t: Language) -> str:
        """Return the amount as a language writes it: "€100.00", "₩50,000"."""
        return format_currency(self.decimal, self.currency, locale=t.locale)


@cache
def currencies() -> tuple[str, ...]:
    """Return the codes of the currencies that are legal tender somewhere today, in order."""
    used = (use for uses in get_global("territory_currencies").values() for use in uses)
    return tuple(sorted({code for code, _, until, tender in used if tender and until is None}))


def digits(currency: str) -> int:
    """Return how many decimals a currency has.

    Raises
    ------
    UnknownNameError
    """
    if currency not in currencies():
        raise UnknownNameError("currency", currency, currencies())
    return get_currency_precision(currency)


def read(text: object, where: str) -> tuple[Money | None, list[RecommenderError]]:
    """Return the amount that a text says, or all that is wrong with it.

    Parameters
    ----------
    text : str
        A number with decimals after a point, a space and a currency; in either case.
    where : str
        What the amount is, as its problems name it.
    """
    words = text.split() if isinstance(text, str) else []
    if len(words) != 2:
        return None, [_wrong(where, text, 'a number and a currency, as "100 EUR"')]
    number, code = words[0], words[1].upper()
    known = code in currencies()
    unknown = UnknownNameError("currency", words[1], currencies())
    problems: list[RecommenderError] = [] if known else [unknown]
    match = _NUMBER.fullmatch(number)
    if match is None:
        wanted = 'a number of digits alone, with a point before decimals, as "1250.50"'
        return None, [_wrong(where, number, wanted), *problems]
    if not known:
        return None, problems
    units, wrong = _units(match[1], match[2] or "", code)
    return (None, [_wrong(where, text, wrong)]) if wrong else (Money(units, code), [])


def typed(text: str, currency: str, t: Language) -> Money | None:
    """Return the amount that somebody typed as their language writes numbers, or None.

    Parameters
    ----------
    text : str
        A number alone: "1250.50" or "1,250.50" in English. What could be meant otherwise, such as
        "10,50" there, is no number.
    currency : str
        A code that is known.
    t : Language
    """
    number = unicodedata.normalize("NFKC", text).strip()
    if not _TYPED.fullmatch(number):
        return None
    try:
        value = parse_decimal(number, locale=t.locale, strict=True)
    except NumberFormatError:
        return None
    return read(f"{value:f} {currency}", "amount")[0]


def _units(whole: str, decimals: str, code: str) -> tuple[int, str]:
    """Return the smallest units, and what was expected where the number isn't right."""
    places = digits(code)
    if len(decimals) > places:
        return 0, f"at most {places} decimals of {code}" if places else f"no decimals of {code}"
    # Python refuses to read a number of thousands of digits.
    significant = whole.lstrip("0")
    too_long = len(significant) > len(str(LARGEST))
    units = LARGEST + 1 if too_long else int((significant + decimals.ljust(places, "0")) or "0")
    if not 0 < units <= LARGEST:
        return 0, f"more than 0, and at most {Money(LARGEST, code)}"
    return units, ""


def told_together(problems: Iterable[RecommenderError]) -> RecommenderError:
    """Return one error that tells all problems; the only one as it is."""
    problems = list(problems)
    if len(problems) == 1:
        return problems[0]
    lines = "\n".join(f"  {problem}" for problem in problems)
    return AnswersError(f"{len(problems)} problems\n{lines}")


def _wrong(where: str, found: object, expected: str) -> AnswersError:
    shown = repr(found)
    return AnswersError(str(Problem(where, shown[:60] + "…" * (len(shown) > 60), expected)))
