"""What a visit remembers: the language and the answers, in the session and nowhere else."""

from __future__ import annotations

import gc

import pandas as pd
import streamlit as st

from ..catalogue import load_catalogue, load_sources
from ..languages import Language, closest, load_language
from ..model import Recommender

SKIP = "skip"
DEFAULT_WEIGHT = 3
SCALE = (SKIP, 0, 1, 2, 3, 4, 5)
LANGUAGE, OWN_WORDS, MORE, SHOWN = "language", "own_words", "more", "shown"
PAGE = 10


@st.cache_resource(show_spinner=False)
def model() -> Recommender:
    """Return the fitted model, one for all visitors; it is never changed."""
    fitted = Recommender().fit(load_catalogue())
    # Streamlit's objects and ours live as long as the server: keep the collector off them.
    gc.collect()
    gc.freeze()
    return fitted


@st.cache_resource(show_spinner=False)
def sources() -> dict[str, pd.DataFrame]:
    """Return the sources of each charity's facts."""
    table = load_sources()
    return {str(charity_id): rows for charity_id, rows in table.groupby("charity_id")}


def language() -> Language:
    """Return the language that the visitor chose, at first the browser's."""
    return load_language(st.session_state.get(LANGUAGE) or closest(st.context.locale))


def weight_key(priority: str) -> str:
    """Return the session's key of a priority's answer."""
    return f"weight_{priority}"


def start() -> None:
    """Set what a first visit starts from; leave a later run of the script alone."""
    st.session_state.setdefault(LANGUAGE, closest(st.context.locale))
    st.session_state.setdefault(SHOWN, PAGE)
    for priority in model().priorities_.items:
        default = DEFAULT_WEIGHT if priority.on_by_default else SKIP
        st.session_state.setdefault(weight_key(priority.id), default)


def clear() -> None:
    """Forget every answer; the language stays."""
    for key in [*map(weight_key, model().priorities_.ids), OWN_WORDS, MORE, SHOWN]:
        st.session_state.pop(key, None)
    start()


def answers() -> dict[str, float | None]:
    """Return the answers by priority: a weight, or None for "skip"."""
    given = {p: st.session_state.get(weight_key(p), SKIP) for p in model().priorities_.ids}
    return {p: None if w in (SKIP, None) else float(w) for p, w in given.items()}


def own_words() -> str:
    """Return what the visitor wrote."""
    return str(st.session_state.get(OWN_WORDS) or "")


def untouched() -> bool:
    """Tell whether the answers are still those that a visit starts from."""
    on = {p.id for p in model().priorities_.items if p.on_by_default}
    first = {p: float(DEFAULT_WEIGHT) if p in on else None for p in model().priorities_.ids}
    return answers() == first and not own_words().strip()
