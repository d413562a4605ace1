"""A folder of arrays and tables that is written whole, and opened by mapping it into memory.

::

    us.index/
        index.json          which folder holds the content, what it is, each file's size and
                            checksums, and a checksum of all that
        content-3f9c2a01/   the content: .npy arrays and .arrow tables

New content is written beside the old, made safe on the disk and given a name that no other has;
then index.json is replaced. Whoever opens the folder finds the old content or the new, whole,
whenever the writer was stopped and however many write at once: the last one counts. No file is a
pickle.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa

from .checksums import damage, described, is_whole, sealed
from .errors import RecommenderError
from .files import UNREADABLE, reason
from .leftovers import own_folder, sweep

FORMAT = 3
POINTER = "index.json"
_PARTIAL, _CONTENT = ".partial-", "content-"
_AGAIN = "Make it again: python -m recommender index"


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
    _files: frozenset[str]

    def array(self, name: str) -> np.ndarray:
        """Return an array, mapped: nothing is read before it is used."""
        file = self._file(f"{name}.npy")
        with _readable(file):
            # As a plain array: a memmap's slices are slower to make.
            return np.asarray(np.load(file, mmap_mode="r", allow_pickle=False))

    def table(self, name: str) -> pa.Table:
        """Return a table, mapped."""
        file = self._file(f"{name}.arrow")
        with _readable(file), pa.memory_map(str(file)) as source:
            return pa.ipc.open_file(source).read_all()

    def _file(self, name: str) -> Path:
        file = self._folder / name
        if name not in self._files:  # and so wasn't compared with anything
            raise _damaged([f"{file}: {POINTER} doesn't name it"])
        return file

    def replaced(self) -> bool:
        """Tell whether other content has taken this one's place."""
        return self._folder.name != _pointer(self.path)["folder"]


