"""A run and a budget to a plan, asked of the model."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .dividing import divide, matches_of
from .errors import RecommenderError
from .fitted import Fitted
from .money import Money
from .plan import AGAINST, CLOSED, UNLIKED, Plan, Terms
from .query import Asked


class Planning(Fitted):
    """The part of the model that divides a budget."""

    def plan(
        self,
        run: pd.DataFrame,
        budget: str | Money,
        minimum: str | Money | None = None,
        most: int | None = None,
    ) -> Plan:
        """Divide a budget among the charities of a run, in exact amounts.

        Each part of the query has its weight's share of the budget, divided among the charities
        that fit well with that part in proportion to their matches with it (see `dividing`).

        Parameters
        ----------
        run : DataFrame
            From `recommend`, of this model. Only its rows are given to, and the best of them set
            what fits well: a run of the first k is planned as if there were no others, and what
            nobody in it does isn't given, though others may do it. The fewer the rows, the more
            of them are there for what weighs most: plan with all, or as many as can be. The plan
            says of how many charities it is.
        budget : str or Money
            As "100 EUR" or "50000 KRW"; above 0.
        minimum : str or Money, optional
            No gift is less.
        most : int, optional
            No more charities get a gift.

        Returns
        -------
        Plan
            The order of the run's rows decides nothing.

        Raises
        ------
        UnknownNameError
            For a currency that isn't known.
        AnswersError
            For an amount that isn't one, a minimum above the budget or of another currency, or a
            `most` below 1; all problems at once.
        RecommenderError
            For a run that isn't this model's, lacks a part or holds a charity twice.
        """
        terms = Terms.of(budget, minimum, most)
        asked = self._asked_by(run)
        _, weights = self._queries.query(asked)
        missing = [column for column in ("rank", "name", *weights) if column not in run.columns]
        if missing or not run.index.is_unique:
            found = f"no column {', '.join(missing)}" if missing else "a charity twice"
            raise RecommenderError(f"this run has {found}. Plan with what recommend() returned.")
        excluded = int(self.facets_.excluded(asked.only, asked.hide, self._rows(asked.keep)).sum())
        every = len(self.charities_) - excluded
        may_fit = run.loc[matches_of(run, weights).index]
        aside = self._set_aside(may_fit, asked)
        return divide(run, weights, terms, aside=aside, liked=asked.like, every=every)

    def _set_aside(self, run: pd.DataFrame, asked: Asked) -> dict[str, str]:
        """Return who of a run gets nothing, and why."""
        ids = run.index.astype(str)
        rows = np.array([self.charities_.row_of(charity_id) for charity_id in ids], dtype=np.int64)
        closed = np.array(self.charities_.column("status", rows)) == "closed"
        against = run["rank"].isna().to_numpy() & bool(asked.unlike)
        return {
            **dict.fromkeys(ids[against], AGAINST),
            **dict.fromkeys(asked.unlike, UNLIKED),
            **dict.fromkeys(ids[closed], CLOSED),
        }
