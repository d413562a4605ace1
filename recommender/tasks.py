"""Where long work is done: here, in processes of one's own, or by the workers of a cluster.

A task is a function of a module with its arguments. It puts what is large into files, under names
that no other attempt has: a worker may be killed, and its task done again elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from .errors import RecommenderError
from .pool import process_pool
from .scheduler import connected

Submit = Callable[..., Callable[[], Any]]
"""Hands in a function and its arguments; returns what waits for the result."""


def tasks(workers: int, scheduler: str | None = None) -> AbstractContextManager[Submit]:
    """Return what tasks are handed to.

    Parameters
    ----------
    workers : int
        Processes on this machine; with one, a task is done where its result is waited for.
    scheduler : str, optional
        A Dask scheduler's address, to use its workers instead. They need this package, and every
        file and folder under the same path.

    Raises
    ------
    RecommenderError
        If a process is killed, or the cluster is lost.
    """
    if scheduler is not None:
        return _of_a_cluster(scheduler)
    return _of_processes(workers) if workers > 1 else _alone()


@contextmanager
def _alone() -> Iterator[Submit]:
    yield lambda function, *arguments: lambda: function(*arguments)


@contextmanager
def _of_processes(workers: int) -> Iterator[Submit]:
    with process_pool(workers) as pool:
        try:
            yield lambda function, *arguments: pool.submit(function, *arguments).result
        except BrokenExecutor as error:
            raise RecommenderError(
                "a process was killed, perhaps for want of memory. Run the same command again, "
                "with fewer --workers."
            ) from error
        except BaseException:
            pool.kill()  # nobody waits any more for what they are doing
            raise


@contextmanager
def _of_a_cluster(scheduler: str) -> Iterator[Submit]:
    with connected(scheduler) as client:

        def submit(function: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
            future = client.submit(_on_a_worker, function, *arguments, pure=False)
            return future.result

        yield submit


def _on_a_worker(function: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return function(*arguments)
    except OSError as error:
        raise RecommenderError(
            f"a worker of the cluster can't use {error.filename}: {error.strerror or error}. "
            "Workers need every file and folder under the same path as here."
        ) from error
