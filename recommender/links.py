"""What a donor answered to a link that can be shared, and back.

A link holds what was chosen, never what was written::

    v=1&justice=5&education=skip&like=korea_future,link&only.works_in=south_korea&hide.lobbies=yes

v        the version of this layout
a priority's id
         its weight, 0 to 5, or skip
like, unlike, keep
         charities by their ids, which stand in every list: they are nothing of the donor's own
only.FACET, hide.FACET
         values that charities of the catalogue have

Items of a list are parted by commas; a comma or a percent sign inside one is written %2C or %25,
and the whole is percent-encoded once more, as in any address. A donor's own words stay out, and so
does what they were read as: whoever passes a link on should see all it says, and servers log links.

Whoever made a link may mean ill. Nothing in one raises an error: what isn't understood is ignored
and told, and a link that is longer than any of ours isn't read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import quote, unquote

from .askable import (
    BOTH,
    OTHER_VERSION,
    PRIORITY,
    TOO_LONG,
    WEIGHT,
    Ignored,
    askable,
    without_both,
)
from .errors import RecommenderError
from .fitted import Fitted
from .query import Asked
from .ranking import LIKE, MAX_WEIGHT, UNLIKE

VERSION = "1"
LONGEST = 8_000
"""Characters of a link, encoded, and of its keys and values: what browsers and servers let pass."""

_KEYS = LONGEST // len("k=5&")
_SKIP, _KEEP, _ONLY, _HIDE = "skip", "keep", "only.", "hide."
_WEIGHT = re.compile(r"\d(?:\.\d{1,20})?(?:e-\d{1,3})?", re.ASCII)


@dataclass(frozen=True)
class Link:
    """What a link says.

    Attributes
    ----------
    given : bool
        Whether it is one of our links; else there is nothing to say of it.
    asked : Asked
        What it asks, of what can be asked here; without words.
    ignored : tuple of Ignored
        What it asks besides; `askable.said` makes sentences of it.
    """

    given: bool = False
    asked: Asked = field(default_factory=Asked)
    ignored: tuple[Ignored, ...] = ()


def encode(asked: Asked) -> str:
    """Return the query of a link, what follows its "?"; own words are left out.

    Raises
    ------
    RecommenderError
        If it would be longer than links can be.
    """
    pairs = [("v", VERSION)]
    pairs += [(name, _written(weight)) for name, weight in asked.answers.items()]
    chosen = ((LIKE, asked.like), (UNLIKE, asked.unlike), (_KEEP, asked.keep))
    pairs += [(key, _joined(ids)) for key, ids in chosen if ids]
    pairs += [(f"{_ONLY}{name}", _joined(values)) for name, values in asked.only.items()]
    pairs += [(f"{_HIDE}{name}", _joined(values)) for name, values in asked.hide.items()]
    link = "&".join(f"{quote(key, safe='')}={quote(value, safe=',')}" for key, value in pairs)
    if len(link) > LONGEST:
        raise RecommenderError(
            f"a link of {len(link)} characters: expected at most {LONGEST}. Choose fewer values "
            "or charities, or keep the answers as a file."
        )
    return link


def _written(weight: float | None) -> str:
    """Return a weight as it is shortest and exact: 5, 2.5, 1e-05."""
    return _SKIP if weight is None else repr(abs(float(weight))).removesuffix(".0")


def _joined(items: Iterable[str]) -> str:
    return ",".join(item.replace("%", "%25").replace(",", "%2C") for item in items)


def _parted(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unquote(item) for item in value.split(",") if item))


def decode(query: Mapping[str, str], model: Fitted) -> Link:
    """Return what a link says to a model; no link is an error.

    Parameters
    ----------
    query : mapping of str to str
        The link's query as browsers and `urllib.parse.parse_qsl` read it, percent signs resolved.
    model : Fitted
        Its agenda, facets and charities are what can be asked.
    """
    read = _readable(query)
    if "v" not in read:
        return Link()
    if sum(len(key) + len(value) for key, value in read.items()) > LONGEST or len(query) > _KEYS:
        return Link(True, ignored=(Ignored(TOO_LONG),))
    if read["v"] != VERSION:
        return Link(True, ignored=(Ignored(OTHER_VERSION, read["v"]),))
    answers, ignored = _answers(read, model.agenda_)
    chosen = without_both(*(_parted(read.get(name, "")) for name in (LIKE, UNLIKE)))
    asked = Asked(
        answers=answers,
        like=chosen[LIKE],
        unlike=chosen[UNLIKE],
        only=dict(_choices(read, _ONLY)),
        hide=dict(_choices(read, _HIDE)),
        keep=_parted(read.get(_KEEP, "")),
    )
    asked, unknown = askable(asked, model.agenda_, model.facets_, model.charities_)
    both = [Ignored(BOTH, name) for name in chosen[BOTH]]
    return Link(True, asked, (*ignored, *both, *unknown))


def _readable(query: Mapping[str, str]) -> dict[str, str]:
    """Return the first keys and their values, a value that is no text as an empty one."""
    found = {}
    for key in islice(query, _KEYS + 1):
        value = query[key]
        if isinstance(key, str):
            found[key] = value if isinstance(value, str) else ""
    return found


def _answers(
    query: Mapping[str, str], agenda: Iterable[str]
) -> tuple[dict[str, float | None], list[Ignored]]:
    """Return the answers, and what looks like one. Other keys belong to somebody else."""
    answers: dict[str, float | None] = {}
    ignored = []
    offered = set(agenda)
    for key, value in query.items():
        if key in ("v", LIKE, UNLIKE, _KEEP) or key.startswith((_ONLY, _HIDE)):
            continue
        weight = _weight(value)
        if key in offered and (weight is not None or value == _SKIP):
            answers[key] = weight
        elif key in offered:
            ignored.append(Ignored(WEIGHT, key))
        elif weight is not None or value == _SKIP:
            ignored.append(Ignored(PRIORITY, key))
    return answers, ignored


def _weight(value: str) -> float | None:
    """Return a weight of 0 to 5; None for anything else, also for a number that is none."""
    weight = float(value) if _WEIGHT.fullmatch(value) else MAX_WEIGHT + 1
    return weight if weight <= MAX_WEIGHT else None


def _choices(query: Mapping[str, str], prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, value in query.items():
        if key.startswith(prefix) and (values := _parted(value)):
            yield key.removeprefix(prefix), values
