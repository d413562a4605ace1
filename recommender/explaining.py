"""What a charity's score is made of, asked of the model by a run and a charity's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from .errors import RecommenderError
from .explanation import Evidence, Explanation, explain
from .fitted import Fitted
from .ranking import points


class Explaining(Fitted):
    """The part of the model that explains."""

    def explain(self, run: pd.DataFrame, charity: str) -> pd.DataFrame:
        """Return what every term adds to a charity's score.

        Parameters
        ----------
        run : DataFrame
            From `recommend`, of this model.
        charity : str
            Its charity_id or one of its names.

        Returns
        -------
        DataFrame
            Columns priority, language, term, words, contribution and sentence; the contributions
            sum to the charity's score.
        """
        return self.explanation(run, charity).table()

    def evidence(
        self, run: pd.DataFrame, charity: str, language: str = "en"
    ) -> dict[str, Evidence]:
        """Return, by priority, the sentence that carries most of a charity's contribution.

        It is taken from the description in `language`; from another one where that has none.
        """
        return self.explanation(run, charity).evidence(language)

    def explanation(self, run: pd.DataFrame, charity: str) -> Explanation:
        """Return what `explain` and `evidence` read from, for who needs both."""
        charity_id = self.find(charity)
        return next(self.explanations(run, [charity_id]))

    def explanations(self, run: pd.DataFrame, charity_ids: Iterable[str]) -> Iterator[Explanation]:
        """Yield the explanations of several charities, reading the query once."""
        parts, weights = self._queries.query(self._asked_by(run))
        for charity_id in charity_ids:
            row = self.charities_.row_of(charity_id)
            yield explain(self.index_, parts, weights, row, self._texts.read(charity_id))

    def breakdown(self, run: pd.DataFrame, charity: str) -> pd.DataFrame:
        """Return how a charity's score comes about, a row a part of the query.

        Returns
        -------
        DataFrame
            Index part; columns weight (their sizes sum to one), match (0 or more; 1 is strong),
            contribution (their product, summing to the score) and points (whole, summing to the
            score's points).
        """
        charity_id = self.find(charity)
        _, weights = self._queries.query(self._asked_by(run))
        if charity_id not in run.index:
            raise RecommenderError(
                f"{charity_id} isn't among the {len(run)} rows of this run. Call recommend() "
                "without k, or with a larger one."
            )
        weight = pd.Series(weights, dtype=float)
        contribution = run.loc[charity_id, list(weights)].astype(float)
        table = {"weight": weight, "match": contribution / weight, "contribution": contribution}
        return pd.DataFrame(table).assign(points=points(contribution)).rename_axis("part")
