"""A folder of arrays and tables that is written whole, and opened by mapping it into memory.

::

    us.index/
        index.json          which folder holds the content, what it is, each file's size and sha256
        3f9c2a…/            the content: .npy arrays and .arrow tables

New content is written beside the old, made safe on the disk and given the name that its checksums
make; then index.json is replaced. Whoever opens the folder finds the old content or the new,
whole, whenever the writer was stopped. No file is a pickle.
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
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pyarrow as pa

from .errors import RecommenderError

FORMAT = 1
POINTER = "index.json"
_PARTIAL = ".partial-"
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
        # As a plain array: a memmap's slices are slower to make.
        return np.asarray(np.load(self._folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))

    def table(self, name: str) -> pa.Table:
        """Return a table, mapped."""
        with pa.memory_map(str(self._folder / f"{name}.arrow")) as source:
            return pa.ipc.open_file(source).read_all()


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
        partial = Path(mkdtemp(prefix=_PARTIAL, dir=path))
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
    if path.exists() and any(path.iterdir()) and not (path / POINTER).is_file():
        left = [p for p in path.iterdir() if not p.name.startswith(_PARTIAL)]
        if left:
            raise RecommenderError(
                f"{path} holds {left[0].name}, which is no index. Name another folder."
            )


def _finish(path: Path, partial: Path, facts: dict[str, Any]) -> None:
    files = {file.name: _described(file) for file in sorted(partial.iterdir())}
    content = json.dumps({"facts": facts, "files": files}, sort_keys=True)
    name = hashlib.sha256(content.encode()).hexdigest()[:16]
    for file in partial.iterdir():
        _sync(file)
    target = path / name
    with suppress(OSError):  # the same content is there already
        partial.replace(target)
    said = {"format": FORMAT, "folder": name, "facts": facts, "files": files}
    new = path / f"{_PARTIAL}{os.getpid()}-{POINTER}"
    new.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    _sync(new)
    new.replace(path / POINTER)
    _sync(path)
    for other in path.iterdir():  # whoever has mapped them keeps them
        if other.is_dir() and other != target and not other.name.startswith(_PARTIAL):
            shutil.rmtree(other, ignore_errors=True)


def _sweep(path: Path) -> None:
    """Remove what writers left that were stopped; those of now are younger than a day."""
    for left in path.glob(f"{_PARTIAL}*"):
        if time.time() - left.stat().st_mtime > _STALE:
            shutil.rmtree(left, ignore_errors=True)


def _described(file: Path) -> dict[str, Any]:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return {"bytes": file.stat().st_size, "sha256": digest}


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
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
    for attempt in (1, 2, 3):
        said = _pointer(path)
        folder = path / str(said.get("folder"))
        if folder.is_dir() or attempt == 3:
            break  # else another one has just been written in its place
    for name, wanted in said["files"].items():
        _check_file(folder / name, wanted, thorough)
    return Stored(path, said["facts"], folder)


def _pointer(path: Path) -> dict[str, Any]:
    again = "Make it again: python -m recommender index"
    try:
        said = json.loads((path / POINTER).read_text(encoding="utf-8"))
    except OSError as error:
        raise RecommenderError(f"no index at {path} ({error.strerror}). {again}") from error
    except ValueError as error:
        raise RecommenderError(f"{path / POINTER} is damaged ({error}). {again}") from error
    found = said.get("format") if isinstance(said, dict) else None
    if found != FORMAT:
        raise RecommenderError(
            f"{path} has format {found!r}; this version reads format {FORMAT}. {again}"
        )
    if not isinstance(said.get("files"), dict) or not isinstance(said.get("facts"), dict):
        raise RecommenderError(f"{path / POINTER} is damaged (it names no files). {again}")
    return said


def _check_file(file: Path, wanted: Mapping[str, Any], thorough: bool) -> None:
    again = "The index is damaged; make it again: python -m recommender index"
    try:
        size = file.stat().st_size
        if size != wanted["bytes"]:
            found = f"found {size} bytes; expected {wanted['bytes']}"
            raise RecommenderError(f"{file}: {found}. {again}")
        if thorough and _described(file)["sha256"] != wanted["sha256"]:
            raise RecommenderError(f"{file}: its checksum differs. {again}")
    except OSError as error:
        raise RecommenderError(f"{file}: {error.strerror}. {again}") from error
