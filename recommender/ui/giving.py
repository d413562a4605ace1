"""“I already give to …”: how a charity fits the answers, and which others are like it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ..languages import Language
from ..listing import Listing
from . import finding, html, listed, state

_SIMILAR = 5


def draw(t: Language, found: Listing) -> None:
    """Draw the field for a name, and what is known of the charity that it names."""
    st.caption(t("given-explained"))
    charity_id = finding.one(t, t("given-label"))
    if not charity_id:
        html.draw(t, "view.html")
        return
    like = state.model().similar(charity_id, k=_SIMILAR)
    like = like[like["rank"].notna()]
    listed.known(t, found, [charity_id, *like.index])
    _fit(t, found, charity_id)
    name = state.shown().told(charity_id, t).short
    heading = t("given-similar" if len(like) else "given-none-similar", name=name)
    rows = listed.rows_of(state.shown(), like.assign(rank=pd.NA), t)
    html.draw(t, "rest.html", heading=heading, explained="", rows=rows)


def _fit(t: Language, found: Listing, charity_id: str) -> None:
    """Draw the charity's card; where the list has none of it, say so and what is known of it."""
    if charity_id in found.ranked.index:
        place = found.ranked.index.get_loc(charity_id)
        close = listed.close_calls(found, place + 1)
        made = listed.cards_of(t, found, slice(place, place + 1), close)
        html.draw(t, "results.html", open=made, fold=[])
        return
    listed_without_rank = charity_id in found.unranked.index
    note = "given-nothing-found" if listed_without_rank or found.whole else "given-further-down"
    if charity_id not in found.run.index and found.whole:
        note = "given-left-out"
    rows = [listed.Row(state.shown().told(charity_id, t), "", "", "")]
    html.draw(t, "rest.html", heading="", explained=t(note) if found.asked else "", rows=rows)
