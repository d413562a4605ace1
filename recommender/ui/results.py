"""The results: of a small catalogue every charity, of a large one the first, and more on demand."""

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
from ..listing import MOST, STEP, Listing, rows_wanted
from ..ranking import LIKE, UNLIKE, rank_label, whole_points
from . import cards, choices, facets, facts, state

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
        only=state.chosen_facets(state.ONLY),
        hide=state.chosen_facets(state.HIDE),
        k=rows_wanted(model),
    )
    found = Listing.of(model, run)
    count = state.shown(run.attrs) if found.large else st.session_state[state.SHOWN]
    _heading(t, found, count, bar)
    (_first_of_many if found.large else _every)(t, found, count)
    _downloads(t, found, count)
    choices.listen()


def failure(t: Language, why: str) -> None:
    """Draw what stands in the place of the page when there are no charities to show."""
    st.title(t("title"), anchor=False)
    _html(t, "failure.html", why=why)


def _every(t: Language, found: Listing, count: int) -> None:
    """Draw every charity: with cards, further down, or with nothing found."""
    ranked, unranked = found.ranked, found.unranked
    if len(ranked):
        drawn = _cards(t, ranked, slice(count))
        _html(t, "results.html", open=drawn[:OPEN], fold=drawn[OPEN:])
        if more := found.next_step(count):
            rows = _rows(t, ranked.iloc[count:])
            _html(t, "rest.html", heading=t("rest-heading"), explained="", rows=rows)
            st.button(t("rest-show", count=more), on_click=_show, args=[len(ranked)])
    if len(unranked):
        asked = found.asked
        heading = t("none-heading") if asked else ""
        explained = t("none-explained", count=len(unranked)) if asked else ""
        rows = sorted(_rows(t, unranked), key=lambda row: row["name"].casefold())
        _html(t, "rest.html", heading=heading, explained=explained, rows=rows)


def _first_of_many(t: Language, found: Listing, count: int) -> None:
    """Draw the first charities in steps, each by itself, so that a browser keeps those it has."""
    rows = found.ranked if found.asked else found.run
    for start in range(0, min(count, len(rows)), STEP):
        places = slice(start, start + STEP)
        if found.asked:
            drawn, opened = _cards(t, rows, places), 0 if start else OPEN
            _html(t, "results.html", open=drawn[:opened], fold=drawn[opened:])
        else:
            listed = _rows(t, rows.iloc[places])
            _html(t, "rest.html", heading="", explained="", rows=listed)
    if more := found.next_step(count):
        st.button(t("more-show", count=more), on_click=_show, args=[count + STEP])
    elif len(rows) == MOST:
        _html(t, "note.html", note=t("more-none", most=MOST))
    elif found.asked and found.silent and len(rows):
        _html(t, "note.html", note=t("none-others", count=found.silent))


def _show(count: int) -> None:
    st.session_state[state.SHOWN] = count


def _heading(t: Language, found: Listing, count: int, bar: DeltaGenerator) -> None:
    run, lines = found.run, []
    if not found.total:
        lines.append(t("results-none-left"))
    elif not found.asked:
        lines.append(t("results-nothing-asked-ids" if found.large else "results-nothing-asked"))
    elif run["rank"].isna().all():
        lines.append(t("results-none"))
    elif state.untouched():
        lines.append(t("results-untouched"))
    elif standing := state.standing():
        labels = [label(p, state.model().priorities_, t) for p in standing]
        lines.append(t("results-standing", names=t.listed(labels), weight=state.DEFAULT_WEIGHT))
    if (run.iloc[:count] if found.large else run)["tied"].any():
        lines.append(t("results-ties"))
    _html(
        t,
        "heading.html",
        title=_title(t, found, count),
        lines=lines,
        chosen=choices.chosen(run, t),
        left_out=facets.left_out(t, found.left_out()),
    )
    if found.asked:
        with bar:
            _html(t, "jump.html", said=_title(t, found, count))


def _title(t: Language, found: Listing, count: int) -> str:
    """Return what the list is, without claiming to have counted what wasn't."""
    if not found.total:
        return t("results-none-left-heading")
    if not found.asked:
        return t(
            "results-nothing-asked-ids-heading" if found.large else "results-nothing-asked-heading"
        )
    if found.whole:
        return t("results-summary", good=found.good, all=found.total)
    if found.found is not None:
        return t("results-found", found=found.found, all=found.total)
    return t("results-first", shown=count, all=found.total)


def _cards(t: Language, ranked: pd.DataFrame, places: slice) -> list[cards.Card]:
    known = cards.Facts(state.stated(), _facts_of(t))
    return cards.cards(state.model(), ranked, places, t, known)


def _facts_of(t: Language) -> Callable[[str], str]:
    catalogue = f"{state.model().fingerprint_} {state.shipped()}"
    return lambda charity_id: _facts_html(t.code, catalogue, charity_id)


@lru_cache(maxsize=1024)
def _facts_html(code: str, catalogue: str, charity_id: str) -> Markup:
    """Return what is known of a charity; the same for every donor, so drawn once a language."""
    t = load_language(code)
    told = facts.facts(state.model().charities_.charity(charity_id), state.stated(), t)
    of_charity = state.sources().get(charity_id)
    register = facts.register_source(charity_id)
    pages = register if of_charity is None else facts.sources(of_charity, t)
    html = _TEMPLATES.get_template("facts.html").render(t=t, facts=told, sources=pages)
    return Markup(html)  # noqa: S704 — the template escaped every cell


def _rows(t: Language, run: pd.DataFrame) -> list[dict[str, str]]:
    charities, stated = state.model().charities_, state.stated()
    found = []
    for charity_id, row in run.iterrows():
        charity = charities.charity(str(charity_id))
        rank = "" if pd.isna(row["rank"]) else rank_label(row["rank"], row["tied"])
        key = "rank-tied" if row["tied"] else "rank-label"
        found.append(
            {
                "name": name(charity, t),
                "band": _band(t, str(charity_id), run),
                "status": facts.status_line(charity, stated, t),
                "bare": facts.bare(charity, t),
                "website": charity["website"],
                "facts": _facts_of(t)(str(charity_id)),
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


def rehearse(t: Language, run: pd.DataFrame) -> None:
    """Make cards that nobody sees, so that all is loaded that cards are made with."""
    _TEMPLATES.get_template("results.html").render(t=t, open=_cards(t, run, slice(OPEN)), fold=[])


def _html(t: Language, template: str, **values: object) -> None:
    st.html(_TEMPLATES.get_template(template).render(t=t, **values))


def _downloads(t: Language, found: Listing, count: int) -> None:
    run = found.run.iloc[:count] if found.large else found.run
    st.subheader(t("download-heading"), anchor=False)
    whole = len(run) == found.total
    first = t("download-first", count=len(run), all=found.total)
    st.caption(t("download-all", all=found.total) if whole else first)
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
