"""A folder of arrays and tables that is written whole, and opened by mapping it into memory.

::

    us.index/
        index.json          which folder holds the content, what it is, each file's size and sha256
        content-3f9c2a01/   the content: .npy arrays and .arrow tables

New content is written beside the old, made safe on the disk and given a name that no other has;
then index.json is replaced. Whoever opens the folder finds the old content or the new, whole,
whenever the writer was stopped and however many write at once: the last one counts. No file is a
pickle.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
import pyarrow as pa

from .errors import RecommenderError

FORMAT = 2
POINTER = "index.json"
_PARTIAL, _CONTENT = ".partial-", "content-"
_AGAIN = "Make it again: python -m recommender index"
_STALE = 24 * 3600.0


@dataclass(frozen=True)
class Stored:
    """What stands in a folder that was opened.

    Attributes
    ----------
    path : Path
    facts : mapping
        What the writer said of the content.
    """

    path: Path
    facts: Mapping[str, Any]
    _folder: Path

    def array(self, name: str) -> np.ndarray:
        """Return an array, mapped: nothing is read before it is used."""
        file = self._folder / f"{name}.npy"
        with _readable(file):
            # As a plain array: a memmap's slices are slower to make.
            return np.asarray(np.load(file, mmap_mode="r", allow_pickle=False))

    def table(self, name: str) -> pa.Table:
        """Return a table, mapped."""
        file = self._folder / f"{name}.arrow"
        with _readable(file), pa.memory_map(str(file)) as source:
            return pa.ipc.open_file(source).read_all()

    def replaced(self) -> bool:
        """Tell whether other content has taken this one's place."""
        return self._folder.name != _pointer(self.path)["folder"]


