"""A run to what a card shows: labels, sentences and figures in the donor's language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from ..explanation import Evidence, Explanation, worth_quoting
from ..flip import Flip
from ..labels import label
from ..languages import Language
from ..model import Recommender
from ..ranking import (
    longest,
    parts_of,
    points,
    rank_label,
    records,
    whole_points,
)
from ..saying import tenths
from .shown import Shown, Told


@dataclass(frozen=True)
class Bar:
    """One part's points; `most` is the longest bar of the whole list.

    Points below 0 take away from the total: less like what the donor chose.
    """

    label: str
    points: int
    written: str
    most: int


@dataclass(frozen=True)
class Quote:
    """A sentence of the description, in pieces with whether each is marked."""

    labels: str
    pieces: list[tuple[str, bool]]
    language: str
    foreign: str


@dataclass(frozen=True)
class Term:
    """A word of a description, as it stands there, with its points."""

    words: str
    language: str
    points: str


@dataclass(frozen=True)
class Card:
    """One charity of the list."""

    told: Told
    rank: str
    rank_label: str
    band: str
    first: bool
    summary_quoted: bool
    bars: list[Bar]
    total: str
    quotes: list[Quote]
    terms: list[tuple[str, list[Term]]]
    description: list[tuple[str, bool]]
    description_language: str
    pressed: frozenset[str]
    close: str
    why: Markup


def cards(
    shown: Shown,
    run: pd.DataFrame,
    places: slice,
    t: Language,
    close: Mapping[str, Flip] | None = None,
    pressed: Mapping[str, Collection[str]] | None = None,
    why: Callable[[str], Markup] | None = None,
) -> list[Card]:
    """Return the cards of some places of a run, in its order, with bars of the run's one scale.

    Parameters
    ----------
    close : mapping of charity_id to Flip
        What is too close to call with the one above it.
    pressed : mapping of action to charity_ids
        Of which charities a button is pressed.
    why : callable
        Returns why a charity stands where it does, of those where that is asked.
    """
    parts, most, pressed, close = parts_of(run), longest(run), pressed or {}, close or {}
    rows = records(run.iloc[places])
    explanations = shown.model.explanations(run, [row["charity_id"] for row in rows])
    made = []
    for row, explanation in zip(rows, explanations, strict=True):
        told = shown.told(row["charity_id"], t)
        quotes = _quotes(shown.model, explanation.evidence(t.code), t)
        told_in = t.code if t.code in explanation.reading.texts else "en"
        made.append(
            Card(
                told=told,
                **ranked(row, t),
                first=row["rank"] == 1,
                summary_quoted=any(
                    told.summary == "".join(p for p, _ in quote.pieces) for quote in quotes
                ),
                bars=_bars(shown.model, {part: row[part] for part in parts}, most, t),
                total=said_points(whole_points(row["score"]), t),
                quotes=quotes,
                terms=_terms(shown.model, explanation, t),
                description=explanation.marked(told_in),
                description_language=told_in,
                pressed=frozenset(what for what, ids in pressed.items() if told.charity_id in ids),
                close=_close(shown.model, close.get(told.charity_id), t),
                why=why(told.charity_id) if why else Markup(),
            )
        )
    return made


def ranked(row: Mapping[str, Any], t: Language) -> dict[str, str]:
    """Return a row's rank as it stands in the list and as it is read aloud, and its band."""
    if pd.isna(row["rank"]):
        return {"rank": "", "rank_label": "", "band": row["band"]}
    key = "rank-tied" if row["tied"] else "rank-label"
    return {
        "rank": rank_label(row["rank"], row["tied"]),
        "rank_label": t(key, rank=str(row["rank"])),
        "band": row["band"],
    }


def _close(model: Recommender, flip: Flip | None, t: Language) -> str:
    """Return that a charity is too close to call with the one above it; else nothing."""
    if flip is None:
        return ""
    return t("close-above", priority=label(flip.priority, model.priorities_, t))


def _bars(
    model: Recommender, contributions: Mapping[str, float], most: int, t: Language
) -> list[Bar]:
    whole = points(np.array(list(contributions.values()), dtype=float)).tolist()
    return [
        Bar(label(part, model.priorities_, t), value, said_points(value, t), most)
        for part, value in sorted(zip(contributions, whole, strict=True), key=lambda item: -item[1])
        if value
    ]


def said_points(number: int, t: Language) -> str:
    """Return whole points with their unit; those below 0 with the sign of the language."""
    said = t("card-points-of", points=abs(number))
    return t("minus", number=said) if number < 0 else said


def _quotes(model: Recommender, found: dict[str, Evidence], t: Language) -> list[Quote]:
    """Return each sentence worth it once, under all the priorities that it speaks for."""
    by_sentence: dict[str, list[tuple[str, Evidence]]] = {}
    for part, evidence in worth_quoting(found).items():
        by_sentence.setdefault(evidence.sentence, []).append(
            (label(part, model.priorities_, t), evidence)
        )
    quotes = []
    for group in by_sentence.values():
        first = group[0][1]
        foreign = "" if first.language == t.code else t.locale.languages[first.language]
        merged = first.with_marks_of([evidence for _, evidence in group])
        labels = t.listed([name for name, _ in group])
        quotes.append(Quote(labels, merged.pieces(), first.language, foreign))
    return quotes


def _terms(
    model: Recommender, explanation: Explanation, t: Language
) -> list[tuple[str, list[Term]]]:
    """Return every word that counted for a charity or against it, by part, the strongest first."""
    return [
        (
            label(part, model.priorities_, t),
            [
                Term(c.words, c.language, tenths(c.contribution, t))
                for c in sorted(terms, key=lambda c: -abs(c.contribution))
            ],
        )
        for part, terms in explanation.by_priority().items()
    ]
