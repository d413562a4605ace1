"""What the server does before it says that it is healthy: what a first visitor would wait for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..errors import RecommenderError
from ..languages import codes, load_language
from . import listed, state

_LOG = logging.getLogger(__name__)


@asynccontextmanager
async def ready(_: object) -> AsyncIterator[dict[str, object]]:
    """Load the charities, and rehearse a result; the lifespan of a `streamlit.App`."""
    await asyncio.to_thread(_warm)
    yield {}


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
