"""Rules for values that came as JSON from a stranger: each yields what is wrong, and where."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from .errors import Problem

LISTED = 50
"""How many problems are told at most."""

NAME = 500
"""Characters of a name, an id or a key at most."""

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a pair of surrogates, which is no character."""

Problems = Iterator[Problem]
Rule = Callable[[str, Any], Problems]
"""Yields what is wrong with a value, told where it stands."""


def parsed(raw: bytes, what: str) -> tuple[Any, list[Problem]]:
    """Return what JSON says, and what is wrong with it: a key twice, or a number that is none.

    Parameters
    ----------
    raw : bytes
    what : str
        What was expected, for messages.
    """
    problems: dict[Problem, None] = {}

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in found:
                problems[Problem("file", f"the key {short(name)} twice", "each key once")] = None
            found[name] = value
        return found

    def refused(constant: str) -> None:
        problems[Problem("file", constant, "finite numbers")] = None

    try:
        text = raw.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=once, parse_constant=refused)
    except RecursionError:
        return None, [Problem("file", "brackets within brackets", f"{what}, which has few")]
    except UnicodeDecodeError as error:
        return None, [Problem(f"byte {error.start}", "no UTF-8", f"{what} in UTF-8")]
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        return None, [Problem(where, error.msg, f"{what} in UTF-8")]
    except ValueError:
        return None, [Problem("file", "a number of thousands of digits", "finite numbers")]
    return value, list(islice(problems, LISTED))


def short(value: Any) -> str:
    """Return a value as a message may show it: cut, and without control characters."""
    if isinstance(value, dict | list):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    said = ascii(value[:50] if isinstance(value, str) else value)
    return said if len(said) <= 60 else f"{said[:60]}…"


def is_text(value: Any, longest: int = NAME, least: int = 0) -> bool:
    """Tell whether a value is text of so many characters that can be printed and written."""
    return isinstance(value, str) and least <= len(value) <= longest and not _HALF.search(value)


def is_number(value: Any) -> bool:
    """Tell whether a value is a number that a float can hold; true and false are none."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def is_count(value: Any, least: int) -> bool:
    """Tell whether a value is a whole number, `least` or more."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= 2**53


def that(right: Callable[[Any], bool], expected: str) -> Rule:
    """Return the rule that a value is right."""

    def rule(where: str, value: Any) -> Problems:
        if not right(value):
            yield Problem(where, short(value), expected)

    return rule


def text(longest: int) -> Rule:
    """Return the rule that a value is text."""
    return that(lambda value: is_text(value, longest), f"text of at most {longest} characters")


def within(largest: float, *, null: bool = False) -> Rule:
    """Return the rule that a value is a number from 0, or null where that means something."""

    def right(value: Any) -> bool:
        return (null and value is None) or (is_number(value) and 0 <= value <= largest)

    return that(right, f"a number from 0 to {largest:g}{', or null' * null}")


def names(least: int = 0) -> Rule:
    """Return the rule that a value is a list of names, each once."""

    def right(value: Any) -> bool:
        if not isinstance(value, list) or len(value) < least:
            return False
        return all(map(is_text, value)) and len(set(value)) == len(value)

    return that(right, f"a list of {'one or more ' * bool(least)}texts, each once")


def mapping(rule: Rule) -> Rule:
    """Return the rule that a value is an object whose values all follow a rule."""

    def each(where: str, value: Any) -> Problems:
        if not isinstance(value, dict):
            yield Problem(where, short(value), "an object")
            return
        for name, inner in value.items():
            if is_text(name, least=1):
                yield from rule(f"{where}.{short(name)[1:-1]}", inner)
            else:
                yield Problem(where, short(name), f"names of 1 to {NAME} characters")

    return each


def record(rules: Mapping[str, Rule]) -> Rule:
    """Return the rule that a value is an object with these keys, all of them and no other."""

    def each(where: str, value: Any) -> Problems:
        if not isinstance(value, dict):
            yield Problem(where, short(value), "an object")
            return
        place = f"{where}." if where else ""
        for name, rule in rules.items():
            if name in value:
                yield from rule(f"{place}{name}", value[name])
            else:
                yield Problem(f"{place}{name}", "nothing", "a value")
        for name in value:
            if name not in rules:
                yield Problem(where or "file", f"the key {short(name)}", f"only {', '.join(rules)}")

    return each
