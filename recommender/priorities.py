"""data/priorities.toml to Priority objects with their term profiles."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .errors import CatalogueError, Problem, RecommenderError, UnknownNameError
from .paths import data_folder
from .text import LANGUAGES, Analyser


@dataclass(frozen=True)
class Priority:
    """Something a donor can care about.

    Attributes
    ----------
    id : str
        Stable; what links, files and columns are named by.
    label, definition : mapping of language to text
        A few words, and one sentence.
    on_by_default : bool
        Whether the questionnaire asks for it without being told to.
    lexicon : mapping of language to tier to entries
        Words and phrases that a text about the priority holds.
    """

    id: str
    label: Mapping[str, str]
    definition: Mapping[str, str]
    on_by_default: bool
    lexicon: Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Priorities:
    """The priorities of one file, with what they share.

    Attributes
    ----------
    tiers : mapping of str to float
        The weight of an entry by its tier, above 0.
    false_friends : mapping of language to phrases
        Phrases that look like evidence and are none.
    """

    items: tuple[Priority, ...]
    tiers: Mapping[str, float]
    false_friends: Mapping[str, tuple[str, ...]]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids, in the order in which the priorities are offered."""
        return tuple(priority.id for priority in self.items)

    def __getitem__(self, name: str) -> Priority:
        for priority in self.items:
            if priority.id == name:
                return priority
        raise UnknownNameError("priority", name, self.ids)

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change with whatever a score can depend on."""
        said = repr((self.items, sorted(self.tiers.items()), sorted(self.false_friends.items())))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @cached_property
    def analyser(self) -> Analyser:
        """What reads texts so that every entry of every lexicon is a term."""
        phrases = {lang: self._entries(lang) for lang in LANGUAGES}
        return Analyser(phrases, self.false_friends)

    def _entries(self, language: str) -> list[str]:
        return [
            entry
            for priority in self.items
            for entries in priority.lexicon.get(language, {}).values()
            for entry in entries
        ]

    def profile(self, priority: Priority, language: str) -> dict[str, float]:
        """Return the weight of each term of a priority's lexicon; the strongest tier counts."""
        weights: dict[str, float] = {}
        for tier, entries in priority.lexicon.get(language, {}).items():
            for entry in entries:
                term = self.analyser.term(entry, language)
                weights[term] = max(self.tiers[tier], weights.get(term, 0.0))
        return weights


def load_priorities(path: str | Path | None = None) -> Priorities:
    """Read priorities.

    Parameters
    ----------
    path : str or Path, optional
        A TOML file in the layout of the shipped data/priorities.toml, which is the default.

    Raises
    ------
    CatalogueError
        With every problem found.
    """
    path = Path(path or data_folder() / "priorities.toml")
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RecommenderError(f"can't read {path}: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(str(path), [Problem("file", str(error), "TOML in UTF-8")]) from error
    problems = list(_problems(raw))
    if problems:
        raise CatalogueError(str(path), problems)
    return Priorities(
        items=tuple(_priority(block) for block in raw["priority"]),
        tiers=raw["tiers"],
        false_friends={k: tuple(v) for k, v in raw.get("false_friends", {}).items()},
    )


def _priority(block: Mapping[str, Any]) -> Priority:
    return Priority(
        id=block["id"],
        label=block["label"],
        definition=block["definition"],
        on_by_default=block.get("on_by_default", False),
        lexicon={
            language: {tier: tuple(entries) for tier, entries in tiers.items()}
            for language, tiers in block["lexicon"].items()
        },
    )


def _problems(raw: Mapping[str, Any]) -> Iterable[Problem]:
    tiers: Any = raw.get("tiers")
    if not _is_table(tiers, lambda weight: isinstance(weight, int | float) and weight > 0):
        yield Problem("tiers", repr(tiers), "at least one tier with a weight above 0")
        tiers = {}
    blocks = raw.get("priority", [])
    if not blocks:
        yield Problem("priority", "none", "at least one [[priority]] block")
    ids = [block.get("id") for block in blocks]
    for i, block in enumerate(blocks):
        where = f"priority {block.get('id', i + 1)}"
        if not isinstance(block.get("id"), str) or not block["id"].isidentifier():
            yield Problem(where, repr(block.get("id")), "an id of letters, digits and _")
        elif ids.count(block["id"]) > 1:
            yield Problem(where, "the id twice", "each id once")
        for key in ("label", "definition", "lexicon"):
            if not isinstance(block.get(key), dict) or "en" not in block[key]:
                yield Problem(f"{where}, {key}", repr(block.get(key))[:60], "one in English (en)")
        if isinstance(block.get("lexicon"), dict):
            yield from _lexicon_problems(where, block["lexicon"], tiers)


def _is_table(value: object, right: Callable[[Any], bool]) -> bool:
    return isinstance(value, dict) and bool(value) and all(map(right, value.values()))


def _is_entries(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(e, str) and e.strip() for e in value)


def _lexicon_problems(
    where: str, lexicon: Mapping[str, Any], tiers: Mapping[str, float]
) -> Iterable[Problem]:
    for language, by_tier in lexicon.items():
        place = f"{where}, lexicon.{language}"
        if language not in LANGUAGES:
            yield Problem(where, f"a lexicon in {language!r}", f"one of {', '.join(LANGUAGES)}")
        if not _is_table(by_tier, _is_entries):
            yield Problem(place, repr(by_tier)[:60], "a list of words for each tier")
            continue
        for tier in by_tier:
            if tiers and tier not in tiers:
                yield Problem(place, f"tier {tier!r}", f"one of {', '.join(tiers)}")
