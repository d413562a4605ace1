"""What a strong match is: the level of each priority, so that equal weights have equal say.

The level of a priority in English is the mean match of the LEVEL_TEXTS texts of a background of
nonprofits that match it best; where none matches, the median of the other levels. Korean has no
background; there the English level is multiplied by how much stronger Korean matches are than
English ones in a catalogue told in both, one figure for all priorities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

import numpy as np

from .background import count_background
from .errors import RecommenderError
from .index import Index
from .priorities import Priorities
from .profiles import LEVEL_TEXTS
from .text import LANGUAGES

Parallel = Mapping[str, Sequence[str]]


def measure_levels(
    priorities: Priorities, background: Sequence[str], parallel: Parallel
) -> dict[str, dict[str, float]]:
    """Return the level of each priority by language, above 0.

    Parameters
    ----------
    priorities : Priorities
    background : sequence of str
        English texts of many nonprofits.
    parallel : mapping of language to texts
        The same charities in the same order in each language.

    Raises
    ------
    RecommenderError
        If no text of the background, or none of a language, matches any priority.
    """
    documents = [priorities.analyser.terms(text, "en") for text in background]
    index = Index(background_weight=0.0).fit({"en": documents})
    matched = {name: _level(priorities, index, name) for name in priorities.ids}
    if not any(matched.values()):
        raise RecommenderError("the texts hold no word of any priority, so no match can be strong.")
    usual = median(level for level in matched.values() if level)
    english = {name: level or usual for name, level in matched.items()}
    told = {
        lang: [priorities.analyser.terms(t, lang) for t in parallel[lang]] for lang in LANGUAGES
    }
    both = Index().fit(told, {"en": count_background(documents)})
    korean = _strength(priorities, both, "ko") / _strength(priorities, both, "en")
    return {name: {"en": level, "ko": level * korean} for name, level in english.items()}


def _level(priorities: Priorities, index: Index, name: str) -> float:
    profile = {"en": priorities.profile(priorities[name], "en")}
    matches = index.match(index.part(name, profile))
    return float(np.sort(matches)[-LEVEL_TEXTS:].mean())


def _strength(priorities: Priorities, index: Index, language: str) -> float:
    """Return the sum of all matches in one language."""
    parts = [
        index.part(p.id, {language: priorities.profile(p, language)}) for p in priorities.items
    ]
    strength = float(sum(index.match(part).sum() for part in parts))
    if not strength:
        raise RecommenderError(f"the catalogue holds no word of any priority in {language!r}.")
    return strength
