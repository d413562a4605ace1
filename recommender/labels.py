"""What charities and parts of a query are called in a donor's language."""

from __future__ import annotations

import pandas as pd

from .languages import Language
from .priorities import Priorities
from .ranking import LIKE, TEXT, UNLIKE

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
