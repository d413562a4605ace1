"""A run to what a card shows: labels, sentences and figures in the donor's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from ..explanation import Evidence, Explanation, worth_quoting
from ..labels import label, name
from ..languages import Language
from ..model import Recommender
from ..ranking import (
    LIKE,
    UNLIKE,
    in_points,
    longest,
    parts_of,
    points,
    rank_label,
    whole_points,
)
from ..text import sentences
from .facts import bare, facts_line, in_language, status_line


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
class Facts:
    """What is known of charities.

    Attributes
    ----------
    stated : frozenset of str
        The columns that the catalogue states anything in. What it never states, such as a
        register that knows nothing of faith, isn't told as "not stated" of each charity.
    html : callable
        Returns the facts of a charity as they are drawn.
    """

    stated: frozenset[str]
    html: Callable[[str], str]


@dataclass(frozen=True)
class Card:
    """One charity of the list."""

    charity_id: str
    name: str
    rank: str
    rank_label: str
    band: str
    summary: str
    summary_quoted: bool
    bars: list[Bar]
    total: str
    quotes: list[Quote]
    terms: list[tuple[str, list[Term]]]
    description: list[tuple[str, bool]]
    description_language: str
    line: str
    bare: str
    website: str
    facts: str
    status: str
    liked: bool
    unliked: bool


def cards(
    model: Recommender,
    run: pd.DataFrame,
    places: slice,
    t: Language,
    facts: Facts,
) -> list[Card]:
    """Return the cards of some places of a run, in its order, with bars of the run's one scale."""
    shown = run.iloc[places]
    most = longest(run)
    explanations = zip(shown.index, model.explanations(run, shown.index), strict=True)
    return [_card(model, shown, i, e, t, most, facts) for i, e in explanations]


def _card(
    model: Recommender,
    run: pd.DataFrame,
    charity_id: str,
    explanation: Explanation,
    t: Language,
    most: int,
    facts: Facts,
) -> Card:
    row, charity = run.loc[charity_id], model.charities_.charity(charity_id)
    found = points(row[parts_of(run)])
    found = found[found != 0].sort_values(ascending=False, kind="stable")
    first = summary(charity, t)
    told_in = t.code if t.code in explanation.reading.texts else "en"
    quotes = _quotes(model, explanation.evidence(t.code), t)
    return Card(
        charity_id=charity_id,
        name=name(charity, t),
        rank=rank_label(row["rank"], row["tied"]),
        rank_label=t("rank-tied" if row["tied"] else "rank-label", rank=str(row["rank"])),
        band=str(row["band"]),
        summary=first,
        summary_quoted=any(first == "".join(p for p, _ in q.pieces) for q in quotes),
        bars=[
            Bar(label(part, model.priorities_, t), p, said_points(p, t), most)
            for part, p in found.items()
        ],
        total=said_points(whole_points(float(row["score"])), t),
        quotes=quotes,
        description=explanation.marked(told_in),
        description_language=told_in,
        terms=_terms(model, explanation, t),
        line=facts_line(charity, facts.stated, t),
        bare=bare(charity, t),
        website=charity["website"],
        facts=facts.html(charity_id),
        status=status_line(charity, facts.stated, t),
        liked=charity_id in run.attrs[LIKE],
        unliked=charity_id in run.attrs[UNLIKE],
    )


def said_points(number: int, t: Language) -> str:
    """Return whole points with their unit; those below 0 with the sign of the language."""
    said = t("card-points-of", points=abs(number))
    return t("minus", number=said) if number < 0 else said


@lru_cache(maxsize=4096)
def _tenths(number: float, t: Language) -> str:
    said = t.number(abs(number))
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


def summary(charity: pd.Series, t: Language) -> str:
    """Return the first sentence of a description."""
    text = in_language(charity, "description", t)
    start, end = sentences(text)[0]
    return text[start:end]


def _terms(
    model: Recommender, explanation: Explanation, t: Language
) -> list[tuple[str, list[Term]]]:
    """Return every word that counted for a charity or against it, by part, the strongest first."""
    return [
        (
            label(part, model.priorities_, t),
            [
                Term(c.words, c.language, _tenths(in_points(c.contribution), t))
                for c in sorted(terms, key=lambda c: -abs(c.contribution))
            ],
        )
        for part, terms in explanation.by_priority().items()
    ]
