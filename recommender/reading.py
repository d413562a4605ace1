"""A donor's own words read as a mixture of priorities, by the profiles that rank charities.

Each letter of the words is read by the terms it stands in. With e(p) their weight in the profile
of priority p (idf times weight at unit length, over the level), summed over those terms::

    vote(p) = min(max e / STRONG, 1) · e(p)^SHARPNESS / Σ_q e(q)^SHARPNESS

so that a word speaks for the priorities it is most telling of, and a word that tells little speaks
softly. A priority's share is the mean of its votes over all letters. What is read softly, or as a
priority that has less than CLEAR of the best one's share, is left to the words as words; MOST is
the most that isn't. Words of which less than FAINT is read are read as nothing.

The idf is the background's alone, so that the reading depends on which priorities are offered and
not on the catalogue's texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import product

from .background import Background
from .index import Weights, unit
from .priorities import Priorities
from .text import LANGUAGES, scripts
from .weighting import idf_of

STRONG, SHARPNESS, CLEAR, FAINT, MOST = 0.27, 3.0, 0.15, 0.15, 0.75


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
        votes: Counter[str] = Counter()
        for evidence in letters:
            votes.update(_votes(evidence))
        least = CLEAR * max(votes.values(), default=0.0)
        shares = {name: vote / len(letters) for name, vote in votes.items() if vote >= least}
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


def _votes(evidence: Mapping[str, float]) -> dict[str, float]:
    """Return a letter's vote for each priority."""
    if not evidence:
        return {}
    sharp = {name: e**SHARPNESS for name, e in evidence.items()}
    weight = min(max(evidence.values()) / STRONG, 1.0) / sum(sharp.values())
    return {name: weight * e for name, e in sharp.items()}
