"""A table of the donor's own: checked, and then shown like any other charities."""

from __future__ import annotations

import streamlit as st

from .. import refusals
from ..catalogue import parse_catalogue, template
from ..cells import MEGABYTE
from ..cells import UPLOAD as LIMITS
from ..errors import CatalogueError
from ..languages import Language
from ..model import Recommender
from ..schema import CATALOGUE
from . import files, folds, html, state
from .shown import Shown

_REQUIRED = ("charity_id", "name", "description")


def draw(t: Language) -> None:
    """Draw the way to a table of one's own, and what is wrong with the one that was chosen."""
    with folds.fold(t("own-heading"), state.OWN_OPEN) as opened:
        # A field that isn't drawn forgets its file, which can't be taken back then.
        if opened or files.content(state.UPLOAD):
            _table(t)


def _table(t: Language) -> None:
    own, problems = st.session_state[state.OWN_TABLE], st.session_state[state.PROBLEMS]
    optional = len(CATALOGUE) - len(_REQUIRED)
    st.caption(t("own-explained", columns=", ".join(_REQUIRED), optional=optional))
    limit = t(
        "own-limit",
        megabytes=files.largest(LIMITS.size) // MEGABYTE,
        rows=t.number(LIMITS.rows),
    )
    files.field(t, state.UPLOAD, t("own-label"), ["csv", "tsv", "txt", "parquet"], limit, _take)
    if problems:
        heading = refusals.heading(problems, t)
        html.draw(t, "problems.html", heading=heading, problems=refusals.lines(problems, t))
    with st.container(horizontal=True):
        name = "where-to-give-template.csv"
        st.download_button(t("own-template"), template, name, "text/csv", on_click="ignore")
        if own is not None:
            st.button(t("own-back"), on_click=state.show, args=[None])


def _put_away() -> None:
    """Put away what came of a file that was taken back."""
    if st.session_state[state.PROBLEMS] is not None:
        st.session_state[state.PROBLEMS] = None
    elif st.session_state[state.OWN_TABLE] is not None:
        state.show(None)


def _take() -> None:
    """Show the charities of a chosen file, or say all that is wrong with it."""
    if (file := files.content(state.UPLOAD)) is None:
        _put_away()
        return
    name, data = file
    try:
        model = Recommender().fit(parse_catalogue(data, name))
    except CatalogueError as error:
        # Without its traceback, which would hold on to the file for as long as the visit.
        st.session_state[state.PROBLEMS] = CatalogueError(error.source, error.problems)
    else:
        state.show(Shown(model, title=name))
