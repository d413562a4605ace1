"""The results: what the list is and what it was asked, and the views of it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from .. import askable
from ..labels import label
from ..languages import Language
from ..listing import Listing, rows_wanted
from ..query import Asked
from ..ranking import LIKE, UNLIKE
from ..saying import asked_said
from . import choices, facets, html, listed, state, views


def columns() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return the places of questions and results: side by side, one above the other on a phone."""
    left, right = st.columns([5, 8], gap="large")
    return left.container(key="questions"), right.container(key="results")


def promise(t: Language) -> None:
    """Draw the title and the one line that says what the page does."""
    st.title(t("title"), anchor=False)
    html.draw(t, "promise.html")


def draw(t: Language, bar: DeltaGenerator) -> None:
    """Rank by the answers in the session, and draw the result; `bar` leads to it on a phone."""
    found = listing()
    _heading(t, found, bar)
    views.draw(t, found)
    choices.listen()


def listing() -> Listing:
    """Return the ranking by the answers in the session."""
    model = state.model()
    run = model.recommend(
        state.answers(),
        text=state.own_words(),
        reading=state.reading(),
        like=st.session_state[LIKE],
        unlike=st.session_state[UNLIKE],
        only=state.chosen_facets(state.ONLY),
        hide=state.chosen_facets(state.HIDE),
        keep=st.session_state[state.KEEP],
        k=rows_wanted(model),
    )
    return Listing.of(model, run)


def failure(t: Language, why: str) -> None:
    """Draw what stands in the place of the page when there are no charities to show."""
    st.title(t("title"), anchor=False)
    html.draw(t, "failure.html", why=why)


def _heading(t: Language, found: Listing, bar: DeltaGenerator) -> None:
    title = _title(t, found)
    html.draw(
        t,
        "heading.html",
        title=title,
        lines=list(_lines(t, found)),
        chosen=choices.chosen(found.run, t),
        beside=choices.beside(),
        asked=_asked(t, found),
        left_out=facets.left_out(t, found.left_out()),
        gone=choices.gone(found, t),
        gone_more=found.more_left_out(choices.MOST_GONE),
    )
    if found.asked:
        with bar:
            html.draw(t, "jump.html", said=title)


def _asked(t: Language, found: Listing) -> list[str]:
    """Return what was asked, for who reads the list on paper; what was skipped is none of it."""
    asked = Asked.from_dict(found.run.attrs)
    given = {name: weight for name, weight in asked.answers.items() if weight is not None}
    return asked_said(state.model(), replace(asked, answers=given), t)


def _lines(t: Language, found: Listing) -> list[str]:
    """Return what has to be known of the list as a whole."""
    model, count = state.model(), listed.drawn(found)
    lines = askable.said(st.session_state[state.LINK], model.priorities_, t)
    if title := state.shown().title:
        lines.append(t("results-own", name=title))
    if not found.total:
        lines.append(t("results-none-left"))
    elif not found.asked:
        lines.append(t("results-nothing-asked-lot" if found.large else "results-nothing-asked"))
    elif found.run["rank"].isna().all():
        lines.append(t("results-none"))
    elif state.untouched():
        lines.append(t("results-untouched"))
    elif standing := state.standing():
        labels = [label(p, model.priorities_, t) for p in standing]
        lines.append(t("results-standing", names=t.listed(labels), weight=state.DEFAULT_WEIGHT))
    if (found.run.iloc[:count] if found.large else found.run)["tied"].any():
        lines.append(t("results-ties"))
    return lines


def _title(t: Language, found: Listing) -> str:
    """Return what the list is, without claiming to have counted what wasn't."""
    if not found.total:
        return t("results-none-left-heading")
    if not found.asked:
        return t(
            "results-nothing-asked-lot-heading" if found.large else "results-nothing-asked-heading"
        )
    if found.whole:
        return t("results-summary", good=found.good, all=found.total)
    if found.found is not None:
        return t("results-found", found=found.found, all=found.total)
    return t("results-first", shown=listed.drawn(found), all=found.total)
