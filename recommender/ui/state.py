"""What a visit remembers: the language and the answers, in the session and nowhere else."""

from __future__ import annotations

import gc
from functools import cache
from threading import Lock

import pandas as pd
import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ..catalogue import load_sources
from ..languages import Language, closest, load_language
from ..listing import STEP
from ..model import Recommender
from ..priorities import Priority
from ..ranking import LIKE, UNLIKE
from . import source
from .shown import Shown

SKIP = "skip"
DEFAULT_WEIGHT = 3
SCALE = (SKIP, 0, 1, 2, 3, 4, 5)
LANGUAGE, OWN_WORDS, READING = "language", "own_words", "reading"
ANSWERED = "answered"
MORE_OPEN, FACETS_OPEN, OWN_OPEN = "more_open", "facets_open", "own_open"
DRAWN, DRAWN_FOR, OWN_TABLE = "drawn", "drawn_for", "own_table"
ONLY, HIDE = "only", "hide"
"""What is done with the values of a facet that are chosen: nothing else stays, or they go."""

VIEW, LIST, COMPARE, PLAN, GIVEN, KEPT = "view", "list", "compare", "plan", "given", "keep"
VIEWS = (LIST, COMPARE, PLAN, GIVEN, KEPT)
GIVEN_NAME, LINK = "given_name", "link"
BUDGET, CURRENCY, MINIMUM, MOST = "budget", "currency", "minimum", "most"
UPLOAD, RECEIPT, TAKEN_BACK = "upload", "receipt", "taken_back"
PROBLEMS, REPLAYED = "problems", "replayed"
COMPARED, ASKED_WHY, KEEP = "compared", "asked_why", "kept_charities"
WHY, MOST_COMPARED = "why", 4
_DRAWING = {
    VIEW,
    GIVEN_NAME,
    LINK,
    COMPARED,
    ASKED_WHY,
    DRAWN,
    DRAWN_FOR,
    MORE_OPEN,
    FACETS_OPEN,
    ANSWERED,
    REPLAYED,
}
_LOADING = Lock()


def shown() -> Shown:
    """Return the charities of the page: the donor's own table, or those of the server.

    Raises
    ------
    RecommenderError
        For an index that can't be used.
    """
    own = st.session_state.get(OWN_TABLE)
    return own if own is not None else of_server()


def of_server() -> Shown:
    """Return the charities that the server was started with, the same for all visitors.

    Raises
    ------
    RecommenderError
        For an index that can't be used.
    """
    with _LOADING:  # two first visitors load them once
        return _loaded(source.index_path())


@cache
def _loaded(path: str) -> Shown:
    found = Shown(source.load(path), {} if path else _sources(), shipped=not path)
    # Streamlit's objects and ours live as long as the server: keep the collector off them.
    gc.collect()
    gc.freeze()
    return found


def _sources() -> dict[str, pd.DataFrame]:
    return {str(charity_id): rows for charity_id, rows in load_sources().groupby("charity_id")}


def model() -> Recommender:
    """Return the model of the charities that are shown; it is never changed."""
    return shown().model


def facets() -> dict[str, dict[str, int]]:
    """Return the facets that part the charities: how many have each value."""
    return shown().facets


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


def start() -> bool:
    """Set what a first visit starts from, and tell whether it is one; later runs are left alone."""
    if LANGUAGE in st.session_state:
        return False
    st.session_state[LANGUAGE] = closest(st.context.locale)
    st.session_state.update({OWN_TABLE: None, PROBLEMS: None, TAKEN_BACK: {}, **_first()})
    st.session_state[OWN_OPEN] = False
    return True


def clear() -> None:
    """Forget every answer; the language and the charities stay."""
    for key in (BUDGET, CURRENCY, MINIMUM, MOST):
        st.session_state.pop(key, None)
    take_back(RECEIPT)
    st.session_state.update(_first())


def show(own: Shown | None) -> None:
    """Show a visitor's own table, or the charities of the server again.

    What was rated and written stays; what was chosen among the others is forgotten.
    """
    given = {name: st.session_state[weight_key(name)] for name in st.session_state[ANSWERED]}
    words = own_words()
    st.session_state.update({OWN_TABLE: own, PROBLEMS: None})
    if own is None:
        take_back(UPLOAD)
    clear()
    # Also of what these charities aren't asked about: the others are, when they are back.
    st.session_state.update({weight_key(name): step for name, step in given.items()})
    st.session_state.update({ANSWERED: list(given), OWN_WORDS: words})
    unfold()
    if words:
        reread()


def file_key(field: str) -> str:
    """Return the session's key of a field for files: another one whenever it was emptied."""
    return f"{field}-{st.session_state[TAKEN_BACK].get(field, 0)}"


def take_back(field: str) -> None:
    """Forget the file in a field: its bytes are let go, and the field is drawn anew and empty."""
    file, visit = st.session_state.get(file_key(field)), get_script_run_ctx()
    kept = visit.uploaded_file_mgr if visit else None
    if file is not None and visit and isinstance(kept, MemoryUploadedFileManager):
        kept.remove_file(visit.session_id, file.file_id)
    taken = st.session_state[TAKEN_BACK]
    st.session_state[TAKEN_BACK] = {**taken, field: taken.get(field, 0) + 1}


