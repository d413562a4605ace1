"""The first pass over a catalogue file: its texts are read and their terms counted, in batches.

Several processes may share a Parquet file, a row group each at a time. What they find lies in
files, but for the terms, which each reader numbers in its own order and which are numbered anew
as the batches come.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from .background import Background
from .batches import BATCH, open_parquet, print_of, read_group, tidied, wrong_cells
from .catalogue import load_catalogue
from .charities import all_silent, frames
from .counting import TermCounter
from .errors import Problem, RecommenderError
from .priorities import Priorities
from .schema import DESCRIPTIONS
from .weighting import Vocabulary

MOST_PROBLEMS = 100

Told = Callable[[str, int, int], None]
"""Is told what is being done, how many charities it has been done for, and of how many."""


@dataclass
class Counted:
    """One batch after the first pass.

    Attributes
    ----------
    rows : int
    path : Path
        Where its charities and counts lie.
    reader : str
        Which reader numbered its terms.
    terms : mapping of language to list of str
        The terms that this reader met first in this batch.
    prints : int
    problems : list of Problem
        The first MOST_PROBLEMS of them, so that a file full of them fits into memory.
    wrong : int
        How many there are.
    """

    rows: int
    path: Path
    reader: str
    terms: dict[str, list[str]]
    prints: int
    problems: list[Problem]
    wrong: int


class BatchReader:
    """Reads batches of charities, numbering the terms of all that it reads.

    Parameters
    ----------
    priorities : Priorities
    name : str
        Tells this reader from others.
    """

    def __init__(self, priorities: Priorities, name: str) -> None:
        self.name = name
        self._counters = {
            language: TermCounter(priorities.analyser, language) for language in DESCRIPTIONS
        }

    def read(self, table: pa.Table, first: int, path: Path) -> Counted:
        """Check a batch, count its terms and put both down at `path`; `first` is its first row."""
        problems = list(wrong_cells(table, first))
        path.mkdir()
        with pa.OSFile(str(path / "charities.arrow"), "wb") as sink:  # noqa: SIM117
            with pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table)
        silent, terms = all_silent(table), {}
        for language, column in DESCRIPTIONS.items():
            if column in table.column_names:
                terms[language] = self._count(language, table.column(column), silent, path)
        first_of = problems[:MOST_PROBLEMS]
        return Counted(len(table), path, self.name, terms, print_of(table), first_of, len(problems))

    def _count(
        self, language: str, texts: pa.ChunkedArray, silent: list[list[str]], path: Path
    ) -> list[str]:
        counter = self._counters[language]
        known = len(counter.terms)
        counts = counter.count(texts.to_pylist(), silent)
        for name in ("data", "indices", "indptr"):
            np.save(path / f"{language}.{name}.npy", getattr(counts, name), allow_pickle=False)
        return counter.terms[known:]


@dataclass
class Terms:
    """The terms of one language, numbered as they come from several readers."""

    numbers: dict[str, int] = field(default_factory=dict)
    of_reader: dict[str, list[int]] = field(default_factory=dict)

    def meet(self, reader: str, terms: Sequence[str]) -> None:
        """Number a reader's next terms."""
        known = self.of_reader.setdefault(reader, [])
        known += [self.numbers.setdefault(term, len(self.numbers)) for term in terms]


