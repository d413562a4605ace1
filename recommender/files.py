"""Files written whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from .errors import RecommenderError
from .leftovers import own_folder, sweep

UNREADABLE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    NotImplementedError,
    MemoryError,
    OverflowError,
)
"""What numpy, pandas and pyarrow raise of a file whose bytes mean nothing to them."""


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
    path = next(iter(contents))
    try:
        with ExitStack() as stack:
            # In folders of one's own, so that of two writers at once none takes the other's.
            beside = {file.parent: file for file in contents}
            folders = {at: stack.enter_context(_beside(file)) for at, file in beside.items()}
            new = {folders[file.parent] / file.name: file for file in contents}
            for written, path in new.items():
                written.write_text(contents[path], encoding="utf-8", newline="")
            for written, path in new.items():
                written.replace(path)
    except OSError as error:
        raise RecommenderError(f"can't write {path}: {reason(error)}.") from error


def reason(error: OSError) -> str:
    """Return why something can't be read or written, in the system's words."""
    if error.errno:  # pyarrow says more than that, of no use to anybody
        return os.strerror(error.errno)
    said = error.strerror or str(error)
    # So numpy tells that the disk had no room for the rest.
    return f"No space left on device ({said})" if "requested and" in said else said


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield where to write a file at length; it takes the place of `path` if nothing goes wrong.

    Raises
    ------
    RecommenderError
    """
    try:
        with _beside(path) as folder:
            new = folder / path.name
            yield new
            new.replace(path)
    except OSError as error:
        raise RecommenderError(f"can't write {path}: {reason(error)}.") from error


@contextmanager
def scratch_folder(parent: Path, name: str) -> Iterator[Path]:
    """Yield a folder for what is only needed meanwhile; it is gone afterwards, whatever happens.

    What a writer of the same name has left that was killed is removed first.

    Parameters
    ----------
    parent : Path
    name : str
        What it is for.

    Raises
    ------
    RecommenderError
    """
    try:
        with _scratch(parent, name) as folder:
            yield folder
    except OSError as error:
        raise RecommenderError(f"can't write beside {parent / name}: {reason(error)}.") from error


def _beside(path: Path) -> AbstractContextManager[Path]:
    """Return a folder beside a file, since only there one can take another's place at once."""
    return _scratch(path.parent, path.name)


@contextmanager
def _scratch(parent: Path, name: str) -> Iterator[Path]:
    prefix = f".{name}.partial-"
    left = re.compile(re.escape(prefix) + "[0-9a-f]{8}")
    sweep([entry for entry in parent.iterdir() if left.fullmatch(entry.name)])
    with own_folder(parent, prefix, 0o700) as folder:
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
