"""Learned profiles as files: data/profiles/<priority>.csv, and the levels of the matches.

A profile's file begins with comments that say what it was learned from. Then each row is a word
or phrase as charities write it, and its weight beside the lexicon's tiers: where a core word
of the lexicon weighs 1 before any charity is read, this one weighs so much after.

levels.csv holds the level of each priority in each language: the mean match of the LEVEL_TEXTS
texts of a background of nonprofits that match it best. A match divided by its level means the same
for every priority, however many words its profile has.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from .errors import CatalogueError, Problem, RecommenderError
from .files import write_whole

LEVELS = "levels.csv"
UNMEASURED = {"en": 0.128, "ko": 0.0876}
"""The levels where none is measured; the medians of the shipped ones."""

LEVEL_TEXTS = 100
_PROFILE, _LEVEL = ("term", "weight"), ("priority", "language", "level")

Levels = Mapping[str, Mapping[str, float]]


def read_profiles(folder: Path) -> dict[str, dict[str, float]]:
    """Return the weight of each word or phrase, by priority; none where there is no folder.

    Raises
    ------
    CatalogueError
        With every row of a file that isn't a term and a number from 0 up.
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
        With every row that isn't a priority, a language and a number above 0.
    """
    levels: dict[str, dict[str, float]] = {}
    path = folder / LEVELS
    for priority, language, level in _rows(path, _LEVEL) if path.exists() else ():
        levels.setdefault(priority, {})[language] = float(level)
    return levels


def _rows(path: Path, header: tuple[str, ...]) -> list[list[str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise CatalogueError(str(path), [Problem("file", str(error), "UTF-8")]) from error
    told = [(n, line) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    (first, found), *rows = [(n, next(csv.reader([line]))) for n, line in told] or [(1, [])]
    expected = f"{', '.join(header)}: a number {'above 0' if header == _LEVEL else 'from 0 up'}"
    wrong = [(n, row, expected) for n, row in rows if not _is_right(row, header)]
    if found != list(header):
        wrong.insert(0, (first, found, f"the header {','.join(header)}"))
    if wrong:
        raise CatalogueError(str(path), [Problem(f"line {n}", ",".join(r), e) for n, r, e in wrong])
    return [row for _, row in rows]


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
        raise RecommenderError(f"can't write {folder}: {error.strerror}.") from error


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
    return file.getvalue()
