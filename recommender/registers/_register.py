"""What a register is, and what several of them read in the same way."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from ..schema import CATALOGUE, NOT_STATED, SIZES

Row = Mapping[str, str]

_LIMITS = (1e4, 1e5, 1e6, 1e7)
_SMALL = frozenset(["a", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to"])
_WEB = next(column.accepts for column in CATALOGUE if column.name == "website")


class MismatchError(Exception):
    """What stands in a file is not what belongs there; the importer adds the place."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"found {found}; expected {expected}")
        self.found, self.expected = found, expected


Read = tuple[str, Row | MismatchError]
"""Where a row stands, and its cells or what is wrong with it."""

Reader = Callable[[TextIO, tuple[str, ...], tuple[str, ...]], Iterator[Read]]
"""Reads an open file: the columns that it must have, and those that it may have."""


@dataclass(frozen=True, slots=True)
class Register:
    """One register: who publishes it, and how a row of it becomes a charity.

    Attributes
    ----------
    title, publisher, licence, home : str
        What the summary and the file say of the source; `home` is an address.
    language, country : str
        ISO codes; of the texts, and of the charities.
    scheme : str
        Prefix of the ids, by https://org-id.guide.
    needs, may : tuple of str
        The columns of the source that are read: those it must have, and those it may have. No
        other column leaves the file, since registers carry the names and addresses of people.
    gives : tuple of str
        The columns of the catalogue that `charity` fills.
    readers : mapping of file suffix to Reader
        A zip holds one of these files.
    charity : callable
        A row's cells to a charity's. Raises MismatchError; a charity without a description is
        dropped by the importer, which also checks every cell.
    mapped : callable, optional
        Returns the register with the columns of a file that has no layout of its own.
    """

    title: str
    publisher: str
    licence: str
    home: str
    language: str
    country: str
    scheme: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    readers: Mapping[str, Reader]
    charity: Callable[[Row], Row]
    may: tuple[str, ...] = ()
    mapped: Callable[[Mapping[str, str]], Register] | None = None


def shown(cell: str, longest: int = 60) -> str:
    """Return a cell as an error shows it."""
    return repr(cell if len(cell) <= longest else cell[: longest - 1] + "…") if cell else "nothing"


def size_band(income: str) -> str:
    """Return the band of a yearly income; "not stated" for what is no number."""
    try:
        amount = float(income)
    except ValueError:
        return NOT_STATED
    return SIZES[sum(amount >= limit for limit in _LIMITS)] if math.isfinite(amount) else NOT_STATED


def title_case(name: str) -> str:
    """Return a name that is all capitals in title case; any other as it is."""
    if not name.isupper():
        return name
    words = re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lambda m: m[0].capitalize(), name).split()
    rest = (word.lower() if word.lower() in _SMALL else word for word in words[1:])
    return " ".join([*words[:1], *rest])


def web_address(cell: str) -> str:
    """Return a website's address, or nothing where the cell holds none.

    An e-mail address put there by mistake is a person's, and none.
    """
    written = cell.strip()
    scheme, _, rest = written.rpartition("://")
    address = f"{scheme.lower() or 'http'}://{rest}"
    return address if "@" not in written and _WEB(address) else ""
