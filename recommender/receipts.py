"""A run to a receipt: what was asked, what it was ranked by and the ranking, to the last bit.

It is the one JSON file that the product writes of a run. An object with these keys::

    format, format_version  "where-to-give-receipt" and 1: what the file is
    version, date           of the program; the day in UTC
    answers                 weight by priority: 0 to 5, or null for "skip"
    text, reading           own words as they were read, mended; the share of each priority
    like, unlike            charities by their ids
    only, hide              values by facet
    keep                    charities that stay whatever the facets say
    without                 the charity that the others are compared with; null if there is none
    k                       how many of the first charities the ranking holds; null for all
    catalogue, priorities   fingerprints of what was ranked, and by what
    background_weight       see `Recommender`
    lots                    the seed of the lots that order what is equal (see `lots`)
    ranking                 charity_id, rank (null without evidence), tied, name, band, score and
                            contributions by part of the query, which sum to the score

Numbers are written as the shortest decimals that read back as the same bits.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from .errors import RecommenderError
from .query import Asked
from .ranking import parts_of
from .version import VERSION

FORMAT, FORMAT_VERSION = "where-to-give-receipt", 1


@dataclass(frozen=True)
class Place:
    """One charity's place in a ranking.

    Attributes
    ----------
    charity_id : str
    rank : int or None
        1 is best; None without evidence.
    tied : bool
    name, band : str
        As in a run.
    score : float
    contributions : mapping of part to float
        They sum to the score.
    """

    charity_id: str
    rank: int | None
    tied: bool
    name: str
    band: str
    score: float
    contributions: dict[str, float]

    @property
    def exact(self) -> tuple[object, ...]:
        """All but the name, so that two are equal only if every bit is."""
        parts = {part: value.hex() for part, value in self.contributions.items()}
        return (self.charity_id, self.rank, self.tied, self.band, self.score.hex(), parts)


@dataclass(frozen=True)
class Receipt:
    """What a receipt holds.

    Attributes
    ----------
    version : str
        Of the program that ranked.
    date : str
        The day in UTC, as 2026-12-01.
    asked : Asked
    k : int or None
        How many of the first charities the ranking holds; None if it holds all.
    catalogue, priorities : str
        Fingerprints.
    background_weight : float
    lots : str
        The seed of the lots.
    ranking : tuple of Place
    """

    version: str
    date: str
    asked: Asked
    k: int | None
    catalogue: str
    priorities: str
    background_weight: float
    lots: str
    ranking: tuple[Place, ...]

    def as_object(self) -> dict[str, Any]:
        """Return the receipt in types that JSON knows, in the order in which it is read."""
        return {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "version": self.version,
            "date": self.date,
            **self.asked.as_dict(),
            "k": self.k,
            "catalogue": self.catalogue,
            "priorities": self.priorities,
            "background_weight": self.background_weight,
            "lots": self.lots,
            "ranking": [asdict(place) for place in self.ranking],
        }

    def as_json(self) -> str:
        """Return the receipt as the text of a file."""
        return json.dumps(self.as_object(), ensure_ascii=False, indent=2, allow_nan=False)


def receipt(
    run: pd.DataFrame, date: datetime.date | None = None, version: str = VERSION
) -> Receipt:
    """Return the receipt of a run.

    Parameters
    ----------
    run : DataFrame
        From `recommend` or `similar`, or the first rows of one.
    date : date, optional
        The day of the run; today in UTC if left out.
    version : str, optional

    Raises
    ------
    RecommenderError
        For a table that isn't a run, or has lost its attrs.
    """
    attrs = run.attrs
    if not {"answers", "fingerprint", "of"} <= attrs.keys():
        raise RecommenderError(
            "this table isn't a run, or lost its attrs on the way: a receipt needs what "
            "recommend() returned, or its first rows."
        )
    asked = Asked.from_dict(attrs)
    weights = {name: plain(weight) for name, weight in asked.answers.items()}
    return Receipt(
        version=version,
        date=(date or datetime.datetime.now(datetime.UTC).date()).isoformat(),
        asked=Asked.from_dict({**asked.as_dict(), "answers": weights}),
        k=None if len(run) >= attrs["of"] else len(run),
        catalogue=attrs["fingerprint"],
        priorities=attrs["priorities"],
        background_weight=float(attrs["background_weight"]),
        lots=attrs["lots"],
        ranking=tuple(_places(run)),
    )


def plain(weight: float | None) -> float | None:
    """Return a weight of any kind of number as Python's own, 5 and not 5.0."""
    if weight is None:
        return None
    return int(weight) if float(weight).is_integer() else float(weight)


def _places(run: pd.DataFrame) -> list[Place]:
    parts = parts_of(run)
    shares = run[parts].to_numpy(dtype=float).tolist()
    columns = [run[name].tolist() for name in ("rank", "tied", "name", "band", "score")]
    return [
        Place(
            str(charity_id),
            None if pd.isna(rank) else int(rank),
            bool(tied),
            str(name),
            str(band),
            float(score),
            dict(zip(parts, row, strict=True)),
        )
        for charity_id, rank, tied, name, band, score, row in zip(
            run.index, *columns, shares, strict=True
        )
    ]
