"""What the server does before it says that it is healthy.

It keeps answers out of the log and uploads off the disk, whatever it was started with, and does
what a first visitor would wait for.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import FrameType

import streamlit as st
import uvicorn
from starlette.formparsers import MultiPartParser

from ..errors import RecommenderError
from ..languages import codes, load_language
from . import listed, state

_LOG = logging.getLogger(__name__)
_ACCESS = "uvicorn.access"
_TALKATIVE = (_ACCESS, "uvicorn.asgi", "uvicorn.error")
"""What writes addresses, with what a link says, or each message of a connection, into a log."""


@asynccontextmanager
async def ready(_: object) -> AsyncIterator[dict[str, object]]:
    """Keep what visitors say private, load the charities and rehearse a result.

    The lifespan of a `streamlit.App`.
    """
    _keep_private()
    sending = None
    if (server := _server()) is not None:
        _stop_quietly(server)
        sending = asyncio.create_task(_send_at_once(server))
    await asyncio.to_thread(_warm)
    yield {}
    if sending is not None:
        sending.cancel()


def _keep_private() -> None:
    for name in _TALKATIVE:
        logging.getLogger(name).addFilter(_no_messages)
    # Above this size Starlette would put an upload into a temporary file.
    MultiPartParser.spool_max_size = (st.get_option("server.maxUploadSize") + 1) * 2**20


def _no_messages(record: logging.LogRecord) -> bool:
    return record.levelno > logging.DEBUG and record.name != _ACCESS


def _server() -> uvicorn.Server | None:
    """Return the server that this runs in, which nothing but its ear for Ctrl-C tells."""
    if threading.current_thread() is not threading.main_thread():
        return None  # no signal is heard there
    heard = getattr(signal.getsignal(signal.SIGINT), "__self__", None)
    return heard if isinstance(heard, uvicorn.Server) else None


async def _send_at_once(server: uvicorn.Server) -> None:
    """Let an answer go out in one go.

    asyncio says so of each connection, but not of those to a socket that doesn't name its protocol,
    as Streamlit's doesn't: the rest of an answer waited for the browser to confirm the first part,
    which can take 40 ms. Connections inherit it from what they come in by.
    """
    while not server.started:
        await asyncio.sleep(0.01)
    for listening in server.servers:
        for ear in listening.sockets:
            if ear.family in (socket.AF_INET, socket.AF_INET6):
                ear.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _stop_quietly(server: uvicorn.Server) -> None:
    """Let Ctrl-C stop the server as it is meant to be stopped: a word, and status 0."""

    def stop(_: int, __: FrameType | None) -> None:
        server.force_exit = server.should_exit  # the second time, nobody is waited for
        server.should_exit = True
        print("Stopped.", file=sys.stderr)  # noqa: T201 - to whoever has pressed Ctrl-C

    signal.signal(signal.SIGINT, stop)


def _warm() -> None:
    try:
        shown = state.of_server()
    except RecommenderError as error:
        _LOG.error("%s", error)  # and each visitor is told
        return
    model = shown.model
    run = model.recommend(dict.fromkeys(model.agenda_[:4], 3), text="school", k=listed.OPEN)
    _ = shown.facets
    for code in codes():
        listed.rehearse(load_language(code), run)
