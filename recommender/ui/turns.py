"""One visitor's page after the other: whoever asks first is answered first, and all are sooner.

Python runs one thread at a time. Ten pages drawn at once are all done when the last one is; one
after the other, the first is done after a tenth of that (see benchmarks/load.py).
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 1.0
"""Seconds that a page may take before others wait for it no longer, and are drawn beside it."""


class Turns:
    """Lets one thread in after the other.

    Parameters
    ----------
    patience : float
        Seconds of a turn after which nobody waits for its end.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience, self._taken = patience, threading.Lock()
        self._since = math.inf

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Wait for a turn; yield whether it came, rather than another's took too long."""
        came = self._came()
        try:
            yield came
        finally:
            if came:
                self._since = math.inf
                self._taken.release()

    def _came(self) -> bool:
        while (left := self._since + self._patience - time.monotonic()) > 0:
            if self._taken.acquire(timeout=min(left, self._patience)):
                self._since = time.monotonic()
                return True
        return False
