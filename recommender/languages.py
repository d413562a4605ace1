"""What the product says, by language: data/languages/<code>.ftl, numbers and dates.

A language is one Fluent file, found by being there. Its terms for priorities stand beside their
lexicons in data/priorities.toml.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

from .errors import RecommenderError, UnknownNameError
from .paths import data_folder

DEFAULT = "en"

_KEPT = 4096


class Language:
    """One language's messages, numbers and dates.

    Parameters
    ----------
    code : str
        An ISO 639-1 code, such as "ko".
    source : str
        The Fluent file's text.
    """

    def __init__(self, code: str, source: str) -> None:
        self.code = code
        # Isolation marks would be copied along with a name, and neither language needs them.
        self._bundle = FluentBundle([code], use_isolating=False)
        self._bundle.add_resource(FluentResource(source))
        self._kept = lru_cache(_KEPT)(lambda key, counts: self._said(key, dict(counts)))
        self.locale = Locale.parse(self("language-locale"))

    def __call__(self, key: str, /, **values: object) -> str:
        """Return a message with its placeholders filled.

        Raises
        ------
        RecommenderError
            For a message that the file lacks, or a placeholder that wasn't given.
        """
        # What holds nobody's words is said again and again: a page says hundreds of them.
        if all(type(value) is int for value in values.values()):
            return self._kept(key, tuple(values.items()))
        return self._said(key, values)

    def _said(self, key: str, values: dict[str, object]) -> str:
        found = self._bundle.has_message(key) and self._bundle.get_message(key).value
        if not found:
            raise RecommenderError(f"data/languages/{self.code}.ftl has no message {key!r}.")
        text, errors = self._bundle.format_pattern(found, values)
        if errors:
            raise RecommenderError(f"message {key!r} in {self.code}: {errors[0]}")
        return str(text)

    def choose(self, texts: Mapping[str, str]) -> str:
        """Return the text in this language; in English where there is none."""
        return texts.get(self.code) or texts.get(DEFAULT, "")

    def number(self, value: float) -> str:
        """Return a number as this language writes it."""
        return str(format_decimal(value, locale=self.locale))

    def tenths(self, value: float) -> str:
        """Return a number as this language writes it, with one decimal."""
        return str(format_decimal(value, "#,##0.0", locale=self.locale))

    def listed(self, words: list[str]) -> str:
        """Return words as a list in a sentence: "a, b and c"."""
        return format_list(words, locale=self.locale)

    def date(self, partial: str) -> str:
        """Return a date given as 2025, 2025-05 or 2025-05-19 as this language writes it."""
        year, month, day = ([int(n) for n in partial.split("-")] + [0, 0])[:3]
        if day:
            return format_date(datetime.date(year, month, day), "long", locale=self.locale)
        skeleton = "yMMMM" if month else "y"
        return format_skeleton(skeleton, datetime.date(year, month or 1, 1), locale=self.locale)


def _folder() -> Path:
    return data_folder() / "languages"


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the languages there are, English first."""
    found = {path.stem for path in _folder().glob("*.ftl")}
    return tuple(sorted(found, key=lambda code: (code != DEFAULT, code)))


@cache
def load_language(code: str) -> Language:
    """Return a language by its code."""
    if code not in codes():
        raise UnknownNameError("language", code, codes())
    return Language(code, (_folder() / f"{code}.ftl").read_text(encoding="utf-8"))


def closest(locale: str | None) -> str:
    """Return the code of the language that a browser's locale, such as ko-KR, asks for."""
    code = (locale or DEFAULT).replace("_", "-").split("-")[0].lower()
    return code if code in codes() else DEFAULT
