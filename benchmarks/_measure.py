"""Measure one engine in a process of its own: `python -m benchmarks._measure STEP ENGINE FOLDER`.

STEP is `build` or `ask`. What was measured is printed as JSON.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from benchmarks._engines import ENGINES, Engine, kept
from benchmarks._prepared import QUERIES, Query
from benchmarks._product import Product, exactness

SINGLE, WARM_UP = 200, 10
"""Queries that are timed one by one, and those that warm the caches."""

SLICE, LONGEST_BATCH = 50, 30.0
"""Seconds after which a batch is broken off, and the queries between two looks at the clock."""

Found = dict[str, float | list[float]]


def build(engine: Engine, folder: Path, name: str) -> Found:
    """Build an index; return the seconds, and the megabytes on disk."""
    shutil.rmtree(kept(folder, name), ignore_errors=True)  # what an earlier run left
    kept(folder, name).mkdir()
    seconds = seconds_of(engine.build)
    files = (path for path in kept(folder, name).rglob("*") if path.is_file())
    return {"build": seconds, "disk": sum(path.stat().st_size for path in files) / 1e6}


def ask(engine: Engine, folder: Path) -> Found:
    """Open an index and ask it; return all that is told of queries."""
    queries: list[Query] = json.loads((folder / QUERIES).read_text(encoding="utf-8"))
    found: Found = {"open": seconds_of(engine.open)}
    for query in queries[:WARM_UP]:
        engine.top(query)
    single = queries[:SINGLE]
    found["single"] = [1000 * seconds_of(lambda q=q: engine.top(q)) for q in single]
    found["batch"] = rate(engine, queries)
    found |= memory()
    if type(engine) is Product:  # not from question to table, which has other terms
        found |= exactness(engine, single)
    return found


def rate(engine: Engine, queries: list[Query]) -> float:
    """Return how many queries a second a batch of them takes."""
    start, done = time.perf_counter(), 0
    while done < len(queries) and time.perf_counter() - start < LONGEST_BATCH:
        for query in queries[done : done + SLICE]:
            engine.top(query)
        done = min(done + SLICE, len(queries))
    return done / (time.perf_counter() - start)


def memory() -> dict[str, float]:
    """Return the megabytes of this process in memory, and those of them that are mapped files."""
    status = Path("/proc/self/status")
    if not status.exists():  # only Linux tells
        return {"memory": np.nan, "mapped": np.nan}
    told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    names = {"memory": "VmRSS", "mapped": "RssFile"}
    return {key: int(told[name].split()[0]) / 1e3 for key, name in names.items()}


def bandwidth(size: int = 1 << 28, runs: int = 5) -> float:
    """Return the bytes a second that the memory gives: the best of large reads and copies."""
    source, target = np.ones(size // 8), np.zeros(size // 8)
    moved: Iterable[tuple[int, Callable[[], object]]] = [
        (2 * size, lambda: np.copyto(target, source)),
        (size, lambda: source.sum()),
    ]
    return max(b / min(seconds_of(run) for _ in range(runs)) for b, run in moved)


def seconds_of(run: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    step, name, given = sys.argv[1:]
    folder = Path(given)
    engine = ENGINES[name](folder)
    print(json.dumps(build(engine, folder, name) if step == "build" else ask(engine, folder)))


if __name__ == "__main__":
    main()
