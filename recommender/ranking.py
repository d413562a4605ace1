"""Contributions to the run: ranks, ties and bands, for every charity.

score(d) = Σ_p w_p · s(p, d), where the weights w_p of what the donor rated, of the donor's own
words and of charities the donor likes are scaled to sum to one. "Less like this" has a weight
below 0; then the weights' sizes sum to one. Scores that agree to twelve decimals are one rank,
written 1=, 1=, 3. The order of rows decides nothing, nor does an id: whatever is equal is listed in
the order of its lots (see `lots`), be it tied, without a rank, or all charities where nothing is
asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from .charities import Charities
from .errors import AnswersError, UnknownNameError
from .index import Index, Part
from .top import Blocks, Guess

TEXT, LIKE, UNLIKE = "text", "like", "unlike"
"""The names of the parts that are no priority: own words, more like this, less like this."""

MAX_WEIGHT = 5.0
TEXT_WEIGHT = 3.0
"""The donor's own words count as much as a priority rated 3 of 5."""

LIKE_WEIGHT, UNLIKE_WEIGHT = 3.0, -1.0
"""What the donor dislikes counts less than what the donor likes (J. Rocchio, 1971)."""

BANDS = ("good", "partial", "slight", "none")
GOOD_SHARE, PARTIAL_SHARE, GOOD_MATCH = 1 / 2, 1 / 8, 0.3

SAME = 12
"""Decimals to which scores are told apart."""

_SMALL, _WIDER = 2_000, 8


def raw_weights(
    answers: Mapping[str, float | None], others: Mapping[str, float], known: tuple[str, ...]
) -> dict[str, float]:
    """Return the weight of each part of the query, not yet scaled; empty if nothing is asked for.

    Parameters
    ----------
    answers : mapping of priority id to weight in 0..5, or None for "skip"
        0 says that the priority doesn't matter; skipping says nothing. Neither adds a point.
    others : mapping of part to weight
        What the donor said otherwise; weights of a rated priority are added to its rating.
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
        right = isinstance(weight, Real) and not isinstance(weight, bool) and math.isfinite(weight)
        if not (right and 0 <= weight <= MAX_WEIGHT):
            raise AnswersError(
                f"weight {weight!r} of {name}: expected 0 to {MAX_WEIGHT:g}, or None"
            )
        if weight > 0:
            weights[name] = float(weight)
    for part, weight in others.items():
        weights[part] = weights.get(part, 0.0) + weight
    return {name: weight for name, weight in weights.items() if weight}


def donor_weights(
    answers: Mapping[str, float | None], others: Mapping[str, float], known: tuple[str, ...]
) -> dict[str, float]:
    """Return the weight of each part of the query, scaled so that their sizes sum to one.

    Parameters, and errors, are those of `raw_weights`.
    """
    weights = raw_weights(answers, others, known)
    total = sum(map(abs, weights.values()))
    return {name: weight / total for name, weight in weights.items()}


def text_weights(words: bool, reading: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of a donor's own words and of what they are read as.

    Parameters
    ----------
    words : bool
        Whether the words are weighed as words.
    reading : mapping of priority id to share
        Summing to at most one; the words as words have the rest.
    """
    weights = {name: TEXT_WEIGHT * share for name, share in reading.items()}
    rest = TEXT_WEIGHT - sum(weights.values())
    return {**weights, TEXT: max(rest, 0.0)} if words else weights


def rank(
    index: Index,
    charities: Charities,
    parts: Sequence[Part],
    weights: Mapping[str, float],
    *,
    liked: Iterable[int] = (),
    kept: np.ndarray | None = None,
    k: int | None = None,
) -> pd.DataFrame:
    """Rank the charities, and return the first k.

    Parameters
    ----------
    index : Index
    charities : Charities
        Row by row those of the index.
    parts : sequence of Part
        What is asked for; nothing is ranked if there is none.
    weights : mapping of part to weight
        Their sizes sum to one.
    liked : iterable of int
        The rows of charities that the donor wants more of. They are like themselves beyond
        compare, so they don't set what a good score is.
    kept : ndarray of bool, optional
        Which charities may be ranked; all if left out.
    k : int, optional
        How many rows to return; all if left out.

    Returns
    -------
    DataFrame
        Columns rank (1 is best; missing without evidence, or if more counts against it), tied,
        name, band (one of BANDS; empty if nothing is ranked), score and a column a part, which
        sum to score across each row. A row is the same whatever k is.
    """
    liked = np.fromiter(liked, dtype=np.int64)
    rows = _candidates(index, charities, parts, weights, len(liked), kept, k)
    # Of all rows the columns are taken as they are; a row's sum is the same either way.
    among = None if len(rows) == index.size_ else rows
    matches = {part.name: index.match(part, among) for part in parts}
    contributions = {part: weights[part] * match for part, match in matches.items()}
    score = sum(contributions.values(), start=np.zeros(len(rows)))
    order, same, ranks, tied = ordered(score, charities.places[rows], k)
    told = np.full(len(order), "")
    if parts:
        strongest = np.max([match[order] for match in matches.values()], axis=0)
        others = score[~np.isin(rows, liked)]
        best = float(others.max().round(SAME)) if len(others) else 0.0
        told = bands(strongest, same, best)
    found, shown = same > 0, rows[order]
    return pd.DataFrame(
        {
            "rank": pd.array(np.where(found, ranks, np.nan), dtype="Int64"),
            "tied": found & tied,
            "name": pd.array(charities.column("name", shown), dtype=str),
            "band": pd.array(told, dtype=str),
            "score": score[order],
            **{part: values[order] for part, values in contributions.items()},
        },
        index=pd.Index(charities.ids(shown), name="charity_id", dtype=str),
    )


