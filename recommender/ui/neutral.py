"""Neutrality, shown: who can come first, and what other methods make of the visitor's answers."""

from __future__ import annotations

import streamlit as st

from ..audit_words import interval, leads_at, percent, summary, why_not
from ..errors import RecommenderError
from ..languages import Language
from ..listing import is_large
from ..methods import METHODS, firsts, rank_labels
from ..neutrality import NEVER
from . import html, results, state

_COMPARED = 10


def first(t: Language) -> None:
    """Draw which charity can come first, and for what share of all weightings."""
    st.header(t("audit-heading"), anchor=False)
    shown = state.shown()
    if is_large(shown.model):
        st.write(t("audit-too-many"))
        return
    try:
        found = shown.audit
    except RecommenderError:
        st.write(t("audit-nobody"))
        return
    model, table = shown.model, found.table
    led = table[table["first"] != NEVER]
    html.draw(
        t,
        "audit.html",
        lines=list(summary(found, model, t)),
        most=found.most,
        rows=[
            {
                "name": shown.told(str(charity_id), t).name,
                "share": row["share"],
                "said": percent(row["share"], t),
                "interval": interval(row["low"], row["high"], t),
                "at": leads_at(found, str(charity_id), model, t),
            }
            for charity_id, row in led.iterrows()
        ],
        never=[
            (shown.told(str(charity_id), t).name, why_not(found, str(charity_id), model, t))
            for charity_id in table.index[table["first"] == NEVER]
        ],
    )


def methods(t: Language) -> None:
    """Draw how other methods would have ranked the answers of this visit."""
    st.header(t("methods-heading"), anchor=False)
    st.write(t("methods-explained"))
    shown, found = state.shown(), results.listing()
    if not found.asked or found.ranked.empty:
        st.write(t("results-none" if found.asked else "methods-nothing-asked"))
        return
    ranks = shown.model.by_methods(found.run)
    crowned = {i for ids in firsts(ranks).values() for i in ids}
    chosen = [i for place, i in enumerate(ranks.index) if place < _COMPARED or i in crowned]
    labels = {m: dict(zip(ranks.index, rank_labels(ranks[m]), strict=True)) for m in METHODS}
    html.draw(
        t,
        "methods.html",
        heads=[t(f"methods-{method.lower()}") for method in METHODS],
        rows=[
            (shown.told(str(i), t).name, [labels[method][i] for method in METHODS]) for i in chosen
        ],
        notes=[
            *([] if found.whole else [t("methods-first", count=len(ranks), all=found.total)]),
            t("methods-note", count=len(ranks)),
        ],
    )
