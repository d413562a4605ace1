"""A donor's own words read as a mixture of priorities, by the profiles that rank charities.

The words are weighed like a description, with idf from the background alone, so that the reading
depends on which priorities are offered and not on the catalogue's texts. With e(p) the match of
the words with priority p (over its level), the priorities that reach CLEAR of the best share in
proportion to e(p)^SHARPNESS; nothing is read into words whose best match is below FAINT.

The shares sum to how much of the words the priorities know: the share of their letters that stand
in a term of one of the profiles, at most MOST. The rest is left to the words as words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .background import Background
from .index import Weights, idf_of, unit
from .own_words import term_weights
from .priorities import Priorities
from .text import LANGUAGES, scripts

SHARPNESS, CLEAR, FAINT, MOST = 2.0, 0.35, 0.25, 0.75


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
        self._profiles = {
            name: {
                language: unit(
                    self._weighed(priorities.profile(priorities[name], language), language)
                )
                for language in LANGUAGES
            }
            for name in offered
        }
        self._levels = {name: priorities.levels_of(name) for name in offered}

    def _weighed(self, weights: Weights, language: str) -> dict[str, float]:
        background = self._backgrounds.get(language, Background())
        return {
            term: float(idf_of(background.share(term))) * weight for term, weight in weights.items()
        }

    def knows(self, term: str, language: str) -> bool:
        """Tell whether a term stands in the background or in a profile."""
        background = self._backgrounds.get(language, Background())
        return term in (background.frequencies or {}) or any(
            term in profiles[language] for profiles in self._profiles.values()
        )

    def read(self, text: str) -> dict[str, float]:
        """Return the share of each priority that the words are about, the largest first.

        The shares sum to at most MOST; there is none if the words say nothing clear.
        """
        evidence = self._evidence(text)
        best = max(evidence.values(), default=0.0)
        if best < FAINT:
            return {}
        clear = {name: e**SHARPNESS for name, e in evidence.items() if e >= CLEAR * best}
        factor = min(self._known(text, clear), MOST) / sum(clear.values())
        return {name: e * factor for name, e in sorted(clear.items(), key=lambda item: -item[1])}

    def _evidence(self, text: str) -> dict[str, float]:
        """Return e(p) of each priority."""
        evidence = dict.fromkeys(self._profiles, 0.0)
        shares = scripts(text)
        for language, weights in term_weights(text, self._analyser).items():
            words, share = unit(self._weighed(weights, language)), shares[language]
            for name, profiles in self._profiles.items():
                match = sum(w * profiles[language].get(term, 0.0) for term, w in words.items())
                evidence[name] += share * match / self._levels[name][language]
        return evidence

    def _known(self, text: str, names: Iterable[str]) -> float:
        """Return the share of the words' letters that stand in a term of the named profiles."""
        known: set[int] = set()
        read: set[int] = set()
        for language in scripts(text):
            terms = {term for name in names for term in self._profiles[name][language]}
            for token in self._analyser.tokens(text, language):
                read.update(range(token.start, token.end))
                if token.term in terms:
                    known.update(range(token.start, token.end))
        return len(known) / len(read) if read else 0.0
