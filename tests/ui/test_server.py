"""The server is ready before it says so."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from recommender import RecommenderError
from recommender.languages import codes
from recommender.ui import listed, server, state


async def _ready() -> None:
    async with server.ready(None) as given:
        assert given == {}


def start() -> None:
    """Start in a thread of its own: in this one a browser's loop may run."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(_ready())).result()


def test_what_a_first_visitor_would_wait_for_is_done_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rehearsed = []
    monkeypatch.setattr(listed, "rehearse", lambda t, run: rehearsed.append((t.code, len(run))))
    start()
    assert rehearsed == [(code, listed.OPEN) for code in codes()]


def test_a_rehearsal_makes_the_cards_of_a_result() -> None:
    start()
    assert state.of_server()._kept.cache_info().currsize >= listed.OPEN * len(codes())


def test_without_charities_the_server_starts_and_says_why(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RecommenderError("no index at us.index")

    monkeypatch.setattr(state, "of_server", fail)
    with caplog.at_level(logging.ERROR):
        start()
    assert caplog.messages == ["no index at us.index"]
