"""Whether the page stands many visitors for long: its errors, and what it keeps in memory.

::

    python3 run.py python benchmarks/soak.py --minutes 5 --users 50
    python3 run.py python benchmarks/soak.py --minutes 5 --users 50 --write

A server is started and visited over WebSockets, as `load.py` does. Each visitor answers for a
while, goes, and another comes. What the server has in memory is looked at all the time; the last
line is the verdict, and the status 1 if any answer failed. The second puts both into README.md
here.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks._shared import SEED, machine, show
from benchmarks._visitor import Visitor
from benchmarks.load import STEPS, THINKS, running

STAYS = 20
"""Answers of a visit, on mean."""

SAMPLES = 120
"""How often the server's memory is looked at."""

SETTLED = 0.25
"""The share of the time after which memory is compared: before, everybody is new."""

HEAD = "| minutes | answers | server, MB |\n|---|---|---|"


@dataclass
class Soak:
    """What happened.

    Attributes
    ----------
    answers, visits : int
    errors : list of str
        What went wrong, each time.
    samples : list of (float, int, float)
        At a time in seconds: how many answers there had been, and the server's megabytes.
    """

    answers: int = 0
    visits: int = 0
    errors: list[str] = field(default_factory=list)
    samples: list[tuple[float, int, float]] = field(default_factory=list)

    def sample(self, seconds: float, memory: float) -> None:
        """Note what the server has in memory."""
        self.samples.append((seconds, self.answers, memory))

    def growth(self) -> float:
        """Return the megabytes that 1,000 answers added, by a line through the later samples."""
        last = self.samples[-1][0]
        later = np.array([s for s in self.samples if s[0] >= SETTLED * last])
        answers, memory = later[:, 1], later[:, 2]
        if len(np.unique(answers)) < 2:
            return 0.0
        return float(np.polyfit(answers / 1000, memory, 1)[0])

    def verdict(self) -> str:
        """Return all of it in a line."""
        first, last = self.samples[0][2], self.samples[-1][2]
        return (
            f"{'FAILED' if self.errors else 'stood'}: {self.answers:,} answers of "
            f"{self.visits:,} visits in {self.samples[-1][0] / 60:.1f} minutes, "
            f"{len(self.errors)} errors; memory {first:,.0f} MB at the start, {last:,.0f} MB at "
            f"the end, {self.growth():+.2f} MB for 1,000 answers."
        )


async def soak(url: str, memory: Callable[[], float], users: int, seconds: float) -> Soak:
    """Let so many visitors be there at a time, for a while."""
    found, start = Soak(), time.perf_counter()
    end = start + seconds
    places = [
        asyncio.create_task(take_turns(url, end, found, np.random.default_rng([SEED, place])))
        for place in range(users)
    ]
    found.sample(0, memory())
    while time.perf_counter() < end:
        await asyncio.sleep(min(seconds / SAMPLES, max(end - time.perf_counter(), 0)))
        found.sample(time.perf_counter() - start, memory())
    await asyncio.gather(*places)
    found.sample(time.perf_counter() - start, memory())
    return found


async def take_turns(url: str, end: float, found: Soak, rng: np.random.Generator) -> None:
    """Be one visitor after another; what goes wrong ends a visit, and is noted."""
    while time.perf_counter() < end:
        visitor = Visitor(url)
        try:
            await visit(visitor, end, found, rng)
            found.visits += 1
        except Exception as error:  # noqa: BLE001 - whatever it is counts as an error
            found.errors.append(f"{type(error).__name__}: {error}")
            await asyncio.sleep(1)  # a server that is gone isn't asked without a pause
        finally:
            await visitor.end()


async def visit(visitor: Visitor, end: float, found: Soak, rng: np.random.Generator) -> None:
    """Answer as often as it happens; every answer has to draw something."""
    await visitor.begin()
    for _ in range(rng.geometric(1 / STAYS)):
        pause = rng.exponential(THINKS)
        if time.perf_counter() + pause > end:
            await asyncio.sleep(max(end - time.perf_counter(), 0))
            return
        await asyncio.sleep(pause)
        answer = await visitor.rate(str(rng.choice(visitor.priorities)), int(rng.integers(STEPS)))
        assert answer.whole > 0
        found.answers += 1


def table(found: Soak) -> str:
    """Return ten of the samples as Markdown."""
    chosen = np.linspace(0, len(found.samples) - 1, 11).round().astype(int)
    rows = [
        f"| {seconds / 60:.1f} | {answers:,} | {memory:,.0f} |"
        for seconds, answers, memory in (found.samples[i] for i in np.unique(chosen))
    ]
    return "\n".join([HEAD, *rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--index", type=Path, help="an index on disk; else the shipped charities")
    parser.add_argument("--users", type=int, default=50, help="how many are there at a time")
    parser.add_argument("--minutes", type=float, default=5.0, help="how long it lasts")
    parser.add_argument("--write", action="store_true", help="put what came of it into README.md")
    options = parser.parse_args()
    with running(options.index) as server:
        found = asyncio.run(
            soak(server.url, lambda: server.memory, options.users, 60 * options.minutes)
        )
    for error in sorted(set(found.errors)):
        print(f"{found.errors.count(error)} times: {error}", file=sys.stderr)
    measured = f"Measured on {machine()}, {options.users} visitors and the server on the same ones."
    show("soak", f"{table(found)}\n\n{measured}\n\n{found.verdict()}", options.write)
    sys.exit(1 if found.errors or not found.answers else 0)


if __name__ == "__main__":
    main()
