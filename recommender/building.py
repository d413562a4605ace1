"""A catalogue to an index on disk, in two passes, in bounded memory.

First the texts are read and their terms counted, batch by batch, in several processes (see
`tally`); then, with all frequencies known, every batch is weighted and its columns are put in
their places. Between the passes batches lie beside the index to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .agendas import fitting, offered, priority_part
from .background import Background, load_backgrounds
from .batches import fingerprint_of
from .catalogue import quoted
from .charities import name_keys, order_of_ids
from .errors import CatalogueError, Problem
from .facets import Facets
from .files import scratch_folder
from .index import Index
from .postings import Postings
from .priorities import Priorities
from .stored import Writing, check_place, writing
from .tally import MOST_PROBLEMS, Pass, Told, read_catalogue
from .weighting import Vocabulary, weigh


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
    UnknownNameError
        For an agenda that isn't known.
    RecommenderError
        If there is no such file, or the index can't be written.
    """
    check_place(output)
    named = None if agenda is None else offered(agenda, priorities)  # told before long work
    with scratch_folder(output.absolute().parent, f".{output.name}-") as scratch:
        found = Pass()
        for batch in read_catalogue(source, scratch, priorities, workers, told):
            found.take(batch)
        by_id = _checked_order(source, found)
        facts: dict[str, Any] = {}
        with writing(output, facts) as new:
            index = _write_postings(new, found, background_weight, told)
            facts |= _write_charities(new, found, by_id)
            facts |= {
                "size": found.size,
                "languages": list(index.fields_),
                "background_weight": background_weight,
                "fingerprint": fingerprint_of(sum(batch.prints for batch in found.batches)),
                "priorities": priorities.fingerprint,
                "agenda": list(_fitting(index, priorities) if named is None else named),
            }
    return found.size


def _checked_order(source: Path, found: Pass) -> np.ndarray:
    """Return the rows in the order of their ids, if nothing is wrong with any cell."""
    ids = pa.chunked_array(_ids(found), pa.string())
    by_id = order_of_ids(pa.table({"charity_id": ids}))
    again = _again(ids, by_id)
    wrong = len(again) + sum(batch.wrong for batch in found.batches)
    if wrong:
        problems = [problem for batch in found.batches for problem in batch.problems]
        for row in again[:MOST_PROBLEMS].tolist():
            where = f"row {row + 1}, column charity_id"
            problems.append(Problem(where, quoted(ids[row].as_py()), "each id once"))
        problems = sorted(problems, key=_row)[:MOST_PROBLEMS]
        more = wrong - len(problems)
        rest = [Problem("file", f"{more} further problems", "none")] if more else []
        raise CatalogueError(str(source), [*problems, *rest])
    return by_id


def _row(problem: Problem) -> int:
    return int(problem.where.split(",")[0].removeprefix("row "))


def _ids(found: Pass) -> Iterator[pa.Array]:
    for batch in found.batches:
        yield from _arrow(batch.path).column("charity_id").chunks


def _again(ids: pa.ChunkedArray, by_id: np.ndarray) -> np.ndarray:
    """Return the rows whose ids stand in an earlier row as well, in their order."""
    ordered = ids.take(pa.array(by_id)).combine_chunks()
    later, earlier = ordered.slice(1), ordered.slice(0, max(len(ordered) - 1, 0))
    # That an id is missing is told as such.
    same = pc.and_(pc.equal(later, earlier), pc.not_equal(later, ""))
    return np.sort(by_id[1:][same.to_numpy(zero_copy_only=False)])


def _arrow(folder: Path) -> pa.Table:
    with pa.memory_map(str(folder / "charities.arrow")) as mapped:
        return pa.ipc.open_file(mapped).read_all()


def _fitting(index: Index, priorities: Priorities) -> tuple[str, ...]:
    parts = {name: priority_part(index, priorities, name) for name in priorities.ids}
    return fitting(index, parts, priorities)


def _write_charities(new: Writing, found: Pass, by_id: np.ndarray) -> dict[str, Any]:
    """Write the charities, how they are found, and their facets; return the facets' cells."""
    _write_rows(new, found)
    charities = _arrow(new.folder)
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
            yield _arrow(batch.path)
            (batch.path / "charities.arrow").unlink()

    new.table("charities", tables(), _arrow(found.batches[0].path).schema)


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
