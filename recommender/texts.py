"""A catalogue's texts: their terms counted for the index, and one charity's read again when asked.

An index keeps no text. What a card, an explanation or a mended word needs is read from the few
charities that it is about.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import numpy as np
import pyarrow as pa

from .charities import Charities, all_silent, silent
from .counting import TermCounter
from .explanation import Reading
from .index import Index, Weights
from .schema import DESCRIPTIONS
from .text import Analyser

_KEPT = 500
"""Charities whose texts stay read: a donor who changes a weight sees most of them again."""


def counted(table: pa.Table, analyser: Analyser) -> dict[str, tuple[list[str], Any]]:
    """Return the terms of every language that a table's texts are in, and their counts."""
    names, found = all_silent(table), {}
    for language, column in DESCRIPTIONS.items():
        counter = TermCounter(analyser, language)
        counts = counter.count(table.column(column).to_pylist(), names)
        if counter.terms:
            found[language] = (counter.terms, counts)
    return found


def _read(charities: Charities, analyser: Analyser, charity_id: str) -> Reading:
    """Return a charity's texts as they are read."""
    charity = charities.charity(charity_id)
    texts = {lang: charity[col] for lang, col in DESCRIPTIONS.items() if charity[col]}
    return Reading.of(texts, analyser, silent(charity))


class Texts:
    """Reads the texts of single charities.

    Parameters
    ----------
    index : Index
    charities : Charities
    analyser : Analyser
    """

    def __init__(self, index: Index, charities: Charities, analyser: Analyser) -> None:
        self._index, self._charities, self._analyser = index, charities, analyser
        # Not of a method: what holds on to itself goes only when the collector of garbage runs.
        self.read = lru_cache(_KEPT)(partial(_read, charities, analyser))

    def weights(self, charity_id: str) -> dict[str, Weights]:
        """Return the TF-IDF row of a charity by language."""
        row = self._charities.row_of(charity_id)
        return {
            language: self._index.tfidfs(row, language, dict.fromkeys(t.term for t in tokens))
            for language, tokens in self.read(charity_id).tokens.items()
        }

    def as_written(self, term: str) -> str:
        """Return a word as the charity whose lot comes first, of those who use it, writes it."""
        rows = self._index.holders(term, "en")
        first = rows[np.argmin(self._charities.places[rows])]
        (charity_id,) = self._charities.ids([first])
        reading = self.read(charity_id)
        token = reading.first["en"][term]
        return reading.texts["en"][token.start : token.end].lower()
