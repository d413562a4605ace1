"""Writers that are killed, find no room, may not write or meet: what was there before stays whole.

A kill shows what a process leaves that ends amid its work. What a power cut leaves can't be shown
so; for that, files are made safe on the disk before index.json names them.
"""

import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from command_line import Done, Run, refused, runs

from recommender import RecommenderError
from recommender.building import build_index
from recommender.opening import open_index
from recommender.profiles import write_profiles
from recommender.stored import POINTER, save_array

if sys.platform == "win32":
    pytest.skip("Windows has neither SIGKILL nor such limits", allow_module_level=True)

from fault_samples import (
    PRIORITIES,
    Nursery,
    catalogues,
    content,
    donors,
    folders,
    forbid,
    limited,
    opened,
    small_disk,
    snapshot,
)

NO_ROOM = 1
WRITERS = int(os.environ.get("FAULTS_WRITERS", "20"))
"""How many writers are killed."""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return catalogues(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def whole(sources: list[Path]) -> Path:
    """An index that is there."""
    output = sources[0].with_suffix(".index")
    build_index(sources[0], output, PRIORITIES, agenda="general")
    return output


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture(scope="module")
def takes(nursery: Nursery, sources: list[Path], tmp_path_factory: pytest.TempPathFactory) -> float:
    """The seconds that a writer takes."""
    output = tmp_path_factory.mktemp("takes") / "a.index"
    assert nursery.write(sources[1], output) == 0
    started = time.monotonic()
    assert nursery.write(sources[1], output) == 0
    return time.monotonic() - started


def contents(index: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in content(index)}


def test_writers_killed_at_random_leave_the_old_index_or_the_new(
    nursery: Nursery, sources: list[Path], takes: float, tmp_path: Path
) -> None:
    output, random, wholes = tmp_path / "a.index", np.random.default_rng(6), []
    for source in sources:
        assert nursery.write(source, output) == 0
        wholes.append(contents(output))
    assert wholes[0] != wholes[1]
    killed = left = 0
    while killed < WRITERS:
        now = contents(output)
        other = wholes.index(now) ^ 1
        status = nursery.write(sources[other], output, random.uniform(0, takes * 1.2))
        assert status in (0, -9)
        assert opened(output, thorough=True) == ""
        assert contents(output) in (now, wholes[other])
        killed += status == -9
        left = max(left, len([*tmp_path.rglob("*partial*"), *output.glob("content-*")]) - 1)
    assert left > 0, "none was killed amid its work"
    assert nursery.write(sources[0], output) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.index"]
    assert folders(tmp_path) == ["a.index", content(output)[0].parent.name]


def test_first_writers_killed_at_random_leave_nothing_or_an_index(
    nursery: Nursery, sources: list[Path], takes: float, tmp_path: Path
) -> None:
    output, random = tmp_path / "a.index", np.random.default_rng(7)
    for _ in range(max(WRITERS // 4, 1)):
        status = nursery.write(sources[0], output, random.uniform(0, takes))
        assert status in (0, -9)
        said = opened(output, thorough=True)
        assert said == "" or said.startswith(f"no index at {output} (No such file")
        if not said:
            shutil.rmtree(output)
    assert nursery.write(sources[1], output) == 0
    assert folders(tmp_path) == ["a.index", content(output)[0].parent.name]


def test_two_writers_at_once_both_finish_and_one_of_them_counts(
    nursery: Nursery, sources: list[Path], tmp_path: Path
) -> None:
    output, other, wrong = tmp_path / "a.index", Nursery(), []

    def write(by: Nursery, source: Path) -> None:
        wrong.extend(status for _ in range(3) if (status := by.write(source, output)))

    pairs = zip((nursery, other), sources, strict=True)
    threads = [threading.Thread(target=write, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    seen = set()
    while any(thread.is_alive() for thread in threads):
        if (output / POINTER).exists():
            model = open_index(output, PRIORITIES.fingerprint)
            seen.add(len(model.charities))
    other.close()
    assert wrong == []
    assert seen
    assert seen <= {60, 90}
    assert opened(output, thorough=True) == ""
    assert nursery.write(sources[0], output) == 0  # removes what either left of the other's
    assert folders(tmp_path) == ["a.index", content(output)[0].parent.name]


@pytest.mark.parametrize("limit", np.geomspace(200, 20_000, 5).astype(int).tolist())
def test_where_a_file_finds_no_room_the_old_index_stays(
    nursery: Nursery, sources: list[Path], tmp_path: Path, limit: int
) -> None:
    """A limit to the size of a file stands for a full disk; it needs no rights."""
    output = tmp_path / "a.index"
    assert nursery.write(sources[0], output) == 0
    before = snapshot(tmp_path)
    assert nursery.write(sources[1], output, limit=limit) == NO_ROOM
    assert snapshot(tmp_path) == before
    assert folders(tmp_path) == ["a.index", content(output)[0].parent.name]


@pytest.mark.parametrize("short", [1, 8, 4000])
def test_an_array_whose_last_bytes_find_no_room_is_told(tmp_path: Path, short: int) -> None:
    values, whole = np.arange(5_000), tmp_path / "whole.npy"
    save_array(whole, values)
    assert np.load(whole, allow_pickle=False).tolist() == values.tolist()
    with limited(whole.stat().st_size - short), pytest.raises(OSError, match="File too large"):
        save_array(tmp_path / "cut.npy", values)


def test_wherever_a_disk_is_full_the_old_index_stays(
    nursery: Nursery, sources: list[Path], tmp_path: Path
) -> None:
    """Disks of their own, larger and larger until one has room for two indexes at once."""
    statuses: set[tuple[int, int]] = set()
    size = 100_000
    while (0, 0) not in statuses:
        with small_disk(tmp_path / "disk", size) as mounted:
            if not mounted:
                pytest.skip("no small disk can be mounted here: that takes root")
            output = tmp_path / "disk" / "a.index"
            old = nursery.write(sources[0], output)
            before = snapshot(output.parent)
            new = nursery.write(sources[1], output)
            assert {old, new} <= {0, NO_ROOM}, size
            statuses.add((old, new))
            if new == NO_ROOM:
                assert snapshot(output.parent) == before
            if 0 in (old, new):
                assert opened(output, thorough=True) == ""
                assert folders(output.parent) == ["a.index", content(output)[0].parent.name]
            else:
                assert folders(output.parent) == []
        (tmp_path / "disk").rmdir()
        size = size * 13 // 10
    assert (0, NO_ROOM) in statuses


def test_an_index_that_may_not_be_written_opens_and_is_not_made_again(
    run: Run, sources: list[Path], whole: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", 10_000_000) as mounted:
        index = shutil.copytree(whole, tmp_path / "disk" / "a.index")
        before = snapshot(index)
        for folder in (index, tmp_path / "disk")[mounted:]:
            forbid(folder, mounted)
        refused(run("index", sources[1], "-o", index), f"can't write {index}: name a folder that")
        assert run("recommend", "--index", index, "--priority", "education=5").status == 0
        assert opened(index, thorough=True) == ""
        assert snapshot(index) == before


ORDERS = {
    "index": ["index", "{source}", "-o", "{to}/a.index", "--agenda", "general"],
    "import": ["import", "csv", "{table}", "-o", "{to}/new.parquet"],
    "match": ["match", "{donors}", "--index", "{index}", "-o", "{to}/m", "--workers", "1"],
    "learn": ["learn", "--labelled", "{labelled}", "--map", "{map}", "-o", "{to}/profiles"],
    "background": ["background", "{labelled}", "-o", "{to}/en.csv"],
    "template": ["template", "-o", "{to}/t.csv"],
    "audit": ["audit", "--draws", "1000", "--json", "{to}/audit.json"],
}


@pytest.fixture(params=ORDERS)
def order(
    request: pytest.FixtureRequest, sources: list[Path], whole: Path, tmp_path: Path
) -> list[str]:
    """A command that writes, and what it needs; it writes to a folder that is there."""
    given = tmp_path / "given"
    given.mkdir()
    rows = [f"c{i},Xyz {i},Runs {i} schools and {i * 7919 % 4001} gardens." for i in range(2_000)]
    (given / "t.csv").write_text("\n".join(["charity_id,name,description", *rows, ""]), "utf-8")
    said = {"L21": "affordable homes", "D20": "animal rescue", "A60": "a choir and concerts"}
    texts = [
        f"{code},It offers {text} number {i}." for i in range(40) for code, text in said.items()
    ]
    (given / "labelled.csv").write_text("\n".join(["ntee,text", *texts, ""]), "utf-8")
    meant = {"animal_welfare": ["D"], "housing": {"ntee": ["L"]}}
    (given / "map.json").write_text(json.dumps(meant), encoding="utf-8")
    files = {"source": sources[1], "table": given / "t.csv", "index": whole, "to": tmp_path / "to"}
    files |= {"donors": donors(given / "d.csv"), "labelled": given / "labelled.csv"}
    files |= {"map": given / "map.json"}
    return [argument.format(**files) for argument in ORDERS[request.param]]


def told(done: Done, *words: str) -> None:
    """An error in one line; of its work it may have told before."""
    before, _, error = done.err.partition("Error: ")
    assert (done.status, done.out, error.count("\n")) == (1, "", 1)
    assert "Traceback" not in before
    for word in words:
        assert word in error


# Learning takes long; the next test writes what it would.
@pytest.mark.parametrize("order", sorted({*ORDERS} - {"learn"}), indirect=True)
def test_a_command_that_finds_no_room_says_so_and_leaves_nothing(
    run: Run, order: list[str], tmp_path: Path
) -> None:
    to = tmp_path / "to"
    to.mkdir()
    with limited(64):
        done = run(*order)
    told(done, "can't ", str(to), "File too large")
    assert snapshot(to) == {}
    assert {*folders(to)} <= {"m"}


def test_profiles_that_find_no_room_leave_the_old_ones(tmp_path: Path) -> None:
    levels = {"animals": {"en": 0.2}}
    write_profiles(tmp_path, {"animals": {"cats": 1.0}}, {"animals": []}, levels)
    before = snapshot(tmp_path)
    many = {f"word{number}": 1.0 for number in range(100)}
    with limited(500), pytest.raises(RecommenderError, match=r"animals\.csv: File too large\.$"):
        write_profiles(tmp_path, {"youth": {}, "animals": many}, {"youth": [], "animals": []}, {})
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("kind", ["file", "read only"])
def test_a_command_that_may_not_write_says_so_before_its_work(
    run: Run, order: list[str], tmp_path: Path, kind: str
) -> None:
    to = tmp_path / "to"
    if kind == "file":
        to.write_text("mine", encoding="utf-8")
        told(run(*order), "can't write", str(to), "that may be written")
        assert to.read_text(encoding="utf-8") == "mine"
        return
    with small_disk(to, 100_000) as mounted:
        forbid(to, mounted)
        told(run(*order), "can't write", str(to), "that may be written")
        assert [*to.iterdir()] == []
