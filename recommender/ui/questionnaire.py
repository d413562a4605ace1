"""The questions: priorities with their importance, and the donor's own words."""

from __future__ import annotations

import streamlit as st

from ..labels import label
from ..languages import Language
from ..own_words import MAX_TEXT
from ..priorities import Priority
from ..ranking import TEXT_WEIGHT
from . import facets, folds, state, upload


def draw(t: Language) -> None:
    """Draw the questions; answers are in the session as soon as they are given."""
    priorities = state.offered()
    st.header(t("questions-heading"), anchor=False)
    st.caption(f"{t('questions-why')}  \n{t('scale-hint')}")
    for priority in priorities:
        if priority.on_by_default:
            _importance(priority, t)
    more = [priority for priority in priorities if not priority.on_by_default]
    with folds.fold(t("more-priorities"), state.MORE_OPEN) as opened:
        for priority in more if opened else ():
            _importance(priority, t)
    facets.draw(t)
    _own_words(t)
    st.caption(t("privacy-line"))
    upload.draw(t)


def _importance(priority: Priority, t: Language) -> None:
    st.segmented_control(
        t.choose(priority.label),
        state.SCALE,
        key=state.weight_key(priority.id),
        format_func=lambda step: t("answer-skip") if step == state.SKIP else str(step),
        help=t.choose(priority.definition),
        required=True,
        width="stretch",
        on_change=state.answered,
        args=[priority.id],
        persist_state="session",
    )


def _own_words(t: Language) -> None:
    text = st.text_area(
        t("own-words-label"),
        key=state.OWN_WORDS,
        placeholder=t("own-words-hint"),
        help=t("own-words-help", weight=t.number(TEXT_WEIGHT), limit=MAX_TEXT),
        max_chars=MAX_TEXT,
        height=88,
        on_change=state.reread,
        persist_state="session",
    )
    with st.container(horizontal=True):
        # Leaving the field applies the words; on a phone that takes a place to tap.
        st.button(t("own-words-apply"))
        st.button(t("start-again"), on_click=state.clear)
    if text:
        with st.container(key="understood", gap="xsmall"):
            _understood(text, t)


def _understood(text: str, t: Language) -> None:
    """Draw what the words are read as, and which of them aren't read as they stand."""
    model = state.model()
    if read := list(model.read(text).index):
        st.pills(
            t("reading-label"),
            read,
            selection_mode="multi",
            key=state.READING,
            format_func=lambda priority: label(priority, model.priorities_, t),
            persist_state="session",
        )
        st.caption(t("reading-explained"))
    # Plain text: words of a donor's are never read as Markdown.
    for written, meant in model.corrections(text).items():
        st.text(t("own-words-corrected", written=written, read=meant))
    if unknown := model.unknown_words(text):
        st.text(t("own-words-unknown", words=", ".join(unknown)))
