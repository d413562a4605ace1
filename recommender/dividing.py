"""A run to a plan: a budget divided among charities in exact amounts.

Every part of the query that has a weight gets its share of the budget: its weight by the sum of
those weights, in whole smallest units by largest remainders (see `apportionment`). So the amounts
follow the donor's priorities as the ratings do, and the one rated highest can't take what belongs
to the second (H. Steck, "Calibrated recommendations", 2018).

A share is divided among the charities that fit well with that part, in proportion to their
matches with it. To fit well is what it is in a ranking by that part alone: a match of at least
GOOD_MATCH, and at least GOOD_SHARE of the best among those that can be given to. So no stray word
earns money, and in one share nobody gets more than twice what another gets. On the shipped
judgements 99 in 100 such charities do much of that work; of all whose match reaches GOOD_MATCH
76 in 100.

What can't be divided so is said and not given: the share of a part that no charity fits well
with, or that is too small for one gift. It never goes to another part. Closed charities, and
those that the donor wants less of, get nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import lcm

import pandas as pd

from .apportionment import TOO_SMALL, Settled, apportion, settle
from .lots import by_lot
from .plan import ASIDE, NOBODY, Gift, Plan, Share, Terms
from .ranking import GOOD_MATCH, GOOD_SHARE, LIKE

_DECIMALS = 12
"""Matches that agree to so many decimals are the same, as scores are in a ranking."""

_FINEST = 10**9


def matches_of(run: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Return the matches with the parts that give, of the charities that may fit well with any.

    Parameters
    ----------
    run, weights
        As of `divide`.

    Returns
    -------
    DataFrame
        Index charity_id; a column a part whose weight is above 0, its match.
    """
    giving = {part: weight for part, weight in weights.items() if weight > 0}
    columns = {p: (run[p].astype(float) / w).round(_DECIMALS) for p, w in giving.items()}
    matches = pd.DataFrame(columns, index=run.index)
    return matches[(matches >= GOOD_MATCH).any(axis=1)]


def divide(
    run: pd.DataFrame,
    weights: Mapping[str, float],
    terms: Terms,
    *,
    aside: Mapping[str, str] | None = None,
    liked: Collection[str] = (),
    every: int | None = None,
) -> Plan:
    """Divide a budget among the charities of a run.

    Parameters
    ----------
    run : DataFrame
        Index charity_id; columns name and one a part, its contribution.
    weights : mapping of part to weight
        Contribution by weight is the match. A part with a weight below 0 gives nothing.
    terms : Terms
    aside : mapping of charity_id to CLOSED, UNLIKED or AGAINST
        Who gets nothing.
    liked : collection of charity_id
        Those are like themselves beyond compare: in the part "like" they count as the best of
        the others.
    every : int, optional
        How many charities there are; those of the run if left out.
    """
    aside, matches = aside or {}, matches_of(run, weights)
    parts = {part: weights[part] for part in matches.columns}
    good = {p: _fitting(matches[p], aside, liked if p == LIKE else ()) for p in parts}
    fitting = {p: {i: m for i, m in of.items() if i not in aside} for p, of in good.items()}
    passed = {p: [i for i in of if i in aside] for p, of in good.items()}
    totals = _totals(terms.budget.units, parts)
    settled = _settle(totals, fitting, terms)
    gifts = _gifts(settled, run["name"])
    shares = []
    for part, weight in parts.items():
        silent = ASIDE if passed[part] else NOBODY
        reason = settled.unserved.get(part, "") if fitting[part] else silent
        of_all = weight / sum(parts.values())
        shares.append(Share(part, of_all, totals[part], reason, fitting[part]))
    return Plan(
        terms=terms,
        gifts=gifts,
        shares=tuple(shares),
        aside={i: aside[i] for i in sorted(set().union(*passed.values()), key=by_lot)},
        uneven=_uneven(fitting, gifts),
        rows=len(run),
        every=len(run) if every is None else every,
        asked=dict(run.attrs),
    )


def _totals(budget: int, parts: Mapping[str, float]) -> dict[str, int]:
    """Return each part's share of the budget, in smallest units."""
    # 5 and 2 are read as exactly 5/7 and 2/7, which no two floats are.
    exact = {part: Fraction(w).limit_denominator(_FINEST) for part, w in parts.items()}
    common = lcm(*(w.denominator for w in exact.values()))
    whole = {part: int(weight * common) for part, weight in exact.items()}
    return apportion(budget, whole) if any(whole.values()) else dict.fromkeys(parts, 0)


def _fitting(
    matches: pd.Series, aside: Collection[str], liked: Collection[str]
) -> dict[str, float]:
    """Return the matches of those that fit well, by id, of those set aside too."""
    others = matches[~matches.index.isin([*aside, *liked])]
    best = max(GOOD_MATCH, float(others.max()) if len(others) else 0.0)
    fit = matches[matches >= max(GOOD_MATCH, GOOD_SHARE * best)].clip(upper=best)
    return {str(charity_id): float(match) for charity_id, match in fit.items()}


def _settle(
    totals: Mapping[str, int], fitting: Mapping[str, Mapping[str, float]], terms: Terms
) -> Settled:
    scale = 10**_DECIMALS
    values = {
        part: {charity_id: round(match * scale) for charity_id, match in matches.items()}
        for part, matches in fitting.items()
        if matches and totals[part]
    }
    least = terms.minimum.units if terms.minimum else 1
    settled = settle(totals, values, least, terms.most)
    nothing = dict.fromkeys((part for part, total in totals.items() if not total), TOO_SMALL)
    return Settled(settled.amounts, {**settled.unserved, **nothing})


def _gifts(settled: Settled, names: pd.Series) -> tuple[Gift, ...]:
    parts: dict[str, dict[str, int]] = {}
    for part, amounts in settled.amounts.items():
        for charity_id, amount in amounts.items():
            parts.setdefault(charity_id, {})[part] = amount
    gifts = [Gift(i, str(names[i]), sum(of.values()), of) for i, of in parts.items()]
    return tuple(sorted(gifts, key=lambda gift: (-gift.amount, by_lot(gift.charity_id))))


def _uneven(
    fitting: Mapping[str, Mapping[str, float]], gifts: tuple[Gift, ...]
) -> tuple[tuple[str, ...], ...]:
    """Return the charities with the same matches whose amounts differ."""
    amounts = {gift.charity_id: gift.amount for gift in gifts}
    same: dict[tuple[float, ...], list[str]] = {}
    for charity_id in sorted(set().union(*fitting.values()), key=by_lot):
        key = tuple(matches.get(charity_id, 0.0) for matches in fitting.values())
        same.setdefault(key, []).append(charity_id)
    groups = (tuple(ids) for ids in same.values())
    return tuple(ids for ids in groups if len({amounts.get(i, 0) for i in ids}) > 1)
