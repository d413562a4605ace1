"""Whole numbers divided by shares, so that they sum to what is divided, to the last unit.

A. Hamilton's largest remainders (1792): each gets the whole part of its exact share, and what is
left goes, a unit each, to the largest remainders. Nobody is more than a unit away from its exact
share. It has no other order than that of the shares: of equal remainders the one comes first that
has been rounded up least so far, then the one whose lot comes first (see `lots`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .lots import by_lot

TOO_SMALL, NO_ROOM = "minimum", "most"
"""Why a total isn't divided: it is less than the least amount; too few may get something."""

Totals = Mapping[str, int]
Values = Mapping[str, Mapping[str, int]]


def apportion(
    total: int, values: Mapping[str, int], credit: Mapping[str, float] | None = None
) -> dict[str, int]:
    """Divide a whole number in proportion to values.

    Parameters
    ----------
    total : int
        0 or more.
    values : mapping of id to int
        0 or more each, and not all 0.
    credit : mapping of id to float, optional
        How much more than its exact share each has got so far by rounding.

    Returns
    -------
    dict of id to int
        They sum to total; each is its exact share rounded down or up.
    """
    whole, credit = sum(values.values()), credit or {}
    exact = {name: divmod(total * value, whole) for name, value in values.items()}
    missing = total - sum(floor for floor, _ in exact.values())
    order = sorted(exact, key=lambda n: (-exact[n][1], credit.get(n, 0), by_lot(n)))
    more = set(order[:missing])
    return {name: floor + (name in more) for name, (floor, _) in exact.items()}


def apportion_each(totals: Totals, values: Values) -> dict[str, dict[str, int]]:
    """Divide several whole numbers, each among its own.

    Those with the same values everywhere get sums that differ by at most a unit.
    """
    found = {}
    # Apart, since equals have been rounded up in different parts: a sum of both would differ.
    up: dict[str, int] = defaultdict(int)
    owed: dict[str, float] = defaultdict(float)
    for part, shares in values.items():
        credit = {name: up[name] - owed[name] for name in shares}
        found[part] = apportion(totals[part], shares, credit)
        whole = sum(shares.values())
        for name, amount in found[part].items():
            floor, remainder = divmod(totals[part] * shares[name], whole)
            up[name] += amount - floor
            owed[name] += remainder / whole
    return found


@dataclass(frozen=True)
class Settled:
    """What was divided within limits.

    Attributes
    ----------
    amounts : mapping of part to mapping of id to int
        Above 0; those of a part sum to its total.
    unserved : mapping of part to TOO_SMALL or NO_ROOM
        The parts whose totals aren't divided.
    """

    amounts: Mapping[str, Mapping[str, int]]
    unserved: Mapping[str, str]


def settle(totals: Totals, values: Values, least: int = 1, most: int | None = None) -> Settled:
    """Divide several totals, so that who gets anything gets enough and they aren't too many.

    While somebody's sum is too small, or they are too many, one is left out and the others of the
    same parts get what it had: the one with the smallest sum, if another is left in each of its
    parts. Where that ends with a part of which nobody is left, those that share in the fewest
    parts are left out first instead, if more is divided so.

    Parameters
    ----------
    totals : mapping of part to int
        Above 0.
    values : mapping of part to mapping of id to int
        Above 0; at least one a part.
    least : int
        The least that anybody gets who gets anything; 1 or more.
    most : int, optional
        How many may get anything; 1 or more.
    """
    settled = _settled(totals, values, least, most, fewest=False)
    if not settled.unserved:
        return settled
    other = _settled(totals, values, least, most, fewest=True)
    lost, less = (sum(totals[part] for part in s.unserved) for s in (settled, other))
    return other if less < lost else settled


def _settled(
    totals: Totals, values: Values, least: int, most: int | None, *, fewest: bool
) -> Settled:
    among = _Among(totals, values)
    unserved: dict[str, str] = {}
    while True:
        too_many = most is not None and among.left.sum() > most
        pool = among.left if too_many else among.surely_below(least)
        amounts: dict[str, dict[str, int]] = {}
        if not pool.any():
            amounts = apportion_each(totals, among.values())
            pool = among.below(least, amounts)
        if not pool.any():
            given = {part: {n: a for n, a in of.items() if a} for part, of in amounts.items()}
            return Settled(given, unserved)
        emptied = among.leave_out(pool, fewest=fewest)
        unserved |= dict.fromkeys(emptied, NO_ROOM if too_many else TOO_SMALL)


class _Among:
    """Who is left to divide among.

    Sums are floats here: they say who is left out, never what anybody gets. Rows are in the order
    of the lots, so that nothing else can decide.
    """

    def __init__(self, totals: Totals, values: Values) -> None:
        self._given, self._parts = values, list(values)
        self.ids = sorted({name for shares in values.values() for name in shares}, key=by_lot)
        rows = [[values[part].get(name, 0) for part in self._parts] for name in self.ids]
        self._values = np.array(rows, dtype=float).reshape(len(self.ids), len(self._parts))
        self._totals = np.array([totals[part] for part in self._parts], dtype=float)
        self.left = np.ones(len(self.ids), dtype=bool)

    @property
    def _shares(self) -> np.ndarray:
        return (self._values > 0) & self.left[:, None]

    def sums(self) -> np.ndarray:
        """Return what each would get of all parts, before rounding."""
        values = self._values * self.left[:, None]
        whole = values.sum(axis=0)
        rates = np.divide(self._totals, whole, out=np.zeros_like(whole), where=whole > 0)
        return np.asarray((values * rates).sum(axis=1))

    def values(self) -> dict[str, dict[str, int]]:
        """Return the values of those that are left, of the parts that anybody is left of."""
        left = {name for name, here in zip(self.ids, self.left, strict=True) if here}
        kept = {p: {n: v for n, v in s.items() if n in left} for p, s in self._given.items()}
        return {part: shares for part, shares in kept.items() if shares}

    def surely_below(self, least: int) -> np.ndarray:
        """Tell who would get less than `least`, however it is rounded.

        Where they are so many that not all can get enough, tell who would before rounding.
        """
        sums = self.sums()
        crowded = least * np.count_nonzero(self.left) > self._totals[self._shares.any(axis=0)].sum()
        rounding = 0 if crowded else len(self._parts)
        return np.asarray(self.left & (sums < least - rounding))

    def below(self, least: int, amounts: Mapping[str, Mapping[str, int]]) -> np.ndarray:
        """Tell who gets less than `least`."""
        got = {name: sum(of.get(name, 0) for of in amounts.values()) for name in self.ids}
        return np.asarray(self.left & np.array([got[name] < least for name in self.ids], bool))

    def leave_out(self, pool: np.ndarray, *, fewest: bool) -> list[str]:
        """Leave one of a pool out, and return the parts that nobody is left of."""
        shares, sums = self._shares, self.sums()
        last = (shares & (shares.sum(axis=0) == 1)).any(axis=1)
        rows = np.flatnonzero(pool & ~last if (pool & ~last).any() else pool)
        parts = shares.sum(axis=1) if fewest else np.zeros(len(self.ids))
        self.left[rows[np.lexsort((-rows, sums[rows], parts[rows]))[0]]] = False
        emptied = shares.any(axis=0) & ~self._shares.any(axis=0)
        return [self._parts[at] for at in np.flatnonzero(emptied)]
