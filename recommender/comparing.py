"""Why one charity stands above another, and charities side by side, asked of the model by a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .comparison import Standing, WhyNot, are_level, part_table, words_apart
from .errors import AnswersError
from .explaining import Explaining
from .explanation import Explanation, explain
from .flip import Flip, closest, flips
from .index import Part
from .query import Asked
from .ranking import SAME, bands
from .side_by_side import SideBySide, checked_charities, fact_table, in_points


class Comparing(Explaining):
    """The part of the model that compares."""

    def why_not(self, run: pd.DataFrame, charity: str, other: str | None = None) -> WhyNot:
        """Return why a charity doesn't stand above another one, and what would change that.

        Parameters
        ----------
        run : DataFrame
            From `recommend`, of this model.
        charity : str
            Its charity_id or one of its names. It need not be among the run's rows.
        other : str, optional
            The other, likewise. If left out, the row that stands just above the charity; for
            the first of a run, which has none above it, the row that follows.

        Returns
        -------
        WhyNot
            If the other one stands below, its differences are below 0 and say why that is.

        Raises
        ------
        UnknownNameError
            For a charity that isn't known.
        AnswersError
            If nothing is asked for, if both are the same, or if the run has no other row.
        """
        charity_id, query = self.find(charity), self._query_of(run)
        if not query.parts:
            raise AnswersError(
                "nothing is asked for, so no charity stands above another. Rate a priority above "
                "0, write own words or choose charities to find more like."
            )
        other_id = self._neighbour(run, charity_id, query) if other is None else self.find(other)
        if other_id == charity_id:
            raise AnswersError(f"{charity_id} can't stand above itself; name another charity.")
        pair = [charity_id, other_id]
        matches = self._matches(query.parts, pair)
        one, two = _standings(run, pair, query, matches)
        added = _contributions(pair, query, matches)
        parts = part_table(query.weights, added[charity_id], added[other_id])
        ours, theirs = (self._explained(query, c) for c in pair)
        words, rest = words_apart(parts.index, ours, theirs)
        found = [] if are_level(one.score, two.score) else self._flips(pair, query, matches)
        return WhyNot(one, two, parts, words, rest, next(iter(found), None), closest(found))

    def close_calls(self, run: pd.DataFrame, k: int | None = None) -> dict[str, Flip]:
        """Return which charities are too close to call with the one above them.

        Parameters
        ----------
        run : DataFrame
            From `recommend`, of this model.
        k : int, optional
            Of how many of the first rows that have a rank; all if left out.

        Returns
        -------
        dict of charity_id to Flip
            One step in that answer, which the donor gave, brings it level with the one above, or
            above it. Ties are none.
        """
        query = self._query_of(run)
        ranked = run[run["rank"].notna()].iloc[:k]
        given = [name for name, weight in query.asked.answers.items() if weight is not None]
        matches = {p: ranked[p].to_numpy() / weight for p, weight in query.weights.items()}
        others = [self.parts_[name] for name in given if name not in matches]
        matches |= self._matches(others, ranked.index) if len(ranked) else {}
        raw, scores = self._queries.raw(query.asked), ranked["score"].tolist()
        found = {}
        for row in range(1, len(ranked)):
            if not are_level(scores[row - 1], scores[row]):
                apart = {name: float(m[row - 1] - m[row]) for name, m in matches.items()}
                if close := closest(flips(query.asked.answers, raw, apart, given)):
                    found[str(ranked.index[row])] = close
        return found

    def compare(
        self, run: pd.DataFrame, charities: Iterable[str], language: str = "en"
    ) -> SideBySide:
        """Return two to four charities side by side.

        Parameters
        ----------
        run : DataFrame
            From `recommend`, of this model.
        charities : iterable of str
            Their ids or names; they need not be among the run's rows.
        language : str, default "en"
            Of the facts and the evidence, where there are any in it.

        Raises
        ------
        UnknownNameError
            For a charity that isn't known.
        AnswersError
            For fewer than two, more than four, or one that is named twice.
        """
        names = [charities] if isinstance(charities, str) else list(charities)
        ids = checked_charities([(name, self.find(name)) for name in names])
        query = self._query_of(run)
        matches = self._matches(query.parts, ids)
        contributions = _contributions(ids, query, matches)
        return SideBySide(
            tuple(_standings(run, ids, query, matches)),
            pd.Series(query.weights, dtype=float, name="weight").rename_axis("part"),
            contributions,
            in_points(contributions),
            fact_table(self.charities_.frame(self._rows(ids)), language),
            {c: self._explained(query, c).evidence(language) for c in ids},
        )

    def _query_of(self, run: pd.DataFrame) -> _Query:
        asked = self._asked_by(run)
        return _Query(asked, *self._queries.query(asked))

    def _explained(self, query: _Query, charity_id: str) -> Explanation:
        row, read = self.charities_.row_of(charity_id), self._texts.read(charity_id)
        return explain(self.index_, query.parts, query.weights, row, read)

    def _matches(self, parts: Iterable[Part], ids: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the match of each charity with each part, of these rows alone."""
        rows = self._rows(ids)
        return {part.name: self.index_.match(part, rows) for part in parts}

    def _flips(self, pair: Sequence[str], query: _Query, matches: _Matches) -> list[Flip]:
        offered = list(dict.fromkeys([*self.agenda_, *query.asked.answers]))
        others = [self.parts_[name] for name in offered if name not in matches]
        every = {**matches, **self._matches(others, pair)}
        apart = {name: float(match[1] - match[0]) for name, match in every.items()}
        return flips(query.asked.answers, self._queries.raw(query.asked), apart, offered)

    def _neighbour(self, run: pd.DataFrame, charity_id: str, query: _Query) -> str:
        """Return the charity just above in the run; for the first of it the next."""
        ids = [charity_id]
        (standing,) = _standings(run, ids, query, self._matches(query.parts, ids))
        better = np.flatnonzero(run["score"].round(SAME) > np.round(standing.score, SAME))
        others = run.index[better[-1:]] if len(better) else run.index[run.index != charity_id]
        if not len(others):
            raise AnswersError(
                f"the run holds no charity beside {charity_id}; name the other, or call "
                "recommend() with a larger k."
            )
        return str(others[0])


