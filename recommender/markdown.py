"""A run as a page of Markdown, to keep beside notes or to pass on.

Whatever comes from a catalogue, from a donor or from a file is written so that no reader of
Markdown takes it for more than text: no link, image, table, code or HTML can come of it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

import pandas as pd

from .explanation import worth_quoting
from .labels import facet, label, name
from .languages import Language
from .model import Recommender
from .ranking import parts_of, rank_label, whole_points
from .receipts import Receipt, receipt
from .saying import asked_said
from .text import normalise

QUOTED = 3
"""How many of the first charities are quoted."""

# What Markdown, its common extensions or HTML could read as more than text: marks of emphasis,
# code, links, tables and formulas; what begins a heading, a list or a shortcode; bare addresses.
_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>|~@$=^]|[#:](?=\S)|&(?=[#\w])|(?<=www)\.|^[-+#]", re.IGNORECASE
)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")


def escaped(text: str) -> str:
    """Return text as Markdown that shows it, on one line.

    Invisible and direction characters are left out; a special character gets a backslash, which
    CommonMark drops again before any of ASCII's punctuation (section 2.4 of its specification).
    """
    line = " ".join(normalise(text).split())
    line = _SPECIAL.sub(lambda found: f"\\{found.group()}", line)
    return _NUMBERED.sub(r"\1\\\2", line)


def to_markdown(
    model: Recommender, run: pd.DataFrame, t: Language, date: datetime.date | None = None
) -> str:
    """Return a run as Markdown: what was asked, the ranking, evidence, and what made it.

    Parameters
    ----------
    model : Recommender
    run : DataFrame
        From `recommend` or `similar` of this model.
    t : Language
    date : date, optional
        The day of the run; today in UTC if left out.
    """
    kept = receipt(run, date)
    parts = parts_of(run)
    asked = [f"- {escaped(line)}" for line in asked_said(model, kept.asked, t)]
    blocks = [
        f"# {escaped(t('title'))}",
        *([f"## {escaped(t('markdown-asked'))}", "\n".join(asked)] if asked else ()),
        f"## {escaped(t('markdown-ranking'))}",
        "\n".join(_table(model, run, parts, t)),
        *map(escaped, _notes(model, run, kept, t)),
        *(_quotes(model, run, t) if parts else ()),
        f"## {escaped(t('markdown-made-by'))}",
        _made_by(kept, t),
    ]
    return "\n\n".join(blocks) + "\n"


def _table(model: Recommender, run: pd.DataFrame, parts: list[str], t: Language) -> Iterator[str]:
    """Yield the lines of the ranking; without parts nothing is ranked, and there are no points."""
    shown = [label(part, model.priorities_, t) for part in parts]
    scored = [t("cli-band"), *shown, t("card-total")] if parts else []
    yield _row(["#", t("cli-charity"), *scored])
    yield _row_of("---:", "---", *["---", *["---:"] * (len(parts) + 1)] * bool(parts))
    for charity_id, row in run.iterrows():
        called = name(model.charities_.charity(str(charity_id)), t)
        cells = [rank_label(row["rank"], row["tied"]), called]
        if parts:
            points = model.breakdown(run, str(charity_id))["points"]
            cells += [t(f"band-{row['band']}"), *map(str, points), str(whole_points(row["score"]))]
        yield _row(cells)


def _notes(model: Recommender, run: pd.DataFrame, kept: Receipt, t: Language) -> Iterator[str]:
    """Yield what reads the table right: what isn't in it, and what its signs mean."""
    if not parts_of(run):
        yield t("results-nothing-asked-lot")
    if kept.k is not None:
        yield t("results-first", shown=kept.k, all=run.attrs["of"])
    if kept.ranking and parts_of(run) and kept.ranking[0].rank is None:
        yield t("results-none")
    if run["tied"].any():
        yield t("results-ties")
    excluded = model.exclusions(run)
    for column, count in excluded.groupby(level="facet", sort=False).sum().items():
        yield t("left-out", facet=facet(str(column), t), count=int(count))


def _row(cells: Iterable[str]) -> str:
    return _row_of(*map(escaped, cells))


def _row_of(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _quotes(model: Recommender, run: pd.DataFrame, t: Language) -> list[str]:
    """Return the sentences that carry most for the first charities, under a heading."""
    first = run[run["rank"].notna()].index[:QUOTED]
    items = [line for charity_id in first for line in _quoted(model, run, str(charity_id), t)]
    return [f"## {escaped(t('markdown-evidence'))}", "\n".join(items)] if items else []


def _quoted(model: Recommender, run: pd.DataFrame, charity_id: str, t: Language) -> Iterator[str]:
    """Yield a charity's name, then each sentence once with all that it is named for."""
    named: dict[str, list[str]] = {}
    for part, evidence in worth_quoting(model.evidence(run, charity_id, t.code)).items():
        named.setdefault(evidence.sentence, []).append(label(part, model.priorities_, t))
    yield f"- **{escaped(name(model.charities_.charity(charity_id), t))}**"
    for sentence, labels in named.items():
        said = t("quote-for", priorities=t.listed(labels))
        yield f"  - {escaped(f'{said} “{sentence}”')}"


def _made_by(kept: Receipt, t: Language) -> str:
    lines = [
        t("markdown-date", date=t.date(kept.date)),
        t("markdown-catalogue", fingerprint=kept.catalogue),
        t("markdown-priorities", fingerprint=kept.priorities),
        t("markdown-version", version=kept.version),
        t("markdown-settings", weight=t.number(kept.background_weight)),
    ]
    return "\n".join(f"- {escaped(line)}" for line in lines)
