"""Blocks of donors on several machines: Dask's workers, each with a range of the charities.

A task is a block of donors in one range of the index's rows, a shard; another merges a block's
candidates of all shards, exactly. Tasks change nothing, so that one whose worker was killed is
done again elsewhere. Workers need this package and the index under the same path; the parts are
written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

import pyarrow as pa

from .donors import Block
from .matched import MatchedFolder
from .matcher import Candidates, Job, Matcher
from .matches import Matches
from .scheduler import connected, installed

SHARD = 1_000_000
"""Charities of a shard, at most: their matches take 8 bytes a priority and charity in memory."""

_HELD = 4
_AHEAD = 4
"""Blocks that are under way at once, for each worker."""


def run(
    job: Job, folder: MatchedFolder, blocks: Sequence[Block], scheduler: str, shard: int = SHARD
) -> Iterator[int]:
    """Match blocks and write their parts; yield, as each is written, how many donors it holds.

    Parameters
    ----------
    job : Job
    folder : MatchedFolder
    blocks : sequence of Block
    scheduler : str
        Where Dask's scheduler listens, as tcp://10.0.0.1:8786.
    shard : int, default SHARD
        Charities of a shard, at most.

    Raises
    ------
    RecommenderError
        If `distributed` isn't installed, nobody listens there, or the cluster is lost.
    """
    if not blocks:
        return
    with connected(scheduler, "What is written is kept. ") as client:
        yield from _matched(client, job, folder, blocks, shard)


def _matched(
    client: Any,
    job: Job,
    folder: MatchedFolder,
    blocks: Sequence[Block],
    shard: int,
) -> Iterator[int]:
    waiting, under_way = iter(blocks), installed().as_completed(loop=client.loop)
    numbers: dict[str, Block] = {}

    def submit(block: Block) -> None:
        future = _submit(client, job, block, shards(job.size, shard))
        numbers[future.key] = block
        under_way.add(future)

    for block in islice(waiting, _AHEAD * len(_workers(client))):
        submit(block)
    for future in under_way:
        block, table = numbers.pop(future.key), future.result()
        future.release()
        folder.write(block.number, len(block.donors), table)
        yield len(block.donors)
        for another in islice(waiting, 1):
            submit(another)


def _workers(client: Any) -> list[str]:
    return sorted(client.scheduler_info(n_workers=-1)["workers"])


def shards(size: int, most: int) -> list[tuple[int, int]]:
    """Return the ranges of rows: as few as hold at most so many each, and as even as can be."""
    count = -(-size // most)
    edges = [size * i // count for i in range(count + 1)]
    return list(pairwise(edges))


def _submit(client: Any, job: Job, block: Block, spans: Sequence[tuple[int, int]]) -> Any:
    """Hand in a block: a task a shard, preferably where the shard is held already, and a merge."""
    if len(spans) == 1:
        return client.submit(_whole, job, block, spans[0], pure=False)
    workers, found = _workers(client), []
    for number, span in enumerate(spans):
        place: dict[str, Any] = {}
        if workers:  # where all are starting anew, whoever is there first takes it
            wanted = [workers[number % len(workers)]]
            place = {"workers": wanted, "allow_other_workers": True}
        found.append(client.submit(_candidates, job, block, span, pure=False, **place))
    return client.submit(_merged, job, block, found, pure=False)


def _whole(job: Job, block: Block, span: tuple[int, int]) -> pa.Table:
    return _merged(job, block, [_candidates(job, block, span)])


def _candidates(job: Job, block: Block, span: tuple[int, int]) -> list[Candidates | None]:
    return _matcher(job).candidates(block, _held(job, span))


def _merged(job: Job, block: Block, found: Sequence[Sequence[Candidates | None]]) -> pa.Table:
    return _matcher(job).table(block, found)


@lru_cache(1)
def _matcher(job: Job) -> Matcher:
    return job.matcher()


@lru_cache(_HELD)
def _held(job: Job, span: tuple[int, int]) -> Matches:
    return _matcher(job).matches(job.names, span)
