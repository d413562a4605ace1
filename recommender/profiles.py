"""Learned profiles as files: data/profiles/<priority>.csv, and the levels of the matches.

A profile's file begins with comments: its format and checksum, and what it was learned from. Then
each row is a word or phrase as charities write it, and its weight beside the lexicon's tiers: where
a core word of the lexicon weighs 1 before any charity is read, this one weighs so much after.

levels.csv holds the level of each priority in each language: the mean match of the LEVEL_TEXTS
texts of a background of nonprofits that match it best. A match divided by its level means the same
for every priority, however many words its profile has.

They are meant to be read in a diff and may be edited: the checksum that no longer fits is answered
with the one that does. What is garbled, cut short or of another format is refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from .checksums import foreign_text, sealed_text, text_damage
from .errors import CatalogueError, Problem, RecommenderError
from .files import reason, write_whole
from .paths import whole_text

LEVELS = "levels.csv"
UNMEASURED = {"en": 0.128, "ko": 0.0876}
"""The levels where none is measured; the medians of the shipped ones."""

LEVEL_TEXTS = 100
_PROFILE, _LEVEL = ("term", "weight"), ("priority", "language", "level")

Levels = Mapping[str, Mapping[str, float]]
_Wrong = tuple[int, list[str], str]
"""A line's number, its cells, and what was expected."""


def read_profiles(folder: Path) -> dict[str, dict[str, float]]:
    """Return the weight of each word or phrase, by priority; none where there is no folder.

    Raises
    ------
    CatalogueError
        With every row of a file that isn't a term, there once, and a number from 0 up; where all
        are, if its format or checksum isn't what its first line says.
    """
    return {
        path.stem: {term: float(weight) for term, weight in _rows(path, _PROFILE)}
        for path in sorted(folder.glob("*.csv"))
        if path.name != LEVELS
    }


def read_levels(folder: Path) -> dict[str, dict[str, float]]:
    """Return the level of each priority by language; none where there is no file.

    Raises
    ------
    CatalogueError
        With every row that isn't a priority, a language and a number above 0; else as above.
    """
    levels: dict[str, dict[str, float]] = {}
    path = folder / LEVELS
    for priority, language, level in _rows(path, _LEVEL) if path.exists() else ():
        levels.setdefault(priority, {})[language] = float(level)
    return levels


def _rows(path: Path, header: tuple[str, ...]) -> list[list[str]]:
    text = whole_text(path)
    if foreign := foreign_text(text):
        raise CatalogueError(str(path), foreign)
    lines = text.splitlines()
    told = [(n, line) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    (first, found), *rows = [(n, _cells(line)) for n, line in told] or [(1, [])]
    expected = f"{', '.join(header)}: a number {'above 0' if header == _LEVEL else 'from 0 up'}"
    wrong = [(n, row, expected) for n, row in rows if not _is_right(row, header)]
    if found != list(header):
        wrong.insert(0, (first, found, f"the header {','.join(header)}"))
    wrong = sorted([*wrong, *_again(rows, header)])
    problems = [Problem(f"line {n}", ",".join(r), e) for n, r, e in wrong] or text_damage(text)
    if problems:
        raise CatalogueError(str(path), problems)
    return [row for _, row in rows]


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line]))
    except csv.Error:  # such as a cell of 131,073 characters
        return [f"{line[:50]}…"]


def _again(rows: list[tuple[int, list[str]]], header: tuple[str, ...]) -> Iterator[_Wrong]:
    """Yield the rows that are about the same as an earlier one, of which only one could count."""
    seen: dict[tuple[str, ...], int] = {}
    for number, row in rows:
        first = seen.setdefault(tuple(row[:-1]), number)
        if first != number and _is_right(row, header):
            yield number, row, f"{' and '.join(header[:-1])} once; it stands in line {first} too"


def _is_right(row: list[str], header: tuple[str, ...]) -> bool:
    try:
        number = float(row[-1])
    except ValueError:
        return False
    above = number > 0 or (number == 0 and header == _PROFILE)
    return len(row) == len(header) and all(row) and above and number < float("inf")


def write_profiles(
    folder: Path,
    profiles: Mapping[str, Mapping[str, float]],
    provenance: Mapping[str, Iterable[str]],
    levels: Levels,
) -> None:
    """Write a file a profile and the levels; files of other profiles are removed.

    All are written before any takes an old one's place, so that a full disk leaves the old ones.

    Raises
    ------
    RecommenderError
    """
    files = {folder / LEVELS: _table((), _LEVEL, _level_rows(levels))}
    for priority, weights in profiles.items():
        rows = [(term, f"{weight:.3g}") for term, weight in sorted(weights.items())]
        files[folder / f"{priority}.csv"] = _table(provenance[priority], _PROFILE, rows)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(files)
        for path in _others(folder, files):
            path.unlink()
    except OSError as error:
        raise RecommenderError(f"can't write {folder}: {reason(error)}.") from error


def _others(folder: Path, written: Iterable[Path]) -> list[Path]:
    """Return the profiles in a folder that weren't written now; no other file of anybody's."""
    header = (",".join(_PROFILE) + "\n").encode()
    found = []
    for path in sorted(set(folder.glob("*.csv")) - set(written)):
        lines = path.read_bytes().splitlines(keepends=True)
        if next((line for line in lines if not line.startswith(b"#")), b"") == header:
            found.append(path)
    return found


def _level_rows(levels: Levels) -> list[tuple[str, ...]]:
    return [(p, language, f"{x:.4g}") for p, by in levels.items() for language, x in by.items()]


def _table(
    comments: Iterable[str], header: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> str:
    file = io.StringIO()
    file.writelines(f"# {comment}\n" for comment in comments)
    csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return sealed_text(file.getvalue())
