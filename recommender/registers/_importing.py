"""Register files to one Parquet file: in batches, each charity once, whole or not at all.

What is held of all rows is each charity's id, the place of its row and a fingerprint of its cells:
about 200 bytes, so that two million rows fit.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..cells import MAX_FIELD
from ..errors import CatalogueError, Problem, RecommenderError
from ..files import check_writable, replacing
from ..schema import CATALOGUE, Column
from ..text import normalise
from ._files import opened
from ._register import MismatchError, Read, Register, Row, shown

BATCH = 50_000
SHOWN = 20
BAD = "bad row"
UNDESCRIBED = "no description"

Told = Callable[[str, int, float], None]
"""Is told the file being read, the rows read of all files, and the share of this one."""

_Charity = tuple[str, tuple[str, ...]]  # where its row stands, and its cells
_OFTEN = 5_000
_BROKEN = re.compile("[\ud800-\udfff]")


@dataclass
class Summary:
    """What an import did.

    Attributes
    ----------
    read, kept, merged, replaced : int
        Rows: all, those of the result, those that only repeat one, and those that another row of
        the same id has taken the place of.
    dropped : Counter
        Rows left out, by reason.
    problems, conflicts : list
        The first twenty bad rows, and the first twenty rows that took another's place.
    """

    read: int = 0
    kept: int = 0
    merged: int = 0
    replaced: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)

    def replace(self, line: str) -> None:
        """Count a row that takes another's place."""
        self.replaced += 1
        if len(self.conflicts) < SHOWN:
            self.conflicts.append(line)

    def bad(self, where: str, mismatch: MismatchError) -> None:
        """Count a bad row."""
        self.dropped[BAD] += 1
        if len(self.problems) < SHOWN:
            self.problems.append(Problem(where, mismatch.found, mismatch.expected))


def listed(lines: Iterable[object], count: int) -> str:
    """Return lines below each other, and how many of `count` are not shown."""
    written = [f"  {line}" for line in lines]
    more = count - len(written)
    return "\n".join([*written, f"  and {more:,} more"] if more else written)


def import_files(
    code: str,
    register: Register,
    files: Sequence[Path],
    output: Path,
    *,
    strict: bool = False,
    told: Told = lambda *_: None,
) -> Summary:
    """Write the charities of a register's files as one catalogue.

    Parameters
    ----------
    code : str
        Kept in the Parquet file's metadata, with publisher, licence and home page.
    register : Register
    files : sequence of Path
        In this order: where two rows have an id, the last one stands.
    output : Path
        A Parquet file; an old one stays as it is until the new one is whole.
    strict : bool, default False
        Whether bad rows forbid the result instead of being left out.
    told : callable, optional

    Raises
    ------
    CatalogueError
        If a file is none of this register's.
    RecommenderError
        If bad rows are there and `strict`, if no row is left, or if it can't be written.
    """
    _check_places(files, output)
    for path in files:
        _check_beginning(register, path)
    metadata = {
        "register": code,
        "title": register.title,
        "publisher": register.publisher,
        "licence": register.licence,
        "home_page": register.home,
    }
    schema = pa.schema([(name, pa.string()) for name in register.gives], metadata)
    summary, superseded = Summary(), set[int]()
    charities = _charities(register, files, summary, told)
    with replacing(output) as new:
        first = new.with_name("first.parquet")
        _write(first, schema, _distinct(charities, superseded, summary))
        _check_outcome(summary, files, strict)
        _leave_out(first, new, schema, superseded)
    return summary


def _check_places(files: Sequence[Path], output: Path) -> None:
    check_writable(output)
    if output.suffix != ".parquet":
        raise RecommenderError(f"can't write {output}: name a file that ends in .parquet.")
    for path in files:
        if not path.is_file():
            raise RecommenderError(f"no file {path}. Name a file that the register publishes.")
        if path.resolve() == output.resolve():
            raise RecommenderError(f"{path} is read and can't be written too: name another file.")


def _check_beginning(register: Register, path: Path) -> None:
    """Refuse a wrong file before any other is read at length."""
    if next(_rows(register, path), None) is None:
        found, expected = "no row below the header", "at least one"
        raise CatalogueError(str(path), [Problem("file", found, expected)])