@dataclass
class Pass:
    """What the first pass has found so far, the batches in the order of the file."""

    batches: list[Counted] = field(default_factory=list)
    terms: dict[str, Terms] = field(default_factory=dict)

    def take(self, batch: Counted) -> None:
        """Add the next batch."""
        self.batches.append(batch)
        for language, terms in batch.terms.items():
            self.terms.setdefault(language, Terms()).meet(batch.reader, terms)

    @cached_property
    def size(self) -> int:
        """How many charities there are."""
        return sum(batch.rows for batch in self.batches)

    def counts(
        self, language: str, told: Callable[[int], object] = bool
    ) -> Iterator[tuple[np.ndarray, sparse.csr_array]]:
        """Yield each batch's counts of one language, with the numbers of their terms."""
        numbers = {
            reader: np.array(known, dtype=np.int64)
            for reader, known in self.terms[language].of_reader.items()
        }
        done = 0
        for batch in self.batches:
            loaded = [
                np.load(batch.path / f"{language}.{name}.npy", allow_pickle=False)
                for name in ("data", "indices", "indptr")
                if language in batch.terms
            ] or [np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(batch.rows + 1, np.int32)]
            known = numbers.get(batch.reader, np.zeros(0, dtype=np.int64))
            yield known, sparse.csr_array(tuple(loaded), shape=(batch.rows, len(known)))
            done += batch.rows
            told(done)

    def vocabulary(self, language: str, background: Background, weight: float) -> Vocabulary:
        """Return what is known of a language's terms."""
        terms = self.terms[language].numbers
        frequency, documents = np.zeros(len(terms), dtype=np.int64), 0
        for numbers, counts in self.counts(language):
            np.add.at(frequency, numbers, np.bincount(counts.indices, minlength=len(numbers)))
            documents += int((np.diff(counts.indptr) > 0).sum())
        return Vocabulary.of(list(terms), frequency, documents, background, weight)


def read_catalogue(
    source: Path, scratch: Path, priorities: Priorities, workers: int, told: Told
) -> Iterator[Counted]:
    """Yield the batches of a file in their order, each checked, its terms counted.

    Raises
    ------
    RecommenderError
        If there is no such file, if it can't be read at all, or if a process was stopped.
    """
    if not source.is_file():
        raise RecommenderError(f"no file {source}. Name an existing CSV or Parquet file.")
    if source.suffix != ".parquet":
        yield from _read_table(load_catalogue(source), scratch, priorities, told)
        return
    file = open_parquet(source)
    total = file.metadata.num_rows
    sizes = [file.metadata.row_group(g).num_rows for g in range(file.num_row_groups)]
    firsts = np.concatenate([[0], np.cumsum(sizes)]).tolist()
    done = 0
    with _processes(min(workers, len(sizes)), priorities) as submit:
        jobs = [
            submit(source, group, first + 1, scratch / f"group-{group}")
            for group, (first, _) in enumerate(pairwise(firsts))
        ]
        for job in jobs:
            for batch in job():
                done += batch.rows
                told("Reading", done, total)
                yield batch


def _read_table(
    catalogue: pd.DataFrame, scratch: Path, priorities: Priorities, told: Told
) -> Iterator[Counted]:
    table = tidied(pa.Table.from_pandas(catalogue.reset_index(), preserve_index=False))
    reader, first = BatchReader(priorities, "own"), 1
    for number, batch in enumerate(frames(table, BATCH)):
        yield reader.read(batch, first, scratch / f"batch-{number}")
        first += len(batch)
        told("Reading", first - 1, len(table))


_Job = Callable[[], list[Counted]]


@contextmanager
def _processes(workers: int, priorities: Priorities) -> Iterator[Callable[..., _Job]]:
    """Yield what hands a row group to a process, or to this one, and returns how to wait for it."""
    if workers <= 1:
        reader = BatchReader(priorities, "own")
        yield lambda *group: lambda: _read_group(reader, *group)
        return
    context = get_context("spawn")  # a fork of a process with threads can hang
    pool = ProcessPoolExecutor(workers, context, _start, (priorities,))
    try:

        def submit(*group: Any) -> _Job:
            future: Future[list[Counted]] = pool.submit(_read_in_process, *group)
            return future.result

        yield submit
    except BrokenProcessPool as error:
        raise RecommenderError(
            "a process that read the file was stopped, as it is where memory runs out. "
            "Give fewer --workers."
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_OWN: dict[str, BatchReader] = {}


def _start(priorities: Priorities) -> None:
    _OWN["reader"] = BatchReader(priorities, str(os.getpid()))


def _read_in_process(source: Path, group: int, first: int, folder: Path) -> list[Counted]:
    return _read_group(_OWN["reader"], source, group, first, folder)


def _read_group(
    reader: BatchReader, source: Path, group: int, first: int, folder: Path
) -> list[Counted]:
    folder.mkdir()
    found = []
    for number, table in enumerate(read_group(source, open_parquet(source), group)):
        found.append(reader.read(table, first, folder / str(number)))
        first += len(table)
    return found