class Writing:
    """New content on its way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def array(self, name: str, values: np.ndarray) -> None:
        """Write an array."""
        save_array(self.folder / f"{name}.npy", values)

    def new_array(self, name: str, shape: tuple[int, ...], dtype: type) -> np.ndarray:
        """Return an array that is written as it is filled."""
        if not np.prod(shape):  # nothing can't be mapped
            self.array(name, np.zeros(shape, dtype))
            return np.zeros(shape, dtype)
        return filled_array(self.folder / f"{name}.npy", shape, dtype)

    def table(self, name: str, batches: Iterator[pa.Table], schema: pa.Schema) -> None:
        """Write a table from batches of its rows."""
        with pa.OSFile(str(self.folder / f"{name}.arrow"), "wb") as sink:  # noqa: SIM117
            with pa.ipc.new_file(sink, schema) as writer:
                for batch in batches:
                    writer.write_table(batch)


def save_array(path: Path, values: np.ndarray) -> None:
    """Write an array to a new file.

    Raises
    ------
    OSError
        If there is no room for all of it.
    """
    with path.open("wb") as file:
        # Of a file numpy would make one of C's, and not hear that its last bytes found no room.
        np.save(SimpleNamespace(write=file.write), values, allow_pickle=False)


def filled_array(path: Path, shape: tuple[int, ...], dtype: type) -> np.ndarray:
    """Return an array in a new file that is written as it is filled.

    Raises
    ------
    OSError
        If there is no room for all of it.
    """
    array = np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=shape)
    # Where a disk has no room for what is mapped, whoever fills it is killed without a word.
    if hasattr(os, "posix_fallocate"):
        with path.open("r+b") as file, _if_known():
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    return array


@contextmanager
def _if_known() -> Iterator[None]:
    """Pass over that a file system knows no such thing."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
            raise


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
        try:
            _sweep(path)
            with own_folder(path, _PARTIAL) as partial:
                try:
                    yield Writing(partial)
                    _finish(path, partial, facts)
                finally:
                    shutil.rmtree(partial, ignore_errors=True)
        finally:
            with suppress(OSError):  # stopped before anything was written
                path.rmdir()
    except OSError as error:
        raise RecommenderError(
            f"can't write {path}: {reason(error)}. What was there before is still whole."
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
    files = {file.name: described(file) for file in sorted(partial.iterdir())}
    for file in (*partial.iterdir(), partial):
        _sync(file)
    target = path / partial.name.replace(_PARTIAL, _CONTENT, 1)
    partial.rename(target)
    try:
        before = _named(path)
        _point(path, target, {"format": FORMAT, "facts": facts, "files": files})
    finally:
        if _named(path) != target.name:
            shutil.rmtree(target, ignore_errors=True)
    # What another writer has put there meanwhile isn't ours to remove.
    if before:
        shutil.rmtree(path / before, ignore_errors=True)  # whoever has mapped it keeps it


def _point(path: Path, target: Path, said: dict[str, Any]) -> None:
    """Let index.json name new content."""
    said = sealed(said | {"folder": target.name})
    new = target / POINTER  # within what is swept if we are killed
    new.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    _sync(new)
    new.replace(path / POINTER)
    _sync(path)


def _named(path: Path) -> str | None:
    """Return which folder holds the content now; None if there is none that we have made."""
    with suppress(OSError, ValueError, AttributeError, RecursionError):
        name = json.loads((path / POINTER).read_text(encoding="utf-8")).get("folder")
        if isinstance(name, str) and _ours(name) and Path(name).name == name:
            return name
    return None


def _ours(name: str) -> bool:
    return name.startswith((_PARTIAL, _CONTENT))


def _sweep(path: Path) -> None:
    """Remove what writers left that were stopped."""
    left = [entry for entry in path.iterdir() if _ours(entry.name)]
    # Asked of each anew: another writer's may have become the content meanwhile.
    sweep(left, lambda entry: entry.name == _named(path))


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
        Whether to read every file and compare its checksum, and look for files that don't belong
        there; sizes and ends are always compared.

    Raises
    ------
    RecommenderError
        If it is none, of another version, or damaged; the message names every damaged file.
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
    folder, files = path / said["folder"], said["files"]
    found = {folder / n: damage(folder / n, w, thorough=thorough) for n, w in files.items()}
    if thorough and folder.is_dir():
        others = {entry.name for entry in folder.iterdir()} - {*files}
        found |= {folder / name: f"{POINTER} doesn't name it" for name in sorted(others)}
    wrong = [f"{file}: {what}" for file, what in found.items() if what]
    if wrong:
        raise _damaged(wrong)
    return Stored(path, said["facts"], folder, frozenset(files))


def _damaged(wrong: Iterable[str]) -> RecommenderError:
    lines = "\n".join(wrong)
    return RecommenderError(f"{lines}. The index is damaged. {_AGAIN}")


def _pointer(path: Path) -> dict[str, Any]:
    try:
        said = json.loads((path / POINTER).read_text(encoding="utf-8"))
    except OSError as error:
        raise RecommenderError(f"no index at {path} ({error.strerror}). {_AGAIN}") from error
    except (ValueError, RecursionError) as error:
        raise RecommenderError(f"{path / POINTER} is damaged ({error}). {_AGAIN}") from error
    found = said.get("format") if isinstance(said, dict) else None
    if found != FORMAT:
        raise RecommenderError(
            f"{path} has format {found!r}; this version reads format {FORMAT}. {_AGAIN}"
        )
    wanted = {"folder": str, "files": dict, "facts": dict}
    wrong = [f"no {name}" for name, kind in wanted.items() if not isinstance(said.get(name), kind)]
    if not wrong and not is_whole(said):
        wrong = ["its checksum differs"]
    if wrong:
        raise RecommenderError(f"{path / POINTER} is damaged ({wrong[0]}). {_AGAIN}")
    return dict(said)


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    """Raise a RecommenderError for a file that isn't what was written."""
    try:
        yield
    except UNREADABLE as error:
        said = (error.strerror if isinstance(error, OSError) else None) or error
        raise _damaged([f"{file}: {said}"]) from error
