"""A run to what may be said of it: of how many charities it is, and whether it holds them all.

Of a small catalogue every charity is listed. Of millions only the first are ranked exactly, and
what would take counting them all isn't claimed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from .model import Recommender
from .ranking import parts_of

WHOLE = 200
"""A catalogue of more charities than these isn't listed whole."""

STEP, MOST = 10, 100
"""How many charities are shown at once, and how many of a large catalogue can be."""


def is_large(model: Recommender) -> bool:
    """Tell whether a model has too many charities to list them all."""
    return len(model.charities_) > WHOLE


def rows_wanted(model: Recommender) -> int | None:
    """Return how many rows a list needs (k of `recommend`).

    It is the same however many are shown, so that their bars keep one scale.
    """
    return MOST if is_large(model) else None


@dataclass(frozen=True)
class Listing:
    """A run with what was left out of it.

    Attributes
    ----------
    run : DataFrame
        From `recommend`, of `rows_wanted` rows.
    excluded : Series
        How many charities were left out for which value; index facet and value.
    every : int
        How many charities the catalogue has.
    large : bool
        Whether they are too many to be listed.
    """

    run: pd.DataFrame
    excluded: pd.Series
    every: int
    large: bool

    @classmethod
    def of(cls, model: Recommender, run: pd.DataFrame) -> Listing:
        """Return the listing of a run."""
        return cls(run, model.exclusions(run), len(model.charities_), is_large(model))

    @cached_property
    def total(self) -> int:
        """How many charities no facet left out."""
        return self.every - int(self.excluded.sum())

    @property
    def asked(self) -> bool:
        """Whether anything was asked for."""
        return bool(parts_of(self.run))

    @property
    def whole(self) -> bool:
        """Whether the run holds every charity that no facet left out."""
        return len(self.run) == self.total

    @cached_property
    def ranked(self) -> pd.DataFrame:
        """The rows that have a rank."""
        return self.run.iloc[: self._ranked]

    @cached_property
    def unranked(self) -> pd.DataFrame:
        """The rows that have none."""
        return self.run.iloc[self._ranked :]

    @cached_property
    def _ranked(self) -> int:
        """How many rows have a rank; they are the first."""
        return int(self.run["rank"].count())

    @property
    def found(self) -> int | None:
        """How many charities have a rank; None if the run doesn't tell, being full of them."""
        return len(self.ranked) if self.whole or len(self.unranked) else None

    @property
    def silent(self) -> int:
        """How many have none, as far as the run tells."""
        return 0 if self.found is None else self.total - self.found

    @property
    def good(self) -> int:
        """How many of the run fit well."""
        return int((self.run["band"] == "good").sum())

    def left_out(self) -> list[tuple[str, int, list[tuple[str, int]]]]:
        """Return each facet that left charities out: how many, and for which values."""
        found: dict[str, list[tuple[str, int]]] = {}
        for (facet, value), count in self.excluded.items():
            found.setdefault(str(facet), []).append((str(value), int(count)))
        return [(facet, sum(n for _, n in values), values) for facet, values in found.items()]

    def more_left_out(self, named: int) -> int:
        """Return how many more facets left out than so many."""
        return max(0, int(self.excluded.sum()) - named)

    def next_step(self, shown: int) -> int:
        """Return how many more can be shown after so many."""
        rows = self.ranked if self.asked else self.run
        return max(0, min(STEP, len(rows) - shown)) if self.large else max(0, len(rows) - shown)
