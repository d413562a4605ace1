"""How often each row of a matrix of matches leads, over weightings drawn at random.

Draws come from a seed alone: the same seed, the same figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

Z = 1.959963984540054
"""Standard errors each side of an estimate, for an interval of 95 %."""

_SAME = 12
_AT_ONCE, _LEAST = 400_000, 64
"""Scores at once: few enough to stay in the processor's caches, if not of very few draws."""

_HIGHEST = 5

Draw = Callable[[np.random.Generator, int, int], np.ndarray]
"""Returns so many weightings of so many priorities, each summing to one."""


def any_weighting(random: np.random.Generator, draws: int, priorities: int) -> np.ndarray:
    """Return weightings that are uniform over the simplex: Dirichlet(1, …, 1).

    Exponential variables over their sum (L. Devroye, "Non-uniform random variate generation",
    1986, chapter XI.4).
    """
    found = random.standard_exponential((draws, priorities))
    return found / found.sum(axis=1, keepdims=True)


def any_answers(random: np.random.Generator, draws: int, priorities: int) -> np.ndarray:
    """Return the weightings of whole answers 0 to 5, each set but all 0 as likely as any other."""
    found = random.integers(0, _HIGHEST + 1, (draws, priorities))
    while (nothing := ~found.any(axis=1)).any():
        found[nothing] = random.integers(0, _HIGHEST + 1, (int(nothing.sum()), priorities))
    return found / found.sum(axis=1, keepdims=True)


def blocks(
    draw: Draw, draws: int, shape: tuple[int, int], random: np.random.Generator
) -> Iterator[np.ndarray]:
    """Yield weightings, in all `draws`, in blocks that keep memory bounded.

    Parameters
    ----------
    draw : callable
    draws : int
    shape : tuple of int
        Rows and priorities.
    random : Generator
    """
    rows, priorities = shape
    step = max(_LEAST, _AT_ONCE // max(rows, 1))
    for start in range(0, draws, step):
        yield draw(random, min(step, draws - start), priorities)


def times_first(
    values: np.ndarray, sizes: np.ndarray, draw: Draw, draws: int, seed: int | list[int]
) -> np.ndarray:
    """Return how many of the weightings drawn each row leads in.

    Scores that agree to twelve decimals are level, as in a run, and share the place equally.

    Parameters
    ----------
    values : ndarray of float64, shape (rows, priorities)
        Matches, 0 or more.
    sizes : ndarray, shape (rows,)
        How many charities each row stands for.
    draw : callable
        `any_weighting` or `any_answers`.
    draws : int
        1 or more.
    seed : int or list of int

    Returns
    -------
    ndarray of float64, shape (rows,)
        The count of each charity that a row stands for. Times `sizes` they sum to `draws`, if
        something is matched under every weighting.
    """
    found = np.zeros(len(values))
    random = np.random.default_rng(seed)
    for weights in blocks(draw, draws, values.shape, random):
        scores = weights @ values.T
        best = scores.max(axis=1)
        draw_of, row = np.nonzero(scores >= best[:, None] - 2 * 10.0**-_SAME)
        level = scores[draw_of, row].round(_SAME) == best.round(_SAME)[draw_of]
        draw_of, row = draw_of[level & (best[draw_of] > 0)], row[level & (best[draw_of] > 0)]
        together = np.bincount(draw_of, sizes[row], minlength=len(weights))
        found += np.bincount(row, 1 / together[draw_of], minlength=len(values))
    return found


def wilson(times: np.ndarray, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 % interval of a share of which `times` of `draws` were seen.

    E. Wilson, "Probable inference, the law of succession, and statistical inference", 1927. It is
    never empty, and above 0 where nothing was seen. Shared places vary less than whole ones, so
    that for them it is wider than it need be.
    """
    share, squared = times / draws, Z * Z / draws
    middle = (share + squared / 2) / (1 + squared)
    half = Z * np.sqrt(share * (1 - share) / draws + squared / (4 * draws)) / (1 + squared)
    return np.clip(middle - half, 0.0, share), np.clip(middle + half, share, 1.0)