class Writing:
    """New content on its way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def array(self, name: str, values: np.ndarray) -> None:
        """Write an array."""
        np.save(self.folder / f"{name}.npy", values, allow_pickle=False)

    def new_array(self, name: str, shape: tuple[int, ...], dtype: type) -> np.ndarray:
        """Return an array that is written as it is filled."""
        if not np.prod(shape):  # nothing can't be mapped
            self.array(name, np.zeros(shape, dtype))
            return np.zeros(shape, dtype)
        path = self.folder / f"{name}.npy"
        return np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=shape)

    def table(self, name: str, batches: Iterator[pa.Table], schema: pa.Schema) -> None:
        """Write a table from batches of its rows."""
        with pa.OSFile(str(self.folder / f"{name}.arrow"), "wb") as sink:  # noqa: SIM117
            with pa.ipc.new_file(sink, schema) as writer:
                for batch in batches:
                    writer.write_table(batch)


@contextmanager
def writing(path: Path, facts: dict[str, Any]) -> Iterator[Writing]:
    """Yield where to put new content; it takes the old one's place if nothing goes wrong.

    Parameters
    ----------
    path : Path
        The folder, new or made by an earlier writing.
    facts : dict
        What is said of the content; read when the content is whole.

    Raises
    ------
    RecommenderError
    """
    check_place(path)
    try:
        path.mkdir(exist_ok=True)
        _sweep(path)
        partial = path / _name(_PARTIAL)
        partial.mkdir()
        try:
            yield Writing(partial)
            _finish(path, partial, facts)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
            with suppress(OSError):  # stopped before anything was written
                path.rmdir()
    except OSError as error:
        raise RecommenderError(
            f"can't write {path}: {error.strerror or error}. What was there before is still whole."
        ) from error


def check_place(path: Path) -> None:
    """Raise a RecommenderError unless an index can be written there; ask before long work."""
    nearest = path if path.exists() else path.absolute().parent
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise RecommenderError(f"can't write {path}: name a folder that may be written.")
    names = [entry.name for entry in path.iterdir()] if path.exists() else []
    ours = [name for name in names if _ours(name)]
    # An index.json that no content lies beside is some other program's.
    foreign = sorted({*names} - {*ours, *([POINTER] if ours else [])})
    if foreign and _named(path) is None:
        raise RecommenderError(
            f"{path} holds {foreign[0]}, which is no index. Name another folder."
        )


def _finish(path: Path, partial: Path, facts: dict[str, Any]) -> None:
    files = {file.name: _described(file) for file in sorted(partial.iterdir())}
    for file in (*partial.iterdir(), partial):
        _sync(file)
    target = path / partial.name.replace(_PARTIAL, _CONTENT, 1)
    partial.rename(target)
    try:
        before = _named(path)
        _point(path, {"format": FORMAT, "folder": target.name, "facts": facts, "files": files})
    finally:
        if _named(path) != target.name:
            shutil.rmtree(target, ignore_errors=True)
    # What another writer has put there meanwhile isn't ours to remove.
    if before:
        shutil.rmtree(path / before, ignore_errors=True)  # whoever has mapped it keeps it


def _point(path: Path, said: dict[str, Any]) -> None:
    """Let index.json name new content."""
    new = path / _name(_PARTIAL)
    try:
        new.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
        _sync(new)
        new.replace(path / POINTER)
    finally:
        new.unlink(missing_ok=True)
    _sync(path)


def _name(kind: str) -> str:
    """Return a name that no other writer has; tempfile's would be for its owner's eyes alone."""
    return kind + token_hex(4)


def _named(path: Path) -> str | None:
    """Return which folder holds the content now; None if there is none that we have made."""
    with suppress(OSError, ValueError, AttributeError):
        name = json.loads((path / POINTER).read_text(encoding="utf-8")).get("folder")
        if isinstance(name, str) and _ours(name) and Path(name).name == name:
            return name
    return None


def _ours(name: str) -> bool:
    return name.startswith((_PARTIAL, _CONTENT))


def _sweep(path: Path) -> None:
    """Remove what writers left that were stopped; those of now are younger than a day."""
    named = _named(path)
    for left in path.iterdir():
        if not _ours(left.name) or left.name == named:
            continue
        with suppress(OSError):  # another one sweeps as well
            if time.time() - left.stat().st_mtime < _STALE:
                continue
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink()


def _described(file: Path) -> dict[str, Any]:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return {"bytes": file.stat().st_size, "sha256": digest}


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_stored(path: Path, *, thorough: bool = False) -> Stored:
    """Open a folder that `writing` has written.

    Parameters
    ----------
    path : Path
    thorough : bool, default False
        Whether to read every file and compare its checksum; sizes are always compared.

    Raises
    ------
    RecommenderError
        If it is none, of another version, or damaged; the message names the file.
    """
    said = _pointer(path)
    while True:
        try:
            return _checked(path, said, thorough)
        except RecommenderError:
            now = _pointer(path)
            if now["folder"] == said["folder"]:
                raise
            said = now  # another one has just been written in its place


def _checked(path: Path, said: dict[str, Any], thorough: bool) -> Stored:
    folder = path / said["folder"]
    for name, wanted in said["files"].items():
        _check_file(folder / name, wanted, thorough)
    return Stored(path, said["facts"], folder)


def _pointer(path: Path) -> dict[str, Any]:
    try:
        said = json.loads((path / POINTER).read_text(encoding="utf-8"))
    except OSError as error:
        raise RecommenderError(f"no index at {path} ({error.strerror}). {_AGAIN}") from error
    except ValueError as error:
        raise RecommenderError(f"{path / POINTER} is damaged ({error}). {_AGAIN}") from error
    found = said.get("format") if isinstance(said, dict) else None
    if found != FORMAT:
        raise RecommenderError(
            f"{path} has format {found!r}; this version reads format {FORMAT}. {_AGAIN}"
        )
    wanted = {"folder": str, "files": dict, "facts": dict}
    wrong = [name for name, kind in wanted.items() if not isinstance(said.get(name), kind)]
    if wrong:
        raise RecommenderError(f"{path / POINTER} is damaged (no {wrong[0]}). {_AGAIN}")
    return dict(said)


def _check_file(file: Path, wanted: Mapping[str, Any], thorough: bool) -> None:
    with _readable(file):
        size = file.stat().st_size
        if size != wanted["bytes"]:
            raise ValueError(f"found {size} bytes; expected {wanted['bytes']}")
        if thorough and _described(file)["sha256"] != wanted["sha256"]:
            raise ValueError("its checksum differs")


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    """Raise a RecommenderError for a file that isn't what was written."""
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError) as error:  # pyarrow's are ValueErrors
        said = (error.strerror if isinstance(error, OSError) else None) or error
        raise RecommenderError(f"{file}: {said}. The index is damaged. {_AGAIN}") from error
