"""Keep and share: a link to the answers, files of the result, and receipts asked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from ..cells import MEGABYTE
from ..errors import CatalogueError, RecommenderError
from ..export import to_csv, to_json
from ..languages import Language
from ..links import encode
from ..listing import Listing
from ..markdown import to_markdown
from ..query import Asked
from ..received import LARGEST, read
from ..replayed import changes_said, replay_said
from ..replays import Replay, replay
from . import files, html, listed, state

_CHANGES = 100


def draw(t: Language, found: Listing) -> None:
    """Draw what keeps or shares a result."""
    _link(t, found)
    _downloads(t, found)
    _print(t)
    _receipt(t)


def _link(t: Language, found: Listing) -> None:
    st.subheader(t("link-heading"), anchor=False)
    st.caption(t("link-explained"))
    asked = Asked.from_dict(found.run.attrs)
    # Whoever opens it skips what it doesn't name.
    given = {name: weight for name, weight in asked.answers.items() if weight is not None}
    try:
        query = encode(replace(asked, answers=given))
    except RecommenderError:
        html.draw(t, "note.html", note=t("link-too-long"))
        return
    page = (st.context.url or "").partition("?")[0].rstrip("/")
    st.code(f"{page}/?{query}", language=None, wrap_lines=True)


def _downloads(t: Language, found: Listing) -> None:
    count = listed.drawn(found)
    run = found.run.iloc[:count] if found.large else found.run
    st.subheader(t("download-heading"), anchor=False)
    whole = len(run) == found.total
    first = t("download-first", count=len(run), all=found.total)
    st.caption(t("download-all", all=found.total) if whole else first)
    st.caption(t("download-explained"))
    model = state.model()
    made: dict[str, tuple[str, Callable[[], str | bytes]]] = {
        "csv": ("text/csv", lambda: to_csv(run)),
        "json": ("application/json", lambda: to_json(run)),
        "md": ("text/markdown", lambda: to_markdown(model, run, t)),
    }
    with st.container(horizontal=True):
        for ending, (kind, make) in made.items():
            name = f"where-to-give.{ending}"
            st.download_button(t(f"download-{ending}"), make, name, kind, on_click="ignore")


def _print(t: Language) -> None:
    st.subheader(t("print-heading"), anchor=False)
    st.caption(t("print-explained"))
    st.button(t("print-list"), on_click=state.see, args=[state.LIST])


def _receipt(t: Language) -> None:
    st.subheader(t("receipt-heading"), anchor=False)
    st.caption(t("receipt-explained"))
    limit = t("receipt-limit", megabytes=files.largest(LARGEST) // MEGABYTE)
    files.field(t, state.RECEIPT, t("receipt-label"), ["json"], limit, _take)
    done = st.session_state[state.REPLAYED]
    if isinstance(done, Replay):
        model = state.model()
        changes = changes_said(model, done, t)[:_CHANGES]
        html.draw(t, "replayed.html", lines=replay_said(model, done, t), changes=changes)
    else:
        html.draw(t, "refused.html", details=done or [])


def _take() -> None:
    """Replay a chosen receipt; keep what came of it, or all that is wrong with it, in English."""
    file = files.content(state.RECEIPT)
    st.session_state[state.REPLAYED] = None if file is None else _replayed(file[1])


def _replayed(data: bytes) -> Replay | list[str]:
    try:
        return replay(state.model(), read(data))
    except CatalogueError as error:
        return list(map(str, error.problems))
    except RecommenderError as error:
        return [str(error)]