@dataclass(frozen=True)
class _Query:
    """What a run was asked, read once."""

    asked: Asked
    parts: Sequence[Part]
    weights: Mapping[str, float]


_Matches = Mapping[str, np.ndarray]
"""The match of some charities with each part of a query, or priority."""


def _contributions(ids: Sequence[str], query: _Query, matches: _Matches) -> pd.DataFrame:
    """Return what each part adds to each charity's score; index part, a column a charity."""
    added = {name: weight * matches[name] for name, weight in query.weights.items()}
    table = pd.DataFrame.from_dict(added, orient="index", columns=list(ids), dtype=float)
    return table.rename_axis("part")


def _standings(
    run: pd.DataFrame, ids: Sequence[str], query: _Query, matches: _Matches
) -> list[Standing]:
    # Added up in the order in which `rank` does, so that the last bit agrees too.
    added = (weight * matches[name] for name, weight in query.weights.items())
    score = sum(added, start=np.zeros(len(ids)))
    told = np.full(len(ids), "")
    if query.parts:
        strongest = np.max([matches[name] for name in query.weights], axis=0)
        told = bands(strongest, score.round(SAME), _best(run, query.asked))
    found = zip(ids, told.tolist(), score.tolist(), strict=True)
    return [_standing(run, charity_id, band, value) for charity_id, band, value in found]


def _best(run: pd.DataFrame, asked: Asked) -> float:
    """Return the best score of a run, of charities that the donor didn't choose."""
    others = run["score"][~run.index.isin(asked.like)]
    return float(others.round(SAME).iloc[0]) if len(others) else 0.0


def _standing(run: pd.DataFrame, charity_id: str, band: str, score: float) -> Standing:
    if charity_id not in run.index:
        return Standing(charity_id, False, None, False, band, score)
    row = run.loc[charity_id]
    rank = None if pd.isna(row["rank"]) else int(row["rank"])
    return Standing(charity_id, True, rank, bool(row["tied"]), row["band"], score)
