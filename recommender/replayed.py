"""What a replay says, in sentences and rows: the same on the command line and on a page."""

from __future__ import annotations

from .askable import said
from .labels import name
from .languages import Language
from .model import Recommender
from .ranking import POINT, rank_label
from .receipts import Place
from .replays import Change, Replay
from .text import normalise

_CAUSES = {
    "catalogue": "replay-catalogue",
    "priorities": "replay-priorities",
    "version": "replay-version",
    "settings": "replay-settings",
    "lots": "replay-lots",
}
_WITHOUT_PLACE = {"came": "replay-came", "went": "replay-went", "gone": "replay-gone"}


def replay_said(model: Recommender, done: Replay, t: Language) -> list[str]:
    """Return whether the ranking is the same, and what has changed, in the order of cause."""
    count = len(done.then.ranking)
    lines = [t("replay-same", count=count) if done.same else t("replay-differs")]
    for cause in done.causes:
        before, after = _values(done, cause, t)
        lines.append(t(_CAUSES[cause], before=before, after=after))
    lines += said(done.ignored, model.priorities_, t)
    if not (done.same or done.causes or done.ignored):
        lines.append(t("replay-no-cause"))
    return lines


def changes_said(model: Recommender, done: Replay, t: Language) -> list[tuple[str, str, str, str]]:
    """Return, of each charity that changed, its rank then and now, its name and its points."""
    return [
        (
            _rank(change.before),
            _rank(change.after),
            _called(model, change, t),
            _difference(change, t),
        )
        for change in done.changes
    ]


def _called(model: Recommender, change: Change, t: Language) -> str:
    """Return what a charity is called; of one that is gone what the receipt says, made harmless."""
    if change.kind == "gone":
        return " ".join(normalise(change.name).split())
    return name(model.charities_.charity(change.charity_id), t)


def _values(done: Replay, cause: str, t: Language) -> tuple[str, str]:
    """Return what a cause was and is, without what a terminal would take for more than text."""
    if cause == "settings":
        return t.number(done.then.background_weight), t.number(done.now.background_weight)
    before, after = getattr(done.then, cause), getattr(done.now, cause)
    return (before if before.isascii() and before.isprintable() else "?"), after


def _rank(place: Place | None) -> str:
    return "" if place is None else rank_label(place.rank, place.tied)


def _difference(change: Change, t: Language) -> str:
    """Return how many points more or less, to tenths; of less than that the first figure."""
    if change.difference is None:
        return t(_WITHOUT_PLACE[change.kind])
    points = change.difference * POINT
    return f"{points:+.1f}" if abs(points) >= 0.05 or not points else f"{points:+.0e}"
