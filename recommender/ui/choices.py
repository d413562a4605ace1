"""The buttons that are HTML, as the cards are that they stand in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from ..labels import facet, value
from ..languages import Language
from ..listing import Listing
from ..ranking import LIKE, UNLIKE
from ..side_by_side import FEWEST
from . import state

KEY = "choices"
_ABOUT_CHARITIES: dict[str, Callable[[str], None]] = {
    LIKE: partial(state.choose, LIKE),
    UNLIKE: partial(state.choose, UNLIKE),
    state.COMPARE: state.compare,
    state.WHY: state.ask_why,
    "keep": state.keep,
}
MOST_GONE = 50
"""How many of those that were left out are named."""

_CHOSEN = {
    LIKE: "like-chosen",
    UNLIKE: "unlike-chosen",
    state.COMPARE: "compare-chosen",
    "keep": "keep-chosen",
}
_BUTTONS = st.components.v2.component(
    KEY, js=(Path(__file__).parent / "choices.js").read_text(encoding="utf-8")
)


def listen() -> None:
    """Hear the buttons, which are HTML as the cards are: one element, however many cards."""
    _BUTTONS(key=KEY, on_said_change=_said)


def _said() -> None:
    """Take what a browser sent, if it names a button that there is."""
    said = st.session_state[KEY]["said"]
    what, of = str(said.get("say")), str(said.get("of"))
    if what in _ABOUT_CHARITIES:
        if state.model().charities_.row(of) is not None:
            _ABOUT_CHARITIES[what](of)
    elif what == "restore":
        state.bring_back(of)
    elif what == "see" and of in state.VIEWS:
        state.see(of)


def chosen(run: pd.DataFrame, t: Language) -> list[dict[str, str]]:
    """Return the charities that were chosen for something, each with what for."""
    shown = state.shown()
    of_what = {LIKE: run.attrs[LIKE], UNLIKE: run.attrs[UNLIKE]}
    of_what |= {state.COMPARE: st.session_state[state.COMPARED], "keep": run.attrs["keep"]}
    return [
        {
            "part": part,
            "charity_id": charity_id,
            "name": told.name,
            "said": t(key, name=told.short),
        }
        for part, key in _CHOSEN.items()
        for charity_id in of_what[part]
        for told in [shown.told(charity_id, t)]
    ]


def gone(found: Listing, t: Language) -> list[dict[str, str]]:
    """Return the first charities that facets left out, each with the facet and what it holds."""
    if not len(found.excluded):
        return []
    shown = state.shown()
    named = [
        {
            "charity_id": str(charity_id),
            "name": shown.told(str(charity_id), t).name,
            "why": t(
                "gone-why", facet=facet(row["facet"], t), value=value(row["facet"], row["value"], t)
            ),
        }
        for charity_id, row in shown.model.left_out(found.run, MOST_GONE).iterrows()
    ]
    return sorted(named, key=lambda charity: charity["name"].casefold())


def beside() -> bool:
    """Tell whether there are charities to be seen side by side, elsewhere than here."""
    enough = len(st.session_state[state.COMPARED]) >= FEWEST
    return enough and st.session_state[state.VIEW] != state.COMPARE
