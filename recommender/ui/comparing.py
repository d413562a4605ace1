"""Two to four charities side by side: points, facts with those that differ first, evidence."""

from __future__ import annotations

from ..explanation import worth_quoting
from ..labels import facet, label
from ..languages import Language
from ..listing import Listing
from ..saying import band_said, fact_said
from ..side_by_side import DIFFERS, FEWEST, SideBySide
from . import cards, finding, html, state
from .shown import Shown


def draw(t: Language, found: Listing) -> None:
    """Draw the choice of charities, and those that are chosen beside each other."""
    chosen = finding.several(t, found, t("compare-choose", most=state.MOST_COMPARED))
    if len(chosen) < FEWEST:
        html.draw(t, "note.html", note=t("compare-too-few", fewest=FEWEST))
        return
    shown = state.shown()
    beside = shown.model.compare(found.run, chosen, t.code)
    told = [shown.told(charity_id, t) for charity_id in beside.charity_ids]
    html.draw(
        t,
        "compare.html",
        told=told,
        bands=[band_said(standing, t) for standing in beside.standings],
        points=_points(shown, beside, t),
        evidence=_evidence(shown, beside, t),
        facts=_facts(beside, t),
    )


def _points(shown: Shown, beside: SideBySide, t: Language) -> list[dict[str, object]]:
    return [
        {
            "label": label(str(part), shown.model.priorities_, t),
            "bars": [
                cards.Bar("", int(n), cards.said_points(int(n), t), beside.longest) for n in row
            ],
        }
        for part, row in beside.points.iterrows()
    ]


def _evidence(shown: Shown, beside: SideBySide, t: Language) -> list[dict[str, object]]:
    """Return, for each part of the query, the sentence of each charity, if one is worth it."""
    worth = {c: worth_quoting(by_part) for c, by_part in beside.evidence.items()}
    return [
        {
            "label": label(str(part), shown.model.priorities_, t),
            "quotes": [worth[charity_id].get(str(part)) for charity_id in beside.charity_ids],
        }
        for part in beside.points.index
        if any(part in by_part for by_part in worth.values())
    ]


def _facts(beside: SideBySide, t: Language) -> list[dict[str, object]]:
    return [
        {
            "label": facet(str(fact), t),
            "differs": bool(row[DIFFERS]),
            "cells": [fact_said(str(fact), row[c], t) for c in beside.charity_ids],
        }
        for fact, row in beside.facts.iterrows()
    ]
