"""A catalogue file through the first pass: its texts are read and their terms counted, in batches.

Whoever reads a batch numbers its terms; they are numbered anew as the batches come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from .background import Background
from .batches import BATCH, open_parquet, tidied
from .catalogue import load_catalogue
from .charities import frames
from .counted import BatchReader, Counted, read_row_groups
from .errors import RecommenderError
from .priorities import Priorities
from .tasks import Submit
from .weighting import Vocabulary

SHARE = 20_000
"""Rows that are a task's, at least: enough that what it is handed costs little."""

Told = Callable[[str, int, int], None]
"""Is told what is being done, how many charities it has been done for, and of how many."""


@dataclass
class Terms:
    """The terms of one language, numbered as they come in batches.

    Attributes
    ----------
    numbers : mapping of term to int
    frequency : ndarray of int64, shape (terms or more,)
        In how many texts each stands, by number.
    documents : int
        How many texts hold any.
    of_batch : list of ndarray
        The numbers of each batch's terms.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    frequency: np.ndarray = field(default_factory=lambda: np.zeros(1024, dtype=np.int64))
    documents: int = 0
    of_batch: list[np.ndarray] = field(default_factory=list)

    def meet(self, batch: Counted, language: str) -> None:
        """Number a batch's terms and add up their frequencies."""
        terms = batch.terms(language)
        number = self.numbers.setdefault
        own = np.array([number(term, len(self.numbers)) for term in terms], dtype=np.int32)
        missing = len(self.numbers) - len(self.frequency)
        if missing > 0:
            room = np.zeros(missing + len(self.frequency), dtype=np.int64)
            self.frequency = np.concatenate([self.frequency, room])
        self.frequency[own] += batch.frequency(language)
        self.documents += batch.documents[language]
        self.of_batch.append(own)

    def vocabulary(self, background: Background, weight: float) -> Vocabulary:
        """Return what is known of the terms."""
        frequency = self.frequency[: len(self.numbers)]
        return Vocabulary.of(list(self.numbers), frequency, self.documents, background, weight)


@dataclass
class Tally:
    """What the first pass has found so far, the batches in the order of the file."""

    batches: list[Counted] = field(default_factory=list)
    terms: dict[str, Terms] = field(default_factory=dict)

    def take(self, batch: Counted) -> None:
        """Add the next batch; all of them have the same languages."""
        self.batches.append(batch)
        for language in batch.documents:
            self.terms.setdefault(language, Terms()).meet(batch, language)

    @cached_property
    def size(self) -> int:
        """How many charities there are."""
        return sum(batch.rows for batch in self.batches)


@dataclass(frozen=True)
class Share:
    """Row groups of a Parquet file that are read together.

    Attributes
    ----------
    groups : list of int
    first : int
        The number of their first row.
    """

    groups: list[int]
    first: int


def shares_of(source: Path) -> list[Share]:
    """Return the row groups of a Parquet file in shares of SHARE rows or more; none for a CSV file.

    Raises
    ------
    CatalogueError
        If its columns are no catalogue's.
    RecommenderError
        If there is no such file.
    """
    if not source.is_file():
        raise RecommenderError(f"no file {source}. Name an existing CSV or Parquet file.")
    if source.suffix != ".parquet":
        return []
    metadata = open_parquet(source).metadata
    found, rows, first = [Share([], 1)], 0, 1
    for group in range(metadata.num_row_groups):
        if rows >= SHARE:
            found.append(Share([], first))
            rows = 0
        found[-1].groups.append(group)
        rows += metadata.row_group(group).num_rows
        first += metadata.row_group(group).num_rows
    return found


def read_catalogue(
    source: Path,
    shares: Sequence[Share],
    scratch: Path,
    priorities: Priorities,
    submit: Submit,
    told: Told,
) -> Iterator[Counted]:
    """Yield the batches of a file in their order, each checked, its terms counted.

    Parameters
    ----------
    shares : sequence of Share
        Those of the file. Each is a task.

    Raises
    ------
    CatalogueError
    RecommenderError
    """
    if not shares:
        yield from _read_table(load_catalogue(source), scratch, priorities, told)
        return
    jobs = [
        submit(read_row_groups, priorities, source.absolute(), share.groups, share.first, scratch)
        for share in shares
    ]
    done, total = 0, open_parquet(source).metadata.num_rows
    for job in jobs:
        for batch in job():
            done += batch.rows
            told("Reading", done, total)
            yield batch


def _read_table(
    catalogue: pd.DataFrame, scratch: Path, priorities: Priorities, told: Told
) -> Iterator[Counted]:
    table = tidied(pa.Table.from_pandas(catalogue.reset_index(), preserve_index=False))
    reader, first = BatchReader(priorities), 1
    for number, batch in enumerate(frames(table, BATCH)):
        yield reader.read(batch, first, scratch / f"batch-{number}")
        first += len(batch)
        told("Reading", first - 1, len(table))
