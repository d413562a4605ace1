"""A receipt to what the same answers give now: exactly the same, or what changed and by what.

What was asked is asked again as it was read then, so that with the same catalogue, priorities,
version and settings every rank and every bit of every score is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from .askable import Ignored, askable
from .model import Recommender
from .receipts import Place, Receipt, receipt

CATALOGUE, PRIORITIES, VERSION = "catalogue", "priorities", "version"
SETTINGS, LOTS = "settings", "lots"
MOVED, SCORED, CAME, WENT, GONE = "moved", "scored", "came", "went", "gone"

_MANY = 1_000


@dataclass(frozen=True)
class Change:
    """What became of one charity.

    Attributes
    ----------
    kind : str
        "moved" from rank to rank, "scored" otherwise at the same rank, "came" among those that
        are listed, "went" from them, or "gone" from the catalogue.
    charity_id, name : str
    before, after : Place or None
        Its place in the receipt and now; None where it wasn't listed.
    """

    kind: str
    charity_id: str
    name: str
    before: Place | None
    after: Place | None

    @property
    def difference(self) -> float | None:
        """How much more it scores now; None if one of the scores isn't known."""
        if self.before is None or self.after is None:
            return None
        return self.after.score - self.before.score


@dataclass(frozen=True)
class Replay:
    """A receipt beside what its answers give now.

    Attributes
    ----------
    then, now : Receipt
    run : DataFrame
        What `now` is the receipt of, as `recommend` returns it.
    causes : tuple of str
        What differs of that by which a ranking is made, in this order: "catalogue",
        "priorities", "version", "settings", "lots".
    ignored : tuple of Ignored
        What was asked and can't be any more; the rest was asked.
    changes : tuple of Change
        In the order of the ranking now, then what isn't listed any more.
    """

    then: Receipt
    now: Receipt
    run: pd.DataFrame
    causes: tuple[str, ...]
    ignored: tuple[Ignored, ...]
    changes: tuple[Change, ...]

    @cached_property
    def same(self) -> bool:
        """Whether every charity has its place, its rank and its score, to the last bit."""
        return [p.exact for p in self.then.ranking] == [p.exact for p in self.now.ranking]


def replay(model: Recommender, then: Receipt) -> Replay:
    """Ask again what a receipt says was asked, and compare.

    Parameters
    ----------
    model : Recommender
    then : Receipt
        From `received.read`. Names that the model doesn't know are no error: they are told.
    """
    asked, ignored = askable(then.asked, model.priorities_.ids, model.facets_, model.charities_)
    run = model.rank(asked, _rows(model, then))
    now = receipt(run)
    return Replay(then, now, run, _causes(then, now), tuple(ignored), _changes(model, then, now))


def _rows(model: Recommender, then: Receipt) -> int | None:
    """Return how many rows to rank.

    A whole ranking of few isn't compared with a whole one of millions.
    """
    many = len(model.charities_) > 2 * len(then.ranking) + _MANY
    return len(then.ranking) if many else then.k


def _causes(then: Receipt, now: Receipt) -> tuple[str, ...]:
    differ = {
        CATALOGUE: then.catalogue != now.catalogue,
        PRIORITIES: then.priorities != now.priorities,
        VERSION: then.version != now.version,
        SETTINGS: then.background_weight != now.background_weight,
        LOTS: then.lots != now.lots,
    }
    return tuple(cause for cause, differs in differ.items() if differs)


def _changes(model: Recommender, then: Receipt, now: Receipt) -> tuple[Change, ...]:
    before = {place.charity_id: place for place in then.ranking}
    after = {place.charity_id: place for place in now.ranking}
    found = [
        Change(_kind(old, new), i, new.name, old, new)
        for i, new in after.items()
        if (old := before.get(i)) is None or old.exact != new.exact
    ]
    left = [
        Change(GONE if model.charities_.row(i) is None else WENT, i, old.name, old, None)
        for i, old in before.items()
        if i not in after
    ]
    return (*found, *left)


def _kind(before: Place | None, after: Place) -> str:
    if before is None:
        return CAME
    same = (before.rank, before.tied) == (after.rank, after.tied)
    return SCORED if same else MOVED
