"""The best of many scores, exactly, without sorting them all.

The scores are cut into blocks. The k-th largest of the blocks' maxima is reached by k scores at
least, so that the k best are among the few that reach it.
"""

from __future__ import annotations

import numpy as np

BLOCK, SPARE = 512, 8


def threshold(scores: np.ndarray, k: int) -> float:
    """Return a number that at least k of the scores reach, seldom many more; 0 < k <= n."""
    # At least SPARE blocks for each of the k, so that the threshold is near the k-th score.
    block = int(np.clip(len(scores) // (SPARE * k), 1, BLOCK))
    maxima = np.maximum.reduceat(scores, np.arange(0, len(scores), block))
    return float(np.partition(maxima, -k)[-k])


def contenders(scores: np.ndarray, k: int, margin: float = 0.0) -> np.ndarray:
    """Return the rows that may be among the k best, in their order.

    Parameters
    ----------
    scores : ndarray, shape (n,)
        Finite.
    k : int
        0 or more.
    margin : float
        How much below another a score is that still counts as the same.

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
    return np.flatnonzero(scores >= threshold(scores, k) - margin)
