"""What was asked elsewhere, or earlier, to what can be asked here, and what of it can't.

A link or a receipt may name what this catalogue or these priorities don't have. The rest is still
asked; what isn't is told, in sentences that hold no text of strangers but short names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from .charities import Charities
from .facets import Choice, Facets
from .labels import facet, label
from .languages import Language
from .priorities import Priorities
from .query import Asked

PRIORITY, FACET, VALUE, CHARITY = "priority", "facet", "value", "charity"
WEIGHT, BOTH, TOO_LONG, OTHER_VERSION = "weight", "both", "too long", "other version"
TWICE, ROUNDED = "twice", "rounded"
"""What the library can ask, but the page, whose scale has steps and whose facets one use."""

_SAID = {
    OTHER_VERSION: "ignored-version",
    TOO_LONG: "ignored-long",
    PRIORITY: "ignored-priority",
    WEIGHT: "ignored-weight",
    CHARITY: "ignored-charity",
    BOTH: "ignored-both",
    FACET: "ignored-facet",
    VALUE: "ignored-value",
    TWICE: "ignored-twice",
    ROUNDED: "ignored-rounded",
}
_NAMED = 5
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,40}")


@dataclass(frozen=True, slots=True)
class Ignored:
    """One thing that was asked and can't be asked here.

    Attributes
    ----------
    kind : str
        Why: one of this module's constants.
    name : str
        The id of a priority or a charity, or a facet. Whoever made the link or the file chose it:
        `said` shows it only if it is short and plain.
    """

    kind: str
    name: str = ""


def askable(
    asked: Asked, priorities: Collection[str], facets: Facets, charities: Charities
) -> tuple[Asked, list[Ignored]]:
    """Return what of a question can be asked, and what can't.

    Parameters
    ----------
    asked : Asked
        With weights and shares that are right; its names may be unknown.
    priorities : collection of str
        The ids that may be asked for.
    facets : Facets
    charities : Charities
    """
    ignored = [
        Ignored(PRIORITY, name)
        for name in dict.fromkeys((*asked.answers, *asked.reading))
        if name not in priorities
    ]
    known = (*asked.like, *asked.unlike, *asked.keep, *filter(None, [asked.without]))
    named = dict.fromkeys(known)
    gone = {name for name in named if charities.row(name) is None}
    ignored += [Ignored(CHARITY, name) for name in named if name in gone]
    found = replace(
        asked,
        answers={name: w for name, w in asked.answers.items() if name in priorities},
        reading={name: s for name, s in asked.reading.items() if name in priorities},
        like=tuple(name for name in asked.like if name not in gone),
        unlike=tuple(name for name in asked.unlike if name not in gone),
        only=_choosable(asked.only, facets, ignored),
        hide=_choosable(asked.hide, facets, ignored),
        keep=tuple(name for name in asked.keep if name not in gone),
        without=None if asked.without in gone else asked.without,
    )
    return found, ignored


def _choosable(choice: Choice, facets: Facets, ignored: list[Ignored]) -> Choice:
    found: dict[str, tuple[str, ...]] = {}
    for name, values in choice.items():
        known = facets.known(name)
        ignored += [Ignored(VALUE if known else FACET, name) for v in values if v not in known][:1]
        if kept := tuple(value for value in values if value in known):
            found[name] = kept
    return found


def said(ignored: Iterable[Ignored], priorities: Priorities, t: Language) -> list[str]:
    """Return a sentence for each kind of what is ignored, with the first names of it."""
    order = list(_SAID)
    by_kind = sorted(ignored, key=lambda one: order.index(one.kind))
    return [
        t(_SAID[kind], names=_names([_shown(one, priorities, t) for one in ones], t))
        for kind, ones in groupby(by_kind, key=lambda one: one.kind)
    ]


def _names(names: Iterable[str], t: Language) -> str:
    distinct = list(dict.fromkeys(names))
    more = t("ignored-more", count=len(distinct) - _NAMED) if len(distinct) > _NAMED else ""
    return t.listed([*distinct[:_NAMED], *filter(None, [more])])


def _shown(one: Ignored, priorities: Priorities, t: Language) -> str:
    """Return a name as a page may show it: a sentence in it would look like one of ours."""
    if one.kind in (VALUE, TWICE):
        return facet(one.name, t)
    if one.kind in (WEIGHT, ROUNDED):
        return label(one.name, priorities, t)
    return one.name if _NAME.fullmatch(one.name) else t("ignored-unnamed")


def without_both(like: Iterable[str], unlike: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return both lists, each name once, and under "both" the names that stand in the two."""
    first, second = dict.fromkeys(like), dict.fromkeys(unlike)
    return {
        "like": tuple(name for name in first if name not in second),
        "unlike": tuple(name for name in second if name not in first),
        BOTH: tuple(name for name in first if name in second),
    }
