"""What can be wrong with a table as a whole: the kinds, each in English, with what it tells.

A kind is also the end of a message's key, `problem-<kind>`, so that a page can say the problem in
a donor's language (see `refusals`). Kinds of wrong cells stand with their columns, in `schema`.
"""

from __future__ import annotations

from collections.abc import Mapping

from .errors import Place, Problem

FILE, HEADER = Place("file"), Place("header")

_AS_CSV = "a table; open it in the program that made it and save it as CSV UTF-8"

KINDS: Mapping[str, tuple[str, str]] = {
    "empty": ("an empty file", "a header"),
    "size": ("{size} MB", "at most {most} MB"),
    "unpacked": ("more than {most} MB of text, unpacked", "at most {most} MB"),
    "rows": ("more than {most} rows", "at most {most}"),
    "columns": ("{count} columns", "at most {most}"),
    "workbook": ("a workbook of a spreadsheet program", _AS_CSV),
    "archive": ("a compressed archive", "the table that is in it, as CSV or Parquet"),
    "picture": ("a picture", "a table as CSV or Parquet"),
    "document": ("a PDF document", "a table as CSV or Parquet"),
    "markup": ("a web page or XML", _AS_CSV),
    "encoding": (
        "bytes that are not UTF-8 ({bytes})",
        "UTF-8; if it is Latin-1 or Windows-1252, save the file as CSV UTF-8",
    ),
    "damaged": ("text that is not whole {encoding}", "{encoding} from start to end"),
    "quotes": ("{reason}", "cells quoted as CSV asks"),
    "unclosed": (
        "a cell of more than {most} characters",
        "at most {field}; is a quotation mark not closed?",
    ),
    "repeated": ("{count} columns named {name!r}", "each name once"),
    "unknown": ("column {name!r}", "one of {known}"),
    "missing": ("no column {name!r}", "{name}: required"),
    "ragged": ("{count} fields", "{width} fields as in the header"),
    "without": ("no row below the header", "at least one"),
    "parquet": ("no readable Parquet ({reason})", "a Parquet file"),
    "nested": ("cells of type {type}", "text in every cell"),
    "length": ("{count} characters", "at most {most}"),
    "more": ("{count} further problems", "none"),
}
"""What is found and what is expected, by kind, as `str` says them."""


def problem(kind: str, place: Place, /, **values: object) -> Problem:
    """Return a problem of one of the KINDS, at its place.

    Parameters
    ----------
    kind : str
    place : Place
    values
        What the kind's text, or its message in any language, tells.
    """
    found, expected = (text.format_map(values) for text in KINDS[kind])
    return Problem(str(place), found, expected, kind, place, values)


def limited(problems: list[Problem], most: int, more: int = 0) -> list[Problem]:
    """Return the first problems, and one that counts the others.

    Parameters
    ----------
    problems : list of Problem
    most : int
        How many of them are told at most.
    more : int, default 0
        How many there are besides those listed.
    """
    more += max(len(problems) - most, 0)
    rest = [problem("more", FILE, count=more)] if more else []
    return [*problems[:most], *rest]
