"""A plan: what of a budget is given to which charity and for what, and what isn't given.

Amounts are whole numbers of the currency's smallest unit. `dividing` says how they come about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from .apportionment import NO_ROOM, TOO_SMALL
from .errors import AnswersError, Problem, RecommenderError
from .money import Money, read, told_together

NOBODY, ASIDE = "nobody", "aside"
REASONS = (NOBODY, ASIDE, TOO_SMALL, NO_ROOM)
"""Why a share isn't given: no charity fits well with its part; only such that get nothing do; it
is less than the least gift; no more charities may get a gift."""

CLOSED, UNLIKED, AGAINST = "closed", "unlike", "against"
"""Why a charity gets nothing that fits well: it is closed, the donor wants less like it, or more
counts against it than for it."""


@dataclass(frozen=True)
class Terms:
    """What is to be divided, and within which limits.

    Attributes
    ----------
    budget : Money
    minimum : Money or None
        No gift is less; of the same currency.
    most : int or None
        No more charities get a gift.
    """

    budget: Money
    minimum: Money | None = None
    most: int | None = None

    @classmethod
    def of(cls, budget: str | Money, minimum: str | Money | None, most: int | None) -> Terms:
        """Return what a donor says, checked.

        Raises
        ------
        UnknownNameError, AnswersError
            Telling every problem at once.
        """
        money, problems = _money(budget, "budget")
        least, more = (None, []) if minimum is None else _money(minimum, "minimum")
        problems += more
        whole = isinstance(most, int | np.integer) and not isinstance(most, bool)
        if most is not None and not (whole and most >= 1):
            wanted = "a whole number of charities, 1 or more"
            problems.append(AnswersError(str(Problem("most", repr(most), wanted))))
        if money and least:
            problems += _together(money, least)
        if problems or money is None:
            raise told_together(problems)
        return cls(money, least, None if most is None else int(most))


@dataclass(frozen=True)
class Share:
    """What a part of the query has of the budget.

    Attributes
    ----------
    part : str
        A priority's id, "text" or "like".
    weight : float
        Its share of the budget, above 0; all sum to one.
    amount : int
        In smallest units.
    reason : str
        Empty if all of it is given; else none of it is: NOBODY, ASIDE, TOO_SMALL or NO_ROOM.
    fitting : mapping of charity_id to float
        The charities that fit well with it and can be given to, each with the match that its
        gift goes by; also those that get nothing because of the limits.
    """

    part: str
    weight: float
    amount: int
    reason: str
    fitting: Mapping[str, float]


@dataclass(frozen=True)
class Gift:
    """What a charity gets.

    Attributes
    ----------
    charity_id, name : str
    amount : int
        In smallest units, above 0.
    parts : mapping of part to int
        What it gets for each part of the query; above 0, summing to the amount.
    """

    charity_id: str
    name: str
    amount: int
    parts: Mapping[str, int]


@dataclass(frozen=True)
class Plan:
    """A budget divided: what is given to whom and for what, and what isn't given.

    Attributes
    ----------
    terms : Terms
    gifts : tuple of Gift
        The largest first, then by id.
    shares : tuple of Share
        In the order of the query; they sum to the budget. None if nothing is asked for.
    aside : mapping of charity_id to CLOSED, UNLIKED or AGAINST
        Charities of the run that fit well with something and get nothing.
    uneven : tuple of tuple of str
        Charities with the same matches whose amounts differ, since a unit can't be divided or
        not all may get a gift: the order of their lots decided.
    rows, every : int
        Of how many charities the run is that was divided, and how many no facet leaves out.
    asked : mapping
        What the run was asked and ranked by.
    """

    terms: Terms
    gifts: tuple[Gift, ...]
    shares: tuple[Share, ...]
    aside: Mapping[str, str]
    uneven: tuple[tuple[str, ...], ...]
    rows: int
    every: int
    asked: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def given(self) -> Money:
        """What all gifts sum to; it may be 0."""
        return self.money(sum(gift.amount for gift in self.gifts))

    @property
    def undivided(self) -> Money:
        """What of the budget isn't given; it may be 0."""
        return self.money(self.terms.budget.units - self.given.units)

    @property
    def largest(self) -> int:
        """The smallest units of the largest gift, for bars; 1 if there is none."""
        return max((gift.amount for gift in self.gifts), default=1)

    def money(self, units: int) -> Money:
        """Return so many smallest units of the plan's currency."""
        return Money(units, self.terms.budget.currency)

    def share(self, part: str) -> Share:
        """Return the share of a part."""
        return next(share for share in self.shares if share.part == part)

    def frame(self) -> pd.DataFrame:
        """Return the gifts as a table in smallest units.

        Returns
        -------
        DataFrame
            Index charity_id; columns name, amount and one a part that gives, int64. The parts
            sum to the amount across each row.
        """
        parts = [share.part for share in self.shares if not share.reason]
        ids = pd.Index([gift.charity_id for gift in self.gifts], name="charity_id", dtype=str)
        names = pd.array([gift.name for gift in self.gifts], dtype=str)
        rows = [[gift.amount, *(gift.parts.get(p, 0) for p in parts)] for gift in self.gifts]
        numbers = np.array(rows, dtype=np.int64).reshape(len(rows), 1 + len(parts))
        table = pd.DataFrame(numbers, index=ids, columns=["amount", *parts])
        table.insert(0, "name", names)
        return table

    def in_currency(self) -> pd.DataFrame:
        """Return `frame` with its amounts as exact Decimals, and a column for the currency."""
        table = self.frame()
        for column in table.columns[1:]:
            exact = [self.money(int(units)).decimal for units in table[column]]
            table[column] = pd.Series(exact, index=table.index, dtype=object)
        table.insert(2, "currency", pd.array([self.terms.budget.currency] * len(table), dtype=str))
        return table

    def as_object(self) -> dict[str, Any]:
        """Return the plan as JSON knows it; amounts are text, with all their decimals."""
        terms = self.terms
        return {
            "currency": terms.budget.currency,
            "budget": self._told(terms.budget.units),
            "minimum": None if terms.minimum is None else self._told(terms.minimum.units),
            "most": terms.most,
            "given": self._told(self.given.units),
            "undivided": self._told(self.undivided.units),
            "gifts": [self._gift(gift) for gift in self.gifts],
            "shares": [self._share(share) for share in self.shares],
            "get_nothing": dict(self.aside),
            "uneven": [list(ids) for ids in self.uneven],
            "rows": self.rows,
            "every": self.every,
            "asked": dict(self.asked),
        }

    def _gift(self, gift: Gift) -> dict[str, Any]:
        parts = {part: self._told(units) for part, units in gift.parts.items()}
        return {**asdict(gift), "amount": self._told(gift.amount), "parts": parts}

    def _share(self, share: Share) -> dict[str, Any]:
        shown = {**asdict(share), "amount": self._told(share.amount)}
        return {**shown, "reason": share.reason or None}

    def _told(self, units: int) -> str:
        return f"{self.money(units).decimal:f}"


def _money(given: str | Money, where: str) -> tuple[Money | None, list[RecommenderError]]:
    return read(str(given) if isinstance(given, Money) else given, where)


def _together(budget: Money, minimum: Money) -> list[RecommenderError]:
    """Return what is wrong with a budget and a minimum that are each right."""
    if budget.currency != minimum.currency:
        wanted = f"an amount of {budget.currency}, as the budget"
        return [AnswersError(str(Problem("minimum", str(minimum), wanted)))]
    if minimum.units > budget.units:
        wanted = f"at most the budget, {budget}: raise the budget or lower the minimum"
        return [AnswersError(str(Problem("minimum", str(minimum), wanted)))]
    return []
