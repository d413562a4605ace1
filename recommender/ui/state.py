"""What a visit remembers: the language and the answers, in the session and nowhere else."""

from __future__ import annotations

import gc
from collections.abc import Iterable

import pandas as pd
import streamlit as st

from ..catalogue import load_catalogue, load_sources
from ..languages import Language, closest, load_language
from ..model import Recommender
from ..priorities import Priority
from ..ranking import LIKE, UNLIKE

SKIP = "skip"
DEFAULT_WEIGHT = 3
SCALE = (SKIP, 0, 1, 2, 3, 4, 5)
LANGUAGE, OWN_WORDS, READING = "language", "own_words", "reading"
SHOWN, UNFOLDED = "shown", "unfolded"
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
    for key, value in _first().items():
        st.session_state.setdefault(key, value)


def clear() -> None:
    """Forget every answer; the language stays."""
    st.session_state.update(_first())


def _first() -> dict[str, object]:
    weights = {weight_key(p.id): DEFAULT_WEIGHT if p.on_by_default else SKIP for p in offered()}
    said = {OWN_WORDS: "", READING: [], LIKE: [], UNLIKE: []}
    return {**weights, **said, SHOWN: PAGE, UNFOLDED: False}


def offered() -> list[Priority]:
    """Return the priorities that the catalogue's agenda offers, in their order."""
    return [model().priorities_[name] for name in model().agenda_]


def answers() -> dict[str, float | None]:
    """Return the answers by priority: a weight, or None for "skip"."""
    given = {p: st.session_state.get(weight_key(p), SKIP) for p in model().agenda_}
    return {p: None if w in (SKIP, None) else float(w) for p, w in given.items()}


def unfolded(priorities: Iterable[Priority]) -> bool:
    """Tell whether any of the priorities was ever answered; what counts must not be folded away."""
    answered = any(st.session_state.get(weight_key(p.id), SKIP) != SKIP for p in priorities)
    st.session_state[UNFOLDED] = answered or st.session_state[UNFOLDED]
    return bool(st.session_state[UNFOLDED])


def own_words() -> str:
    """Return what the visitor wrote."""
    return str(st.session_state.get(OWN_WORDS) or "")


def reread() -> None:
    """Read new words as everything that they are about, whatever was taken from the old ones."""
    st.session_state[READING] = list(model().read(own_words()).index)


def reading() -> dict[str, float]:
    """Return the share of each priority that the words are read as, without those taken away."""
    kept = st.session_state.get(READING) or []
    return {p: float(share) for p, share in model().read(own_words()).items() if p in kept}


def choose(part: str, charity_id: str) -> None:
    """Ask for more, or less, like a charity; the same again takes it back."""
    for name in (LIKE, UNLIKE):
        chosen = [c for c in st.session_state[name] if c != charity_id]
        if name == part and charity_id not in st.session_state[name]:
            chosen.append(charity_id)
        st.session_state[name] = chosen


def untouched() -> bool:
    """Tell whether the answers are still those that a visit starts from."""
    first = _first()
    return all(st.session_state.get(k) == first[k] for k in first.keys() - {SHOWN, UNFOLDED})


def standing() -> list[str]:
    """Return the priorities that still count as at the start, though nobody may have said so."""
    on = [p.id for p in offered() if p.on_by_default]
    return [p for p in on if st.session_state.get(weight_key(p)) == DEFAULT_WEIGHT]
