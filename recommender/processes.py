"""Blocks of donors on one machine: in this process, or in several that share what they map."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, as_completed
from pathlib import Path
from typing import Any

import numpy as np

from .donors import Block
from .errors import RecommenderError
from .files import scratch_folder
from .matched import SCRATCH, MatchedFolder
from .matcher import Job, Matcher
from .matches import Matches
from .pool import CONTEXT, process_pool
from .stored import filled_array, save_array


def run(job: Job, folder: MatchedFolder, blocks: Sequence[Block], workers: int) -> Iterator[int]:
    """Match blocks and write their parts; yield, as each is written, how many donors it holds.

    If it is closed or interrupted, what is written stays and nothing else is left.

    Raises
    ------
    RecommenderError
    """
    workers = min(workers, len(blocks))
    if not workers:
        return
    with scratch_folder(folder.path, SCRATCH) as scratch:
        if workers == 1:
            yield from _alone(job, folder, blocks, scratch)
        else:
            yield from _together(job, folder, blocks, scratch, workers)


def _alone(
    job: Job, folder: MatchedFolder, blocks: Sequence[Block], scratch: Path
) -> Iterator[int]:
    matcher = job.matcher()
    matches = _shared(matcher, job, scratch)
    for block in blocks:
        yield _write(matcher, matches, folder, block)


def _together(
    job: Job, folder: MatchedFolder, blocks: Sequence[Block], scratch: Path, workers: int
) -> Iterator[int]:
    stop = CONTEXT.Event()
    try:
        # The processes open the index while the matches are made.
        with process_pool(workers, _start, job, folder, scratch, stop.is_set) as pool:
            try:
                _shared(job.matcher(), job, scratch)
                for future in as_completed([pool.submit(_work, block) for block in blocks]):
                    yield future.result()
            finally:
                stop.set()
    except BrokenExecutor as error:
        raise RecommenderError(
            "a process was killed, perhaps for want of memory. What is written is kept: "
            "run the same command again, with fewer --workers."
        ) from error


def _shared(matcher: Matcher, job: Job, scratch: Path) -> Matches:
    """Work out the matches as files, which processes share and the system can take back."""

    def new_array(name: str, shape: tuple[int, ...], kind: type) -> np.ndarray:
        return filled_array(scratch / f"{name}.npy", shape, kind)

    matches = matcher.matches(job.names, (0, job.size), new_array=new_array)
    save_array(scratch / "rows.npy", matches.rows)
    (scratch / "unordered.npy").unlink()
    return matches


def _write(matcher: Matcher, matches: Matches, folder: MatchedFolder, block: Block) -> int:
    table = matcher.table(block, [matcher.candidates(block, matches)])
    folder.write(block.number, len(block.donors), table)
    return len(block.donors)


_OWN: dict[str, Any] = {}


def _start(job: Job, folder: MatchedFolder, scratch: Path, stopped: Callable[[], bool]) -> None:
    matcher = job.matcher()
    matcher.stopped = stopped
    _OWN.update(matcher=matcher, names=job.names, scratch=scratch, folder=folder)


def _work(block: Block) -> int:
    if "matches" not in _OWN:
        rows, values = (
            np.asarray(np.load(_OWN["scratch"] / f"{name}.npy", mmap_mode="r", allow_pickle=False))
            for name in ("rows", "values")
        )
        _OWN["matches"] = Matches.laid_out(_OWN["names"], rows, values)
    return _write(_OWN["matcher"], _OWN["matches"], _OWN["folder"], block)
