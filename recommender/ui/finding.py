"""Charities chosen by name: several of a list, or one that a visitor types."""

from __future__ import annotations

import streamlit as st

from ..languages import Language
from ..listing import Listing
from . import state


def several(t: Language, found: Listing, asked: str) -> list[str]:
    """Draw a choice of the run's charities, and return those that are compared."""
    shown = state.shown()
    # What was chosen before stays a choice, whatever another answer leaves in the list.
    known = list(dict.fromkeys([*found.run.index, *st.session_state[state.COMPARED]]))
    return st.multiselect(
        asked,
        known,
        key=state.COMPARED,
        format_func=lambda charity_id: shown.told(charity_id, t).name,
        max_selections=state.MOST_COMPARED,
        placeholder=t("compare-search"),
        persist_state="session",
    )


def one(t: Language, asked: str) -> str:
    """Draw a field for a name, and the charities that may be meant; return the one that is."""
    typed = st.text_input(
        asked,
        key=state.GIVEN_NAME,
        placeholder=t("given-hint"),
        max_chars=200,
        persist_state="session",
    )
    if not typed.strip():
        return ""
    shown = state.shown()
    candidates = shown.model.search(typed)
    if candidates.empty:
        st.text(t("given-unknown", name=typed.strip()))
        return ""
    if len(candidates) == 1:
        return str(candidates.index[0])
    return st.selectbox(
        t("given-which"),
        list(candidates.index),
        format_func=lambda charity_id: shown.told(charity_id, t).name,
    )
