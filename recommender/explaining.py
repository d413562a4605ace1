"""What a charity's score is made of, asked of the model by a run and a charity's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from .errors import RecommenderError
from .explanation import Evidence, Explanation, explain
from .fitted import Fitted
from .methods import BM25, MOST_ROWS, SUM, by_matches, by_words, ranks
from .ranking import TEXT, points
from .schema import DESCRIPTIONS


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
        return (
            pd.DataFrame(table).assign(points=points(contribution.to_numpy())).rename_axis("part")
        )

    def by_methods(self, run: pd.DataFrame) -> pd.DataFrame:
        """Return how other methods would have ranked the rows of a run: see `methods`.

        Parameters
        ----------
        run : DataFrame
            From `recommend`, of this model; of a large index with a k, since only its rows are
            ranked, and are all that BM25 reads.

        Returns
        -------
        DataFrame
            The rows of the run; columns name, sum, cosine, focus and BM25. A rank is 1 or more;
            equal scores share it, and it is missing where a method finds nothing.

        Raises
        ------
        RecommenderError
            If the run isn't this model's, or has more than MOST_ROWS rows.
        """
        asked = self._asked_by(run)
        if len(run) > MOST_ROWS:
            raise RecommenderError(
                f"methods are compared on at most {MOST_ROWS:,} rows; this run has {len(run):,}. "
                "Call recommend() with a smaller k."
            )
        parts, weights = self._queries.query(asked)
        offered = {name: self.parts_[name] for name in self.agenda_}
        rows = np.array([self.charities_.row_of(c) for c in run.index], dtype=np.int64)
        known = {**offered, **{part.name: part for part in parts}}
        matches = {name: self.index_.match(part, rows) for name, part in known.items()}
        scores = by_matches(pd.DataFrame(matches, run.index), weights)
        scores[SUM] = run["score"].astype(float)
        labels = {p: self.priorities_[p].label["en"] for p in weights if p in self.parts_}
        words = labels | ({TEXT: asked.text} if TEXT in weights else {})
        columns = {c: self.charities_.column(c, rows) for c in DESCRIPTIONS.values()}
        scores[BM25] = by_words(pd.DataFrame(columns, run.index), words, weights)
        return ranks(scores).assign(name=run["name"])[["name", *scores]]