def _rows(register: Register, path: Path, told: Callable[[float], object] = bool) -> Iterator[Read]:
    try:
        with opened(path, register.readers) as file:
            rows = file.reader(file.text, register.needs, register.may)
            for number, row in enumerate(rows):
                if number % _OFTEN == 0:
                    told(file.share())
                yield row
            told(1.0)
    except MismatchError as error:
        raise CatalogueError(str(path), [Problem("file", error.found, error.expected)]) from error


def _charities(
    register: Register, files: Sequence[Path], summary: Summary, told: Told
) -> Iterator[_Charity]:
    """Yield the charities of the usable rows; count the others."""
    for path in files:

        def share(of_file: float, name: str = path.name) -> None:
            told(name, summary.read, of_file)

        for place, row in _rows(register, path, share):
            summary.read += 1
            where = f"{path.name}, {place}"
            try:
                cells = _cells(register, row)
            except MismatchError as error:
                summary.bad(where, error)
            else:
                if cells:
                    yield where, cells
                else:
                    summary.dropped[UNDESCRIBED] += 1


def _cells(register: Register, row: Row | MismatchError) -> tuple[str, ...]:
    """Return the cells of the charity in a row; none if it is a right one without description."""
    if isinstance(row, MismatchError):
        raise row
    charity = register.charity({name: _tidy(cell) for name, cell in row.items()})
    undescribed = not charity["description"]
    for column in _columns(register.gives):
        if not (undescribed and column.name == "description"):
            _check(column, charity.get(column.name, ""))
    return () if undescribed else tuple(charity.get(name, "") for name in register.gives)


@cache
def _columns(names: tuple[str, ...]) -> list[Column]:
    return [column for column in CATALOGUE if column.name in names]


def _tidy(cell: str) -> str:
    if cell.isascii() and cell.isprintable():  # nothing to normalise: most cells, and far quicker
        return cell.strip()
    if _BROKEN.search(cell):
        raise MismatchError(f"bytes that are not UTF-8 in {shown(cell)}", "UTF-8")
    return normalise(cell).strip()


def _check(column: Column, cell: str) -> None:
    """Let nothing into the file that `load_catalogue` would refuse."""
    if len(cell) > MAX_FIELD:
        raise MismatchError(f"{len(cell)} characters as {column.name}", f"at most {MAX_FIELD}")
    if not (column.accepts(cell) if cell else not column.required):
        raise MismatchError(f"{shown(cell)} as {column.name}", column.expected)


def _distinct(
    charities: Iterator[_Charity], superseded: set[int], summary: Summary
) -> Iterator[tuple[str, ...]]:
    """Yield each row that doesn't repeat one; note those that a later row takes the place of."""
    places: dict[str, int] = {}
    prints = array("q")
    for where, cells in charities:
        earlier, print_ = places.get(cells[0]), hash(cells)
        if earlier is not None and prints[earlier] == print_:
            summary.merged += 1
            continue
        if earlier is not None:
            superseded.add(earlier)
            summary.replace(f"{where}: {cells[0]} with other content than before")
        places[cells[0]] = len(prints)
        prints.append(print_)
        yield cells
    summary.kept = len(places)


def _write(path: Path, schema: pa.Schema, rows: Iterator[tuple[str, ...]]) -> None:
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(rows, BATCH)):
            columns = [pa.array(cells, pa.string()) for cells in zip(*batch, strict=True)]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _leave_out(first: Path, new: Path, schema: pa.Schema, superseded: set[int]) -> None:
    """Write what was written first again, without the rows that others took the place of.

    Only when all rows have been read is it known which ones those are.
    """
    if not superseded:
        first.replace(new)
        return
    start = 0
    with pq.ParquetFile(first) as file, pq.ParquetWriter(new, schema, compression="zstd") as writer:
        for batch in file.iter_batches(BATCH):
            stays = [start + row not in superseded for row in range(len(batch))]
            writer.write_batch(batch.filter(pa.array(stays)))
            start += len(batch)


def _check_outcome(summary: Summary, files: Sequence[Path], strict: bool) -> None:
    names = ", ".join(map(str, files))
    bad = summary.dropped[BAD]
    if bad and (strict or not summary.kept):
        told = listed(summary.problems, bad)
        message = f"{names}: {bad:,} problem{'s' * (bad != 1)}; nothing is written.\n{told}"
        raise RecommenderError(message)
    if not summary.kept:
        raise RecommenderError(f"{names}: no row has a description; nothing is written.")
