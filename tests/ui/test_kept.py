"""How long a visit stays in memory after its page is closed."""

import gc
import weakref

import streamlit as st
from streamlit.runtime.memory_session_storage import MemorySessionStorage

MINUTES = 2


class Visit:
    """What the storage asks of a session."""

    def __init__(self, name: str) -> None:
        self.id, self.session = name, self


def test_a_closed_visit_may_come_back_within_two_minutes() -> None:
    assert st.get_option("server.disconnectedSessionTTL") == 60 * MINUTES


def test_what_has_run_out_is_given_to_nobody_and_let_go_when_another_is_closed() -> None:
    storage, first = MemorySessionStorage(ttl_seconds=0), Visit("first")
    kept = weakref.ref(first)
    storage.save(first)
    del first
    assert storage.get("first") is None
    assert storage.list() == []
    storage.save(Visit("second"))
    gc.collect()
    assert kept() is None
