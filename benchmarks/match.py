"""What it costs to match many donors with many charities: alone, in processes, on a cluster.

::

    python3 run.py python benchmarks/match.py -n 100000
    python3 run.py python benchmarks/match.py -n 1000000 --donors 10000 --write
    python3 run.py python benchmarks/match.py --index us.index

The first prints the table, the second puts it into README.md here; the third takes an index that
there is. Donors weigh one to eight of the catalogue's priorities. Every way has to find the same.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks._shared import SEED, machine, show
from benchmarks.corpus import write
from recommender import Recommender, load_priorities
from recommender.building import build_index
from recommender.bulk import match_donors
from recommender.matcher import Matcher
from recommender.matches import GROUP

ROOT = Path(__file__).parents[1]
K, BLOCK, ALONE = 10, 250, 100
"""Charities a donor, donors a part, and donors who are ranked one by one."""

MOST_WEIGHED, PROCESSES = 8, 2

HEAD = (
    "| {:,} donors, {:,} charities | a core, × `recommend` | donors a second a core "
    "| donors a second | until the first part, s | in all, s |\n|---|---|---|---|---|---|"
)


@dataclass
class Timed:
    """How a job went: when each told of how many donors were done, in seconds."""

    told: list[tuple[float, int]]

    @property
    def first(self) -> float:
        """When the first part was there."""
        return next(at for at, done in self.told if done)

    @property
    def pace(self) -> float:
        """Donors a second, from the first part to the last."""
        (begun, before), (ended, after) = next(t for t in self.told if t[1]), self.told[-1]
        return (after - before) / (ended - begun)


def donors(model: Recommender, count: int, path: Path) -> pd.DataFrame:
    """Write the table of made-up donors, and return it."""
    random, rows = np.random.default_rng(SEED), []
    for number in range(count):
        chosen = random.choice(model.agenda_, random.integers(1, MOST_WEIGHED + 1), replace=False)
        rows.append({"donor_id": f"d{number}"} | {p: random.integers(1, 6) for p in chosen})
    columns = ["donor_id", *(p for p in model.priorities_.ids if p in model.agenda_)]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:], "Int64"))
    table.to_csv(path, index=False)
    return table


def one_by_one(model: Recommender, table: pd.DataFrame) -> tuple[float, list[str]]:
    """Return donors a second by `recommend`, after one that warms the caches, and what it found."""
    asked = [
        row.dropna().astype(float).to_dict() for _, row in table.set_index("donor_id").iterrows()
    ]
    model.recommend(asked[0], k=K)
    start = time.perf_counter()
    found = [i for answers in asked[:ALONE] for i in model.recommend(answers, k=K).index]
    return min(ALONE, len(asked)) / (time.perf_counter() - start), found


def looked_at(model: Recommender, table: pd.DataFrame) -> float:
    """Return the median of the charities whose group may hold one of a donor's first K."""
    names, matcher = tuple(table.columns[1:]), Matcher(model, K)
    matches = matcher.matches(names, (0, model.index_.size_))
    weights = table[: 10 * ALONE].set_index("donor_id").fillna(0).to_numpy(np.float64)
    weights /= weights.sum(axis=1, keepdims=True)
    best = matches.best(weights, K, [None] * len(weights), model.charities_.places)
    counts = []
    for own, lines in zip(weights, best, strict=True):
        least = np.sort(matches.values[lines] @ own)[-K:][0]
        counts.append(GROUP * np.count_nonzero(own.astype(np.float32) @ matches.most >= least))
    return float(np.median(counts))


def timed(table: Path, index: Path, out: Path, **how: object) -> Timed:
    """Match all donors in one way."""
    start, told = time.perf_counter(), []

    def tell(what: str, done: int, total: int) -> None:
        told.append((time.perf_counter() - start, done))

    match_donors(table, index, out, k=K, block=BLOCK, told=tell, **how)
    return Timed(told)


@contextmanager
def cluster() -> Iterator[str]:
    """Yield the address of a scheduler on this machine, with workers of one thread."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    options = ["--host", "127.0.0.1", "--no-dashboard"]
    commands = [["dask_scheduler", "--port", str(port), *options]]
    commands += [["dask_worker", address, "--nthreads", "1", "--no-nanny", *options]] * PROCESSES
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"PYTHONPATH": str(ROOT), "DASK_TEMPORARY_DIRECTORY": folder}
        running = [
            subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
                env=env,
                stderr=subprocess.DEVNULL,
            )
            for module, *arguments in commands
        ]
        try:
            from distributed import Client

            with Client(address, timeout=60, set_as_default=False) as client:
                client.wait_for_workers(PROCESSES, timeout=60)
            yield address
        finally:
            for process in running:
                process.kill()  # a worker that is asked to end waits for a scheduler that ended
            for process in running:
                process.wait()


def table(index: Path, count: int, folder: Path) -> str:
    """Return the table, as Markdown."""
    model, file = Recommender.open(index), folder / "donors.csv"
    asking = donors(model, count, file)
    alone, expected = one_by_one(model, asking)
    rows = [HEAD.format(count, model.index_.size_)]
    rows.append(f"| `recommend`, one by one | 1.0 | {alone:,.0f} | {alone:,.0f} | – | – |")

    def row(name: str, processes: int, **how: object) -> None:
        out = folder / name
        print(name, file=sys.stderr, flush=True)
        found = timed(file, index, out, **how)
        parts = [pd.read_parquet(part) for part in sorted(out.glob("part-*.parquet"))]
        ids = pd.concat(parts)["charity_id"].tolist()
        assert ids[: len(expected)] == expected, f"{name} found others than recommend"
        own = found.pace / processes
        rows.append(
            f"| {name} | {own / alone:.1f} | {own:,.0f} | {found.pace:,.0f} | {found.first:.1f} "
            f"| {found.told[-1][0]:.1f} |"
        )

    row("`match`, one process", 1, workers=1)
    row(f"`match`, {PROCESSES} processes", PROCESSES, workers=PROCESSES)
    if find_spec("distributed"):
        with cluster() as scheduler:
            row(f"`match`, {PROCESSES} Dask workers", PROCESSES, scheduler=scheduler)
    few = f"a median of {looked_at(model, asking):,.0f} charities is looked at for a donor"
    return "\n".join([*rows, "", f"Measured on {machine()}; {few}."])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-n", type=int, default=100_000, metavar="N", help="charities")
    parser.add_argument("--donors", type=int, default=10_000, metavar="N")
    parser.add_argument("--index", type=Path, help="an index on disk; else one is made of -n")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder, index = Path(temporary), options.index
        if index is None:
            index = folder / "grown.index"
            write(folder / "grown.parquet", options.n)
            workers = os.cpu_count() or 1
            build_index(folder / "grown.parquet", index, load_priorities(), workers=workers)
        found = table(index, options.donors, folder)
    show("match", found, options.write)


if __name__ == "__main__":
    main()
