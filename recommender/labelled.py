"""Charities that somebody has labelled with codes, and the codes that mean each priority.

A code means a priority if it begins with one of the map's codes: B means B20 and B21. A code's
major group is its first character, as in the NTEE.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .background import read_table
from .errors import CatalogueError, Problem, RecommenderError
from .text import normalise


@dataclass(frozen=True)
class Labelled:
    """Labelled charities.

    Attributes
    ----------
    descriptions : list of str
    codes : ndarray of str, shape (charities,)
    meant : mapping of priority id to codes
    source : str
        The file's name and fingerprint.
    names : list of str
        Empty for a charity without a name; or no name at all.
    """

    descriptions: list[str]
    codes: np.ndarray
    meant: Mapping[str, tuple[str, ...]]
    source: str
    names: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Name and description of each charity."""
        names = self.names or [""] * len(self.descriptions)
        return [
            f"{name}. {description}" if name else description
            for name, description in zip(names, self.descriptions, strict=True)
        ]

    def labels(self) -> np.ndarray:
        """Tell which priorities each charity is labelled with; shape (charities, priorities)."""
        return np.array([_begins(self.codes, codes) for codes in self.meant.values()]).T

    def groups(self) -> np.ndarray:
        """Return each charity's major group."""
        return np.array([code[:1] for code in self.codes])


def read_labelled(
    path: Path, map_path: Path, known: Iterable[str], scheme: str = "ntee"
) -> Labelled:
    """Read labelled charities and the map of priorities to codes.

    Parameters
    ----------
    path : Path
        Parquet or CSV with columns text, and the codes in a column named as the scheme; a column
        name is read where there is one. Charities without text or code are left out.
    map_path : Path
        JSON: priority id to a list of codes, or to an object that holds that list by scheme.
    known : iterable of str
        The ids of the priorities there are.

    Raises
    ------
    CatalogueError, RecommenderError
    """
    meant = _read_map(map_path, set(known), scheme)
    table = read_table(path)
    missing = [column for column in ("text", scheme) if column not in table]
    if missing:
        found = ", ".join(map(str, table.columns))
        problems = [Problem("columns", found, f"a column {column}") for column in missing]
        raise CatalogueError(str(path), problems)
    # In an order of their own, so that another order of the rows learns the same.
    table = table.dropna(subset=["text", scheme]).sort_values(["text", scheme], kind="stable")
    codes = table[scheme].astype(str).str.strip().str.upper()
    told = table["text"].astype(str).map(normalise).str.strip()
    names = table["name"].fillna("") if "name" in table else pd.Series("", table.index)
    kept = (codes != "") & (told != "")
    titles = [normalise(str(name)).title() for name in names[kept]]
    source = f"{path.name} (sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:12]})"
    labelled = Labelled(told[kept].tolist(), codes[kept].to_numpy(dtype=str), meant, source, titles)
    counts = labelled.labels().sum(axis=0)
    unmet = [priority for priority, count in zip(meant, counts, strict=True) if not count]
    if unmet:
        expected = "a charity with one of its codes"
        raise CatalogueError(str(path), [Problem(p, "no charity", expected) for p in unmet])
    return labelled


def _read_map(path: Path, known: set[str], scheme: str) -> dict[str, tuple[str, ...]]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RecommenderError(f"can't read {path}: {error.strerror}.") from error
    except ValueError as error:
        raise CatalogueError(str(path), [Problem("file", str(error), "JSON in UTF-8")]) from error
    if not isinstance(raw, dict) or not raw:
        raise CatalogueError(str(path), [Problem("file", repr(raw)[:60], "priority ids to codes")])
    found = {priority: _codes(value, scheme) for priority, value in raw.items()}
    problems = [
        Problem(p, repr(raw[p])[:60], f"a list of codes, alone or under {scheme!r}")
        for p, codes in found.items()
        if not codes
    ]
    problems += [Problem(p, "no priority of that id", "an id") for p in found if p not in known]
    if problems:
        raise CatalogueError(str(path), problems)
    return found


def _codes(value: Any, scheme: str) -> tuple[str, ...]:
    codes = value.get(scheme) if isinstance(value, dict) else value
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        return ()
    written = tuple(code.strip().upper() for code in codes)
    return written if all(written) else ()


def _begins(codes: np.ndarray, prefixes: tuple[str, ...]) -> np.ndarray:
    return np.logical_or.reduce([np.char.startswith(codes, prefix) for prefix in prefixes])
