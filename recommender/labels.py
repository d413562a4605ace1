"""What charities and parts of a query are called in a donor's language."""

from __future__ import annotations

import pandas as pd

from .languages import Language
from .priorities import Priorities
from .ranking import LIKE, TEXT, UNLIKE
from .schema import NOT_STATED, countries, items

_OTHERS = {TEXT: "text-label", LIKE: "like-label", UNLIKE: "unlike-label"}


def label(part: str, priorities: Priorities, t: Language) -> str:
    """Return the name of a part of the query: a priority's label, "Your words" and the like."""
    return t(_OTHERS[part]) if part in _OTHERS else t.choose(priorities[part].label)


def name(charity: pd.Series, t: Language) -> str:
    """Return a charity's name in the donor's language, with its short name.

    Parameters
    ----------
    charity : Series
        A row of a catalogue.
    """
    own = (charity["name_ko"] if t.code == "ko" else "") or charity["name"]
    short = charity["short_name"]
    return f"{own} ({short})" if short and short not in own else own


def way(how: str, apart: int, t: Language) -> str:
    """Return in words how a name is like what was typed.

    Parameters
    ----------
    how : str
        One of `names.WAYS`.
    apart : int
        How many letters part them; told where it is close.
    """
    return t(f"search-way-{how}", apart=apart)


def facet(name: str, t: Language) -> str:
    """Return what a facet is called."""
    return t(f"fact-{name}")


def value(name: str, cell: str, t: Language) -> str:
    """Return a value of a facet, or the several of a cell, in the donor's language."""
    return t.listed([_one(name, item, t) for item in items(cell)]) or t("value-not-stated")


def _one(name: str, item: str, t: Language) -> str:
    if item == NOT_STATED:
        return t("value-not-stated")
    if name == "tax_deductible":
        return ", ".join(
            f"{territory(code, t)}: {t(f'value-{answer}')}"
            for code, answer in countries(item).items()
        )
    if name == "country":
        return territory(item, t)
    if name == "region":
        return item
    return t(f"{_PREFIXES.get(name, 'value-')}{slug(item)}")


_PREFIXES = {
    "works_in": "place-",
    "status": "status-",
    "size": "size-",
    "described_by": "described-",
}


def territory(code: str, t: Language) -> str:
    """Return the name of a country by its ISO code."""
    return str(t.locale.territories.get(code, code))


def slug(cell: str) -> str:
    """Return a value as the end of a message's key."""
    return cell.replace(" ", "-").replace("–", "-to-")
