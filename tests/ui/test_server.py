"""The server is ready before it says so."""

import asyncio
import logging
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
import uvicorn
from starlette.applications import Starlette

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


def test_an_answer_goes_out_in_one_go() -> None:
    """Of a socket that doesn't name its protocol asyncio leaves this to nobody."""

    async def serve() -> int:
        with socket.socket() as ear:
            ear.bind(("127.0.0.1", 0))
            ear.listen()
            assert not ear.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            running = uvicorn.Server(uvicorn.Config(Starlette(), lifespan="off"))
            serving = asyncio.create_task(running.serve(sockets=[ear]))
            await server._send_at_once(running)
            _, writer = await asyncio.open_connection(*ear.getsockname())
            (connection,) = running.server_state.connections
            taken = connection.transport.get_extra_info("socket")
            delayed = taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            writer.close()
            running.should_exit = True
            await serving
            return delayed

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(lambda: asyncio.run(serve())).result() == 1


def test_without_charities_the_server_starts_and_says_why(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RecommenderError("no index at us.index")

    monkeypatch.setattr(state, "of_server", fail)
    with caplog.at_level(logging.ERROR):
        start()
    assert caplog.messages == ["no index at us.index"]
