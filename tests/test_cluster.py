"""A cluster, here a scheduler and two workers on loopback, does what one process does."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bulk_samples import grown, index_of, killed, read, same, some_donors, started, write

from recommender import Recommender, RecommenderError, load_priorities
from recommender.building import build_index
from recommender.bulk import match_donors
from recommender.stored import open_stored

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return index_of(tmp_path_factory.mktemp("index"))


@pytest.fixture
def donors(index: Path, tmp_path: Path) -> Path:
    return write(some_donors(Recommender.open(index), 120), tmp_path / "donors.csv")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    process = started("-m", "distributed.cli.dask_scheduler", *options)
    yield f"tcp://127.0.0.1:{port}"
    killed(process)


class Workers:
    """Two workers, of which the first is killed in the middle."""

    def __init__(self, scheduler: str, folder: Path) -> None:
        self.first, self.second = (self._worker(scheduler, folder / n) for n in ("one", "two"))
        self.dead, self._said = False, None
        with distributed.Client(scheduler, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)

    @staticmethod
    def _worker(scheduler: str, folder: Path) -> subprocess.Popen[str]:
        folder.mkdir()
        options = ["--nthreads", "1", "--no-dashboard", "--no-nanny", "--host", "127.0.0.1"]
        where = ["--local-directory", str(folder)]
        return started("-m", "distributed.cli.dask_worker", scheduler, *options, *where)

    def kill_first(self) -> None:
        if not self.dead:
            killed(self.first)
            self.dead = True

    def log(self) -> str:
        """End both; return what the second has said."""
        if self._said is None:
            self.kill_first()
            os.killpg(self.second.pid, signal.SIGKILL)
            self._said = self.second.communicate()[0]
        return self._said


@pytest.fixture
def workers(scheduler: str, tmp_path: Path) -> Iterator[Workers]:
    both = Workers(scheduler, tmp_path)
    yield both
    both.log()


def test_a_cluster_matches_the_same_though_a_worker_is_killed(
    index: Path, donors: Path, tmp_path: Path, scheduler: str, workers: Workers
) -> None:
    out, whole = tmp_path / "out", tmp_path / "whole"

    def told(what: str, done: int, total: int) -> None:
        if done >= 10:
            workers.kill_first()

    match_donors(donors, index, out, k=3, block=2, scheduler=scheduler, shard=900, told=told)
    assert workers.dead, "no worker was killed"
    match_donors(donors, index, whole, k=3, block=2)
    assert len([*out.glob("part-*.parquet")]) == 60
    assert same(read(out), read(whole))
    log = workers.log()
    assert "schools for refugees" not in log
    assert "장학금" not in log


@pytest.fixture
def small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a file of millions, each row group is a task."""
    monkeypatch.setattr("recommender.tally.SHARE", 1)


@pytest.mark.usefixtures("small_shares")
@pytest.mark.parametrize("phase", ["Reading", "Weighting (en)"])
def test_a_cluster_builds_the_same_index_though_a_worker_is_killed(
    tmp_path: Path, scheduler: str, workers: Workers, phase: str
) -> None:
    source, priorities = tmp_path / "grown.parquet", load_priorities()
    grown(600).to_parquet(source, index=False, row_group_size=30)

    def told(what: str, done: int, total: int) -> None:
        if what == phase and done >= 60:
            workers.kill_first()

    build_index(source, tmp_path / "a.index", priorities, scheduler=scheduler, told=told)
    assert workers.dead, "no worker was killed"
    build_index(source, tmp_path / "b.index", priorities)
    built, alone = (open_stored(tmp_path / n, thorough=True) for n in ("a.index", "b.index"))
    assert built.facts == alone.facts
    assert prints(tmp_path / "a.index") == prints(tmp_path / "b.index")
    left = [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert not left, "the scratch folder is still there"


def prints(index: Path) -> dict[str, str]:
    """The checksum of each file of an index."""
    files = json.loads((index / "index.json").read_text(encoding="utf-8"))["files"]
    return {name: file["sha256"] for name, file in files.items()}


def test_what_a_worker_cannot_read_is_told(
    tmp_path: Path, scheduler: str, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "grown.parquet"
    grown(60).to_parquet(source, index=False, row_group_size=30)
    # A folder that only this machine has looks to a worker like one that isn't there.
    monkeypatch.setattr("recommender.building.scratch_folder", lambda *_: Elsewhere(tmp_path))
    with pytest.raises(RecommenderError, match=r"can't use .*none.*under the same path"):
        build_index(source, tmp_path / "a.index", load_priorities(), scheduler=scheduler)
    assert not (tmp_path / "a.index").exists()


class Elsewhere:
    """A scratch folder on another machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "none"

    def __enter__(self) -> Path:
        return self._folder

    def __exit__(self, *_: object) -> None:
        pass


def test_a_scheduler_without_workers_is_told(
    index: Path, donors: Path, tmp_path: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommender.scheduler._PATIENCE", 0.5)
    with pytest.raises(RecommenderError, match=r"has no worker. Start one: dask worker tcp://127"):
        match_donors(donors, index, tmp_path / "out", scheduler=scheduler)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "ftp://127.0.0.1:9"])
def test_no_cluster_is_told_with_what_to_do(
    index: Path, donors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr("recommender.scheduler._PATIENCE", 0.5)
    with pytest.raises(RecommenderError, match="or found none there"):
        match_donors(donors, index, tmp_path / "out", scheduler=address)
    with pytest.raises(RecommenderError, match="or found none there"):
        build_index(
            index.parent / "grown.parquet", tmp_path / "a", load_priorities(), scheduler=address
        )


def test_without_dask_its_installation_is_told(
    index: Path, donors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RecommenderError, match=r"pip install '\.\[cluster\]'"):
        match_donors(donors, index, tmp_path / "out", scheduler="tcp://127.0.0.1:9")
