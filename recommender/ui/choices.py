"""The buttons that are HTML: more like this, less like this, and what brings charities back."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from ..languages import Language
from ..ranking import LIKE, UNLIKE
from . import state

KEY = "choices"
RESTORE = "restore"
_CHOSEN = {LIKE: "like-chosen", UNLIKE: "unlike-chosen"}
_BUTTONS = st.components.v2.component(
    KEY, js=(Path(__file__).parent / "choices.js").read_text(encoding="utf-8")
)


def listen() -> None:
    """Hear the buttons, which are HTML as the cards are: one element, however many cards."""
    _BUTTONS(key=KEY, on_said_change=_said)


def _said() -> None:
    """Take what a browser sent, if it names a button that there is."""
    said = st.session_state[KEY]["said"]
    part, named = str(said.get("say")), str(said.get("charity"))
    if part == RESTORE:
        state.bring_back(named)
    elif part in _CHOSEN and state.model().charities_.row(named) is not None:
        state.choose(part, named)


def chosen(run: pd.DataFrame, t: Language) -> list[dict[str, str]]:
    """Return the charities that a run was to be more, or less, like, as they are shown."""
    shown = state.shown()
    return [
        {
            "part": part,
            "charity_id": charity_id,
            "name": told.name,
            "said": t(key, name=told.short),
        }
        for part, key in _CHOSEN.items()
        for charity_id in run.attrs[part]
        for told in [shown.told(charity_id, t)]
    ]
