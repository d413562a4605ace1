"""A table, on disk or in memory, to its cells: what it is decides how it is read."""

from __future__ import annotations

from pathlib import Path

from .cells import MEGABYTE, ON_DISK, Found, Limits
from .columnar import parse_parquet
from .decoding import decoded
from .delimited import parse_csv
from .errors import CatalogueError, RecommenderError
from .problems import FILE, problem


def read_cells(path: Path, limits: Limits = ON_DISK) -> Found:
    """Read a CSV or Parquet file as it is, every cell as text.

    Raises
    ------
    RecommenderError
    """
    if not path.is_file():
        raise RecommenderError(f"no file {path}. Name an existing CSV or Parquet file.")
    _check_size(str(path), path.stat().st_size, limits)
    return parse_cells(path.read_bytes(), str(path), limits)


def parse_cells(data: bytes, name: str, limits: Limits) -> Found:
    """Read a CSV or Parquet file that is in memory.

    Parameters
    ----------
    data : bytes
    name : str
        What an error calls the file; one that ends in .parquet must be Parquet.
    limits : Limits

    Raises
    ------
    CatalogueError
    """
    _check_size(name, len(data), limits)
    if data.startswith(b"PAR1") or name.lower().endswith(".parquet"):
        return parse_parquet(data, name, limits)
    return parse_csv(decoded(name, data), name, limits)


def _check_size(name: str, size: int, limits: Limits) -> None:
    if size > limits.size:
        tenths = -(-size * 10 // MEGABYTE) / 10
        said = problem("size", FILE, size=tenths, most=limits.size // MEGABYTE)
        raise CatalogueError(name, [said])
