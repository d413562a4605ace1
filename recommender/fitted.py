"""What every part of the fitted model stands on: its data, and which run is its own."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from .charities import Charities
from .errors import RecommenderError
from .facets import Facets
from .index import Index
from .lots import SEED
from .names import WAYS, Match
from .priorities import Priorities
from .query import Asked, LazyParts, Queries, first_rows
from .texts import Texts


class Fitted(BaseEstimator):
    """A model that was fitted or opened.

    Attributes
    ----------
    charities_ : Charities
    facets_ : Facets
    priorities_ : Priorities
    agenda_ : tuple of str
    index_ : Index
    fingerprint_ : str
    """

    charities_: Charities
    facets_: Facets
    priorities_: Priorities
    agenda_: tuple[str, ...]
    index_: Index
    parts_: LazyParts
    fingerprint_: str
    _queries: Queries
    _texts: Texts

    def find(self, name: str) -> str:
        """Return the charity_id of a charity named by its id, name, short name or alias.

        Raises
        ------
        UnknownNameError
            With the closest known names.
        AnswersError
            For a name that several charities have, with their ids.
        """
        check_is_fitted(self)
        return self.charities_.find(name)

    def _rows(self, charity_ids: Iterable[str]) -> np.ndarray:
        """Return the rows of some charities."""
        return np.array([self.charities_.row_of(c) for c in charity_ids], dtype=np.int64)

    def search(self, name: str, k: int | None = 5) -> pd.DataFrame:
        """Return the charities that a name may mean, as somebody types it, the likeliest first.

        Parameters
        ----------
        name : str
            A name, short name, alias or id, in any language, whole, its beginning or words of it.
            Some wrong, missing, extra or swapped letters are forgiven; case, spaces and
            punctuation don't count. At most `names.MAX_NAME` characters.
        k : int, optional
            How many to return; None for all.

        Returns
        -------
        DataFrame
            Index charity_id; columns rank, tied, name, matched (which of its names), way (one of
            `names.WAYS`) and apart (how many letters part that name from what was typed; of
            Hangul, jamo). Those that are as likely share a rank, and are in the order of their
            lots. Empty where nothing is like it, or no letter was typed.

        Raises
        ------
        AnswersError
            For too long a name, or a negative k.
        """
        check_is_fitted(self)
        k = first_rows(k)
        # One more than is wanted tells whether the last one is tied.
        matches = self.charities_.search(name, None if k is None else k + 1)
        return _found(self.charities_, matches)[:k]

    def _made_by(self) -> dict[str, Any]:
        """Return what a run of this model remembers of it."""
        return {
            "fingerprint": self.fingerprint_,
            "priorities": self.priorities_.fingerprint,
            "background_weight": self.index_.background_weight,
            "lots": SEED,
        }

    def _asked_by(self, run: pd.DataFrame) -> Asked:
        if any(run.attrs.get(key) != value for key, value in self._made_by().items()):
            raise RecommenderError(
                "this run wasn't made by this model (the catalogue, the priorities or the settings "
                "differ), or lost its attrs on the way. Call recommend() on the model you ask."
            )
        return Asked.from_dict(run.attrs)

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "index_")


def _found(charities: Charities, matches: Sequence[Match]) -> pd.DataFrame:
    """Return charities that may be meant as a table, with their ranks and ties."""
    rows = np.array([match.row for match in matches], dtype=np.int64)
    order = [(WAYS.index(match.way), match.apart) for match in matches]
    tied = Counter(order)
    return pd.DataFrame(
        {
            "rank": pd.array([bisect_left(order, place) + 1 for place in order], dtype="Int64"),
            "tied": pd.array([tied[place] > 1 for place in order], dtype=bool),
            "name": pd.array(charities.column("name", rows), dtype=str),
            "matched": pd.array([match.name for match in matches], dtype=str),
            "way": pd.array([match.way for match in matches], dtype=str),
            "apart": pd.array([match.apart for match in matches], dtype="Int64"),
        },
        index=pd.Index(charities.ids(rows), name="charity_id", dtype=str),
    )
