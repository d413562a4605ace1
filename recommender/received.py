"""A receipt's file, from wherever it comes, to a Receipt, or to everything that is wrong with it.

Nothing of a file is trusted: not its size, its nesting, its numbers or its names. What passes is
what `receipts` writes; whether its ranking is right is for `replays` to say.
"""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import Any

from .errors import CatalogueError, Problem, RecommenderError
from .own_words import MAX_TEXT
from .query import Asked
from .ranking import BANDS, MAX_WEIGHT
from .receipts import FORMAT, FORMAT_VERSION, Place, Receipt
from .rules import (
    LISTED,
    NAME,
    Problems,
    Rule,
    is_count,
    is_number,
    is_text,
    mapping,
    names,
    parsed,
    record,
    short,
    text,
    that,
    within,
)
from .schema import is_date

LARGEST = 64 * 2**20
"""Bytes of a file; some hundred thousand charities."""

_LONG = 2 * MAX_TEXT  # mending may make words longer, by less than half


def read(source: str | Path | bytes) -> Receipt:
    """Return the receipt in a file, or in a file's bytes.

    Raises
    ------
    RecommenderError
        If the file can't be read, or is larger than LARGEST.
    CatalogueError
        With the problems found, the first 50 of them.
    """
    name, raw = ("receipt", source) if isinstance(source, bytes) else (str(source), _bytes(source))
    if len(raw) > LARGEST:
        raise RecommenderError(
            f"{name}: larger than {LARGEST >> 20} MB, which no receipt is; it wasn't read."
        )
    value, problems = parsed(raw, "a receipt: JSON")
    if not problems:
        problems = list(islice(_problems(value), LISTED + 1))
    if len(problems) > LISTED:
        more = Problem("file", f"more than {LISTED} problems", "none; these are the first")
        problems = [*problems[:LISTED], more]
    if problems:
        raise CatalogueError(name, problems)
    return _receipt(value)


def _bytes(path: str | Path) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise RecommenderError(f"can't read {path}: {reason}.") from error


def _problems(value: Any) -> Problems:
    """Yield what is wrong; of a file that is something else, or newer, only that."""
    if not isinstance(value, dict):
        yield Problem("file", short(value), "an object, as recommend --format json writes it")
    elif value.get("format") != FORMAT:
        yield Problem("format", short(value.get("format")), repr(FORMAT))
    elif not is_count(value.get("format_version"), 1) or value["format_version"] != FORMAT_VERSION:
        found = short(value.get("format_version"))
        yield Problem("format_version", found, f"{FORMAT_VERSION}, all that this version reads")
    else:
        yield from chain(record(_RULES)("", value), _together(value))


def _together(value: dict[str, Any]) -> Problems:
    """Yield what is wrong between values that are right each by itself."""
    like, unlike, ranking = value.get("like"), value.get("unlike"), value.get("ranking")
    if isinstance(like, list) and isinstance(unlike, list):
        liked = {name for name in like if isinstance(name, str)}
        for name in filter(lambda n: isinstance(n, str) and n in liked, unlike):
            yield Problem("unlike", f"{short(name)}, which like names too", "each in one of them")
    reading = value.get("reading")
    if isinstance(reading, dict):
        total = sum(float(share) for share in reading.values() if is_number(share))
        if total > 1 + 1e-9:
            yield Problem("reading", f"shares that sum to {total:.3g}", "a sum of at most 1")
    if isinstance(ranking, list) and value.get("k") not in (None, len(ranking)):
        found = f"{short(value['k'])}, with {len(ranking)} in the ranking"
        yield Problem("k", found, "how many the ranking holds, or null for all")


def _ranking(where: str, value: Any) -> Problems:
    if not isinstance(value, list):
        yield Problem(where, short(value), "a list")
        return
    rule, seen = record(_PLACE), set[str]()
    for number, place in enumerate(value):
        yield from rule(f"{where}[{number}]", place)
        charity = place.get("charity_id") if isinstance(place, dict) else None
        if isinstance(charity, str):
            if charity in seen:
                yield Problem(f"{where}[{number}]", f"{short(charity)} again", "each charity once")
            seen.add(charity)


_PLACE: dict[str, Rule] = {
    "charity_id": that(lambda v: is_text(v, least=1), "an id"),
    "rank": that(lambda v: v is None or is_count(v, 1), "1 or more, or null"),
    "tied": that(lambda v: isinstance(v, bool), "true or false"),
    "name": text(_LONG),
    "band": that(
        lambda v: isinstance(v, str) and v in ("", *BANDS), f'one of {", ".join(BANDS)} or ""'
    ),
    "score": that(is_number, "a finite number"),
    "contributions": mapping(that(is_number, "a finite number")),
}
_RULES: dict[str, Rule] = {
    "format": text(NAME),
    "format_version": that(is_number, "a number"),
    "version": text(NAME),
    "date": that(lambda v: isinstance(v, str) and len(v) == 10 and is_date(v), "a date"),
    "answers": mapping(within(MAX_WEIGHT, null=True)),
    "text": text(_LONG),
    "reading": mapping(within(1)),
    "like": names(),
    "unlike": names(),
    "only": mapping(names(1)),
    "hide": mapping(names(1)),
    "keep": names(),
    "without": that(lambda v: v is None or is_text(v, least=1), "an id, or null"),
    "k": that(lambda v: v is None or is_count(v, 0), "0 or more, or null"),
    "catalogue": text(NAME),
    "priorities": text(NAME),
    "background_weight": that(lambda v: is_number(v) and v >= 0, "a number, 0 or more"),
    "lots": text(NAME),
    "ranking": _ranking,
}


def _receipt(value: dict[str, Any]) -> Receipt:
    """Return what was found right as a receipt."""
    plain = {key: value[key] for key in ("version", "date", "k", "catalogue", "priorities", "lots")}
    return Receipt(
        **plain,
        asked=Asked.from_dict(value),
        background_weight=float(value["background_weight"]),
        ranking=tuple(map(_place, value["ranking"])),
    )


def _place(value: dict[str, Any]) -> Place:
    contributions = {part: float(share) for part, share in value["contributions"].items()}
    return Place(**{**value, "score": float(value["score"]), "contributions": contributions})
