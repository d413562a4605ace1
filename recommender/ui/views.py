"""The views of one result: the list, and what else can be done with it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ..languages import Language
from ..listing import Listing
from . import comparing, giving, keeping, listed, planning, state

_VIEWS: dict[str, Callable[[Language, Listing], None]] = {
    state.LIST: listed.draw,
    state.COMPARE: comparing.draw,
    state.PLAN: planning.draw,
    state.GIVEN: giving.draw,
    state.KEPT: keeping.draw,
}


def draw(t: Language, found: Listing) -> None:
    """Draw the choice of views, and the one that is chosen; the others cost nothing."""
    st.segmented_control(
        t("view-label"),
        list(_VIEWS),
        key=state.VIEW,
        format_func=lambda view: t(f"view-{view}"),
        label_visibility="collapsed",
        required=True,
        persist_state="session",
    )
    _VIEWS[st.session_state[state.VIEW]](t, found)
