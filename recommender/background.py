"""In how many texts of a background of nonprofits each term stands: data/background/<code>.csv.

The figures tell which words are rare where the catalogue is too small to tell. They are counted by
`python -m recommender background`, and only for terms that stand in at least three texts.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import CatalogueError, Problem, RecommenderError, UnknownNameError
from .files import UNREADABLE, write_whole
from .paths import data_folder, whole_text
from .text import normalise

if TYPE_CHECKING:
    import pandas as pd

MIN_DOCUMENTS = 3
_TOTAL = ""
_HEADER = ["term", "documents"]
_COUNT = re.compile("[0-9]{1,12}")
_SHOWN = 60


@dataclass(frozen=True)
class Background:
    """In how many of `documents` texts each term stands.

    `prior` is the share assumed of a term where there is no background at all, as in a language
    for which none was counted.
    """

    documents: int = 0
    frequencies: Mapping[str, int] | None = None
    prior: float = 0.01

    def share(self, term: str) -> float:
        """Return the share of background texts that hold `term`, above 0 and below 1."""
        if not self.documents:
            return self.prior
        return ((self.frequencies or {}).get(term, 0) + 0.5) / (self.documents + 1)


def load_backgrounds(folder: Path | None = None) -> dict[str, Background]:
    """Return the shipped figures by language; none for a language that has no file.

    Raises
    ------
    CatalogueError
        With every line that isn't a term, there once, and a number of texts.
    """
    folder = folder or data_folder() / "background"
    return {path.stem: _read(path) for path in sorted(folder.glob("*.csv"))}


def _read(path: Path) -> Background:
    reader = csv.reader(io.StringIO(whole_text(path)))
    try:
        rows = list(reader)
    except csv.Error as error:
        wrong = Problem(f"line {reader.line_num}", str(error), "a term and a whole number")
        raise CatalogueError(str(path), [wrong]) from error
    try:
        figures = {term: int(documents) for term, documents in rows[1:]}
        least = min(figures.values(), default=-1)
        whole = rows[0] == _HEADER and len(figures) == len(rows) - 1
        total = figures.pop(_TOTAL)
    except (LookupError, ValueError):
        whole = False
    if not (whole and least >= 0 and total >= max(figures.values(), default=1)):
        raise CatalogueError(str(path), _problems(rows))
    return Background(total, figures)


def _problems(rows: list[list[str]]) -> Iterator[Problem]:
    """Yield what is wrong with a table of figures, line by line."""
    if not rows or rows[0] != _HEADER:
        yield Problem(
            "line 1", ",".join(rows[0] if rows else []), f"the header {','.join(_HEADER)}"
        )
    seen: set[str] = set()
    total = next((int(n) for term, n in _right(rows) if term == _TOTAL), 0)
    if not total:
        yield Problem(
            "file", "no number of all texts", f"a line without a term, as {_TOTAL!r},39856"
        )
    right = {id(row) for row in _right(rows)}
    for number, row in enumerate(rows[1:], 2):
        if id(row) not in right:
            yield Problem(f"line {number}", ",".join(row)[:_SHOWN], "a term and a whole number")
        elif row[0] in seen:
            yield Problem(f"line {number}", ",".join(row)[:_SHOWN], "each term once")
        elif total and int(row[1]) > total:
            yield Problem(f"line {number}", ",".join(row)[:_SHOWN], f"at most all {total} texts")
        seen.add(row[0] if row else "")


def _right(rows: list[list[str]]) -> list[list[str]]:
    return [row for row in rows[1:] if len(row) == 2 and _COUNT.fullmatch(row[1])]


def words_fingerprint() -> str:
    """Twelve hexadecimal digits that change with what all texts are read and weighed by.

    That is the background, the stems and the stop words; an index holds what came of them.
    """
    said = hashlib.sha256()
    for kind in ("background/*.csv", "stems/*.txt", "stop_words/*.txt"):
        for path in sorted(data_folder().glob(kind)):
            # As text, so that line ends make no difference.
            said.update(f"{path.name}\n{whole_text(path)}".encode())
    return said.hexdigest()[:12]


def read_table(path: Path) -> pd.DataFrame:
    """Return a Parquet or CSV file as it is."""
    import pandas as pd

    if not path.is_file():
        raise RecommenderError(f"no file {path}. Name a Parquet or CSV file.")
    read = pd.read_parquet if path.suffix == ".parquet" else pd.read_csv
    try:
        return read(path)
    except UNREADABLE as error:
        raise RecommenderError(f"can't read {path}: {error}.") from error


def read_texts(path: Path, column: str) -> list[str]:
    """Return the texts of one column of a Parquet or CSV file; empty ones are left out."""
    table = read_table(path)
    if column not in table:
        raise UnknownNameError("column", column, table.columns)
    return [normalise(text) for text in table[column].dropna().astype(str)]


def write_background(background: Background, path: Path) -> int:
    """Write the figures and return how many terms there are; the first row is the total."""
    frequencies = background.frequencies or {}
    kept = sorted((t, n) for t, n in frequencies.items() if n >= MIN_DOCUMENTS)
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerows([("term", "documents"), (_TOTAL, background.documents), *kept])
    write_whole({path: table.getvalue()})
    return len(kept)


def count_background(documents: Iterable[Iterable[str]]) -> Background:
    """Count in how many documents each term stands."""
    frequencies: Counter[str] = Counter()
    documents_seen = 0
    for terms in documents:
        frequencies.update(set(terms))
        documents_seen += 1
    return Background(documents_seen, dict(frequencies))
