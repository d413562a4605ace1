"""The frame around both pages: set-up, style, title, language and links."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from ..errors import RecommenderError
from ..languages import Language, codes, load_language
from ..links import decode
from . import following, results, state
from .turns import Turns

_HERE = Path(__file__).parent
_LOG = logging.getLogger(__name__)
_TURNS = Turns()
_LANG = st.components.v2.component(
    "html_lang",
    js="export default ({ data }) => { document.documentElement.lang = data }",
)


def run() -> None:
    """Draw the page that the address names, when its turn has come."""
    with _TURNS.turn():
        _run()


def _run() -> None:
    t = state.language()
    st.set_page_config(page_title=t("title"), page_icon="🧭", layout="wide")
    st.html(_HERE / "style.css")
    try:
        state.model()
    except RecommenderError as error:
        _LOG.error("%s", error)
        results.failure(t, str(error))
        return
    if state.start():
        following.follow(decode(st.query_params, state.model()))
    pages = {
        "find": st.Page(_HERE / "pages/find.py", title=t("page-answers"), default=True),
        "method": st.Page(_HERE / "pages/method.py", title=t("page-method"), url_path="method"),
    }
    chosen = st.navigation(list(pages.values()), position="hidden")
    _masthead(t, list(pages.values()))
    _LANG(data=t.code, key="html_lang")
    chosen.run()


def _masthead(t: Language, pages: list[st.Page]) -> None:
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="masthead",
    ):
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            for page in pages:
                st.page_link(page)
        st.segmented_control(
            t("language-label"),
            codes(),
            key=state.LANGUAGE,
            format_func=lambda code: load_language(code)("language-name"),
            label_visibility="collapsed",
            required=True,
            persist_state="session",
        )
