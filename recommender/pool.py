"""Processes of one's own, which don't hear Ctrl-C and end when the one that started them ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any

CONTEXT = get_context("spawn")
"""A fork of a process with threads can hang."""


class Pool:
    """Processes that wait for work."""

    def __init__(self, executor: ProcessPoolExecutor, processes: set[BaseProcess]) -> None:
        self._executor, self._processes = executor, processes

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand in a call."""
        return self._executor.submit(function, *arguments)

    def kill(self) -> None:
        """End the processes, whatever they are doing."""
        for process in self._processes:
            process.kill()


@contextmanager
def process_pool(
    workers: int, start: Callable[..., object] = bool, *arguments: object
) -> Iterator[Pool]:
    """Yield processes, all of them started; what they are doing at the end is waited for.

    Parameters
    ----------
    workers : int
    start : callable, optional
        What each of them does first, with `arguments`.
    """
    first: Any = _start, (start, *arguments)  # whose types mypy takes for those of no argument
    executor = ProcessPoolExecutor(workers, CONTEXT, *first)
    try:
        before = {*active_children()}
        with _held_back():
            for _ in range(workers):  # a process is started as a task comes and none is idle
                executor.submit(bool)
        yield Pool(executor, {*active_children()} - before)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _held_back() -> Iterator[None]:
    """Hold Ctrl-C back: the processes started meanwhile inherit that, and never hear it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows, where they hear it until `_start`
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(start: Callable[..., object], *arguments: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it, and says when to end
    Thread(target=_end_with_parent, daemon=True).start()
    start(*arguments)


def _end_with_parent() -> None:
    """End this process if the one that started it is killed: nobody waits for it any more."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
