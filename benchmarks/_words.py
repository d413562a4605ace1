"""The words that generated charities are described in, and how often each is drawn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from recommender import load_catalogue, load_priorities
from recommender.background import load_backgrounds
from recommender.english import LATIN, stems_of, stop_words
from recommender.priorities import Priorities
from recommender.registers.us_irs_bmf import activities
from recommender.text import Analyser

DRAWS, TOPIC_DRAWS = 1 << 20, 1 << 12
"""Places of a table of draws: the rarest background word has several in the first."""

# Stems of which no shipped text has a written form get the first of these that stems back.
_ENDINGS = ("", "e", "y", "s", "ing", "ed", "er", "ion", "ation", "ity", "al", "ment")
_SYLLABLES = np.array([a + b for a in "bcdfghjklmnprstvwz" for b in "aeiou"])
_MADE_UP = len(_SYLLABLES) ** 4
_SCRAMBLE = 48_271  # shares no factor with _MADE_UP, so that no two ranks become one word


@dataclass(frozen=True, eq=False)
class Words:
    """Words by number, and tables of numbers: a place drawn at random is a word drawn by weight.

    Attributes
    ----------
    written : list of str
        Words and phrases as charities write them, in small letters.
    function, background : ndarray of int
        Stop words, by how often the shipped descriptions have them; content words, by the shipped
        document frequencies.
    topics : ndarray of int, shape (priorities, TOPIC_DRAWS)
        The words of each priority's profile, by their weights.
    function_share : float
        Which share of the shipped descriptions' words are stop words.
    topic_length : float
        How many words a word or phrase of a profile has, as they are drawn.
    """

    written: list[str]
    function: np.ndarray
    background: np.ndarray
    topics: np.ndarray
    function_share: float
    topic_length: float


@cache
def load_words() -> Words:
    """Return the words of the shipped data."""
    priorities, texts = load_priorities(), list(load_catalogue()["description"])
    function = _function_words(texts)
    profiles = [_profile(priorities, name) for name in priorities.ids]
    background = _background(_written_forms([*texts, *_phrases(priorities)]))
    numbers: dict[str, int] = defaultdict(lambda: len(numbers))
    tables = [_draws(weights, numbers, DRAWS) for weights in (function, background)]
    topics = np.stack([_draws(weights, numbers, TOPIC_DRAWS) for weights in profiles])
    read = sum(len(LATIN.findall(text)) for text in texts)
    lengths = np.array([len(word.split()) for word in numbers])
    share = sum(function.values()) / read
    return Words(list(numbers), *tables, topics, share, float(lengths[topics].mean()))


def _function_words(texts: Iterable[str]) -> Counter[str]:
    words = (word.lower() for text in texts for word in LATIN.findall(text))
    return Counter(word for word in words if word in stop_words())


def _profile(priorities: Priorities, name: str) -> dict[str, float]:
    """Return the English words and phrases of a priority as they are written, with weights."""
    lexicon = priorities[name].lexicon["en"]
    weights = {e.lower(): priorities.tiers[tier] for tier in lexicon for e in lexicon[tier]}
    return {word: w for word, w in (weights | priorities.learned.get(name, {})).items() if w > 0}


def _phrases(priorities: Priorities) -> list[str]:
    learned = [word for weights in priorities.learned.values() for word in weights]
    defined = [priority.definition["en"] for priority in priorities.items]
    return [*priorities.entries("en"), *learned, *defined, *activities().values()]


def _written_forms(texts: Iterable[str]) -> dict[str, str]:
    """Return the most frequent written form of each stem in the texts."""
    analyser, seen = Analyser(), defaultdict[str, Counter[str]](Counter)
    for text in texts:
        for token in analyser.tokens(text, "en"):
            seen[token.term][text[token.start : token.end].lower()] += 1
    return {stem: max(sorted(forms), key=forms.__getitem__) for stem, forms in seen.items()}


def _background(known: Mapping[str, str]) -> dict[str, float]:
    """Return the single words of the background: how often each is drawn where texts are short.

    In texts of Poisson lengths a word stands in a share s of them if it is drawn -ln(1 - s) times
    a text.
    """
    background = load_backgrounds()["en"]
    stems = [term for term in background.frequencies or {} if " " not in term]
    forms = {stem: known.get(stem) or _with_ending(stem) for stem in stems}
    return {form: -np.log1p(-background.share(stem)) for stem, form in forms.items() if form}


def _with_ending(stem: str) -> str:
    """Return a word that stems to `stem`; nothing if no ending makes one."""
    tried = (stem + ending for ending in _ENDINGS)
    return next((word for word in tried if stems_of(word) == (stem,)), "")


def _draws(weights: Mapping[str, float], numbers: dict[str, int], size: int) -> np.ndarray:
    """Return a table in which each word's number stands as often as its weight asks."""
    given = np.fromiter(weights.values(), float)
    words = np.array([numbers[word] for word in weights], dtype=np.int32)
    places = (np.arange(size) + 0.5) / size * given.sum()
    return words[np.searchsorted(np.cumsum(given), places).clip(max=len(words) - 1)]


def made_up(ranks: np.ndarray) -> np.ndarray:
    """Return a made-up word for each rank, always the same.

    Each ends in k, so that Snowball takes nothing from it.
    """
    left = ranks % _MADE_UP * _SCRAMBLE % _MADE_UP
    words = np.full(len(ranks), "", dtype="U9")
    for _ in range(4):
        left, syllable = np.divmod(left, len(_SYLLABLES))
        words = np.char.add(words, _SYLLABLES[syllable])
    return np.char.add(words, "k")
