"""A batch of charities on its way into an index: what is found of it lies in files.

First its cells are checked and its terms counted; later, when the frequencies of all terms are
known, it is weighted. Both are tasks (see `tasks`) and know nothing of other batches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock

import numpy as np
import pyarrow as pa
from scipy import sparse

from .batches import open_parquet, print_of, read_groups, wrong_cells
from .charities import all_silent
from .counting import TermCounter
from .errors import Problem
from .priorities import Priorities
from .schema import DESCRIPTIONS
from .stored import save_array
from .weighting import Vocabulary, Weighted, weigh_batch

MOST_PROBLEMS = 100

_COUNTS = ("data", "indices", "indptr")
_WEIGHTED = ("columns", "starts", "rows", "weights", "present")


@dataclass(frozen=True)
class Counted:
    """One batch whose terms are counted.

    Attributes
    ----------
    rows : int
    path : Path
        Where its charities and counts lie.
    documents : mapping of language to int
        How many of its texts hold any term, of each language that the file has a column of.
    prints : int
        See `print_of`.
    problems : list of Problem
        The first MOST_PROBLEMS of them, so that a file full of them fits into memory.
    wrong : int
        How many there are.
    """

    rows: int
    path: Path
    documents: dict[str, int]
    prints: int
    problems: list[Problem]
    wrong: int

    def charities(self) -> pa.Table:
        """Return its charities, mapped."""
        return mapped_table(self.path / "charities.arrow")

    def terms(self, language: str) -> list[str]:
        """Return its terms, in the order of the counts' columns."""
        terms: list[str] = mapped_table(self.path / f"{language}.terms.arrow")["term"].to_pylist()
        return terms

    def frequency(self, language: str) -> np.ndarray:
        """Return in how many of its texts each of its terms stands."""
        (indices,) = _loaded(self.path, language, ["indices"])
        return np.bincount(indices)

    def counts(self, language: str) -> sparse.csr_array:
        """Return how often each of its terms stands in each text."""
        loaded = _loaded(self.path, language, _COUNTS)
        width = int(loaded[1].max(initial=-1)) + 1
        return sparse.csr_array(tuple(loaded), shape=(self.rows, width))

    def put_places(self, language: str, numbers: np.ndarray, vocabulary: Vocabulary) -> None:
        """Put down where its terms stand in the vocabulary, and their idf."""
        columns = vocabulary.column[numbers]
        _save(self.path, language, {"columns": columns, "idf": vocabulary.idf[columns]})

    def weighted(self, language: str) -> Path:
        """Weight its counts, once their places are put down; return where the result lies."""
        with _ONE_AT_A_TIME:
            _READER.clear()  # all texts are read; the words it has met take much memory
        columns, idf = _loaded(self.path, language, ["columns", "idf"])
        weighted = weigh_batch(self.counts(language), columns, idf)
        folder = Path(mkdtemp(dir=self.path))
        _save(folder, language, {name: getattr(weighted, name) for name in _WEIGHTED})
        return folder


def load_weighted(folder: Path, language: str) -> Weighted:
    """Return what `Counted.weighted` has left."""
    return Weighted(*_loaded(folder, language, _WEIGHTED))


def mapped_table(path: Path) -> pa.Table:
    """Return a table in a file, mapped."""
    with pa.memory_map(str(path)) as mapped:
        return pa.ipc.open_file(mapped).read_all()


class BatchReader:
    """Reads batches of charities; it is quicker for words that it has met before.

    Parameters
    ----------
    priorities : Priorities
    """

    def __init__(self, priorities: Priorities) -> None:
        self._counters = {
            language: TermCounter(priorities.analyser, language) for language in DESCRIPTIONS
        }

    def read(self, table: pa.Table, first: int, path: Path) -> Counted:
        """Check a batch, count its terms and put both down at `path`; `first` is its first row."""
        problems = list(wrong_cells(table, first))
        path.mkdir()
        _write_table(path / "charities.arrow", table)
        silent, documents = all_silent(table), {}
        for language, column in DESCRIPTIONS.items():
            if column in table.column_names:
                documents[language] = self._count(language, table.column(column), silent, path)
        first_of = problems[:MOST_PROBLEMS]
        return Counted(len(table), path, documents, print_of(table), first_of, len(problems))

    def _count(
        self, language: str, texts: pa.ChunkedArray, silent: Sequence[Sequence[str]], path: Path
    ) -> int:
        counter = self._counters[language]
        counts = counter.count(texts.to_pylist(), silent)
        held = np.unique(counts.indices)
        counts.indices = np.searchsorted(held, counts.indices).astype(np.int32)
        terms = [counter.terms[column] for column in held.tolist()]
        _write_table(
            path / f"{language}.terms.arrow", pa.table({"term": pa.array(terms, pa.string())})
        )
        _save(path, language, {name: getattr(counts, name) for name in _COUNTS})
        return int((np.diff(counts.indptr) > 0).sum())


_READER: dict[str, BatchReader] = {}
_ONE_AT_A_TIME = Lock()


def read_row_groups(
    priorities: Priorities, source: Path, groups: Sequence[int], first: int, scratch: Path
) -> list[Counted]:
    """Read the batches of some row groups of a Parquet file into a new folder within `scratch`.

    Parameters
    ----------
    groups : sequence of int
        One after the other.
    first : int
        The number of the first row.

    Raises
    ------
    CatalogueError
    """
    folder, found = Path(mkdtemp(dir=scratch)), []
    with _ONE_AT_A_TIME:  # a worker of a cluster may have several threads; a reader is for one
        reader = _own_reader(priorities)
        for number, table in enumerate(read_groups(source, open_parquet(source), groups)):
            found.append(reader.read(table, first, folder / str(number)))
            first += len(table)
    return found


def _own_reader(priorities: Priorities) -> BatchReader:
    if priorities.fingerprint not in _READER:
        _READER.clear()
        _READER[priorities.fingerprint] = BatchReader(priorities)
    return _READER[priorities.fingerprint]


def _write_table(path: Path, table: pa.Table) -> None:
    with pa.OSFile(str(path), "wb") as sink:  # noqa: SIM117
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)


def _save(folder: Path, language: str, arrays: dict[str, np.ndarray]) -> None:
    for name, values in arrays.items():
        save_array(folder / f"{language}.{name}.npy", values)


def _loaded(folder: Path, language: str, names: Sequence[str]) -> list[np.ndarray]:
    return [np.load(folder / f"{language}.{name}.npy", allow_pickle=False) for name in names]
