"""What the tests of the real server share: starting it in any way, and asking it without a browser.

The connection that a browser opens is opened here by hand, to say what no browser would.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

ROOT = Path(__file__).parents[1]
UVICORN = "import uvicorn; uvicorn.main()"
STREAMLIT = "import sys; from streamlit.web.cli import main; sys.argv[0] = 'streamlit'; main()"


class Served(NamedTuple):
    """A running server: its address, its port, its process and the file that has its output."""

    url: str
    port: int
    pid: int
    log: Path

    def said(self) -> str:
        """All that it has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")


class Answer(NamedTuple):
    """An HTTP answer: status, headers by lower-case names, body."""

    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def serving(
    log: Path,
    *options: str,
    script: str | Path = "app.py",
    before: str = "",
    environment: Mapping[str, str] | None = None,
    by: str = STREAMLIT,
) -> Iterator[Served]:
    """Start the server in the project's folder, after some code of ours, and stop it at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["run", str(script), "--server.port", str(port), "--server.headless", "true"]
    if by == UVICORN:
        arguments = ["app:app", "--port", str(port)]
    paths = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", f"{before}\n{by}", *arguments, *options],
            cwd=ROOT,
            env={**os.environ, **paths, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert process.stdout
        # A pipe of its own, not the file: a server that may write no file prints all the same.
        copier = subprocess.Popen(["cat"], stdin=process.stdout, stdout=output)
        process.stdout.close()
        try:
            wait_for(port, process, log)
            yield Served(f"http://127.0.0.1:{port}", port, process.pid, log)
        finally:
            process.terminate()
            process.wait(10)
            copier.wait(10)


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server says that it is healthy."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
            return
        time.sleep(0.1)
    raise AssertionError(f"the server didn't start:\n{log.read_text(errors='replace')}")


def ask(url: str, path: str, method: str = "GET", body: object = None, **headers: str) -> Answer:
    """Send one request, its path just as it stands here, and return the answer."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=20)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body, given)
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, names, answer.read())
    finally:
        connection.close()


class Session(NamedTuple):
    """An open connection: the session's id, and what the first run of the script sent."""

    session_id: str
    sent: bytes


@contextmanager
def session(url: str, origin: str | None = None, host: str | None = None) -> Iterator[Session]:
    """Open a connection as a page does, to a host of that name, and let the script run once."""
    here = url.removeprefix("http://")
    address = f"ws://{host or here}/_stcore/stream"
    reached = socket.create_connection(("127.0.0.1", int(here.partition(":")[2])))
    with connect(address, sock=reached, origin=origin, max_size=None) as opened:
        opened.send(BackMsg(rerun_script={}).SerializeToString())
        session_id, sent, ended = "", b"", False
        while not ended:
            frame = bytes(opened.recv(timeout=30))
            message = ForwardMsg.FromString(frame)
            session_id = message.new_session.initialize.session_id or session_id
            sent += frame
            ended = message.WhichOneof("type") == "script_finished"
        yield Session(session_id, sent)
