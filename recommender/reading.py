"""A donor's own words read as a mixture of priorities, by the profiles that rank charities.

Each letter of the words is read by the terms it stands in. With e(p) their weight in the profile
of priority p (idf times weight at unit length, over the level), summed over those terms, and
share(p) what the words are about::

    vote(p)  = min(max e / STRONG, 1) · e(p) · share(p) / Σ_q e(q) · share(q)
    share(p) = the mean of vote(p) over all letters

taken in turn ROUNDS times from equal shares, as a mixture is fitted to data (expectation
maximisation; T. Hofmann, "Probabilistic latent semantic indexing", 1999). So a word that could
speak for several priorities speaks for those that the words around it speak for, and a word that
tells little speaks softly. What is read softly, or as a priority that has less than CLEAR of the
best one's share, is left to the words as words; MOST is the most that isn't. Words of which less
than FAINT is read are read as nothing.

The idf is the background's alone, so that the reading depends on which priorities are offered and
not on the catalogue's texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import numpy as np

from .background import Background
from .index import Weights, unit
from .priorities import Priorities
from .text import LANGUAGES, scripts
from .weighting import idf_of

STRONG, ROUNDS, CLEAR, FAINT, MOST = 0.4, 10, 0.2, 0.15, 0.8


class Reader:
    """Reads words as priorities.

    Parameters
    ----------
    priorities : Priorities
    offered : iterable of str
        The ids that words may be read as.
    backgrounds : mapping of language to Background
    """

    def __init__(
        self,
        priorities: Priorities,
        offered: Iterable[str],
        backgrounds: Mapping[str, Background],
    ) -> None:
        self._analyser = priorities.analyser
        self._backgrounds = backgrounds
        self._telling: dict[str, dict[str, dict[str, float]]] = {lang: {} for lang in LANGUAGES}
        for name, language in product(offered, LANGUAGES):
            weights = self._weighed(priorities.profile(priorities[name], language), language)
            level = priorities.levels_of(name)[language]
            for term, weight in unit(weights, 1 / level).items():
                self._telling[language].setdefault(term, {})[name] = weight

    def _weighed(self, weights: Weights, language: str) -> dict[str, float]:
        background = self._backgrounds.get(language, Background())
        return {
            term: float(idf_of(background.share(term))) * weight for term, weight in weights.items()
        }

    def knows(self, term: str, language: str) -> bool:
        """Tell whether a term stands in the background or in a profile."""
        background = self._backgrounds.get(language, Background())
        return term in (background.frequencies or {}) or term in self._telling[language]

    def read(self, text: str) -> dict[str, float]:
        """Return the share of each priority that the words are about, the largest first.

        The shares sum to at most MOST; there is none if the words say nothing clear.
        """
        letters = self._letters(text)
        shares = _mixture(letters)
        least = CLEAR * max(shares.values(), default=0.0)
        shares = {name: share for name, share in shares.items() if share >= least}
        read = sum(shares.values())
        if read < FAINT:
            return {}
        factor = min(1.0, MOST / read)
        return {name: x * factor for name, x in sorted(shares.items(), key=lambda i: -i[1])}

    def _letters(self, text: str) -> list[Mapping[str, float]]:
        """Return e(p) of each letter that stands in a term of any language."""
        letters: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for language in scripts(text):
            for token in self._analyser.tokens(text, language):
                evidence = self._telling[language].get(token.term, {})
                for letter in range(token.start, token.end):
                    letters[letter].update(evidence)
        return list(letters.values())


def _mixture(letters: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the share of each priority in letters, told e(p) of each; the rest is read softly."""
    names = sorted({name for evidence in letters for name in evidence})
    if not names:
        return {}
    told = np.array([[evidence.get(name, 0.0) for name in names] for evidence in letters])
    loud = np.minimum(told.max(axis=1) / STRONG, 1.0)
    shares = np.full(len(names), 1.0)
    for _ in range(ROUNDS):
        votes = told * shares
        total = votes.sum(axis=1)
        shares = (loud / np.where(total > 0, total, 1.0)) @ votes / len(letters)
    return dict(zip(names, shares.tolist(), strict=True))
