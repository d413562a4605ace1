"""The best of many scores, exactly, without sorting them all.

The scores are cut into blocks. The k-th largest of the blocks' maxima is reached by k scores at
least, so that the k best are among the few that reach it, and those are in the few blocks whose
maximum does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BLOCK, SPARE = 512, 8


@dataclass(frozen=True)
class Guess:
    """Scores that are off by at most an error.

    Attributes
    ----------
    scores : ndarray of float32, shape (n,)
    error : float
    maxima : ndarray of float32, optional
        The maximum of each BLOCK scores, where it was found on the way.
    """

    scores: np.ndarray
    error: float
    maxima: np.ndarray | None = None


def maxima_of(scores: np.ndarray, block: int = BLOCK) -> np.ndarray:
    """Return the maximum of each block of scores; the last one may be shorter."""
    found: np.ndarray = np.maximum.reduceat(scores, np.arange(0, len(scores), block))
    return found


class Blocks:
    """Scores in blocks, each with its maximum.

    Parameters
    ----------
    scores : ndarray, shape (n,)
        Finite.
    k : int
        How many of the best will be asked for; 0 < k <= n.
    maxima : ndarray, optional
        Those of blocks of BLOCK, if they are known.
    """

    def __init__(self, scores: np.ndarray, k: int, maxima: np.ndarray | None = None) -> None:
        # At least SPARE blocks for each of the k, so that the threshold is near the k-th score.
        self._block = int(np.clip(len(scores) // (SPARE * k), 1, BLOCK))
        self._scores = scores
        if maxima is None or self._block != BLOCK:
            maxima = maxima_of(scores, self._block)
        self._maxima = maxima

    def threshold(self, k: int) -> float:
        """Return a number that at least k of the scores reach, seldom many more."""
        return float(np.partition(self._maxima, -k)[-k])

    def reaching(self, least: float) -> np.ndarray:
        """Return the rows whose scores are `least` or more, in their order."""
        starts = np.flatnonzero(self._maxima >= least) * self._block
        if 2 * len(starts) > len(self._maxima):
            return np.flatnonzero(self._scores >= least)
        rows = (starts[:, None] + np.arange(self._block)).ravel()
        rows = rows[: np.searchsorted(rows, len(self._scores))]
        return rows[self._scores[rows] >= least]


def contenders(
    scores: np.ndarray, k: int, margin: float = 0.0, maxima: np.ndarray | None = None
) -> np.ndarray:
    """Return the rows that may be among the k best, in their order.

    Parameters
    ----------
    scores : ndarray, shape (n,)
        Finite.
    k : int
        0 or more.
    margin : float
        How much below another a score is that still counts as the same.
    maxima : ndarray, optional
        As of `Blocks`.

    Returns
    -------
    ndarray of int
        All rows with one of the k largest scores, those that count as the same as the k-th, and
        some more.
    """
    if k >= len(scores):
        return np.arange(len(scores))
    if k == 0:
        return np.arange(0)
    blocks = Blocks(scores, k, maxima)
    return blocks.reaching(blocks.threshold(k) - margin)