def _first() -> dict[str, object]:
    weights = {weight_key(p.id): DEFAULT_WEIGHT if p.on_by_default else SKIP for p in offered()}
    said = {OWN_WORDS: "", READING: [], LIKE: [], UNLIKE: [], KEEP: []}
    chosen: dict[str, object] = {facet_key(name): [] for name in facets()}
    done = {what_key(name): ONLY for name in facets()}
    drawn: dict[str, object] = {DRAWN: STEP, DRAWN_FOR: None, ANSWERED: [], VIEW: LIST}
    drawn |= {COMPARED: [], ASKED_WHY: "", GIVEN_NAME: "", LINK: (), REPLAYED: None}
    drawn |= dict.fromkeys((MORE_OPEN, FACETS_OPEN), False)
    return {**weights, **said, **chosen, **done, **drawn}


def offered() -> list[Priority]:
    """Return the priorities that the catalogue's agenda offers, in their order."""
    return [model().priorities_[name] for name in model().agenda_]


def answers() -> dict[str, float | None]:
    """Return the answers by priority: a weight, or None for "skip"."""
    given = {p: st.session_state.get(weight_key(p), SKIP) for p in model().agenda_}
    return {p: None if w in (SKIP, None) else float(w) for p, w in given.items()}


def answered(priority: str) -> None:
    """Remember that the visitor has answered a question, not the page for them."""
    if priority not in st.session_state[ANSWERED]:
        st.session_state[ANSWERED] = [*st.session_state[ANSWERED], priority]


def unfold() -> None:
    """Open what holds an answer that wasn't given there, so that it is seen."""
    more = [weight_key(p.id) for p in offered() if not p.on_by_default]
    st.session_state[MORE_OPEN] |= any(st.session_state[key] != SKIP for key in more)
    st.session_state[FACETS_OPEN] |= any(st.session_state[facet_key(name)] for name in facets())


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


def keep(charity_id: str) -> None:
    """Keep a charity whatever the facets say; the same again leaves it to them."""
    st.session_state[KEEP] = turned(st.session_state[KEEP], charity_id)


def compare(charity_id: str) -> None:
    """Set a charity beside others; the same again takes it away. The oldest makes way."""
    st.session_state[COMPARED] = turned(st.session_state[COMPARED], charity_id)[-MOST_COMPARED:]


def ask_why(charity_id: str) -> None:
    """Ask why a charity stands where it does; the same again folds the answer."""
    asked = st.session_state[ASKED_WHY]
    st.session_state[ASKED_WHY] = "" if asked == charity_id else charity_id


def see(view: str) -> None:
    """Show another view of the result."""
    st.session_state[VIEW] = view


def turned(chosen: list[str], charity_id: str) -> list[str]:
    """Return a choice with a charity added, or taken away if it was there."""
    without = [c for c in chosen if c != charity_id]
    return without if charity_id in chosen else [*without, charity_id]


def drawn(asked: object) -> int:
    """Return how many cards are drawn: as at first, unless more of what was asked were wanted."""
    if st.session_state[DRAWN_FOR] != asked:
        st.session_state.update({DRAWN: STEP, DRAWN_FOR: asked})
    return int(st.session_state[DRAWN])


def own_words() -> str:
    """Return what the visitor wrote."""
    return str(st.session_state.get(OWN_WORDS) or "")


def reread() -> None:
    """Read new words as everything that they are about, whatever was taken from the old ones.

    The priorities that a visit starts with make way for a visitor's own words, unless the visitor
    has answered them; without words they are back.
    """
    st.session_state[READING] = list(model().read(own_words()).index)
    before, after = (DEFAULT_WEIGHT, SKIP) if own_words().strip() else (SKIP, DEFAULT_WEIGHT)
    for priority in _not_answered():
        if st.session_state[weight_key(priority)] == before:
            st.session_state[weight_key(priority)] = after


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


def pressed() -> dict[str, list[str]]:
    """Return of which charities each button of a card is pressed."""
    return {
        LIKE: st.session_state[LIKE],
        UNLIKE: st.session_state[UNLIKE],
        COMPARE: st.session_state[COMPARED],
        WHY: [st.session_state[ASKED_WHY]],
    }


def untouched() -> bool:
    """Tell whether the answers are still those that a visit starts from."""
    first, aside = _first(), _DRAWING | {what_key(name) for name in facets()}
    return all(st.session_state.get(k) == first[k] for k in first.keys() - aside)


def standing() -> list[str]:
    """Return the priorities that still count as at the start, without anybody having said so."""
    return [p for p in _not_answered() if st.session_state[weight_key(p)] == DEFAULT_WEIGHT]


def _not_answered() -> list[str]:
    given = st.session_state[ANSWERED]
    return [p.id for p in offered() if p.on_by_default and p.id not in given]
