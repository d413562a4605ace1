"""What rating alone would bring two charities level.

Before the weights are scaled, part p of a query weighs r_p: the donor's rating, and the share of
the donor's own words that is read as it, or what words and chosen charities weigh (see
`ranking`). With R = Σ_p |r_p| a score is Σ_p r_p · s(p, d) / R, so that the gap of a charity o
over a charity d is linear in each rating::

    R · gap = Σ_p r_p · a_p,   a_p = s(p, o) - s(p, d)

Of one rating, all else as it is, the change that brings both level is therefore::

    change = -R · gap / a_p

It counts only where the changed rating stays within 0 and 5, and where something is still asked
for. What own words are read as adds to a priority's weight, but is no rating: it stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .ranking import MAX_WEIGHT

STEP = 1.0
"""One step of the scale of 0 to 5."""

_EXACT = 1e-9
"""A rating this near to an end of the scale is that end: what division leaves of it."""


@dataclass(frozen=True, slots=True)
class Flip:
    """The one rating that would bring two charities level.

    Attributes
    ----------
    priority : str
    rating : float or None
        What the donor gave; None for no answer, which weighs nothing as 0 does.
    level_at : float
        The rating, in 0..5, at which their scores are equal. Beyond it, where the scale goes
        on, the other one stands above.
    """

    priority: str
    rating: float | None
    level_at: float

    @property
    def change(self) -> float:
        """By how much the rating would change; above 0 for an increase."""
        return self.level_at - (self.rating or 0.0)

    @property
    def increase(self) -> bool:
        """Whether the rating would have to rise."""
        return self.change > 0


def flips(
    answers: Mapping[str, float | None],
    raw: Mapping[str, float],
    apart: Mapping[str, float],
    offered: Iterable[str],
) -> list[Flip]:
    """Return every single rating that would bring two charities level, the smallest change first.

    Parameters
    ----------
    answers : mapping of priority id to rating in 0..5, or None for "skip"
    raw : mapping of part to its weight before all are scaled
    apart : mapping of part to a_p, the other's match less the charity's
        Of every part of `raw`, and every priority of `offered`.
    offered : iterable of str
        The priorities whose ratings may change, in the order that decides between equal changes.
    """
    gap = sum(weight * apart[part] for part, weight in raw.items())
    found = []
    for priority in offered:
        if apart[priority]:
            rating = answers.get(priority)
            at = _on_scale((rating or 0.0) - gap / apart[priority])
            if at is not None and _still_asked(priority, at - (rating or 0.0), raw):
                found.append(Flip(priority, rating, at))
    return sorted(found, key=lambda flip: abs(flip.change))


def _on_scale(rating: float) -> float | None:
    """Return a rating that the scale has, or None."""
    inside = min(max(rating, 0.0), MAX_WEIGHT)
    return inside if abs(inside - rating) <= _EXACT else None


def _still_asked(priority: str, change: float, raw: Mapping[str, float]) -> bool:
    """Tell whether anything is asked for once a rating has changed."""
    changed = {**raw, priority: raw.get(priority, 0.0) + change}
    return any(abs(weight) > _EXACT for weight in changed.values())


def closest(found: Iterable[Flip]) -> Flip | None:
    """Return the first of some flips that one step of a given answer makes, if any."""
    given = (flip for flip in found if flip.rating is not None)
    return next((flip for flip in given if abs(flip.change) <= STEP + _EXACT), None)
