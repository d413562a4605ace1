"""In how many texts of a background of nonprofits each term stands: data/background/<code>.csv.

The figures tell which words are rare where the catalogue is too small to tell. They are counted by
`python -m recommender background`, and only for terms that stand in at least three texts.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import RecommenderError, UnknownNameError
from .files import write_whole
from .paths import data_folder
from .text import normalise

if TYPE_CHECKING:
    import pandas as pd

MIN_DOCUMENTS = 3
_TOTAL = ""


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
    """Return the shipped figures by language; none for a language that has no file."""
    folder = folder or data_folder() / "background"
    return {path.stem: _read(path) for path in sorted(folder.glob("*.csv"))}


def _read(path: Path) -> Background:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        figures = {term: int(documents) for term, documents in rows}
    return Background(figures.pop(_TOTAL), figures)


def read_table(path: Path) -> pd.DataFrame:
    """Return a Parquet or CSV file as it is."""
    import pandas as pd

    if not path.is_file():
        raise RecommenderError(f"no file {path}. Name a Parquet or CSV file.")
    read = pd.read_parquet if path.suffix == ".parquet" else pd.read_csv
    try:
        return read(path)
    except (ValueError, OSError) as error:  # pandas' and pyarrow's own errors are ValueErrors
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
