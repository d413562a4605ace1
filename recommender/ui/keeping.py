"""Keep and share: files of the result."""

from __future__ import annotations

import streamlit as st

from .. import __version__
from ..export import to_csv, to_json
from ..languages import Language
from ..listing import Listing
from . import listed


def draw(t: Language, found: Listing) -> None:
    """Draw what keeps or shares a result."""
    _downloads(t, found)


def _downloads(t: Language, found: Listing) -> None:
    count = listed.drawn(found)
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
