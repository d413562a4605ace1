"""What a ranking costs among many charities, beside other ways to rank.

::

    python3 run.py python benchmarks/engines.py -n 10000 100000
    python3 run.py python benchmarks/engines.py -n 10000 100000 1000000 2000000 --write

The first prints the tables for two sizes, the second puts them into README.md here. Catalogues are
grown by corpus.py. Each engine is built in one process and asked in another, one after the other.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._engines import ENGINES, installed
from benchmarks._measure import bandwidth
from benchmarks._prepared import READ, prepare
from benchmarks._product import Product
from benchmarks._shared import machine, show, spread

ROOT = Path(__file__).parents[1]
SIZES, BATCH = (10_000, 100_000), 1000
POSTING, SCORE = 8, 4
"""Bytes: a row and a weight of 32 bits each; and a score that is passed over once."""

HEAD = (
    "| charities | ranked by | × product | median, ms | 99 %, ms | queries a second | open, ms "
    "| memory, MB | mapped, MB | on disk, MB | built, texts a second |"
)
LIMIT_HEAD = (
    "| charities | postings a query | limit, ms | product, × limit | the oracle's ten "
    "| read to terms, texts a second |"
)

Measured = dict[str, Any]


def measured(name: str, folder: Path) -> Measured:
    """Return what an engine's two processes measured."""
    found: Measured = {}
    for step in ("build", "ask"):
        command = [sys.executable, "-m", "benchmarks._measure", step, name, str(folder)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        found |= json.loads(done.stdout.splitlines()[-1])
    return found


def rows(size: int, found: dict[str, Measured]) -> Iterator[str]:
    """Yield the rows of one size."""
    ours = found.get(Product.name)
    for i, (name, one) in enumerate(found.items()):
        median = np.median(one["single"])
        times = f"{median / np.median(ours['single']):.1f}" if ours else "–"
        cells = [
            "" if i else f"{size:,}",
            name,
            times,
            spread(np.array(one["single"]), digits=2),
            f"{one['batch']:,.0f}",
            f"{1000 * one['open']:,.0f}",
            *(f"{one[key]:,.0f}" for key in ("memory", "mapped")),
            *(f"{figure:,.0f}" if one["disk"] else "–" for figure in built(size, one)),
        ]
        yield "|".join(["", *(f" {cell} " if cell else " " for cell in cells), ""])


def built(size: int, one: Measured) -> tuple[float, float]:
    """Return what an engine that builds an index of its own keeps, and how fast it builds it."""
    return one["disk"], size / one["build"]


def limit(size: int, ours: Measured, read: Measured, speed: float) -> str:
    """Return the row that says how near the product is to what the memory allows."""
    least = (ours["postings"] * POSTING + size * SCORE) / speed * 1000
    return (
        f"| {size:,} | {ours['postings']:,.0f} | {least:.2g} "
        f"| {np.median(ours['single']) / least:.1f} | {ours['same']} of {ours['queries']} "
        f"| {read['size'] / read['seconds']:,.0f} |"
    )


def tables(sizes: Iterable[int], names: list[str], folder: Path) -> str:
    """Return both tables, as Markdown."""
    speed = bandwidth()
    engines = [HEAD, rule(HEAD)]
    limits = [LIMIT_HEAD, rule(LIMIT_HEAD)]
    for size in sizes:
        here = folder / str(size)
        prepare(here, size, BATCH)
        found = {}
        for name in names:
            print(f"{size:,}: {name}", file=sys.stderr, flush=True)
            found[name] = measured(name, here)
        engines += rows(size, found)
        if Product.name in found:
            read = json.loads((here / READ).read_text(encoding="utf-8"))
            limits.append(limit(size, found[Product.name], read, speed))
    told = f"Measured on {machine()}; its memory gives {speed / 1e9:.1f} GB a second."
    return "\n".join([*engines, "", *limits, "", told])


def rule(head: str) -> str:
    return "|" + "---|" * (head.count("|") - 1)


def chosen(names: str, error: Any) -> list[str]:
    """Return the engines of a list parted by commas, in the order of ENGINES."""
    wanted = names.split(",") if names else installed()
    for name in wanted:
        if name not in ENGINES:
            error(f"unknown engine {name!r}; there are {', '.join(ENGINES.keys())}")
        if name not in installed():
            error(f"{name} isn't installed: python3 run.py python -m pip install {name}")
    return [name for name in ENGINES if name in wanted]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-n", type=int, nargs="+", default=SIZES, metavar="N", help="charities")
    parser.add_argument("--engines", default="", metavar="A,B", help="which; else all that can run")
    parser.add_argument("--folder", type=Path, help="where to keep catalogues and indexes")
    parser.add_argument("--write", action="store_true", help="put the tables into README.md")
    options = parser.parse_args()
    names = chosen(options.engines, parser.error)
    with tempfile.TemporaryDirectory() as temporary:
        table = tables(options.n, names, options.folder or Path(temporary))
    show("engines", table, options.write)


if __name__ == "__main__":
    main()
