"""data/priorities.toml to Priority objects with their term profiles."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any

from .errors import CatalogueError, Problem, RecommenderError, UnknownNameError
from .paths import data_folder
from .profiles import UNMEASURED, Levels, read_levels, read_profiles
from .text import LANGUAGES, Analyser

_RESERVED = (
    *("charity_id", "rank", "tied", "name", "band", "score", "text", "like", "unlike"),
    *("v", "lang"),  # what a link's address says besides the answers
)


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
    agendas : mapping of id to priority ids
        Which priorities are offered together, in their order.
    learned : mapping of priority id to {English word or phrase: weight}
        What labelled charities taught, in the unit of the tiers; it takes the lexicon's place for
        the words it holds.
    levels : mapping of priority id to {language: level}
        What a strong match is, so that priorities compare; see `profiles`.
    """

    items: tuple[Priority, ...]
    tiers: Mapping[str, float]
    false_friends: Mapping[str, tuple[str, ...]]
    agendas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    learned: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    levels: Levels = field(default_factory=dict)

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
    def level(self) -> dict[str, float]:
        """The median level of all priorities by language; that of words and of liked charities."""
        measured: dict[str, list[float]] = {}
        for levels in self.levels.values():
            for language, level in levels.items():
                measured.setdefault(language, []).append(level)
        return UNMEASURED | {language: median(found) for language, found in measured.items()}

    def levels_of(self, name: str) -> dict[str, float]:
        """Return a priority's level by language; the median where it wasn't measured."""
        return self.level | dict(self.levels.get(name, {}))

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change with whatever a score can depend on."""
        tables = (self.tiers, self.false_friends, self.learned, self.levels)
        said = repr((self.items, *(sorted(table.items()) for table in tables)))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @cached_property
    def analyser(self) -> Analyser:
        """What reads texts so that every entry of every lexicon and profile is a term."""
        return self.reader()

    def reader(self, *, pairs: bool = False) -> Analyser:
        """Return a new reader of texts; with `pairs`, one that finds phrases to learn."""
        phrases = {lang: self.entries(lang) for lang in LANGUAGES}
        phrases["en"] += [term for weights in self.learned.values() for term in weights]
        return Analyser(phrases, self.false_friends, pairs=pairs)

    def entries(self, language: str) -> list[str]:
        """Return the entries of all lexicons of a language."""
        return [
            entry
            for priority in self.items
            for entries in priority.lexicon.get(language, {}).values()
            for entry in entries
        ]

    def unlearned(self) -> Priorities:
        """Return the same priorities with their lexicons alone."""
        return replace(self, learned={}, levels={})

    def profile(self, priority: Priority, language: str) -> Mapping[str, float]:
        """Return the weight of each term of a priority: what was learned, else the lexicon's."""
        return self._profiles[priority.id, language]

    @cached_property
    def _profiles(self) -> dict[tuple[str, str], dict[str, float]]:
        found = {}
        for priority in self.items:
            for language in LANGUAGES:
                weights = self.lexicon_weights(priority, language)
                learned = self.learned.get(priority.id, {}) if language == "en" else {}
                weights |= {self.analyser.term(word, language): w for word, w in learned.items()}
                found[priority.id, language] = {t: w for t, w in weights.items() if w > 0}
        return found

    def lexicon_weights(self, priority: Priority, language: str) -> dict[str, float]:
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
        A TOML file in the layout of the shipped data/priorities.toml, which is the default. What
        was learned is read from a folder profiles beside it, if there is one.

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
        agendas={name: tuple(ids) for name, ids in raw.get("agendas", {}).items()},
        learned=read_profiles(path.parent / "profiles"),
        levels=read_levels(path.parent / "profiles"),
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
        elif block["id"] in _RESERVED:
            yield Problem(where, "a name that runs use", f"an id that is none of {_RESERVED}")
        elif ids.count(block["id"]) > 1:
            yield Problem(where, "the id twice", "each id once")
        for key in ("label", "definition", "lexicon"):
            if not isinstance(block.get(key), dict) or "en" not in block[key]:
                yield Problem(f"{where}, {key}", repr(block.get(key))[:60], "one in English (en)")
        if isinstance(block.get("lexicon"), dict):
            yield from _lexicon_problems(where, block["lexicon"], tiers)
    yield from _agenda_problems(raw.get("agendas", {}), ids)


def _agenda_problems(agendas: object, ids: Sequence[str]) -> Iterable[Problem]:
    if not isinstance(agendas, dict):
        yield Problem("agendas", repr(agendas)[:60], "a list of priority ids by agenda")
        return
    for name, agenda in agendas.items():
        where = f"agendas, {name}"
        if not isinstance(agenda, list):
            yield Problem(where, repr(agenda)[:60], "a list of priority ids")
            continue
        unknown = [repr(i) for i in agenda if i not in ids]
        if unknown or len(set(map(str, agenda))) < len(agenda):
            found = ", ".join(unknown) or "an id twice"
            yield Problem(where, found, "ids of priorities, each once")


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
