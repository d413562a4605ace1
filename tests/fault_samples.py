"""What the tests of faults share: small catalogues, writers to kill, and disks that are full."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from bulk_samples import grown

from recommender import RecommenderError, load_priorities
from recommender.opening import open_index
from recommender.stored import open_stored

ROOT = Path(__file__).parents[1]
PRIORITIES = load_priorities()
AGAIN = "Make it again: python -m recommender index"

# Forks a process for each line: a writer starts in milliseconds, with everything imported.
NURSERY = """
import os, resource, sys
sys.path[:0] = [{root!r}]
from pathlib import Path
from recommender import RecommenderError, load_priorities
from recommender.building import build_index
priorities = load_priorities()
priorities.fingerprint, priorities.analyser
print("ready", flush=True)
for line in sys.stdin:
    source, output, limit = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        status = 3
        try:
            if int(limit):
                resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
            build_index(Path(source), Path(output), priorities, agenda="general")
            status = 0
        except RecommenderError as error:
            status = 1 if "No space left" in str(error) or "too large" in str(error) else 2
        finally:
            os._exit(status)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def catalogues(folder: Path, sizes: tuple[int, ...] = (60, 90)) -> list[Path]:
    """Catalogues of so many charities, as Parquet files."""
    paths = []
    for size in sizes:
        paths.append(folder / f"of-{size}.parquet")
        grown(size).to_parquet(paths[-1], index=False)
    return paths


class Nursery:
    """Starts writers of indexes one after another, and kills them or not."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY.format(root=str(ROOT))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        )
        assert self._told() == "ready"

    def _told(self) -> str:
        return self._process.stdout.readline().strip()

    def write(
        self, source: Path, output: Path, seconds: float | None = None, limit: int = 0
    ) -> int:
        """Let a writer write, for so many seconds at most, files of at most so many bytes.

        Return its exit status: 0, 1 if it says that there is no room, or what killed it, below 0.
        """
        self._process.stdin.write(f"{source}\t{output}\t{limit}\n")
        self._process.stdin.flush()
        writer = int(self._told())
        if seconds is not None:
            time.sleep(seconds)
            with suppress(ProcessLookupError):  # it was done
                os.kill(writer, signal.SIGKILL)
        return int(self._told())

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()


@contextmanager
def limited(size: int) -> Iterator[None]:
    """No file that this process writes may grow beyond so many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[bool]:
    """A disk of so many bytes at `place`; yield whether there is one."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    try:
        done = subprocess.run(mount, capture_output=True).returncode == 0
    except OSError:
        done = False
    try:
        yield done
    finally:
        if done:
            subprocess.run(["umount", "-l", str(place)], check=True, capture_output=True)
        else:
            place.chmod(0o755)  # which a test may have taken away


def forbid(place: Path, mounted: bool) -> None:
    """Let nobody write to a small disk, or to the folder that stands for it.

    Permissions don't stop root; a disk that is mounted to be read only does.
    """
    if os.geteuid():
        place.chmod(0o555)
    elif mounted:
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True, capture_output=True)
    else:
        pytest.skip("root may write everywhere, and no disk can be mounted here")


def content(index: Path) -> list[Path]:
    """The files of an index, but for the one that names them."""
    return sorted(open_stored(index)._folder.iterdir())


def opened(index: Path, thorough: bool = False) -> str:
    """What opening says; nothing if it opens."""
    try:
        open_index(index, PRIORITIES.fingerprint, thorough=thorough)
    except RecommenderError as error:
        return str(error)
    return ""


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file within a folder, with its content."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def folders(folder: Path) -> list[str]:
    """The names of all folders within a folder."""
    return sorted(path.name for path in folder.rglob("*") if path.is_dir())


def flipped(content: bytes, place: int, bit: int) -> bytes:
    """The same bytes, but for one bit."""
    changed = bytearray(content)
    changed[place] ^= 1 << bit
    return bytes(changed)


def places(size: int, count: int, seed: int) -> list[tuple[int, int]]:
    """Bytes to damage, and a bit in each: the first, the last, the one amid, others at random."""
    random = np.random.default_rng(seed)
    found = [0, size // 2, size - 1, *random.integers(0, size, count).tolist()]
    return [(place, int(random.integers(0, 8))) for place in found]


def donors(path: Path, count: int = 40) -> Path:
    """A table of donors."""
    rows = {
        "donor_id": [f"d{i}" for i in range(count)],
        "education": [1 + i % 5 for i in range(count)],
    }
    pd.DataFrame(rows).to_csv(path, index=False)
    return path
