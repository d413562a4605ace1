"""Which of very many names are close to one that was typed: a few edits away (see `edits`).

One edit is forgiven for four to seven letters typed, two for eight to fifteen, three for more.
Letters are counted as written or, of Hangul, as jamo, whichever is kinder: a wrong jamo is one of
many letters, a wrong syllable one of few. Digits must be the same, since another number is another
charity. Every name is compared, so none that is close is missed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .edits import Form, Letters, codes_of, distances, letters_of

_FORMS: tuple[Form, ...] = ("NFC", "NFD")
_ALLOWED = ((16, 3), (8, 2), (4, 1))
_JAMO = 6
"""Jamo that an edit of a syllable may change: two syllables that are swapped have up to six."""

_NO_DIGITS = r"[^\p{N}]+"


def allowed(letters: int) -> int:
    """Return how many edits are forgiven in so many letters."""
    return next((edits for least, edits in _ALLOWED if letters >= least), 0)


class Closeness:
    """Finds the keys that are close to one.

    Parameters
    ----------
    keys : pyarrow StringArray
        Small letters and digits; see `keys`.
    """

    def __init__(self, keys: pa.StringArray) -> None:
        self._keys = keys
        self._lengths = pc.utf8_length(keys).to_numpy(zero_copy_only=False)
        _, ends, block = keys.buffers()
        self._codes = np.frombuffer(block or b"", dtype=np.uint8)
        self._starts = np.frombuffer(ends or bytes(4), dtype=np.int32)[keys.offset :]
        self._starts = self._starts[: len(keys) + 1]
        self._ascii = np.diff(self._starts) == self._lengths

    def near(self, key: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the places of the keys that are close to one, and how far each is.

        Returns
        -------
        places : ndarray of int64
        apart : ndarray of uint8
            The distance of `edits`; of Hangul, in jamo.
        """
        typed = {form: codes_of(unicodedata.normalize(form, key)) for form in _FORMS}
        most = {form: allowed(len(codes)) for form, codes in typed.items()}
        widest = max(most.values())
        near = [np.zeros(0, dtype=np.int64)]
        for places, letters in self._about(len(key), widest) if widest else ():
            close = np.zeros(len(places), dtype=bool)
            for form in _FORMS:
                close |= distances(letters(form), typed[form], most[form]) <= most[form]
            near.append(places[close])
        places = self._same_digits(np.concatenate(near), key)
        found = letters_of(self._keys.take(pa.array(places)), "NFD")
        return places, distances(found, typed["NFD"], _JAMO * widest)

    def _about(
        self, length: int, widest: int
    ) -> Iterator[tuple[np.ndarray, Callable[[Form], Letters]]]:
        """Yield the places of keys about as long, and how to get their letters in a form.

        Those in ASCII are compared where they lie.
        """
        about = np.abs(self._lengths - length) <= widest
        places = np.flatnonzero(about & self._ascii)
        own = Letters(self._codes, self._starts[places], self._lengths[places])
        yield places, lambda _: own
        others = np.flatnonzero(about & ~self._ascii)
        keys = self._keys.take(pa.array(others))
        yield others, lambda form: letters_of(keys, form)

    def _same_digits(self, places: np.ndarray, key: str) -> np.ndarray:
        digits = _digits(self._keys.take(pa.array(places)))
        same = pc.equal(digits, _digits(pa.array([key]))[0])
        return places[same.to_numpy(zero_copy_only=False)]


def _digits(keys: pa.StringArray) -> pa.StringArray:
    return pc.replace_substring_regex(keys, _NO_DIGITS, "")
