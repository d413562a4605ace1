"""What every part of the fitted model stands on: its data, and which run is its own."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from .charities import Charities
from .errors import RecommenderError
from .facets import Facets
from .index import Index
from .priorities import Priorities
from .query import Asked, Queries
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
    fingerprint_: str
    _queries: Queries
    _texts: Texts

    def find(self, name: str) -> str:
        """Return the charity_id of a charity named by its id, name, short name or alias.

        Raises
        ------
        UnknownNameError
            With the closest known names.
        """
        check_is_fitted(self)
        return self.charities_.find(name)

    def _made_by(self) -> dict[str, Any]:
        """Return what a run of this model remembers of it."""
        return {
            "fingerprint": self.fingerprint_,
            "priorities": self.priorities_.fingerprint,
            "background_weight": self.index_.background_weight,
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
