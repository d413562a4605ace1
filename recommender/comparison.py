"""Two charities of a run to why one stands above the other: by part of the query, and by word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from .explanation import Contribution, Explanation
from .flip import Flip
from .ranking import SAME, points

FEW = 5
"""How many words of a part are named; the others are summed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a charity stands in a run.

    Attributes
    ----------
    charity_id : str
    listed : bool
        Whether the run holds it; one that a facet left out or k cut off has no rank.
    rank : int or None
        None too for one without evidence, or with more against it.
    tied : bool
        Whether it shares the rank with any other charity.
    band : str
        One of `ranking.BANDS`; empty if nothing is ranked.
    score : float
    """

    charity_id: str
    listed: bool
    rank: int | None
    tied: bool
    band: str
    score: float


@dataclass(frozen=True)
class WhyNot:
    """Why a charity doesn't stand above another one.

    All differences are the other's less the charity's: above 0 where they speak for the other.

    Attributes
    ----------
    charity, other : Standing
    parts : DataFrame
        Index part; columns weight (their sizes sum to one), charity, other and difference
        (contributions; the differences sum to the gap) and charity_points, other_points and
        points (whole: what each charity's card shows, and their differences).
    words : DataFrame
        Columns part, language, term, words, charity, other and difference: the words that make
        most of each part's difference, at most FEW a part; `words` as they stand in the text
        that they count more in.
    rest : Series
        Index part: what all other words add to its difference.
    flip : Flip or None
        The smallest change of a single rating that would bring them level; None if none can, or
        if they are.
    close : Flip or None
        The same of the answers that the donor gave, if one step is enough.
    """

    charity: Standing
    other: Standing
    parts: pd.DataFrame
    words: pd.DataFrame
    rest: pd.Series
    flip: Flip | None
    close: Flip | None

    @property
    def gap(self) -> float:
        """By how much the other's score is higher; below 0 if it is lower."""
        return self.other.score - self.charity.score

    @property
    def points(self) -> int:
        """The difference of their whole points, as their cards show them."""
        return int(self.parts["points"].sum())

    @property
    def level(self) -> bool:
        """Whether their scores are the same, to the decimals that make a tie."""
        return are_level(self.charity.score, self.other.score)

    @property
    def too_close(self) -> bool:
        """Whether one step in one given answer would swap them or bring them level."""
        return self.close is not None

    def upright(self) -> WhyNot:
        """Return the same with the other charity as the one that stands above, if either does."""
        return self if self.gap > 0 else self.turned()

    def turned(self) -> WhyNot:
        """Return the same seen from the other charity: what `why_not` tells of it."""
        parts = self.parts.rename(columns=_TURNED)[self.parts.columns]
        words = self.words.rename(columns=_TURNED)[self.words.columns]
        return replace(
            self,
            charity=self.other,
            other=self.charity,
            parts=parts.assign(difference=-parts["difference"], points=-parts["points"]),
            words=words.assign(difference=-words["difference"]),
            rest=-self.rest,
        )

    def as_object(self) -> dict[str, Any]:
        """Return all of it in types that JSON knows."""
        return {
            "charity": asdict(self.charity),
            "other": asdict(self.other),
            "gap": self.gap,
            "points": self.points,
            "level": self.level,
            "too_close": self.too_close,
            "flip": None if self.flip is None else asdict(self.flip),
            "close": None if self.close is None else asdict(self.close),
            "parts": self.parts.reset_index().to_dict("records"),
            "words": self.words.to_dict("records"),
            "rest": self.rest.to_dict(),
        }


_TURNED = {
    "charity": "other",
    "other": "charity",
    "charity_points": "other_points",
    "other_points": "charity_points",
}


def are_level(one: float, other: float) -> bool:
    """Tell whether two scores are the same, to the decimals that make a tie."""
    # numpy's rounding, as ranks are made by it.
    return bool(np.round(one, SAME) == np.round(other, SAME))


def part_table(weights: Mapping[str, float], charity: pd.Series, other: pd.Series) -> pd.DataFrame:
    """Return the table `parts` of a WhyNot.

    Parameters
    ----------
    weights : mapping of part to weight
    charity, other : Series
        The contributions of each, index part.
    """
    table = pd.DataFrame({"weight": pd.Series(weights, dtype=float)})
    table = table.assign(charity=charity, other=other, difference=other - charity)
    table["charity_points"], table["other_points"] = (
        points(charity.to_numpy()),
        points(other.to_numpy()),
    )
    table["points"] = table["other_points"] - table["charity_points"]
    return table.rename_axis("part")


def words_apart(
    parts: Iterable[str], charity: Explanation, other: Explanation, few: int = FEW
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the tables `words` and `rest` of a WhyNot.

    Parameters
    ----------
    parts : iterable of str
    charity, other : Explanation
    few : int, default FEW
        How many words of a part are named.
    """
    found = sorted(_apart(charity, other), key=lambda w: (-abs(w[-1]), *w[:3]))
    named, rest = [], dict.fromkeys(parts, 0.0)
    room = dict.fromkeys(rest, few)
    for word in found:
        part, difference = word[0], word[-1]
        if room[part] and difference:
            room[part] -= 1
            named.append(word)
        else:
            rest[part] += difference
    named.sort(key=lambda word: list(rest).index(word[0]))
    table = pd.DataFrame(named, columns=_WORDS)
    return table, pd.Series(rest, dtype=float, name="difference").rename_axis("part")


_WORDS = ["part", "language", "term", "words", "charity", "other", "difference"]
_Word = tuple[str, str, str, str, float, float, float]


def _apart(charity: Explanation, other: Explanation) -> list[_Word]:
    """Return every term that counts for either, with what it adds to each."""
    ours, theirs = _by_term(charity), _by_term(other)
    found = []
    for key in dict.fromkeys([*ours, *theirs]):
        one, two = (side[key].contribution if key in side else 0.0 for side in (ours, theirs))
        # In a part that counts against both, more is the larger size.
        where = theirs if key not in ours or (key in theirs and abs(two) > abs(one)) else ours
        found.append((*key, where[key].words, one, two, two - one))
    return found


def _by_term(explanation: Explanation) -> dict[tuple[str, str, str], Contribution]:
    return {(term.priority, term.language, term.term): term for term in explanation.terms}
