"""Which charity can come first, and for what share of all weightings: neutrality, shown.

A weighting of the offered priorities is a set of weights, 0 or more, that sum to one. Whether a
charity can come first is exact (`leading`); for what share of the weightings it does is exact
for one and for two priorities, and estimated by drawing weightings at random for all of them
(`sampling`). What is found depends on the catalogue, the priorities, the draws and the seed alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.utils.validation import check_is_fitted

from .errors import RecommenderError
from .leading import (
    EXACT,
    Lead,
    corner_shares,
    dominators,
    edge_shares,
    lead,
    may_lead,
    undominated,
)
from .lots import by_lot
from .model import Recommender
from .sampling import Z, any_answers, any_weighting, times_first, wilson

DRAWS, SEED = 100_000, 0
MOST_DRAWS = 10_000_000
SMALL = 2_000
"""Charities of a catalogue that are all listed; of a larger one those that can come first."""

_MOST_FRONT, _MOST_LEADS, _LIKELY = 4_000, 1_000, 300
_SAME = 12
ALONE, TIED, NEVER = "alone", "tied", "never"


@dataclass(frozen=True)
class Audit:
    """Who can come first, and how often.

    Attributes
    ----------
    table : DataFrame
        Index charity_id; those that come first most often first. Of more than SMALL charities
        only those that can come first. Columns name; first ("alone"; "tied" if level with another
        at best; or "never"); margin (the most that its score can exceed all others by, of matches;
        0 if tied, below 0 if never); share (of all weightings, where it is first), low and high
        (95 %); answers, answers_low and answers_high (the same, of all sets of answers 0 to 5);
        one and two (of the weightings of one and of two priorities, exact; two is missing where
        only one is offered). A place that is shared counts in equal parts. Shares are 0 to 1.
    weightings : DataFrame
        The same index; a column a priority. The weighting of the margin; rows sum to one.
    outdone : mapping of charity_id to {charity_id: share}
        For each listed that can't come first alone: another that is at least as good on every
        priority, its share 1; if there is none, several whose mean by these shares is. Empty
        where the charity matches nothing.
    charities : int
        How many there are in all.
    open : int
        Of more than SMALL charities, those that aren't listed, as no draw made them first, nor
        any weighting of two priorities, and that aren't ruled out either; else 0.
    length : tuple of float, or None
        Spearman's correlation of share with the number of words of the description, and its 95 %
        interval; None where not all charities are listed, or fewer than five, or all are alike.
    draws, seed : int
    made_by : mapping
        The fingerprints of the catalogue and the priorities.
    """

    table: pd.DataFrame
    weightings: pd.DataFrame
    outdone: Mapping[str, Mapping[str, float]]
    charities: int
    open: int
    length: tuple[float, float, float] | None
    draws: int
    seed: int
    made_by: Mapping[str, Any]

    @property
    def most(self) -> float:
        """The largest share of all weightings that a charity is first in."""
        return float(self.table["share"].max())

    def count(self, first: str) -> int:
        """Return how many charities can come first "alone", "tied" or "never", as is known."""
        listed = int((self.table["first"] == first).sum())
        unlisted = self.charities - len(self.table) - self.open
        return listed + unlisted if first == NEVER else listed

    def sharing(self, part: float = 0.9) -> int:
        """Return how few charities are first in a part of all weightings, 0 to 1."""
        together = self.table["share"].sort_values(ascending=False).cumsum().to_numpy()
        return int(np.searchsorted(together, part - EXACT) + 1)


@dataclass(frozen=True)
class _Lines:
    """Matches that occur, each once: charities of the same matches are level everywhere.

    Attributes
    ----------
    values : ndarray, shape (lines, priorities)
        In an order of their own, so that the order of charities decides nothing.
    sizes : ndarray, shape (lines,)
        How many charities have them.
    rows, line : ndarray, shape (charities,)
        The charities' rows of the index, in the order of the lots; and the line of each.
    """

    values: np.ndarray
    sizes: np.ndarray
    rows: np.ndarray
    line: np.ndarray

    @classmethod
    def of(cls, model: Recommender) -> _Lines:
        """Return the lines of all charities; of more than SMALL, of those that may lead."""
        rows = _candidates(model)
        rows = rows[np.argsort(model.charities_.places[rows])]
        parts = [model.parts_[name] for name in model.agenda_]
        values = np.stack([model.index_.match(part, rows) for part in parts], axis=1)
        # Rounded as scores are, where they are compared.
        lines, line = np.unique(values.round(_SAME), axis=0, return_inverse=True)
        return cls(lines, np.bincount(line.ravel()), rows, line.ravel())

    def named(self, model: Recommender) -> list[str]:
        """Return of each line the charity whose lot comes first."""
        first = np.unique(self.line, return_index=True)[1]
        return model.charities_.ids(self.rows[first])


def audit(model: Recommender, *, draws: int = DRAWS, seed: int = SEED) -> Audit:
    """Return which charities of a model can come first, and for what share of all weightings.

    Parameters
    ----------
    model : Recommender
        Fitted, or opened from disk. No facet leaves a charity out here.
    draws : int, default 100,000
        How many weightings, and how many sets of answers, are drawn; 1 to 10,000,000.
    seed : int, default 0
        0 or more.

    Raises
    ------
    RecommenderError
        For draws or a seed out of range, and if no charity matches any priority that is offered.
    """
    check_is_fitted(model)
    _check(draws, seed)
    lines = _Lines.of(model) if model.agenda_ else None
    if lines is None or not lines.values.any():
        raise RecommenderError(
            "no charity matches any priority that is offered, so that none can come first. "
            "Choose an agenda that fits the catalogue: Recommender(agenda=…)."
        )
    shares = _shares(lines, draws, seed)
    asked, unknown = _asked(lines, shares, len(model.charities_))
    live = np.asarray(lines.values.any(axis=0))
    likely = np.argsort(-shares["share"].to_numpy(), kind="stable")[:_LIKELY]
    leads = {i: lead(lines.values[:, live], i, likely) for i in asked}
    listed = np.flatnonzero(np.isin(lines.line, list(leads)))
    table = _table(model, lines, shares, leads, listed)
    if len(model.charities_) > SMALL:
        table = table[table["first"] != NEVER]
    return Audit(
        table.drop(columns="line"),
        _weightings(table, leads, model.agenda_, live),
        _outdone(table, lines, leads, lines.named(model)),
        len(model.charities_),
        unknown,
        _length(model, table),
        draws,
        seed,
        {"catalogue": model.fingerprint_, "priorities": model.priorities_.fingerprint},
    )


def _check(draws: int, seed: int) -> None:
    wrong = [
        f"{name} {value!r}: expected a whole number, {expected}"
        for name, value, least, most, expected in (
            ("draws", draws, 1, MOST_DRAWS, f"1 to {MOST_DRAWS:,}"),
            ("seed", seed, 0, None, "0 or more"),
        )
        if isinstance(value, bool)
        or not isinstance(value, int)
        or value < least
        or (most is not None and value > most)
    ]
    if wrong:
        raise RecommenderError("; ".join(wrong) + ".")


def _candidates(model: Recommender) -> np.ndarray:
    """Return the rows of all charities; of more than SMALL, of those that may lead."""
    if model.index_.size_ <= SMALL:
        return np.arange(model.index_.size_)
    total = np.zeros(model.index_.size_)
    for name in model.agenda_:
        match = model.index_.match(model.parts_[name])
        total += match / (match.max() or 1.0)
    return np.flatnonzero(may_lead(total))


def _shares(lines: _Lines, draws: int, seed: int) -> pd.DataFrame:
    """Return the shares of each charity of each line."""
    values, sizes = lines.values, lines.sizes
    found: dict[str, Any] = {}
    for stream, (name, draw) in enumerate([("share", any_weighting), ("answers", any_answers)]):
        times = times_first(values, sizes, draw, draws, [seed, stream])
        low, high = wilson(times * sizes, draws)
        of = "" if name == "share" else f"{name}_"
        found |= {name: times / draws, f"{of}low": low / sizes, f"{of}high": high / sizes}
    found["one"] = corner_shares(values, sizes)
    found["two"] = edge_shares(values, sizes) if values.shape[1] > 1 else np.nan
    return pd.DataFrame(found)


def _asked(lines: _Lines, shares: pd.DataFrame, charities: int) -> tuple[list[int], int]:
    """Return the lines that a linear programme is asked of, and how many charities stay unknown."""
    if charities <= SMALL:
        return list(range(len(lines.values))), 0
    seen = (shares[["share", "answers", "one", "two"]].fillna(0) > 0).any(axis=1).to_numpy()
    front = undominated(lines.values) if len(lines.values) <= _MOST_FRONT else ~seen
    if np.count_nonzero(front) <= _MOST_LEADS:
        return np.flatnonzero(seen | front).tolist(), 0
    return np.flatnonzero(seen).tolist(), int(lines.sizes[~seen & front].sum())


def _table(
    model: Recommender,
    lines: _Lines,
    shares: pd.DataFrame,
    leads: Mapping[int, Lead],
    listed: np.ndarray,
) -> pd.DataFrame:
    line, rows = lines.line[listed], lines.rows[listed]
    margins = np.array([leads[i].margin for i in line])
    twins, something = lines.sizes[line] > 1, lines.values[line].any(axis=1)
    table = pd.DataFrame(
        {
            "name": pd.array(model.charities_.column("name", rows), dtype=str),
            "first": np.select(
                [(margins > 0) & ~twins, (margins >= 0) & something], [ALONE, TIED], NEVER
            ),
            "margin": np.where(twins, np.minimum(margins, 0.0), margins),
        },
        index=pd.Index(model.charities_.ids(rows), name="charity_id", dtype=str),
    )
    table = table.assign(**{name: shares[name].to_numpy()[line] for name in shares}, line=line)
    return table.sort_values(["share", "margin"], ascending=False, kind="stable")


def _weightings(
    table: pd.DataFrame, leads: Mapping[int, Lead], agenda: tuple[str, ...], live: np.ndarray
) -> pd.DataFrame:
    found = np.zeros((len(table), len(agenda)))
    found[:, live] = [leads[i].weights for i in table["line"]]
    return pd.DataFrame(found, table.index, list(agenda))


def _outdone(
    table: pd.DataFrame, lines: _Lines, leads: Mapping[int, Lead], named: list[str]
) -> dict[str, dict[str, float]]:
    found = {}
    twins = {
        line: sorted(ids, key=by_lot)[:2] for line, ids in table.groupby("line").groups.items()
    }
    for charity, line in table.loc[table["first"] != ALONE, "line"].items():
        if len(twins[line]) > 1 and lines.values[line].any():
            found[str(charity)] = {next(c for c in twins[line] if c != charity): 1.0}
            continue
        better = dominators(lines.values, line)
        if not lines.values[line].any():
            found[str(charity)] = {}
        elif len(better):
            best = better[np.argmax(lines.values[better].mean(axis=1))]
            found[str(charity)] = {named[best]: 1.0}
        else:
            mixture = sorted(leads[line].mixture.items(), key=lambda item: -item[1])
            found[str(charity)] = {named[other]: share for other, share in mixture}
    return found


def _length(model: Recommender, table: pd.DataFrame) -> tuple[float, float, float] | None:
    """Return how share goes with the number of words, by ranks, and the 95 % interval.

    The interval is that of D. Bonett and T. Wright, "Sample size requirements for estimating
    Pearson, Kendall and Spearman correlations", 2000; with many shares of 0 it is rough.
    """
    if len(table) < max(5, len(model.charities_)):
        return None
    rows = [model.charities_.row_of(str(charity)) for charity in table.index]
    texts = pd.Series(model.charities_.column("description", np.array(rows)), table.index)
    words, share = texts.str.split().str.len(), table["share"]
    if words.nunique() < 2 or share.nunique() < 2:
        return None
    rho = float(words.rank().corr(share.rank()))
    if abs(rho) >= 1:
        return rho, rho, rho
    half = Z * np.sqrt((1 + rho**2 / 2) / (len(table) - 3))
    return rho, float(np.tanh(np.arctanh(rho) - half)), float(np.tanh(np.arctanh(rho) + half))


def as_object(found: Audit) -> dict[str, Any]:
    """Return an audit as JSON knows it; margins are of matches, shares 0 to 1."""
    rows = found.table.astype(object).where(found.table.notna(), None).to_dict("index")
    return {
        **found.made_by,
        "draws": found.draws,
        "seed": found.seed,
        "charities": found.charities,
        **{first: found.count(first) for first in (ALONE, TIED, NEVER)},
        "open": found.open,
        "sharing_90": found.sharing(0.9),
        "length": found.length,
        "listed": [
            {
                "charity_id": charity,
                **row,
                "weighting": found.weightings.loc[charity].to_dict(),
                "outdone": dict(found.outdone.get(str(charity), {})),
            }
            for charity, row in rows.items()
        ],
    }
