"""Files that a visitor hands over: into the visit's memory, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ..cells import MEGABYTE
from ..languages import Language
from . import state

_MENDED = st.components.v2.component(
    "uploader", js=(Path(__file__).parent / "uploader.js").read_text(encoding="utf-8")
)


def field(
    t: Language, key: str, label: str, kinds: list[str], limit: str, taken: Callable[[], None]
) -> None:
    """Draw a field for one file; `taken` is called when one is chosen or taken back.

    Parameters
    ----------
    key : str
        The name of the field.
    kinds : list of str
        The endings of names that are offered.
    limit : str
        What may be chosen, in words; the server's own limit holds for every file.
    """
    with st.container(key=f"file-{key}"):
        st.file_uploader(label, type=kinds, key=state.file_key(key), on_change=taken)
    said = {"label": label, "limit": limit, "choose": t("file-choose"), "remove": t("file-remove")}
    _MENDED(data={"key": f"file-{key}", **said}, key=f"mended-{key}")


def content(key: str) -> tuple[str, bytes] | None:
    """Return the name and the bytes of the file that was chosen; None if it was taken back."""
    chosen = st.session_state.get(state.file_key(key))
    return None if chosen is None else (chosen.name, chosen.getvalue())


def largest(most: int) -> int:
    """Return how many bytes a file may have: what its reader takes, or the server if that's less.

    Parameters
    ----------
    most : int
        Bytes that its reader takes.
    """
    return min(most, int(st.get_option("server.maxUploadSize")) * MEGABYTE)
