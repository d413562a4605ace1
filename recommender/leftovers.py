"""Folders for what is written meanwhile: whoever is killed leaves one, and the next removes it.

A folder is locked while its writer lives; the system lets go of the lock however the writer ends.
So it is known at once which folders are left over. Where no folder can be locked (on Windows, and
on some network file systems) one is taken for left over when it is a day old.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex

if sys.platform != "win32":
    import fcntl

_STALE = 24 * 3600.0


@contextmanager
def own_folder(parent: Path, prefix: str, mode: int = 0o777) -> Iterator[Path]:
    """Yield a new folder within `parent` that nobody takes for left over meanwhile.

    Parameters
    ----------
    parent : Path
    prefix : str
        What its name begins with; eight hexadecimal digits follow.
    mode : int
        Who may read it, before the umask; by default whoever may read other new folders.
    """
    with ExitStack() as lock:
        yield _made(parent, prefix, mode, lock)


def _made(parent: Path, prefix: str, mode: int, lock: ExitStack) -> Path:
    while True:
        folder = parent / f"{prefix}{token_hex(4)}"
        folder.mkdir(mode)
        # Another may take it for left over before it is locked: then there is a next one.
        with suppress(FileNotFoundError):
            if lock.enter_context(_locked(folder)) is not False and folder.exists():
                return folder


def sweep(found: Iterable[Path], needed: Callable[[Path], bool] = lambda _: False) -> None:
    """Remove those of some files and folders whose writers are gone.

    Parameters
    ----------
    found : iterable of Path
    needed : callable, optional
        Whether one is to stay; asked when nobody writes to it any more.
    """
    for left in found:
        with suppress(OSError), _locked(left) as ours:  # another one sweeps as well
            gone = time.time() - left.stat().st_mtime > _STALE if ours is None else ours
            if gone and not needed(left):
                _remove(left)


def _remove(left: Path) -> None:
    if left.is_dir():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink()


@contextmanager
def _locked(path: Path) -> Iterator[bool | None]:
    """Lock a folder: yield True, or False if another has locked it, or None if nobody can."""
    if sys.platform == "win32" or not path.is_dir():
        yield None
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            ours: bool | None = True
        except BlockingIOError:
            ours = False
        except OSError:
            ours = None
        yield ours
    finally:
        os.close(descriptor)
