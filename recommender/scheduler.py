"""The way to a cluster: Dask's scheduler, for those who have one.

`distributed` is optional. Where workers may run out of memory, start them with
DASK_DISTRIBUTED__WORKER__MEMORY__SPILL=False: what they spill to their disks would be pickles.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

from .errors import RecommenderError

_PATIENCE = 10
"""Seconds to wait for a scheduler, and for a worker of it."""


@contextmanager
def connected(address: str, kept: str = "") -> Iterator[Any]:
    """Yield a client of a scheduler that has a worker.

    Parameters
    ----------
    address : str
        Where it listens, as tcp://10.0.0.1:8786.
    kept : str, optional
        What to tell of work that is done, if the cluster is lost.

    Raises
    ------
    RecommenderError
        If `distributed` isn't installed, nobody listens there, or the cluster is lost.
    """
    distributed = installed()
    lost = (CancelledError, distributed.KilledWorker, distributed.comm.CommClosedError)
    try:
        with _client(distributed, address) as client:
            yield client
    except lost as error:
        raise _told(address, error, kept) from error


def _client(distributed: Any, address: str) -> Any:
    try:
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:  # a ValueError where it is no address
        raise _told(address, error) from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except OSError as error:
        client.close()
        raise RecommenderError(
            f"the scheduler at {address} has no worker. Start one: dask worker {address}"
        ) from error
    return client


def _told(address: str, error: BaseException, kept: str = "") -> RecommenderError:
    return RecommenderError(
        f"lost the cluster at {address} ({type(error).__name__}), or found none there. {kept}"
        "Run the same command again when it listens."
    )


def installed() -> Any:
    """Return the package `distributed`.

    Raises
    ------
    RecommenderError
    """
    try:
        import distributed
    except ImportError:
        raise RecommenderError(
            "--scheduler needs Dask, which isn't installed: pip install '.[cluster]'"
        ) from None
    return distributed
