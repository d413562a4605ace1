"""What the tests of ranking share: matches that are said, and charities that only have ids."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from recommender.catalogue import from_texts
from recommender.charities import Charities
from recommender.index import Part


class Matches:
    """What `rank` asks of an index, with the matches said."""

    def __init__(self, matches: dict[str, list[float]]) -> None:
        self._matches = {name: np.array(values) for name, values in matches.items()}
        self.size_ = max(map(len, matches.values()), default=0)

    def match(self, part: Part, rows: np.ndarray | None) -> np.ndarray:
        return self._matches[part.name][slice(None) if rows is None else rows]


def charities_of(ids: Iterable[str], names: Iterable[str] | None = None) -> Charities:
    table = from_texts(pd.Series("", pd.Index(ids, dtype=str), dtype=str))
    return Charities.of(table.assign(name=list(names or table.index)))
