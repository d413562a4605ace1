"""What the tests of matching many donors share: an index of some thousand charities, and donors."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from recommender import Recommender, load_catalogue, load_priorities
from recommender.building import build_index
from recommender.donors import Donor
from recommender.schema import CATALOGUE, defaults
from recommender.text import sentences

ROOT = Path(__file__).parents[1]
SIZE = 2_400
"""More than `recommend` ranks without a guess."""

COUNTRIES = ["GB", "US", "KR", ""]


def grown(size: int) -> pd.DataFrame:
    """A catalogue of sentences of the shipped one, in one language or two; some stand twice."""
    random, shipped = np.random.default_rng(7), load_catalogue()
    pieces = {
        column: [text[a:b].strip() for text in shipped[column] for a, b in sentences(text)]
        for column in ("description", "description_ko")
    }

    def text(column: str) -> str:
        return " ".join(random.choice(pieces[column], random.integers(1, 4)))

    rows = []
    for number in range(size):
        kind = random.integers(0, 10)
        row = {"description": text("description"), "description_ko": text("description_ko")}
        row |= (
            {"description": "Qux quux."}
            if kind == 0
            else {"description_ko": ""}
            if kind < 8
            else {}
        )
        if number % 20 == 19:
            row = {name: rows[-1][name] for name in row}
        place = {"country": COUNTRIES[number % len(COUNTRIES)], "size": "under 10k"}
        rows.append(
            {"charity_id": f"c{number * 7919 % size:05d}", "name": f"Xyz {number}"} | row | place
        )
    blank = defaults(CATALOGUE)
    return pd.DataFrame([{**blank, **row} for row in rows], dtype=str)


def index_of(folder: Path, size: int = SIZE) -> Path:
    """An index on disk of a grown catalogue."""
    grown(size).to_parquet(folder / "grown.parquet", index=False)
    build_index(folder / "grown.parquet", folder / "grown.index", load_priorities())
    return folder / "grown.index"


def some_donors(model: Recommender, count: int, words: bool = True) -> list[Donor]:
    """Donors who weigh a few priorities, some of them with facets, some with own words."""
    random, ids = np.random.default_rng(3), np.array(model.agenda_)
    found = []
    for number in range(count):
        chosen = set(random.choice(ids, random.integers(0, 6), replace=False).tolist())
        answers = {n: float(random.integers(0, 6)) for n in model.priorities_.ids if n in chosen}
        said = {7: "schools for refugees", 3: "장학금"}.get(number % 11, "") if words else ""
        only = {"country": ("GB", "KR")} if number % 5 == 0 else {}
        hide = {"country": ("not stated",)} if number % 6 == 0 else {}
        found.append(Donor(f"d{number:04d}", answers, said, only, hide))
    return found


def write(donors: Sequence[Donor], path: Path) -> Path:
    """Write donors as the table that a platform would hand over."""
    rows = []
    for donor in donors:
        choices = {f"only:{k}": "|".join(v) for k, v in donor.only.items()}
        choices |= {f"hide:{k}": "|".join(v) for k, v in donor.hide.items()}
        rows.append({"donor_id": donor.donor_id, **donor.answers, "text": donor.text, **choices})
    table = pd.DataFrame(rows)
    if path.suffix == ".parquet":
        table.to_parquet(path, index=False)
    else:
        table.to_csv(path, index=False)
    return path


def read(folder: Path) -> list[dict[str, object]]:
    """All parts as rows, in the order of their names."""
    return [
        row
        for part in sorted(folder.glob("part-*.parquet"))
        for row in pd.read_parquet(part).to_dict("records")
    ]


def started(*arguments: str | Path, **options: object) -> subprocess.Popen[str]:
    """Start Python in a group of its own, so that all of it can be killed at once."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=hears_ctrl_c if os.name == "posix" else None,
        **options,
    )


def hears_ctrl_c() -> None:
    """Let a process hear Ctrl-C, which whoever was started in the background passes over."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def killed(process: subprocess.Popen[str]) -> None:
    """Kill a process and all that it started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something; fail if it doesn't come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def same(one: Sequence[object], other: Sequence[object]) -> bool:
    """Compare rows whose lists pandas gives as arrays."""
    return json.dumps(one, default=_plain) == json.dumps(other, default=_plain)


def _plain(value: object) -> object:
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else str(value)
