"""A catalogue to an index on disk, in two passes, in bounded memory.

First the texts are read and their terms counted, batch by batch, in several processes; then, with
all frequencies known, every batch is weighted and its columns are put in their places. Between the
passes batches lie beside the index to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
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
import pyarrow.compute as pc
from scipy import sparse

from .agendas import fitting, priority_part
from .background import Background, load_backgrounds
from .batches import (
    BATCH,
    fingerprint_of,
    open_parquet,
    print_of,
    read_group,
    tidied,
    wrong_cells,
)
from .catalogue import load_catalogue
from .charities import all_silent, frames, name_keys, order_of_ids
from .counting import TermCounter
from .errors import CatalogueError, Problem, RecommenderError, UnknownNameError
from .facets import Facets
from .files import scratch_folder
from .index import Index
from .postings import Postings
from .priorities import Priorities
from .schema import DESCRIPTIONS
from .stored import Writing, check_place, writing
from .weighting import Vocabulary, weigh

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
    """

    rows: int
    path: Path
    reader: str
    terms: dict[str, list[str]]
    prints: int
    problems: list[Problem]


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
        return Counted(len(table), path, self.name, terms, print_of(table), problems)

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


def build_index(
    source: Path,
    output: Path,
    priorities: Priorities,
    *,
    background_weight: float = 1000.0,
    agenda: str | None = None,
    workers: int = 1,
    told: Told = lambda *_: None,
) -> int:
    """Index a catalogue file; return how many charities it holds.

    Parameters
    ----------
    source : Path
        A catalogue, CSV or Parquet. Parquet is read a row group at a time.
    output : Path
        A folder; an old index there stays as it is until the new one is whole.
    priorities : Priorities
    background_weight : float, default 1000
        M in `weighting`.
    agenda : str, optional
        The agenda that is kept with the index.
    workers : int, default 1
        Processes that read Parquet.
    told : callable, optional

    Raises
    ------
    CatalogueError
        With every problem found, the first MOST_PROBLEMS of very many.
    RecommenderError
        If the index can't be written.
    """
    check_place(output)
    with scratch_folder(output.absolute().parent, f".{output.name}-") as scratch:
        found = Pass()
        for batch in _read(source, scratch, priorities, workers, told):
            found.take(batch)
        _check(source, found)
        facts: dict[str, Any] = {}
        with writing(output, facts) as new:
            index = _write_postings(new, found, background_weight, told)
            facts |= _write_charities(new, found, source)
            facts |= {
                "size": found.size,
                "languages": list(index.fields_),
                "background_weight": background_weight,
                "fingerprint": fingerprint_of(sum(batch.prints for batch in found.batches)),
                "priorities": priorities.fingerprint,
                "agenda": list(_agenda(index, priorities, agenda)),
            }
    return found.size


def _check(source: Path, found: Pass) -> None:
    problems = [problem for batch in found.batches for problem in batch.problems]
    if problems:
        more = len(problems) - MOST_PROBLEMS
        rest = [Problem("file", f"{more} further problems", "none")] if more > 0 else []
        raise CatalogueError(str(source), [*problems[:MOST_PROBLEMS], *rest])


def _read(
    source: Path, scratch: Path, priorities: Priorities, workers: int, told: Told
) -> Iterator[Counted]:
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
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_OWN: dict[str, BatchReader] = {}


def _start(priorities: Priorities) -> None:
    import os

    _OWN["reader"] = BatchReader(priorities, str(os.getpid()))


def _read_in_process(source: Path, group: int, first: int, folder: Path) -> list[Counted]:
    return _read_group(_OWN["reader"], source, group, first, folder)


def _read_group(
    reader: BatchReader, source: Path, group: int, first: int, folder: Path
) -> list[Counted]:
    folder.mkdir()
    found = []
    for number, table in enumerate(read_group(open_parquet(source), group)):
        found.append(reader.read(table, first, folder / str(number)))
        first += len(table)
    return found


def _agenda(index: Index, priorities: Priorities, named: str | None) -> tuple[str, ...]:
    if named is None:
        parts = {name: priority_part(index, priorities, name) for name in priorities.ids}
        return fitting(index, parts, priorities)
    if named not in priorities.agendas:
        raise UnknownNameError("agenda", named, priorities.agendas)
    return priorities.agendas[named]


def _write_charities(new: Writing, found: Pass, source: Path) -> dict[str, Any]:
    """Write the charities, how they are found, and their facets; return the facets' cells."""
    _write_rows(new, found)
    charities = _written(new)
    by_id = order_of_ids(charities)
    _check_ids(source, charities, by_id)
    new.array("by_id", by_id)
    keys = name_keys(charities, by_id)
    new.table("names", iter([keys]), keys.schema)
    cells = {}
    for name, facet in Facets.of(charities):
        new.array(f"facet.{name}", facet.codes)
        cells[name] = list(facet.cells)
    return {"facets": cells}


def _write_rows(new: Writing, found: Pass) -> None:
    def tables() -> Iterator[pa.Table]:
        for batch in found.batches:
            path = batch.path / "charities.arrow"
            with pa.memory_map(str(path)) as mapped:
                yield pa.ipc.open_file(mapped).read_all()
            path.unlink()

    with pa.memory_map(str(found.batches[0].path / "charities.arrow")) as first:
        schema = pa.ipc.open_file(first).schema
    new.table("charities", tables(), schema)


def _written(new: Writing) -> pa.Table:
    with pa.memory_map(str(new.folder / "charities.arrow")) as mapped:
        return pa.ipc.open_file(mapped).read_all()


def _check_ids(source: Path, charities: pa.Table, by_id: np.ndarray) -> None:
    ids = charities.column("charity_id").take(pa.array(by_id)).combine_chunks()
    same = np.flatnonzero(
        pc.equal(ids.slice(1), ids.slice(0, len(ids) - 1)).to_numpy(zero_copy_only=False)
    )
    if len(same):
        shown = same[:MOST_PROBLEMS].tolist()
        problems = [
            Problem(
                f"row {by_id[at + 1] + 1}, column charity_id", repr(ids[at].as_py()), "each id once"
            )
            for at in shown
        ]
        raise CatalogueError(str(source), problems)


def _write_postings(new: Writing, found: Pass, background_weight: float, told: Told) -> Index:
    """Write the postings of every language that any text is in."""
    backgrounds, fields = load_backgrounds(), {}
    for language in found.terms:
        background = backgrounds.get(language, Background())
        vocabulary = found.vocabulary(language, background, background_weight)
        if vocabulary.documents:
            fields[language] = _write_field(new, found, language, vocabulary, told)
    return Index.of(fields, found.size, background_weight)


def _write_field(
    new: Writing, found: Pass, language: str, vocabulary: Vocabulary, told: Told
) -> Postings:
    def done(rows: int) -> None:
        told(f"Weighting ({language})", rows, found.size)

    def new_array(name: str, shape: tuple[int, ...], dtype: type) -> np.ndarray:
        return new.new_array(f"{language}.{name}", shape, dtype)

    postings = weigh(vocabulary, found.counts(language, done), found.size, new_array)
    new.array(f"{language}.block", postings.terms.block)
    new.array(f"{language}.ends", postings.terms.ends)
    for name in ("starts", "idf", "present"):
        new.array(f"{language}.{name}", getattr(postings, name))
    return postings
