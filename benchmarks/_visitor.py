"""A visitor without a browser: speaks to the server as Streamlit's page does, over a WebSocket."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_LARGEST = 1 << 26


@dataclass(frozen=True)
class Answer:
    """What the server sent until its script had run.

    Attributes
    ----------
    seconds : float
    sent : int
        Bytes on the wire, where they are squeezed.
    whole : int
        Bytes before that.
    cards : int
        How many charities are drawn as cards.
    """

    seconds: float
    sent: int
    whole: int
    cards: int


class _Counting(ClientConnection):
    """A connection that counts what it receives."""

    received = 0

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        super().data_received(data)


class Visitor:
    """One visit; `begin` opens the page, `rate` moves an answer.

    Parameters
    ----------
    url : str
        Of the server, as http://127.0.0.1:8501.
    """

    def __init__(self, url: str) -> None:
        self._url = url.replace("http", "ws", 1) + "/_stcore/stream"
        self._origin = url
        self._widgets: dict[str, ButtonGroup] = {}
        self._values: dict[str, str] = {}
        self._kept: dict[str, ForwardMsg] = {}
        self._connection: _Counting | None = None

    async def begin(self) -> Answer:
        """Open the page; return what the first run sent."""
        self._connection = await connect(
            self._url,
            create_connection=_Counting,
            origin=self._origin,
            subprotocols=["streamlit"],
            max_size=_LARGEST,
            ping_interval=None,
        )
        return await self._run({})

    async def rate(self, priority: str, step: int) -> Answer:
        """Choose another step of a priority's scale; return what the answer sent."""
        widget = self._widgets[f"weight_{priority}"]
        return await self._run({widget.id: widget.options[step].content})

    async def end(self) -> None:
        """Close the page."""
        if self._connection is not None:
            await self._connection.close()

    @property
    def priorities(self) -> list[str]:
        """The priorities that can be rated."""
        return [k.removeprefix("weight_") for k in self._widgets if k.startswith("weight_")]

    async def _run(self, changed: Mapping[str, str]) -> Answer:
        assert self._connection is not None
        self._values |= changed
        message = BackMsg()
        for widget, value in self._values.items():
            state = message.rerun_script.widget_states.widgets.add(id=widget)
            state.string_array_value.data.append(value)
        message.rerun_script.query_string = ""
        # What a page has been sent before, it names, and isn't sent it again.
        message.rerun_script.cached_message_hashes.extend(self._kept)
        start, before = time.perf_counter(), self._connection.received
        whole, cards, met = 0, 0, set()
        await self._connection.send(message.SerializeToString())
        while True:
            received = await self._connection.recv(decode=False)
            whole += len(received)
            told = ForwardMsg.FromString(received)
            if told.WhichOneof("type") == "ref_hash":
                told = self._kept[told.ref_hash]
            if told.metadata.cacheable:
                self._kept[told.hash] = told
                met.add(told.hash)
            kind = told.WhichOneof("type")
            if kind == "delta":
                cards += self._meet(told)
            elif kind == "script_finished":
                if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    continue  # it was broken off for a newer answer
                seconds = time.perf_counter() - start
                self._kept = {name: self._kept[name] for name in met}
                return Answer(seconds, self._connection.received - before, whole, cards)

    def _meet(self, told: ForwardMsg) -> int:
        """Remember the widgets by their keys; return how many cards an element holds."""
        element = told.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(element.exception.message)
        if kind == "button_group":
            self._widgets[element.button_group.id.rpartition("-")[2]] = element.button_group
        return element.html.body.count("<article") if kind == "html" else 0
