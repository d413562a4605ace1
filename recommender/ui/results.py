"""The results: the charities that fit, then those further down, then those with nothing found."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pandas as pd
import streamlit as st
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from .. import __version__
from ..export import to_csv, to_json
from ..labels import label, name
from ..languages import Language, load_language
from ..ranking import LIKE, UNLIKE, parts_of, rank_label, whole_points
from . import cards, choices, state

OPEN = 3
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def columns() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return the places of questions and results: side by side, one above the other on a phone."""
    left, right = st.columns([5, 8], gap="large")
    return left.container(key="questions"), right.container(key="results")


def promise(t: Language) -> None:
    """Draw the title and the one line that says what the page does."""
    st.title(t("title"), anchor=False)
    _html(t, "promise.html")


def draw(t: Language, bar: DeltaGenerator) -> None:
    """Rank by the answers in the session, and draw the list; `bar` leads to it on a phone."""
    model = state.model()
    run = model.recommend(
        state.answers(),
        text=state.own_words(),
        reading=state.reading(),
        like=st.session_state[LIKE],
        unlike=st.session_state[UNLIKE],
    )
    ranked, unranked = run[run["rank"].notna()], run[run["rank"].isna()]
    asked = bool(parts_of(run))
    _heading(t, run, asked, bar)
    if len(ranked):
        count = st.session_state[state.SHOWN]
        _html(t, "results.html", **_opened_and_folded(t, ranked, count))
        _rest(t, ranked.iloc[count:])
    heading = t("none-heading") if asked else ""
    explained = t("none-explained", count=len(unranked)) if asked else ""
    if len(unranked):
        rows = sorted(_rows(t, unranked), key=lambda row: row["name"].casefold())
        _html(t, "rest.html", heading=heading, explained=explained, rows=rows)
    _downloads(t, run)
    choices.listen()


def _heading(t: Language, run: pd.DataFrame, asked: bool, bar: DeltaGenerator) -> None:
    good = int((run["band"] == "good").sum())
    lines = []
    if not asked:
        lines.append(t("results-nothing-asked"))
    elif run["rank"].isna().all():
        lines.append(t("results-none"))
    elif state.untouched():
        lines.append(t("results-untouched"))
    elif standing := state.standing():
        labels = [label(p, state.model().priorities_, t) for p in standing]
        lines.append(t("results-standing", names=t.listed(labels), weight=state.DEFAULT_WEIGHT))
    if run["tied"].any():
        lines.append(t("results-ties"))
    said = t("results-summary", good=good, all=len(run))
    title = said if asked else t("results-nothing-asked-heading")
    _html(t, "heading.html", title=title, lines=lines, chosen=choices.chosen(run, t))
    if asked:
        with bar:
            _html(t, "jump.html", said=said)


def _opened_and_folded(
    t: Language, ranked: pd.DataFrame, count: int
) -> dict[str, list[cards.Card]]:
    drawn = cards.cards(state.model(), ranked, count, t, _facts_of(t))
    return {"open": drawn[:OPEN], "fold": drawn[OPEN:]}


def _facts_of(t: Language) -> Callable[[str], str]:
    return lambda charity_id: _facts_html(t.code, charity_id)


@lru_cache(maxsize=1024)
def _facts_html(code: str, charity_id: str) -> Markup:
    """Return what is known of a charity; the same for every donor, so drawn once a language."""
    t = load_language(code)
    told = cards.facts(state.model().catalogue_.loc[charity_id], t)
    of_charity = state.sources().get(charity_id)
    pages = [] if of_charity is None else cards.sources(of_charity, t)
    html = _TEMPLATES.get_template("facts.html").render(t=t, facts=told, sources=pages)
    return Markup(html)  # noqa: S704 — the template escaped every cell


def _rest(t: Language, further: pd.DataFrame) -> None:
    if len(further):
        _html(t, "rest.html", heading=t("rest-heading"), explained="", rows=_rows(t, further))
        st.button(t("rest-show", count=len(further)), on_click=_show_all)


def _show_all() -> None:
    st.session_state[state.SHOWN] = len(state.model().catalogue_)


def _rows(t: Language, run: pd.DataFrame) -> list[dict[str, str]]:
    catalogue = state.model().catalogue_
    found = []
    for charity_id, row in run.iterrows():
        charity = catalogue.loc[charity_id]
        rank = "" if pd.isna(row["rank"]) else rank_label(row["rank"], row["tied"])
        key = "rank-tied" if row["tied"] else "rank-label"
        found.append(
            {
                "name": name(charity, t),
                "band": _band(t, str(charity_id), run),
                "status": cards.status_line(charity, t),
                "website": charity["website"],
                "facts": _facts_html(t.code, str(charity_id)),
                "summary": cards.summary(charity, t),
                "rank": rank,
                "rank_label": t(key, rank=str(row["rank"])) if rank else "",
            }
        )
    return found


def _band(t: Language, charity_id: str, run: pd.DataFrame) -> str:
    if pd.isna(run.at[charity_id, "rank"]):
        return ""
    points = whole_points(float(run.at[charity_id, "score"]))
    return f"{t('band-' + run.at[charity_id, 'band'])} · {cards.said_points(points, t)}"


def _html(t: Language, template: str, **values: object) -> None:
    st.html(_TEMPLATES.get_template(template).render(t=t, **values))


def _downloads(t: Language, run: pd.DataFrame) -> None:
    st.subheader(t("download-heading"), anchor=False)
    with st.container(horizontal=True):
        st.download_button(
            t("download-csv"), to_csv(run), "where-to-give.csv", "text/csv", on_click="ignore"
        )
        st.download_button(
            t("download-json"),
            to_json(run, __version__),
            "where-to-give.json",
            "application/json",
            on_click="ignore",
        )
