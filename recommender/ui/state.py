"""What a visit remembers: the language and the answers, in the session and nowhere else."""

from __future__ import annotations

import gc
from collections.abc import Iterable

import pandas as pd
import streamlit as st

from ..catalogue import load_sources
from ..languages import Language, closest, load_language
from ..listing import STEP
from ..model import Recommender
from ..priorities import Priority
from ..ranking import LIKE, UNLIKE
from . import source

SKIP = "skip"
DEFAULT_WEIGHT = 3
SCALE = (SKIP, 0, 1, 2, 3, 4, 5)
LANGUAGE, OWN_WORDS, READING = "language", "own_words", "reading"
SHOWN, SHOWN_FOR, UNFOLDED, NARROWED = "shown", "shown_for", "unfolded", "narrowed"
ONLY, HIDE = "only", "hide"
"""What is done with the values of a facet that are chosen: nothing else stays, or they go."""

FACETS: tuple[str, ...] = (
    "works_in",
    "country",
    "region",
    "size",
    "status",
    "tax_deductible",
    "faith_based",
    "government_linked",
    "lobbies",
    "described_by",
)
"""The facets in the order in which the page asks for them."""

_KEPT = {SHOWN, SHOWN_FOR, UNFOLDED, NARROWED}


def model() -> Recommender:
    """Return the model, one for all visitors; it is never changed.

    Raises
    ------
    RecommenderError
        For an index that can't be used.
    """
    return _loaded(source.index_path())


@st.cache_resource(show_spinner=False)
def _loaded(path: str) -> Recommender:
    found = source.load(path)
    # Streamlit's objects and ours live as long as the server: keep the collector off them.
    gc.collect()
    gc.freeze()
    return found


def shipped() -> bool:
    """Tell whether the charities are the shipped ones, of which more is known."""
    return not source.index_path()


def sources() -> dict[str, pd.DataFrame]:
    """Return the sources of each charity's facts."""
    return _shipped_sources() if shipped() else {}


@st.cache_resource(show_spinner=False)
def _shipped_sources() -> dict[str, pd.DataFrame]:
    table = load_sources()
    return {str(charity_id): rows for charity_id, rows in table.groupby("charity_id")}


def facets() -> dict[str, dict[str, int]]:
    """Return the facets that part the charities: how many have each value."""
    return _facets(model().fingerprint_, model())


@st.cache_resource(show_spinner=False, max_entries=8)
def _facets(fingerprint: str, _model: Recommender) -> dict[str, dict[str, int]]:
    counts = _model.facets()
    found = {n: counts[n].to_dict() for n in FACETS if n in counts.index.unique("facet")}
    return {name: values for name, values in found.items() if len(values) > 1}


def stated() -> frozenset[str]:
    """Return the columns that the catalogue states anything in."""
    return _stated(model().fingerprint_, model())


@st.cache_resource(show_spinner=False, max_entries=8)
def _stated(fingerprint: str, _model: Recommender) -> frozenset[str]:
    return _model.charities_.stated()


def language() -> Language:
    """Return the language that the visitor chose, at first the browser's."""
    return load_language(st.session_state.get(LANGUAGE) or closest(st.context.locale))


def weight_key(priority: str) -> str:
    """Return the session's key of a priority's answer."""
    return f"weight_{priority}"


def facet_key(name: str) -> str:
    """Return the session's key of the values chosen of a facet."""
    return f"facet_{name}"


def what_key(name: str) -> str:
    """Return the session's key of what is done with them."""
    return f"what_{name}"


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
    chosen: dict[str, object] = {facet_key(name): [] for name in facets()}
    done = {what_key(name): ONLY for name in facets()}
    drawn = {SHOWN: STEP, SHOWN_FOR: None, UNFOLDED: False, NARROWED: False}
    return {**weights, **said, **chosen, **done, **drawn}


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


def narrowed() -> bool:
    """Tell whether any value of a facet was ever chosen; what was must not be folded away."""
    chosen = any(st.session_state.get(facet_key(name)) for name in facets())
    st.session_state[NARROWED] = chosen or st.session_state[NARROWED]
    return bool(st.session_state[NARROWED])


def chosen_facets(what: str) -> dict[str, list[str]]:
    """Return the values of each facet that nothing but stays (ONLY), or that go (HIDE)."""
    return {
        name: list(st.session_state[facet_key(name)])
        for name in facets()
        if st.session_state.get(facet_key(name)) and st.session_state.get(what_key(name)) == what
    }


def bring_back(name: str) -> None:
    """Leave nothing out for a facet, or for any if it is named by nothing."""
    for known in facets():
        if name in ("", known):
            st.session_state[facet_key(known)] = []


def shown(asked: object) -> int:
    """Return how many cards are drawn: as at first, unless more of what was asked were wanted."""
    if st.session_state[SHOWN_FOR] != asked:
        st.session_state.update({SHOWN: STEP, SHOWN_FOR: asked})
    return int(st.session_state[SHOWN])


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
    return all(st.session_state.get(k) == first[k] for k in first.keys() - _KEPT)


def standing() -> list[str]:
    """Return the priorities that still count as at the start, though nobody may have said so."""
    on = [p.id for p in offered() if p.on_by_default]
    return [p for p in on if st.session_state.get(weight_key(p)) == DEFAULT_WEIGHT]
