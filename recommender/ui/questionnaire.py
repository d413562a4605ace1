"""The questions: priorities with their importance, and the donor's own words."""

from __future__ import annotations

import streamlit as st

from ..languages import Language
from ..model import MAX_TEXT
from ..priorities import Priority
from . import state


def draw(t: Language) -> None:
    """Draw the questions; answers are in the session as soon as they are given."""
    priorities = state.model().priorities_.items
    st.header(t("questions-heading"), anchor=False)
    st.caption(f"{t('questions-why')}  \n{t('scale-hint')}")
    for priority in priorities:
        if priority.on_by_default:
            _importance(priority, t)
    more = [priority for priority in priorities if not priority.on_by_default]
    with st.expander(t("more-priorities"), expanded=state.unfolded(more)):
        for priority in more:
            _importance(priority, t)
    _own_words(t)
    st.caption(t("privacy-line"))


def _importance(priority: Priority, t: Language) -> None:
    st.segmented_control(
        t.choose(priority.label),
        state.SCALE,
        key=state.weight_key(priority.id),
        format_func=lambda step: t("answer-skip") if step == state.SKIP else str(step),
        help=t.choose(priority.definition),
        required=True,
        width="stretch",
        persist_state="session",
    )


def _own_words(t: Language) -> None:
    text = st.text_area(
        t("own-words-label"),
        key=state.OWN_WORDS,
        placeholder=t("own-words-hint"),
        help=t("own-words-help", limit=MAX_TEXT),
        max_chars=MAX_TEXT,
        height=88,
        persist_state="session",
    )
    with st.container(horizontal=True):
        # Leaving the field applies the words; on a phone that takes a place to tap.
        st.button(t("own-words-apply"))
        st.button(t("start-again"), on_click=state.clear)
    unknown = state.model().unknown_words(text or "")
    if unknown:
        st.text(t("own-words-unknown", words=", ".join(unknown)))
