"""The list: of a small catalogue every charity, of a large one the first, and more on demand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from ..flip import Flip
from ..languages import Language
from ..listing import MOST, STEP, Listing
from ..ranking import records, whole_points
from . import cards, html, state, why
from .shown import Shown, Told

OPEN = 3
"""How many cards show everything at once."""


@dataclass(frozen=True)
class Row:
    """A charity without a card: two lines, and its facts folded."""

    told: Told
    rank: str
    rank_label: str
    band: str


def draw(t: Language, found: Listing) -> None:
    """Draw the list of a run."""
    count = drawn(found)
    known(t, found, found.run.index[:count])
    (_first_of_many if found.large else _every)(t, found, count)


def known(t: Language, found: Listing, drawn: Iterable[str]) -> None:
    """Draw, out of sight, the facts that choices.js puts where charities are unfolded.

    Of a small catalogue they are those of all charities, whatever was asked: a browser that has
    them is sent no more than a word. Of a large one they are those of what is drawn.
    """
    shown = state.shown()
    charities = shown.model.charities_
    ids = sorted(drawn) if found.large else charities.ids(charities.by_id)
    html.draw(t, "known.html", known=[shown.told(charity_id, t) for charity_id in ids])


def drawn(found: Listing) -> int:
    """Return how many charities are drawn as cards."""
    return state.drawn(found.run.attrs) if found.large else int(st.session_state[state.DRAWN])


def _every(t: Language, found: Listing, count: int) -> None:
    """Draw every charity: with cards, further down, or with nothing found."""
    shown, ranked, unranked = state.shown(), found.ranked, found.unranked
    if len(ranked):
        made = cards_of(t, found, slice(count), close_calls(found, count))
        html.draw(t, "results.html", open=made[:OPEN], fold=made[OPEN:])
        if more := found.next_step(count):
            rows = rows_of(shown, ranked.iloc[count:], t)
            html.draw(t, "rest.html", heading=t("rest-heading"), explained="", rows=rows)
            st.button(t("rest-show", count=more), on_click=_show, args=[len(ranked)])
    if len(unranked):
        asked = found.asked
        heading = t("none-heading") if asked else ""
        explained = t("none-explained", count=len(unranked)) if asked else ""
        rows = sorted(rows_of(shown, unranked, t), key=lambda row: row.told.name.casefold())
        html.draw(t, "rest.html", heading=heading, explained=explained, rows=rows)


def _first_of_many(t: Language, found: Listing, count: int) -> None:
    """Draw the first charities in steps, each by itself, so that a browser keeps those it has."""
    shown, rows = state.shown(), found.ranked if found.asked else found.run
    close = close_calls(found, count)
    for start in range(0, min(count, len(rows)), STEP):
        places = slice(start, start + STEP)
        if found.asked:
            made, opened = cards_of(t, found, places, close), 0 if start else OPEN
            html.draw(t, "results.html", open=made[:opened], fold=made[opened:])
        else:
            listed = rows_of(shown, rows.iloc[places], t)
            html.draw(t, "rest.html", heading="", explained="", rows=listed)
    if more := found.next_step(count):
        st.button(t("more-show", count=more), on_click=_show, args=[count + STEP])
    elif len(rows) == MOST:
        html.draw(t, "note.html", note=t("more-none", most=MOST))
    elif found.asked and found.silent and len(rows):
        html.draw(t, "note.html", note=t("none-others", count=found.silent))


def _show(count: int) -> None:
    st.session_state[state.DRAWN] = count


def close_calls(found: Listing, count: int) -> Mapping[str, Flip]:
    """Return which of the first are too close to call with the one above."""
    return state.model().close_calls(found.run, count)


def cards_of(
    t: Language, found: Listing, places: slice, close: Mapping[str, Flip]
) -> list[cards.Card]:
    """Return the cards of some places among those that have a rank."""
    return cards.cards(
        state.shown(),
        found.ranked,
        places,
        t,
        close=close,
        pressed=state.pressed(),
        why=lambda charity_id: why.told(t, found.run, charity_id),
    )


def rows_of(shown: Shown, run: pd.DataFrame, t: Language) -> list[Row]:
    """Return the charities of a run without cards, in its order."""
    return [_row(shown, row, t) for row in records(run)]


def _row(shown: Shown, row: Mapping[str, Any], t: Language) -> Row:
    ranked = cards.ranked(row, t)
    band = ""
    if ranked["rank"]:
        points = cards.said_points(whole_points(row["score"]), t)
        band = f"{t('band-' + ranked['band'])} · {points}"
    return Row(shown.told(row["charity_id"], t), **{**ranked, "band": band})


def rehearse(t: Language, run: pd.DataFrame) -> None:
    """Make cards that nobody sees, so that all is loaded that cards are made with."""
    made = cards.cards(state.of_server(), run, slice(OPEN), t)
    html.rendered(t, "results.html", open=made, fold=[])
