"""What the page costs with many visitors: how soon it answers, what it sends, what it remembers.

::

    python3 run.py python benchmarks/load.py
    python3 run.py python benchmarks/load.py --index us.index --users 1 --visits 0
    python3 run.py python benchmarks/load.py --write

A server is started and visited over WebSockets, as by browsers that draw nothing. Each visitor
changes one answer, thinks for a while and changes another. The third puts the tables of the shipped
charities into README.md here.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks._shared import SEED, machine, show
from benchmarks._visitor import Answer, Visitor

ROOT = Path(__file__).parents[1]
USERS, THINKS, ALONE_THINKS, LASTS = (1, 50, 100), 5.0, 0.3, 60.0
VISITS, SETTLED = 1000, 100
"""Visits one after the other, and those after which the server's memory is first looked at."""

STEPS = 7
"""Of each scale: skip, and 0 to 5."""

HEAD = (
    "| visitors | answers | median, ms | 95 %, ms | longest, ms | kB an answer | unsqueezed "
    "| server, MB |\n|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    pid: int

    @property
    def memory(self) -> float:
        """Megabytes in memory; only Linux tells."""
        status = Path(f"/proc/{self.pid}/status")
        if not status.exists():
            return math.nan
        told = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(told["VmRSS"].split()[0]) / 1e3


@contextmanager
def running(index: Path | None) -> Iterator[Server]:
    """Yield a server of the page; what it says goes to a file that is gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.port", port, *(["--", "--index", str(index.resolve())] if index else [])]
    with tempfile.TemporaryFile() as log:
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            until_healthy(url, process)
            yield Server(url, process.pid)
        finally:
            process.terminate()
            process.wait()


def until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server says that it is healthy."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):  # noqa: S310
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the server ended")


async def first_visit(url: str) -> float:
    """Return how many seconds the first visitor waits for the first result, connecting included."""
    visitor, start = Visitor(url), time.perf_counter()
    await visitor.begin()
    waited = time.perf_counter() - start
    await visitor.end()
    return waited


async def visits(url: str, users: int, seconds: float) -> list[Answer]:
    """Return the answers that so many visitors got in a while, all of them there from its start."""
    think = THINKS if users > 1 else ALONE_THINKS
    visitors = [Visitor(url) for _ in range(users)]
    for visitor in visitors:
        await visitor.begin()
    end = time.perf_counter() + seconds
    stays = (stay(v, end, think, np.random.default_rng([SEED, i])) for i, v in enumerate(visitors))
    answers = await asyncio.gather(*stays)
    await asyncio.gather(*(visitor.end() for visitor in visitors))
    return [answer for of_one in answers for answer in of_one]


async def stay(
    visitor: Visitor, end: float, think: float, rng: np.random.Generator
) -> list[Answer]:
    """Change one answer after another; thinking takes as long as it happens to, `think` on mean."""
    found = []
    while True:
        pause = rng.exponential(think)
        if time.perf_counter() + pause > end:
            return found
        await asyncio.sleep(pause)
        found.append(
            await visitor.rate(str(rng.choice(visitor.priorities)), int(rng.integers(STEPS)))
        )


async def come_and_go(server: Server, count: int) -> tuple[float, float]:
    """Visit one after the other; return the server's memory after the first ones and the last."""
    settled = server.memory
    for number in range(count):
        visitor = Visitor(server.url)
        await visitor.begin()
        await visitor.end()
        if number + 1 == SETTLED:
            settled = server.memory
    return settled, server.memory


def row(users: int, answers: list[Answer], memory: float) -> str:
    """Return a row of the table."""
    times = 1000 * np.array([answer.seconds for answer in answers])
    sizes = np.median([(answer.sent, answer.whole) for answer in answers], axis=0) / 1000
    figures = [*np.quantile(times, [0.5, 0.95, 1.0]), *sizes, memory]
    return (
        "| " + " | ".join([f"{users:,}", f"{len(times):,}", *(f"{f:,.0f}" for f in figures)]) + " |"
    )


def table(index: Path | None, users: list[int], seconds: float, count: int) -> str:
    """Return what was measured, as Markdown."""
    lines = [HEAD]
    with running(index) as server:
        first = asyncio.run(first_visit(server.url))
        for number in users:
            print(f"{number} visitors", file=sys.stderr, flush=True)
            answers = asyncio.run(visits(server.url, number, seconds))
            lines.append(row(number, answers, server.memory))
        lines += [
            "",
            f"The first visitor, once the server was healthy, had a result after {first:.2f} s.",
            "",
        ]
        if count:
            print(f"{count} visits", file=sys.stderr, flush=True)
            settled, after = asyncio.run(come_and_go(server, count))
            lines += [
                f"{count:,} visits one after the other: the server had {settled:,.0f} MB in memory "
                f"after the first {min(SETTLED, count)}, {after:,.0f} MB after the last.",
                "",
            ]
    return "\n".join([*lines, f"Measured on {machine()}, visitors and server on the same ones."])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--index", type=Path, help="an index on disk; else the shipped charities")
    parser.add_argument("--users", type=int, nargs="+", default=USERS, metavar="N", help="at once")
    parser.add_argument("--seconds", type=float, default=LASTS, help="how long each number stays")
    parser.add_argument("--visits", type=int, default=VISITS, help="one after the other; 0: none")
    parser.add_argument("--write", action="store_true", help="put the tables into README.md")
    options = parser.parse_args()
    name = "load of an index" if options.index else "load"
    show(name, table(options.index, options.users, options.seconds, options.visits), options.write)


if __name__ == "__main__":
    main()
