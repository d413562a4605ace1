"""What is folded away until a visitor opens it: until then its content isn't even made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def fold(label: str, name: str) -> Iterator[bool]:
    """Draw a heading with content under it, and tell whether that is to be drawn.

    Parameters
    ----------
    label : str
    name : str
        The session's key of whether it is open.
    """
    key = f"{name}_fold"
    # What is open is ours to say: a link opens what it answers, and another page forgets nothing.
    st.session_state[key] = st.session_state[name]
    with st.expander(label, key=key, on_change=_turn, args=[name, key]):
        yield bool(st.session_state[name])


def _turn(name: str, key: str) -> None:
    st.session_state[name] = st.session_state[key]
