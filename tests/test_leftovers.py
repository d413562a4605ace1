import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recommender import leftovers
from recommender.files import scratch_folder, write_whole
from recommender.leftovers import own_folder, sweep

ROOT = Path(__file__).parents[1]
posix = pytest.mark.skipif(sys.platform == "win32", reason="no folder can be locked there")
HOLDER = """
import sys
from pathlib import Path
from recommender.files import scratch_folder
with scratch_folder(Path(sys.argv[1]), "a") as folder:
    (folder / "much.bin").write_bytes(b"much")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    """A process that has a scratch folder, and waits."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        yield process
        process.kill()


@posix
def test_what_a_killed_process_left_is_gone_when_the_next_one_comes(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    theirs = Path(holder.stdout.readline().strip())
    with scratch_folder(tmp_path, "a") as ours:
        assert {*tmp_path.iterdir()} == {ours, theirs}  # they live
    holder.kill()
    holder.wait()
    assert (theirs / "much.bin").exists()
    with scratch_folder(tmp_path, "a") as ours:
        assert [*tmp_path.iterdir()] == [ours]
    assert [*tmp_path.iterdir()] == []


@posix
def test_what_is_written_whole_removes_what_was_left(tmp_path: Path) -> None:
    (tmp_path / ".a.csv.partial-0123abcd").mkdir()
    write_whole({tmp_path / "a.csv": "whole\n"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize(
    "name", ["a", ".a", ".a.partial-mine", ".a.partial-0123abcde", ".ab.partial-0123abcd", "b"]
)
def test_folders_of_others_are_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with scratch_folder(tmp_path, "a"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [name]


@posix
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    (tmp_path / ".a.partial-0123abcd").symlink_to(tmp_path / "mine")
    with scratch_folder(tmp_path, "a"):
        pass
    assert (tmp_path / "mine" / "letter.txt").exists()


def test_a_folder_is_never_made_twice(tmp_path: Path) -> None:
    with own_folder(tmp_path, "x-") as one, own_folder(tmp_path, "x-") as other:
        assert one != other
        assert {*tmp_path.iterdir()} == {one, other}


@posix
def test_one_that_was_taken_before_it_was_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, taken = leftovers._locked, []

    def slowly(path: Path) -> object:
        if not taken:
            taken.append(path)
            sweep([path])
        return locked(path)

    monkeypatch.setattr(leftovers, "_locked", slowly)
    with own_folder(tmp_path, "x-") as folder:
        assert taken != [folder]
        assert [*tmp_path.iterdir()] == [folder]


def test_what_is_needed_stays(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0))
    sweep(tmp_path.iterdir(), lambda path: path.name == "b")
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_where_nothing_can_be_locked_a_day_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    for name, age in (("young", 3600), ("old", 25 * 3600)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    with own_folder(tmp_path, "x-") as ours:
        sweep(tmp_path.iterdir())
        assert {path.name for path in tmp_path.iterdir()} == {"young", ours.name}


@posix
def test_others_may_read_what_is_meant_for_them_alone(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        with own_folder(tmp_path, "x-") as open_, scratch_folder(tmp_path, "a") as closed:
            assert open_.stat().st_mode & 0o777 == 0o755
            assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(mask)
