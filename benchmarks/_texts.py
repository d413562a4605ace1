"""Texts of generated charities: as long as real ones, with words as frequent as in real ones.

A text has 88 words on average, a little more than the shipped descriptions (81, of which 60 to
120 are asked), with the spread of mission statements. Its function words are drawn as often as
the shipped descriptions have them, the others by the shipped document frequencies; some are words
of the profiles of its one to three priorities, so that queries have charities to find, and some
are made up, rarer and rarer, so that the vocabulary grows with the catalogue as names make it grow.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks._words import Words, made_up

MEAN_WORDS, SPREAD, MOST_WORDS = 88, 0.7, 1000
"""Words of a text: their mean, and the standard deviation of their logarithm."""

TOPIC_SHARE, MADE_UP_SHARE = 0.25, 0.03
"""Which shares of the words but function words are of a profile, and made up."""

REPEATS = 0.14
"""Which share of the words stood in the text before, beside those that are drawn twice by chance.

With it a text has as many different terms as a mission statement of its length.
"""

EVENNESS = 36_000
"""Made-up words up to about this rank are equally frequent, later ones as 1 / rank²."""


@cache
def _strings(words: Words) -> tuple[pa.Array, pa.Array, pa.Array]:
    return _forms(pa.array(words.written))


def inside(words: Words) -> pa.Array:
    """Return the words by number, as they stand inside a sentence."""
    return _strings(words)[0]


def _forms(written: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return words as they stand inside, at the beginning and at the end of a sentence."""
    end = pc.binary_join_element_wise(written, ".", "")
    return written, pc.utf8_capitalize(written), end


def texts(rng: np.random.Generator, words: Words, priorities: np.ndarray) -> pa.Array:
    """Return a text for each charity, in sentences of 12 to 24 words."""
    lengths = _lengths(rng, words, len(priorities))
    ends = np.cumsum(lengths)
    charity = np.repeat(np.arange(len(lengths)), lengths)
    start = (ends - lengths)[charity]
    place = np.arange(len(charity)) - start
    numbers, rare = _numbers(rng, words, priorities[charity])
    again = np.flatnonzero(rng.random(len(numbers), dtype=np.float32) < REPEATS)
    numbers[again] = numbers[start[again] + (rng.random(len(again)) * place[again]).astype(int)]
    forms = [pa.concat_arrays(two) for two in zip(_strings(words), _forms(rare), strict=True)]
    sentence = rng.integers(12, 25, len(lengths))[charity]
    begins, stops = place % sentence == 0, (place + 1) % sentence == 0
    stops[ends - 1] = True
    numbers += len(forms[0]) * np.where(stops, 2, begins).astype(np.int32)
    chosen = pa.concat_arrays(forms).take(pa.array(numbers))
    offsets = pa.array(np.concatenate([[0], ends]), pa.int32())
    return pc.binary_join(pa.ListArray.from_arrays(offsets, chosen), " ")


def _lengths(rng: np.random.Generator, words: Words, size: int) -> np.ndarray:
    """Return how many words and phrases to draw for each text."""
    phrases = (1 - words.function_share) * TOPIC_SHARE * (words.topic_length - 1)
    mean = np.log(MEAN_WORDS / (1 + phrases)) - SPREAD**2 / 2
    return np.exp(rng.normal(mean, SPREAD, size)).clip(5, MOST_WORDS).astype(int)


def _numbers(
    rng: np.random.Generator, words: Words, priorities: np.ndarray
) -> tuple[np.ndarray, pa.Array]:
    """Draw words; return their numbers, and the made-up words that follow the written ones."""
    size = len(priorities)
    numbers = words.background[rng.integers(0, len(words.background), size)]
    kind = rng.random(size, dtype=np.float32)
    content = 1 - words.function_share
    topic, made = content * TOPIC_SHARE, content * (TOPIC_SHARE + MADE_UP_SHARE)
    at = np.flatnonzero(kind < topic)
    which = priorities[at, rng.integers(0, priorities.shape[1], len(at))]
    numbers[at] = words.topics[which, rng.integers(0, words.topics.shape[1], len(at))]
    at = np.flatnonzero(kind >= content)
    numbers[at] = words.function[rng.integers(0, len(words.function), len(at))]
    at = np.flatnonzero((kind >= topic) & (kind < made))
    ranks = (EVENNESS * (1 / (1 - rng.random(len(at))) - 1)).astype(np.int64)
    known, found = np.unique(ranks, return_inverse=True)
    numbers[at] = len(words.written) + found
    return numbers, pa.array(made_up(known))
