"""A run to what a card shows: labels, sentences and figures in the donor's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

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
from ..schema import NOT_STATED, countries, figures, is_date, items
from ..text import sentences


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
    website: str
    facts: str
    status: str
    liked: bool
    unliked: bool


def cards(
    model: Recommender,
    run: pd.DataFrame,
    count: int,
    t: Language,
    facts_html: Callable[[str], str],
) -> list[Card]:
    """Return the cards of the first charities of a run, in its order."""
    shown = run.iloc[:count]
    most = longest(run)
    explanations = zip(shown.index, model.explanations(run, shown.index), strict=True)
    return [_card(model, shown, i, e, t, most, facts_html) for i, e in explanations]


def _card(
    model: Recommender,
    run: pd.DataFrame,
    charity_id: str,
    explanation: Explanation,
    t: Language,
    most: int,
    facts_html: Callable[[str], str],
) -> Card:
    row, charity = run.loc[charity_id], model.catalogue_.loc[charity_id]
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
        line=facts_line(charity, t),
        website=charity["website"],
        facts=facts_html(charity_id),
        status=status_line(charity, t),
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


def in_language(charity: pd.Series, column: str, t: Language) -> str:
    """Return a cell in the donor's language where the catalogue has it, else in English."""
    return charity.get(f"{column}_{t.code}", "") or charity[column]


def summary(charity: pd.Series, t: Language) -> str:
    """Return the first sentence of a description."""
    text = in_language(charity, "description", t)
    start, end = sentences(text)[0]
    return text[start:end]


def facts_line(charity: pd.Series, t: Language) -> str:
    """Return the quiet line of facts."""
    founded = charity["founded"]
    return " · ".join(
        [
            t("line-places", places=places(charity, t)),
            t("line-founded", year=founded) if founded else t("line-founded-unknown"),
            *(t(f"line-{key}-{_slug(charity[column])}") for key, column in _FACETS.items()),
            t(f"status-{_slug(charity['status'])}"),
            _evidence_date(charity, t),
        ]
    )


_FACETS = {"faith": "faith_based", "government": "government_linked", "lobbies": "lobbies"}


def status_line(charity: pd.Series, t: Language) -> str:
    """Return what a folded row must not hide: that the work doesn't run, or may not."""
    if charity["status"] == "active":
        return ""
    return f"{t('status-' + _slug(charity['status']))} · {_evidence_date(charity, t)}"


def _evidence_date(charity: pd.Series, t: Language) -> str:
    date = charity["last_evidence"]
    return t("line-evidence", date=t.date(date)) if date else t("line-evidence-unknown")


def places(charity: pd.Series, t: Language) -> str:
    """Return where the money acts."""
    found = [t(f"place-{place}") for place in items(charity["works_in"])]
    return t.listed(found) if found else t("place-not-stated")


def _slug(value: str) -> str:
    return value.replace(" ", "-")


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


def facts(charity: pd.Series, t: Language) -> list[tuple[str, list[str]]]:
    """Return what is known of a charity as labels with their values; what isn't says so."""
    told = {
        "works_in": [places(charity, t)],
        "founded": [_founded(charity, t)],
        "legal_form": [in_language(charity, "legal_form", t)],
        "base": [in_language(charity, "base", t)],
        "serves": [in_language(charity, "serves", t)],
        **{c: [t(f"value-{_slug(charity[c])}")] for c in _FACETS.values()},
        "facets_note": [in_language(charity, "facets_note", t)],
        "status": [_status(charity, t)],
        "how_to_give": [in_language(charity, "how_to_give", t)],
        "tax_deductible": [_tax(charity["tax_deductible"], t)],
        "figures": _figures(in_language(charity, "figures", t), t),
        "self_claims": items(in_language(charity, "self_claims", t)),
    }
    optional = {"facets_note", "figures", "self_claims"}
    return [
        (t(f"fact-{key}"), [v for v in values if v] or [t("value-not-stated")])
        for key, values in told.items()
        if any(values) or key not in optional
    ]


def _founded(charity: pd.Series, t: Language) -> str:
    year = t("founded-year", year=charity["founded"]) if charity["founded"] else ""
    return ". ".join(filter(None, [year, in_language(charity, "founded_note", t)]))


def _status(charity: pd.Series, t: Language) -> str:
    note = in_language(charity, "status_note", t)
    status = t(f"status-{_slug(charity['status'])}")
    return f"{status}; {_evidence_date(charity, t)}. {note}".strip()


def _tax(cell: str, t: Language) -> str:
    return ", ".join(
        f"{t.locale.territories.get(code, code)}: {t(f'value-{answer}')}"
        for code, answer in countries(cell).items()
    )


def _figures(cell: str, t: Language) -> list[str]:
    told = []
    for figure in figures(cell):
        dated = figure["year"] != NOT_STATED
        date = t.date(figure["year"]) if dated else t("figure-undated")
        kind = t(f"figure-{figure['kind']}", date=date)
        told.append(f"{figure['what']}: {figure['value']} ({kind})")
    return told


def sources(of_charity: pd.DataFrame, t: Language) -> list[dict[str, str]]:
    """Return a charity's sources, each page once with the facts that it supports."""
    found = []
    for (url, page_date), rows in of_charity.groupby(["url", "page_date"], sort=False):
        columns = t.listed([t(f"fact-{column}") for column in rows["column"].unique()])
        site = urlsplit(str(url)).netloc.removeprefix("www.").rstrip(".")
        date = (t.date(page_date) if is_date(page_date) else page_date) or t("source-undated")
        text = t("source-link", site=site, date=date) if url else t("source-seed")
        found.append({"url": url, "text": text, "columns": t("source-for", columns=columns)})
    return found