def _candidates(
    index: Index,
    charities: Charities,
    parts: Sequence[Part],
    weights: Mapping[str, float],
    liked: int,
    kept: np.ndarray | None,
    k: int | None,
) -> np.ndarray:
    """Return the rows that may be among the first k, and the best that the donor didn't name."""
    among = index.size_ if kept is None else int(np.count_nonzero(kept))
    # With many a row for each that is wanted, guessing costs more than it spares.
    if k is None or among <= _SMALL:
        return np.arange(index.size_) if kept is None else np.flatnonzero(kept)
    wanted = max(k, 1) + liked
    if not parts:
        if kept is None:
            return np.flatnonzero(charities.places < wanted)
        return np.sort(_first(np.flatnonzero(kept), charities.places, wanted))
    guess = index.guess(parts, weights)
    # Scores that are rounded to the same differ by less than two of the last decimal's units.
    rows = _reaching(guess, wanted, 2 * (guess.error + 10**-SAME), kept)
    if np.count_nonzero(guess.scores[rows] == 0) <= wanted:
        return rows
    # Those that no term adds to differ in their places alone: the first of them are enough.
    nothing = _untouched(index, parts, weights, guess)[rows]
    zeros = _first(rows[nothing], charities.places, wanted)
    return np.sort(np.concatenate([rows[~nothing], zeros]))


def _first(rows: np.ndarray, places: np.ndarray, wanted: int) -> np.ndarray:
    """Return those of equal rows that come first, in any order."""
    if len(rows) <= wanted:
        return rows
    return rows[np.argpartition(places[rows], wanted - 1)[:wanted]]


def _reaching(guess: Guess, wanted: int, margin: float, kept: np.ndarray | None) -> np.ndarray:
    """Return the rows that may be among the first `wanted` of those that are kept."""
    scores = guess.scores
    asked = min(wanted, len(scores))
    while True:
        blocks = Blocks(scores, asked, guess.maxima)
        least = blocks.threshold(asked)
        rows = blocks.reaching(least - margin)
        rows = rows if kept is None else rows[kept[rows]]
        # Those within the margin alone aren't enough: others may stand just below it.
        if asked == len(scores) or np.count_nonzero(scores[rows] >= least) >= wanted:
            return rows
        asked = min(len(scores), _WIDER * asked)


def _untouched(
    index: Index, parts: Sequence[Part], weights: Mapping[str, float], guess: Guess
) -> np.ndarray:
    """Tell of each row whether no term adds to it; where some count against it, 0 may be a sum."""
    if min(weights.values()) < 0:
        guess = index.guess(parts, {part: abs(weight) for part, weight in weights.items()})
    return guess.scores == 0


def ordered(
    score: np.ndarray, places: np.ndarray, k: int | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the first k scores in their order: where they stand, rounded, ranks, and ties.

    Places are those of `Charities.places`, of the whole catalogue: so the first k of some ranges
    merge into the first k of all.
    """
    same = score.round(SAME)
    order = np.lexsort((places, -same))
    same = same[order]
    better = np.searchsorted(-same, -same, side="left")
    tied = np.searchsorted(-same, -same, side="right") - better > 1
    return order[:k], same[:k], better[:k] + 1, tied[:k]


def bands(strongest: np.ndarray, score: np.ndarray, best: float) -> np.ndarray:
    """Tell how well charities fit, in words instead of false precision.

    A good fit has half of the best score, and a match worth the name with something asked for;
    a partial fit has an eighth. `evaluate` prints how often each band is right.

    Parameters
    ----------
    strongest : ndarray
        Each charity's best match with something asked for.
    score : ndarray
        Its score.
    best : float
        The best score there is.
    """
    matched = strongest >= GOOD_MATCH
    conditions = [
        (score >= GOOD_SHARE * best) & matched & (score > 0),
        (score >= PARTIAL_SHARE * best) & (score > 0),
        score > 0,
    ]
    return np.select(conditions, BANDS[:-1], BANDS[-1])


def rank_label(rank: int | None, tied: bool) -> str:
    """Return a rank as it is read: "3", "3=" for a tie, "–" where there is none."""
    return "–" if rank is None or pd.isna(rank) else f"{rank}{'=' if tied else ''}"


POINT = 100
"""Points in a score of one: in a match as strong as those that set the level (see `levels`)."""


def in_points(contribution: float, digits: int = 1) -> float:
    """Return a contribution in points, rounded."""
    return round(contribution * POINT, digits)


def whole_points(score: float) -> int:
    """Return a score in whole points, halves up."""
    return math.floor(score * POINT + 0.5)


def records(run: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a run, with their charity_id; quicker than pandas' own."""
    columns = {"charity_id": run.index.tolist(), **{name: run[name].tolist() for name in run}}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def parts_of(run: pd.DataFrame) -> list[str]:
    """Return the parts of the query that a run was ranked by; none if nothing was asked for."""
    return list(run.columns[run.columns.get_loc("score") + 1 :])


def longest(run: pd.DataFrame) -> int:
    """Return the least whole number of points that no contribution of a run exceeds in size."""
    parts = np.abs(run[parts_of(run)].to_numpy(dtype=float))
    return math.ceil(float(parts.max()) * POINT) if parts.size else 0


def points(contributions: np.ndarray) -> np.ndarray:
    """Return contributions as whole points that sum to the score's own whole points.

    The largest remainders are rounded up (Hamilton's method), so that what a donor adds up agrees.

    Parameters
    ----------
    contributions : ndarray of float
        Of one charity, a part of the query each.

    Returns
    -------
    ndarray of int
    """
    exact = contributions * POINT
    whole = np.floor(exact).astype(int)
    missing = whole_points(float(contributions.sum())) - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:missing]] += 1
    return whole
