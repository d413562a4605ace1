"""Grow a catalogue of any size: seeded, streamed, with words as frequent as in real texts.

::

    python3 run.py python benchmarks/corpus.py -n 100000 -o corpus.parquet
    python3 run.py python benchmarks/corpus.py -n 2000000 -o eo1.csv --layout irs

The first writes a catalogue as Parquet, the second the same charities as the IRS publishes its
Business Master File, for `import us-irs-bmf`. The first rows of a larger catalogue are those of a
smaller one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from benchmarks._shared import SEED
from benchmarks._texts import EVENNESS, inside, texts
from benchmarks._words import Words, load_words, made_up
from recommender.registers.us_irs_bmf import activities
from recommender.schema import NOT_STATED, SIZES

BATCH = 10_000
"""Charities drawn together; each batch has a seed of its own."""

PRIORITIES_SHARES = (0.5, 0.35, 0.15)
"""Which shares of the charities are about one, two and three priorities."""

KINDS = ("Foundation", "Trust", "Society", "Association", "Fund", "Network", "Centre", "Project")
STATES = ("CA", "TX", "FL", "NY", "PA", "IL", "OH", "GA", "NC", "MI", "ME", "AK", "PR", "")
HEADER = (
    "EIN NAME ICO STREET CITY STATE ZIP GROUP SUBSECTION AFFILIATION CLASSIFICATION RULING "
    "DEDUCTIBILITY FOUNDATION ACTIVITY ORGANIZATION STATUS TAX_PERIOD ASSET_CD INCOME_CD "
    "FILING_REQ_CD PF_FILING_REQ_CD ACCT_PD ASSET_AMT INCOME_AMT REVENUE_AMT NTEE_CD SORT_NAME"
)
_SCATTER = 387_420_489  # odd and no multiple of 5: numbers of nine digits, each once


@dataclass(frozen=True)
class Drawn:
    """What is drawn of each charity beside its text. The shares are near those of a register."""

    ein: pa.Array
    name: pa.Array
    state: np.ndarray
    income: np.ndarray
    deductibility: np.ndarray
    status: np.ndarray
    faith_based: np.ndarray
    priorities: np.ndarray


def drawn(rng: np.random.Generator, batch: int, words: Words) -> Drawn:
    """Draw the charities of a batch."""
    amounts = np.exp(rng.normal(11.5, 2.0, BATCH)).astype(np.int64)
    own, kind = rng.integers(0, EVENNESS, BATCH), rng.choice(KINDS, BATCH)
    priorities = rng.integers(0, len(words.topics), (BATCH, len(PRIORITIES_SHARES)))
    count = rng.choice(len(PRIORITIES_SHARES), BATCH, p=PRIORITIES_SHARES)[:, None]
    # Of three priorities those beyond its count are replaced by its first.
    beyond = np.arange(len(PRIORITIES_SHARES)) > count
    priorities = np.where(beyond, priorities[:, :1], priorities)
    subject = inside(words).take(pa.array(words.background[rng.integers(0, 1 << 20, BATCH)]))
    name = [pa.array(np.char.capitalize(made_up(own))), pc.utf8_title(subject), pa.array(kind)]
    number = (batch * BATCH + np.arange(BATCH, dtype=np.int64)) * _SCATTER % 10**9
    return Drawn(
        ein=pc.utf8_lpad(pa.array(number).cast(pa.string()), 9, "0"),
        name=pc.binary_join_element_wise(*name, " "),
        state=rng.choice(STATES, BATCH),
        income=np.where(rng.random(BATCH) < 0.35, 0, amounts),
        deductibility=rng.choice(["1", "2", "4"], BATCH, p=[0.8, 0.15, 0.05]),
        status=rng.choice(["01", "25", "99"], BATCH, p=[0.95, 0.03, 0.02]),
        faith_based=rng.choice(["yes", "no", NOT_STATED], BATCH, p=[0.2, 0.5, 0.3]),
        priorities=priorities,
    )


def catalogue(rng: np.random.Generator, batch: int) -> pa.RecordBatch:
    """Return a batch of a catalogue."""
    words = load_words()
    charities = drawn(rng, batch, words)
    sizes = np.array(SIZES)[
        np.searchsorted([10**4, 10**5, 10**6, 10**7], charities.income, "right")
    ]
    deductible = {"1": "US=yes", "2": "US=no", "4": ""}
    return pa.RecordBatch.from_pydict(
        {
            "charity_id": pc.binary_join_element_wise("US-EIN", charities.ein, "-"),
            "name": charities.name,
            "description": texts(rng, words, charities.priorities),
            "country": np.where(charities.state == "", "", "US"),
            "region": charities.state,
            "size": np.where(charities.income == 0, NOT_STATED, sizes),
            "status": np.where(charities.status == "99", NOT_STATED, "active"),
            "tax_deductible": [deductible[code] for code in charities.deductibility],
            "described_by": np.repeat("the charity", BATCH),
            "faith_based": charities.faith_based,
        }
    )


def irs(rng: np.random.Generator, batch: int) -> pa.RecordBatch:
    """Return a batch of the Business Master File: no text, but an activity code."""
    charities = drawn(rng, batch, load_words())
    codes = np.array([*activities(), *[""] * 50])
    cells = dict.fromkeys(HEADER.split(), np.repeat("", BATCH)) | {
        "EIN": charities.ein,
        "NAME": pc.utf8_upper(charities.name),
        # A person's name, which no import may let through.
        "ICO": np.repeat("% JO Q OFFICER", BATCH),
        "STREET": np.char.add(rng.integers(1, 9999, BATCH).astype(str), " MAIN ST"),
        "CITY": np.char.upper(made_up(rng.integers(0, EVENNESS, BATCH))),
        "STATE": charities.state,
        "ZIP": np.char.zfill(rng.integers(501, 99950, BATCH).astype(str), 5),
        "SUBSECTION": np.repeat("03", BATCH),
        "RULING": np.char.add(rng.integers(1940, 2026, BATCH).astype(str), "06"),
        "DEDUCTIBILITY": charities.deductibility,
        "STATUS": charities.status,
        "ASSET_AMT": (charities.income * 2).astype(str),
        "INCOME_AMT": charities.income.astype(str),
        "REVENUE_AMT": charities.income.astype(str),
        "NTEE_CD": rng.choice(codes, BATCH),
    }
    return pa.RecordBatch.from_pydict(cells)


def batches(size: int, layout: str, seed: int = SEED) -> Iterator[pa.RecordBatch]:
    """Yield `size` rows of a layout, a batch at a time."""
    make = LAYOUTS[layout][0]
    for batch, done in enumerate(range(0, size, BATCH)):
        yield make(np.random.default_rng([seed, batch]), batch)[: size - done]


def write(path: Path, size: int, layout: str = "catalogue", seed: int = SEED) -> None:
    """Write a file of `size` rows."""
    rows = batches(size, layout, seed)
    first = next(rows)
    with LAYOUTS[layout][1](path, first.schema) as file:
        file.write_batch(first)
        for batch in rows:
            file.write_batch(batch)


def _parquet(path: Path, schema: pa.Schema) -> AbstractContextManager[Any]:
    return pq.ParquetWriter(path, schema, compression="zstd")


def _commas(path: Path, schema: pa.Schema) -> AbstractContextManager[Any]:
    options = pa_csv.WriteOptions(quoting_style="none", quoting_header="none")
    return pa_csv.CSVWriter(path, schema, write_options=options)


LAYOUTS = {"catalogue": (catalogue, _parquet), "irs": (irs, _commas)}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-n", type=int, required=True, metavar="N", help="how many charities")
    parser.add_argument("-o", type=Path, required=True, metavar="FILE", help="where to write them")
    parser.add_argument("--layout", choices=LAYOUTS, default="catalogue")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    if options.n < 1:
        parser.error("-n: expected 1 or more")
    start = time.perf_counter()
    write(options.o, options.n, options.layout, options.seed)
    seconds = time.perf_counter() - start
    print(f"{options.n:,} charities in {seconds:.1f} s, {options.o.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
