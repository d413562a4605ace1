"""A link that is followed: what it asks becomes the answers, and what has no place here is told."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import streamlit as st

from ..askable import FACET, ROUNDED, TWICE, VALUE, Ignored
from ..links import Link
from ..query import Asked
from ..ranking import LIKE, UNLIKE
from . import state


def follow(link: Link) -> None:
    """Take the answers of a link; from then on they live in the session, not in the address."""
    if not link.given:
        return
    asked, steps = link.asked, steps_of(link.asked.answers)
    st.session_state.update(
        {state.weight_key(p.id): steps.get(p.id, state.SKIP) for p in state.offered()}
    )
    st.session_state[state.ANSWERED] = [p.id for p in state.offered()]
    chosen = {LIKE: asked.like, UNLIKE: asked.unlike, state.KEEP: asked.keep}
    st.session_state.update({key: list(ids) for key, ids in chosen.items()})
    given = {p: weight for p, weight in asked.answers.items() if weight is not None}
    rounded = [Ignored(ROUNDED, p) for p, weight in given.items() if weight != steps[p]]
    st.session_state[state.LINK] = (*link.ignored, *rounded, *_narrow(asked))
    state.unfold()
    st.query_params.clear()


def steps_of(answers: Mapping[str, float | None]) -> dict[str, object]:
    """Return the steps of the scale nearest to weights; a weight above 0 stays above it."""
    return {
        priority: state.SKIP if weight is None else max(math.floor(weight + 0.5), int(weight > 0))
        for priority, weight in answers.items()
    }


def _narrow(asked: Asked) -> Iterator[Ignored]:
    """Choose the values of facets that a link names; yield what the page has no place for."""
    for what, choice in ((state.ONLY, asked.only), (state.HIDE, asked.hide)):
        for name, values in choice.items():
            if name not in state.facets():
                yield Ignored(FACET, name)
            elif what == state.HIDE and name in asked.only:
                yield Ignored(TWICE, name)
            else:
                held = [value for value in values if value in state.facets()[name]]
                st.session_state.update({state.facet_key(name): held, state.what_key(name): what})
                if len(held) < len(values):
                    yield Ignored(VALUE, name)
