"""Contributions to the run: ranks, ties and bands, for every charity.

score(d) = Σ_p w_p · s(p, d), where the weights w_p of what the donor rated, and of the donor's
own words, are scaled to sum to one. Scores that agree to twelve decimals are one rank, written
1=, 1=, 3. The order of rows decides nothing: tied charities are listed by name.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from .errors import AnswersError, UnknownNameError

TEXT = "text"
"""The name of the part that is the donor's own words."""

MAX_WEIGHT = 5.0
TEXT_WEIGHT = 3.0
"""The donor's own words count as much as a priority rated 3 of 5."""

BANDS = ("good", "partial", "slight", "none")
GOOD_SHARE, PARTIAL_SHARE, GOOD_MATCH = 1 / 2, 1 / 8, 0.04

_SAME = 12


def donor_weights(
    answers: Mapping[str, float | None], text: bool, known: tuple[str, ...]
) -> dict[str, float]:
    """Return the weight of each part of the query, summing to one; empty if nothing is asked for.

    Parameters
    ----------
    answers : mapping of priority id to weight in 0..5, or None for "skip"
        0 says that the priority doesn't matter; skipping says nothing. Neither adds a point.
    text : bool
        Whether the donor's own words are a part as well.
    known : tuple of str
        The ids there are.

    Raises
    ------
    UnknownNameError, AnswersError
    """
    weights = {}
    for name, weight in answers.items():
        if name not in known:
            raise UnknownNameError("priority", name, known)
        if weight is None:
            continue
        right = isinstance(weight, int | float) and math.isfinite(weight)
        if not (right and 0 <= weight <= MAX_WEIGHT):
            raise AnswersError(
                f"weight {weight!r} of {name}: expected 0 to {MAX_WEIGHT:g}, or None"
            )
        if weight > 0:
            weights[name] = float(weight)
    if text:
        weights[TEXT] = TEXT_WEIGHT
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def rank(matches: pd.DataFrame, weights: Mapping[str, float], names: pd.Series) -> pd.DataFrame:
    """Rank every charity.

    Parameters
    ----------
    matches : DataFrame
        s(p, d) in 0..1: a row a charity, a column a part of the query.
    weights : mapping of part to weight
        Sums to one, or is empty: then nothing is ranked and the order is that of the names.
    names : Series
        The charities' names.

    Returns
    -------
    DataFrame
        Columns rank (1 is best; missing where there is no evidence), tied, name, band (one of
        BANDS; empty if nothing is ranked), score and a column a part, which sum to score across
        each row.
    """
    parts = matches[list(weights)] * pd.Series(weights, dtype=float)
    score = parts.sum(axis=1)
    same = score.round(_SAME)
    found = same > 0
    ranks = same.where(found).rank(method="min", ascending=False).astype("Int64")
    run = pd.DataFrame(
        {
            "rank": ranks,
            "tied": found & ranks.duplicated(keep=False),
            "name": names,
            "band": _bands(matches[list(weights)], same) if weights else "",
            "score": score,
        }
    )
    run = run.join(parts)
    order = np.lexsort((run.index, names.str.casefold(), -same))
    return run.iloc[order]


def _bands(matches: pd.DataFrame, score: pd.Series) -> pd.Series:
    """Tell how well each charity fits, in words instead of false precision.

    A good fit has half of the best score, and a match worth the name with something asked for;
    a partial fit has an eighth. `evaluate` prints how often each band is right.
    """
    best = score.max() if len(score) else 0.0
    matched = matches.max(axis=1) >= GOOD_MATCH
    conditions = [
        (score >= GOOD_SHARE * best) & matched & (score > 0),
        (score >= PARTIAL_SHARE * best) & (score > 0),
        score > 0,
    ]
    return pd.Series(np.select(conditions, BANDS[:-1], BANDS[-1]), index=score.index)


def rank_label(rank: int | None, tied: bool) -> str:
    """Return a rank as it is read: "3", "3=" for a tie, "–" where there is none."""
    return "–" if rank is None or pd.isna(rank) else f"{rank}{'=' if tied else ''}"


POINT = 1000
"""Points in a score of one. A point means nothing but its share of the others in one run."""


def in_points(contribution: float, digits: int = 1) -> float:
    """Return a contribution in points, rounded."""
    return round(contribution * POINT, digits)


def whole_points(score: float) -> int:
    """Return a score in whole points, halves up."""
    return math.floor(score * POINT + 0.5)


def parts_of(run: pd.DataFrame) -> list[str]:
    """Return the parts of the query that a run was ranked by; none if nothing was asked for."""
    return list(run.columns[run.columns.get_loc("score") + 1 :])


def longest(run: pd.DataFrame) -> int:
    """Return the least whole number of points that no contribution of a run exceeds."""
    parts = run[parts_of(run)]
    return math.ceil(float(parts.max(axis=None)) * POINT) if parts.size else 0


def points(parts: pd.Series) -> pd.Series:
    """Return contributions as whole points that sum to the score's own whole points.

    The largest remainders are rounded up (Hamilton's method), so that what a donor adds up agrees.
    """
    exact = parts.to_numpy(dtype=float) * POINT
    whole = np.floor(exact).astype(int)
    missing = whole_points(float(parts.sum())) - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:missing]] += 1
    return pd.Series(whole, index=parts.index)
