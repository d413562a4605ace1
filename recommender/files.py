"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from .errors import RecommenderError


def check_writable(path: Path) -> None:
    """Raise a RecommenderError unless a file can be made there; ask before long work."""
    folder = path.parent
    if path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        raise RecommenderError(f"can't write {path}: name a file in a folder that may be written.")


def check_folder(folder: Path) -> None:
    """Raise a RecommenderError unless files can be made in a folder, or it itself; ask before."""
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise RecommenderError(f"can't write {folder}: name a folder that may be written.")


def write_whole(contents: Mapping[Path, str]) -> None:
    """Write files in UTF-8; none takes an old one's place before all of them are written.

    Parameters
    ----------
    contents : mapping of path to text
        In folders that there are.

    Raises
    ------
    RecommenderError
    """
    partial = {path.with_name(f"{path.name}.partial"): path for path in contents}
    try:
        for new, path in partial.items():
            new.write_text(contents[path], encoding="utf-8", newline="")
        for new, path in partial.items():
            new.replace(path)
    except OSError as error:
        raise RecommenderError(f"can't write {error.filename}: {error.strerror}.") from error
    finally:
        for new in partial:
            with suppress(OSError):
                new.unlink()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield where to write a file at length; it takes the place of `path` if nothing goes wrong.

    Raises
    ------
    RecommenderError
    """
    try:
        # Beside it, since only there a file can take another's place at once.
        with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as folder:
            new = Path(folder, path.name)
            yield new
            new.replace(path)
    except OSError as error:
        raise RecommenderError(f"can't write {path}: {error}.") from error


@contextmanager
def scratch_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Yield a folder for what is only needed meanwhile; it is gone afterwards, whatever happens.

    Raises
    ------
    RecommenderError
    """
    try:
        with TemporaryDirectory(prefix=prefix, dir=parent) as folder:
            yield Path(folder)
    except OSError as error:
        raise RecommenderError(f"can't write beside {parent}: {error}.") from error
