"""What was asked and what a comparison says: the same on the command line and on a page.

Points and ratings in them are rounded; `comparison` and `flip` have the exact ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from .comparison import Standing, WhyNot
from .flip import Flip
from .labels import facet, label, name, value
from .languages import Language
from .model import Recommender
from .query import Asked
from .ranking import LIKE, UNLIKE, in_points, rank_label
from .schema import NOT_STATED

_DIGITS = (1, 2, 3)


def why_said(model: Recommender, why: WhyNot, t: Language) -> list[str]:
    """Return why one charity stands above another, and what rating would change that."""
    if why.level:
        return [level_said(model, why, t)]
    close = [t("compare-close", priority=_label(why.close, model, t))] if why.close else []
    return [gap_said(model, why, t), *close, flip_said(model, why.flip, t)]


def gap_said(model: Recommender, why: WhyNot, t: Language) -> str:
    """Return which charity stands above, by how many points, and from which parts of the query."""
    why = why.upright()
    above, below = names(model, (why.other, why.charity), t)
    if not why.points:
        return t("compare-just-above", above=above, below=below)
    found = sorted(why.parts["points"].items(), key=lambda item: -item[1])
    parts = [
        t("compare-part", part=label(str(part), model.priorities_, t), points=signed(points, t))
        for part, points in found
        if points
    ]
    return t("compare-above", above=above, below=below, points=why.points, parts=t.listed(parts))


def level_said(model: Recommender, why: WhyNot, t: Language) -> str:
    """Return that two charities have the same score, or that nothing was found for either."""
    charities = t.listed(names(model, (why.charity, why.other), t))
    silent = not why.parts[["charity", "other"]].any(axis=None)
    return t("compare-silent" if silent else "compare-level", charities=charities)


def flip_said(model: Recommender, flip: Flip | None, t: Language) -> str:
    """Return which rating would bring two charities level."""
    if flip is None:
        return t("compare-no-flip")
    priority, at = _label(flip, model, t), rating_said(flip, t)
    if not at:
        return t("compare-flip-slightest", priority=priority)
    if flip.rating is None:
        return t("compare-flip-new", priority=priority, at=at)
    return t("compare-flip", priority=priority, at=at, rating=t.number(flip.rating))


def rating_said(flip: Flip, t: Language) -> str:
    """Return the rating that brings level, in as few digits as tell it from the one now.

    Returns
    -------
    str
        Empty where three decimals don't tell them apart.
    """
    for digits in _DIGITS:
        rounded = round(flip.level_at, digits)
        if rounded != round(flip.rating or 0.0, digits):
            number = t.number(rounded)
            exact = abs(rounded - flip.level_at) < 10.0 ** -(2 * max(_DIGITS))
            return number if exact else t("compare-about", number=number)
    return ""


def standing_said(standing: Standing, called: str, t: Language) -> str:
    """Return a charity with its rank and how well it fits."""
    rank = rank_label(standing.rank, standing.tied)
    found = [called, band_said(standing, t), "" if standing.listed else t("compare-unlisted")]
    return f"{rank}  {'  ·  '.join(filter(None, found))}"


def band_said(standing: Standing, t: Language) -> str:
    """Return how well a charity fits; nothing where nothing is ranked."""
    return t(f"band-{standing.band}") if standing.band else ""


def fact_said(fact: str, cell: str, t: Language) -> str:
    """Return a cell of the table of facts in the donor's language."""
    if cell == NOT_STATED:
        return t("value-not-stated")
    if fact == "founded":
        return t("founded-year", year=cell)
    if fact == "last_evidence":
        return t.date(cell)
    return cell if fact in ("serves", "base") else value(fact, cell, t)


def signed(points: int, t: Language) -> str:
    """Return whole points with their minus as the language writes it."""
    return t("minus", number=t.number(-points)) if points < 0 else t.number(points)


def tenths(contribution: float, t: Language) -> str:
    """Return a contribution in tenths of a point, with its minus as the language writes it."""
    return _tenths(in_points(contribution), t)


@lru_cache(maxsize=4096)  # a page says thousands of them, most of them alike
def _tenths(points: float, t: Language) -> str:
    said = t.tenths(abs(points))
    return t("minus", number=said) if points < 0 else said


def names(model: Recommender, standings: Iterable[Standing], t: Language) -> list[str]:
    """Return what some charities are called."""
    return [name(model.charities_.charity(found.charity_id), t) for found in standings]


def _label(flip: Flip | None, model: Recommender, t: Language) -> str:
    return label(flip.priority, model.priorities_, t) if flip else ""


def asked_said(model: Recommender, asked: Asked, t: Language) -> list[str]:
    """Return what was asked, a line each; nothing if nothing was."""
    known = model.priorities_
    lines = [
        f"{label(p, known, t)}: {t('answer-skip') if weight is None else t.number(weight)}"
        for p, weight in asked.answers.items()
    ]
    if asked.text:
        lines.append(f"{t('text-label')}: {asked.text}")
    if asked.reading:
        read = t.listed([label(priority, known, t) for priority in asked.reading])
        lines.append(f"{t('reading-label')} {read}")
    for part, ids in ((LIKE, asked.like), (UNLIKE, asked.unlike)):
        if ids:
            called = [name(model.charities_.charity(charity), t) for charity in ids]
            lines.append(f"{label(part, known, t)}: {t.listed(called)}")
    if asked.keep:
        called = [name(model.charities_.charity(charity), t) for charity in asked.keep]
        lines.append(f"{t('keep-label')}: {t.listed(called)}")
    for key, choice in (("facets-only", asked.only), ("facets-hide", asked.hide)):
        for column, values in choice.items():
            listed = t.listed([value(column, one, t) for one in values])
            lines.append(f"{t(key)}: {facet(column, t)}: {listed}")
    return lines
