"""One visitor's page after the other: whoever asks first is answered first, and all are sooner.

Python runs one thread at a time. Ten pages drawn at once are all done when the last one is; one
after the other, the first is done after a tenth of that (see benchmarks/load.py).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 1.0
"""Seconds after which a page no longer waits for one that takes long, and is drawn beside it."""


class Turns:
    """Lets one thread in after the other.

    Parameters
    ----------
    patience : float
        Seconds after which a thread no longer waits.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience, self._taken = patience, threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Wait for a turn; yield whether it came, rather than patience ran out."""
        came = self._taken.acquire(timeout=self._patience)
        try:
            yield came
        finally:
            if came:
                self._taken.release()
