"""A table of donors to the charities of each, in one go, as files that a rerun completes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from . import cluster, processes
from .background import words_fingerprint
from .donors import Donor, blocks, fingerprint, read_donors
from .errors import RecommenderError
from .lots import SEED
from .matched import MatchedFolder
from .matcher import Job
from .model import Recommender
from .version import VERSION

BLOCK = 500
"""Donors of a part, unless told otherwise."""

Told = Callable[[str, int, int], None]
"""Is told what is being done, how many donors it has been done for, and of how many."""


def match_donors(
    donors: str | Path,
    index: str | Path,
    output: str | Path,
    *,
    k: int = 10,
    explained: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    block: int = BLOCK,
    shard: int = cluster.SHARD,
    told: Told = lambda *_: None,
) -> int:
    """Match donors with the charities of an index, each as `Recommender.recommend` does.

    Parameters
    ----------
    donors : str or Path
        A CSV or Parquet file, as `donors` describes it.
    index : str or Path
        What `python -m recommender index` has written.
    output : str or Path
        A folder; see `matched`. What an earlier run of the same job has left is kept.
    k : int, default 10
        How many charities for each donor.
    explained : bool, default False
        Whether each match has its strongest terms, and the sentences that carry most.
    workers : int, default 1
        Processes on this machine.
    scheduler : str, optional
        A Dask scheduler's address, to use its workers instead.
    block : int, default BLOCK
        Donors of a part.
    shard : int, default cluster.SHARD
        Charities that a task of the cluster looks at, at most.
    told : callable, optional

    Returns
    -------
    int
        How many donors there are.

    Raises
    ------
    CatalogueError
        With every problem of the donors' file.
    RecommenderError
        If the folder holds another job, or something can't be read, written or reached.
    """
    for name, value in (("k", k), ("workers", workers), ("block", block), ("shard", shard)):
        if value < 1:
            raise RecommenderError(f"{name} {value}: expected 1 or more.")
    donors, index = Path(donors), Path(index)
    model = Recommender.open(index)
    asking = read_donors(donors, model.priorities_.ids, model.facets_)
    parts = blocks(asking, block)
    made_from = {
        "version": VERSION,
        "catalogue": model.fingerprint_,
        "priorities": model.priorities_.fingerprint,
        "words": words_fingerprint(),
        "background_weight": model.index_.background_weight,
        "agenda": list(model.agenda_),
        "lots": SEED,
        "donors": fingerprint(donors),
        "k": k,
        "explained": explained,
        "block": block,
        "blocks": len(parts),
    }
    folder = MatchedFolder(Path(output), made_from)
    left = [part for part in parts if not folder.done(part.number, len(part.donors))]
    done = len(asking) - sum(len(part.donors) for part in left)
    job = Job(
        str(index.absolute()),
        (model.fingerprint_, model.priorities_.fingerprint),
        model.index_.size_,
        _weighed(model, asking),
        k,
        explained,
    )
    del model
    told("Matching", done, len(asking))
    if scheduler is None:
        written = processes.run(job, folder, left, workers)
    else:
        written = cluster.run(job, folder, left, scheduler, shard)
    for count in written:
        done += count
        told("Matching", done, len(asking))
    return len(asking)


def _weighed(model: Recommender, donors: Sequence[Donor]) -> tuple[str, ...]:
    """Return the priorities whose matches are needed; one at least, since none can't be mapped."""
    weighed = {n for d in donors if not d.text for n, w in d.answers.items() if w > 0}
    ids = model.priorities_.ids
    return tuple(name for name in ids if name in weighed) or tuple(ids[:1])
