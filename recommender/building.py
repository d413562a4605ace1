"""A catalogue to an index on disk, in two passes, in bounded memory.

First the texts are read and their terms counted (see `tally`); then, with all frequencies known,
every batch is weighted and its columns are put in their places. Batches are tasks in both passes,
for the processes of this machine or the workers of a cluster; what they leave lies beside the
index to be. The index is the same to the last bit, whoever did them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .agendas import fitting, offered, priority_part
from .background import Background, load_backgrounds, words_fingerprint
from .batches import fingerprint_of
from .cells import quoted
from .charities import places_by_lot
from .counted import MOST_PROBLEMS, Counted, load_weighted, mapped_table
from .errors import CatalogueError, Problem
from .facets import Facets
from .files import scratch_folder
from .index import Index
from .keys import name_keys, order_of_ids
from .lots import SEED
from .postings import Postings
from .priorities import Priorities
from .stored import Writing, check_place, writing
from .tally import Tally, Told, read_catalogue, shares_of
from .tasks import Submit, tasks
from .weighting import Vocabulary, Weighted, assemble


def build_index(
    source: Path,
    output: Path,
    priorities: Priorities,
    *,
    background_weight: float = 1000.0,
    agenda: str | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    told: Told = lambda *_: None,
) -> int:
    """Index a catalogue file; return how many charities it holds.

    Parameters
    ----------
    source : Path
        A catalogue, CSV or Parquet. Parquet is read some row groups at a time.
    output : Path
        A folder; an old index there stays as it is until the new one is whole.
    priorities : Priorities
    background_weight : float, default 1000
        M in `weighting`.
    agenda : str, optional
        The agenda that is kept with the index.
    workers : int, default 1
        Processes on this machine.
    scheduler : str, optional
        A Dask scheduler's address, to use its workers instead; see `tasks`.
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
    shares = shares_of(source)
    workers = min(workers, len(shares) or 1)
    with (
        scratch_folder(output.absolute().parent, output.name) as scratch,
        tasks(workers, scheduler) as submit,
    ):
        found = Tally()
        for batch in read_catalogue(source, shares, scratch, priorities, submit, told):
            found.take(batch)
        by_id = _checked_order(source, found)
        facts: dict[str, Any] = {}
        with writing(output, facts) as new:
            index = _write_postings(new, found, background_weight, submit, told)
            facts |= _write_charities(new, found, by_id)
            facts |= {
                "size": found.size,
                "languages": list(index.fields_),
                "background_weight": background_weight,
                "lots": SEED,
                "fingerprint": fingerprint_of(sum(batch.prints for batch in found.batches)),
                "priorities": priorities.fingerprint,
                "words": words_fingerprint(),
                "agenda": list(_fitting(index, priorities) if named is None else named),
            }
    return found.size


def _checked_order(source: Path, found: Tally) -> np.ndarray:
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


def _ids(found: Tally) -> Iterator[pa.Array]:
    for batch in found.batches:
        yield from batch.charities().column("charity_id").chunks


def _again(ids: pa.ChunkedArray, by_id: np.ndarray) -> np.ndarray:
    """Return the rows whose ids stand in an earlier row as well, in their order."""
    ordered = ids.take(pa.array(by_id)).combine_chunks()
    later, earlier = ordered.slice(1), ordered.slice(0, max(len(ordered) - 1, 0))
    # That an id is missing is told as such.
    same = pc.and_(pc.equal(later, earlier), pc.not_equal(later, ""))
    return np.sort(by_id[1:][same.to_numpy(zero_copy_only=False)])


def _fitting(index: Index, priorities: Priorities) -> tuple[str, ...]:
    parts = {name: priority_part(index, priorities, name) for name in priorities.ids}
    return fitting(index, parts, priorities)


def _write_charities(new: Writing, found: Tally, by_id: np.ndarray) -> dict[str, Any]:
    """Write the charities, how they are found, and their facets; return the facets' cells."""
    _write_rows(new, found)
    charities = mapped_table(new.folder / "charities.arrow")
    new.array("by_id", by_id)
    new.array("places", places_by_lot(charities, by_id))
    keys = name_keys(charities, by_id)
    new.table("names", iter([keys]), keys.schema)
    cells = {}
    for name, facet in Facets.of(charities):
        new.array(f"facet.{name}", facet.codes)
        cells[name] = list(facet.cells)
    return {"facets": cells}


def _write_rows(new: Writing, found: Tally) -> None:
    def tables() -> Iterator[pa.Table]:
        for batch in found.batches:
            yield batch.charities()
            (batch.path / "charities.arrow").unlink()

    new.table("charities", tables(), found.batches[0].charities().schema)


def _write_postings(
    new: Writing, found: Tally, background_weight: float, submit: Submit, told: Told
) -> Index:
    """Write the postings of every language that any text is in."""
    backgrounds, fields = load_backgrounds(), {}
    for language, terms in found.terms.items():
        if terms.documents:
            background = backgrounds.get(language, Background())
            vocabulary = terms.vocabulary(background, background_weight)
            weighted = _weighted(found, language, vocabulary, submit, told)
            fields[language] = _write_field(new, found, language, vocabulary, weighted)
    return Index.of(fields, found.size, background_weight)


def _weighted(
    found: Tally, language: str, vocabulary: Vocabulary, submit: Submit, told: Told
) -> Iterator[Weighted]:
    jobs = []
    for batch, numbers in zip(found.batches, found.terms[language].of_batch, strict=True):
        batch.put_places(language, numbers, vocabulary)
        jobs.append(submit(Counted.weighted, batch, language))
    done = 0
    for batch, job in zip(found.batches, jobs, strict=True):
        folder = job()
        yield load_weighted(folder, language)
        shutil.rmtree(folder)
        done += batch.rows
        told(f"Weighting ({language})", done, found.size)


def _write_field(
    new: Writing,
    found: Tally,
    language: str,
    vocabulary: Vocabulary,
    weighted: Iterator[Weighted],
) -> Postings:
    def new_array(name: str, shape: tuple[int, ...], dtype: type) -> np.ndarray:
        return new.new_array(f"{language}.{name}", shape, dtype)

    postings = assemble(vocabulary, weighted, found.size, new_array)
    new.array(f"{language}.block", postings.terms.block)
    new.array(f"{language}.ends", postings.terms.ends)
    for name in ("starts", "idf", "present"):
        new.array(f"{language}.{name}", getattr(postings, name))
    return postings
