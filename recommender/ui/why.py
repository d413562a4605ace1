"""Why a charity stands where it does, beside the one above it."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from ..comparison import WhyNot
from ..errors import AnswersError
from ..labels import label
from ..languages import Language
from ..ranking import in_points
from ..saying import signed, tenths, why_said
from . import html, state
from .shown import Shown

_POINTS = ["charity_points", "other_points", "points"]


def told(t: Language, run: pd.DataFrame, charity_id: str) -> Markup:
    """Return why a charity doesn't stand higher, as it is drawn; nothing unless that was asked."""
    if st.session_state[state.ASKED_WHY] != charity_id:
        return Markup()
    shown, first = state.shown(), run.at[charity_id, "rank"] == 1
    asked = t("why-action-first" if first else "why-action")
    try:
        why = shown.model.why_not(run, charity_id)
    except AnswersError:  # it stands alone: there is nothing beside it
        return html.rendered(t, "why.html", asked=asked, lines=[t("why-alone")], rows=[])
    seen = why.upright()  # as the sentences have it: how much more the one above has
    return html.rendered(
        t,
        "why.html",
        asked=asked,
        lines=why_said(shown.model, why, t),
        names=[shown.told(standing.charity_id, t).short for standing in (seen.charity, seen.other)],
        rows=_rows(shown, seen, t),
    )


def _rows(shown: Shown, why: WhyNot, t: Language) -> list[dict[str, object]]:
    """Return each part of the query: its points in both, and the words that make the difference."""
    return [
        {
            "part": label(str(part), shown.model.priorities_, t),
            "points": [signed(int(row[c]), t) for c in _POINTS],
            "words": [
                {
                    "words": word["words"],
                    "language": word["language"],
                    "points": tenths(word["difference"], t),
                }
                for word in why.words[why.words["part"] == part].to_dict("records")
            ],
            "rest": tenths(why.rest[part], t) if in_points(why.rest[part]) else "",
        }
        for part, row in why.parts.iterrows()
    ]
