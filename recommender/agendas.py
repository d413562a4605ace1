"""Which priorities a catalogue is asked about, if it names no agenda of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from .errors import UnknownNameError
from .index import Index, Part
from .priorities import Priorities
from .text import LANGUAGES


def priority_part(index: Index, priorities: Priorities, name: str) -> Part:
    """Return the part of a query that a priority makes."""
    profiles = {lang: priorities.profile(priorities[name], lang) for lang in LANGUAGES}
    return index.part(name, profiles, levels=priorities.levels_of(name))


def offered(named: str | Iterable[str], priorities: Priorities) -> tuple[str, ...]:
    """Return the ids of the priorities that an agenda's id, or their own ids, name.

    Raises
    ------
    UnknownNameError
    """
    if isinstance(named, str):
        if named not in priorities.agendas:
            raise UnknownNameError("agenda", named, priorities.agendas)
        named = priorities.agendas[named]
    return tuple(priorities[name].id for name in named)


def fitting(index: Index, parts: Mapping[str, Part], priorities: Priorities) -> tuple[str, ...]:
    """Return the priorities of the agenda that fits a catalogue best, those it has evidence for.

    An agenda fits as well as what it alone offers does: the mean, over the charities, of the best
    match with any of the priorities that not every agenda has. Of two that fit equally well it is
    the larger, then the first by its id. Without agendas it is every priority.

    Parameters
    ----------
    index : Index
    parts : mapping of priority id to Part
    priorities : Priorities
    """
    agendas = dict(priorities.agendas) or {"": priorities.ids}
    shared = set.intersection(*map(set, agendas.values()))
    known = {name for ids in agendas.values() for name in ids if parts[name].shares}
    best = {name: np.zeros(index.size_) for name in agendas}
    for name in sorted(known - shared):
        match = index.match(parts[name])
        for agenda, ids in agendas.items():
            if name in ids:
                np.maximum(best[agenda], match, out=best[agenda])
    ranked = sorted(agendas, key=lambda a: (-best[a].mean(), -len(agendas[a]), a))
    return tuple(name for name in agendas[ranked[0]] if name in known)
