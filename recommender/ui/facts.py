"""What is known of a charity: the quiet line of its card, its facts, and where they come from."""

from __future__ import annotations

from urllib.parse import urlsplit

import pandas as pd

from ..labels import slug, territory, value
from ..languages import Language
from ..registers import registered
from ..schema import DESCRIBED_BY_NAME, NOT_STATED, figures, is_date, items
from ..text import sentences


def in_language(charity: pd.Series, column: str, t: Language) -> str:
    """Return a cell in the donor's language where the catalogue has it, else in English."""
    return charity.get(f"{column}_{t.code}", "") or charity[column]


def summary(charity: pd.Series, t: Language) -> str:
    """Return the first sentence of a description; nothing of one that isn't there."""
    text = in_language(charity, "description", t)
    start, end = next(iter(sentences(text)), (0, 0))
    return text[start:end]


def facts_line(charity: pd.Series, stated: frozenset[str], t: Language) -> str:
    """Return the quiet line of facts, of those that the catalogue states."""
    founded, size = charity["founded"], charity["size"]
    told = {
        "country": seat(charity, t),
        "works_in": t("line-places", places=places(charity, t)),
        "founded": t("line-founded", year=founded) if founded else t("line-founded-unknown"),
        **{c: t(f"line-{key}-{slug(charity[c])}") for key, c in _FACETS.items()},
        "size": "" if size == NOT_STATED else t("line-size", size=value("size", size, t)),
        "status": t(f"status-{slug(charity['status'])}"),
        "last_evidence": _evidence_date(charity, t),
    }
    return " · ".join(said for column, said in told.items() if said and column in stated)


_FACETS = {"faith": "faith_based", "government": "government_linked", "lobbies": "lobbies"}


def bare(charity: pd.Series, t: Language) -> str:
    """Return what says that a charity's name is all that describes it; else nothing."""
    said = charity["described_by"]
    return t(f"bare-{slug(said)}") if said in DESCRIBED_BY_NAME else ""


def seat(charity: pd.Series, t: Language) -> str:
    """Return where a register has a charity: region and country, if they are stated."""
    country = territory(charity["country"], t) if charity["country"] else ""
    return ", ".join(filter(None, [charity["region"], country]))


def status_line(charity: pd.Series, stated: frozenset[str], t: Language) -> str:
    """Return what a folded row must not hide: that the work doesn't run, or may not."""
    status, dated = charity["status"], "last_evidence" in stated
    if status == "active" or (status == NOT_STATED and not dated):
        return ""
    said = t(f"status-{slug(status)}")
    return f"{said} · {_evidence_date(charity, t)}" if dated else said


def _evidence_date(charity: pd.Series, t: Language) -> str:
    date = charity["last_evidence"]
    return t("line-evidence", date=t.date(date)) if date else t("line-evidence-unknown")


def places(charity: pd.Series, t: Language) -> str:
    """Return where the money acts."""
    found = [t(f"place-{place}") for place in items(charity["works_in"])]
    return t.listed(found) if found else t("place-not-stated")


def facts(charity: pd.Series, stated: frozenset[str], t: Language) -> list[tuple[str, list[str]]]:
    """Return what is known of a charity as labels with their values; what isn't says so.

    What the catalogue never states of any charity isn't told.
    """
    told = {
        "works_in": [places(charity, t)],
        "founded": [_founded(charity, t)],
        "legal_form": [in_language(charity, "legal_form", t)],
        "base": [in_language(charity, "base", t)],
        "serves": [in_language(charity, "serves", t)],
        "country": [value("country", charity["country"], t)],
        "region": [charity["region"]],
        "size": [value("size", charity["size"], t)],
        **{c: [value(c, charity[c], t)] for c in _FACETS.values()},
        "facets_note": [in_language(charity, "facets_note", t)],
        "status": [_status(charity, stated, t)],
        "how_to_give": [in_language(charity, "how_to_give", t)],
        "tax_deductible": [value("tax_deductible", charity["tax_deductible"], t)],
        "figures": _figures(in_language(charity, "figures", t), t),
        "self_claims": items(in_language(charity, "self_claims", t)),
        "described_by": [value("described_by", charity["described_by"], t)],
        "charity_id": [_registered(str(charity.name), t)],
    }
    known = stated | {column.removesuffix("_note") for column in stated}
    optional = {"facets_note", "figures", "self_claims", "charity_id"}
    return [
        (t(f"fact-{key}"), [v for v in values if v] or [t("value-not-stated")])
        for key, values in told.items()
        if key in known and (any(values) or key not in optional)
    ]


def _registered(charity_id: str, t: Language) -> str:
    found = registered(charity_id)
    if not found:
        return ""
    register, number = found
    return t("registered-as", number=number, scheme=register.scheme, publisher=register.publisher)


def register_source(charity_id: str) -> list[dict[str, str]]:
    """Return the register that an id is from, as a source of everything told; or nothing."""
    found = registered(charity_id)
    if not found:
        return []
    register, _ = found
    text = f"{register.title}, {register.publisher}"
    return [{"url": register.home, "text": text, "columns": register.licence}]


def _founded(charity: pd.Series, t: Language) -> str:
    year = t("founded-year", year=charity["founded"]) if charity["founded"] else ""
    return ". ".join(filter(None, [year, in_language(charity, "founded_note", t)]))


def _status(charity: pd.Series, stated: frozenset[str], t: Language) -> str:
    note = in_language(charity, "status_note", t)
    status = t(f"status-{slug(charity['status'])}")
    if "last_evidence" not in stated:
        return f"{status}. {note}" if note else status
    return f"{status}; {_evidence_date(charity, t)}. {note}".strip()


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
