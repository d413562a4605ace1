"""What a donor asks to the parts of a query and their weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from numbers import Real
from typing import Any

import numpy as np

from .errors import AnswersError, UnknownNameError
from .facets import Choice
from .feedback import centroid
from .index import Index, Part, Weights
from .own_words import term_weights
from .ranking import (
    LIKE,
    LIKE_WEIGHT,
    TEXT,
    UNLIKE,
    UNLIKE_WEIGHT,
    donor_weights,
    raw_weights,
    text_weights,
)
from .text import Analyser, scripts

Row = Callable[[str], Mapping[str, Weights]]
"""Returns the TF-IDF row of a charity by language."""


@dataclass(frozen=True)
class Asked:
    """Everything a run is ranked by.

    Attributes
    ----------
    answers : mapping of priority id to weight in 0..5, or None for "skip"
    text : str
        The donor's own words, as they are read.
    reading : mapping of priority id to share
        What the words are read as; the shares sum to at most 1.
    like, unlike : tuple of str
        The ids of charities that the donor wants more, or less, of.
    only, hide : mapping of facet to values
        What a charity must have one of, and what it may have none of.
    keep : tuple of str
        The ids of charities that stay whatever facets say.
    without : str, optional
        The id of a charity that is left out: the one that the others are compared with.
    """

    answers: Mapping[str, float | None] = field(default_factory=dict)
    text: str = ""
    reading: Mapping[str, float] = field(default_factory=dict)
    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    only: Choice = field(default_factory=dict)
    hide: Choice = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    without: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return what `from_dict` reads, in types that JSON knows."""
        lists = {name: list(getattr(self, name)) for name in ("like", "unlike", "keep")}
        facets = {
            name: {facet: list(values) for facet, values in choice.items()}
            for name, choice in (("only", self.only), ("hide", self.hide))
        }
        return {**asdict(self), **lists, **facets}

    @classmethod
    def from_dict(cls, asked: Mapping[str, Any]) -> Asked:
        """Return what `as_dict` returned."""
        only, hide = (
            {facet: tuple(values) for facet, values in asked[name].items()}
            for name in ("only", "hide")
        )
        return cls(
            asked["answers"],
            asked["text"],
            asked["reading"],
            tuple(asked["like"]),
            tuple(asked["unlike"]),
            only,
            hide,
            tuple(asked["keep"]),
            asked.get("without"),
        )


def checked_reading(reading: Mapping[str, float], known: Iterable[str]) -> dict[str, float]:
    """Return a donor's own reading of their words, shares of 0 left out.

    Raises
    ------
    UnknownNameError, AnswersError
    """
    known = list(known)
    for name, share in reading.items():
        if name not in known:
            raise UnknownNameError("priority", name, known)
        if isinstance(share, bool) or not (isinstance(share, Real) and 0 <= share <= 1):
            raise AnswersError(f"share {share!r} of {name} in reading: expected 0 to 1")
    if sum(reading.values()) > 1 + 1e-9:
        raise AnswersError(f"shares {dict(reading)} in reading: expected a sum of at most 1")
    return {name: float(share) for name, share in reading.items() if share > 0}


def chosen(
    find: Callable[[str], str], like: str | Iterable[str], unlike: str | Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of the charities that each list names; none may name the same.

    Raises
    ------
    UnknownNameError, AnswersError
    """
    liked, unliked = named(find, like), named(find, unlike)
    if both := {*liked} & {*unliked}:
        raise AnswersError(f"like and unlike both name {', '.join(sorted(both))}; choose one.")
    return liked, unliked


def named(find: Callable[[str], str], names: str | Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the charities that a list names, each once.

    Raises
    ------
    UnknownNameError
    """
    return tuple(dict.fromkeys(map(find, [names] if isinstance(names, str) else names)))


def first_rows(k: int | None) -> int | None:
    """Return how many rows to keep.

    Raises
    ------
    AnswersError
    """
    if k is not None and (not isinstance(k, int | np.integer) or isinstance(k, bool) or k < 0):
        raise AnswersError(f"k {k!r}: expected a whole number, 0 or more")
    return None if k is None else int(k)


class LazyParts(Mapping[str, Part]):
    """The parts that priorities make, each made when it is first asked for.

    Parameters
    ----------
    names : iterable of str
    make : callable
        Returns the part of a name.
    """

    def __init__(self, names: Iterable[str], make: Callable[[str], Part]) -> None:
        self._names, self._make = tuple(names), make
        self._made: dict[str, Part] = {}

    def __getitem__(self, name: str) -> Part:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Queries:
    """Turns what is asked into parts of a query.

    Parameters
    ----------
    index : Index
    parts : mapping of priority id to Part
    analyser : Analyser
    levels : mapping of language to float
        What a strong match is of words, and of charities that are liked.
    row : callable
    """

    def __init__(
        self,
        index: Index,
        parts: Mapping[str, Part],
        analyser: Analyser,
        levels: Mapping[str, float],
        row: Row,
    ) -> None:
        self._index, self._parts, self._analyser = index, parts, analyser
        self._levels, self._row = levels, row

    def query(self, asked: Asked) -> tuple[list[Part], dict[str, float]]:
        """Return the parts of the query, and the weight of each."""
        words = self._words(asked.text)
        weights = donor_weights(asked.answers, self._others(words, asked), tuple(self._parts))
        others_made = {TEXT: words}
        for name, ids in ((LIKE, asked.like), (UNLIKE, asked.unlike)):
            if ids:
                others_made[name] = centroid(
                    name, [self._row(charity) for charity in ids], self._levels
                )
        order = [name for name in (*self._parts, *others_made) if name in weights]
        parts = [others_made[n] if n in others_made else self._parts[n] for n in order]
        return parts, {name: weights[name] for name in order}

    def raw(self, asked: Asked) -> dict[str, float]:
        """Return the weight of each part before all are scaled: a rating is itself."""
        others = self._others(self._words(asked.text), asked)
        return raw_weights(asked.answers, others, tuple(self._parts))

    def _others(self, words: Part, asked: Asked) -> dict[str, float]:
        """Return the weights of what is asked for otherwise than by a rating."""
        others = text_weights(self._counts(words, asked), asked.reading) if asked.text else {}
        others |= {LIKE: LIKE_WEIGHT} if asked.like else {}
        others |= {UNLIKE: UNLIKE_WEIGHT} if asked.unlike else {}
        return others

    @staticmethod
    def _counts(words: Part, asked: Asked) -> bool:
        """Tell whether the donor's words are weighed: not if they are words of no description.

        Alone they are, so that the run says that nothing was found.
        """
        alone = not (any(asked.answers.values()) or asked.reading or asked.like or asked.unlike)
        return bool(words.shares) or alone

    def _words(self, text: str) -> Part:
        weights = term_weights(text, self._analyser)
        return self._index.part(TEXT, weights, scripts(text), self._levels)
