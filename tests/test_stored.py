import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from recommender import RecommenderError, stored
from recommender.checksums import ENDS, sealed
from recommender.leftovers import own_folder
from recommender.stored import POINTER, Stored, Writing, check_place, open_stored, writing

ROOT = Path(__file__).parents[1]
OTHER = {"format": 3, "folder": "x", "files": {"a.npy": 3}, "facts": {}}
SCHEMA = pa.schema({"name": pa.string()})


def write(path: Path, number: int, rows: int = 500) -> None:
    with writing(path, {"number": number}) as new:
        new.array("same", np.full(rows, number))
        new.new_array("filled", (rows,), np.int32)[:] = number
        new.table("names", (pa.table({"name": [str(number)] * 3}) for _ in range(2)), SCHEMA)


def number_of(path: Path) -> int:
    """The number that every file of a whole content holds."""
    found = open_stored(path, thorough=True)
    numbers = {found.facts["number"], *map(int, found.table("names").column("name").to_pylist())}
    numbers |= {*found.array("same").tolist(), *found.array("filled").tolist()}
    (number,) = numbers
    return number


def contents(path: Path) -> list[Path]:
    return [entry for entry in path.iterdir() if entry.name != POINTER]


def change(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(bytes(content))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write(tmp_path / "a.index", 1)
    return tmp_path / "a.index"


def test_what_is_written_is_read_again(path: Path) -> None:
    assert number_of(path) == 1
    found = open_stored(path)
    assert found.table("names").schema == SCHEMA
    assert len(found.table("names")) == 6
    array = found.array("filled")
    assert (array.dtype, array.flags.writeable) == (np.int32, False)
    assert isinstance(array.base, np.memmap)


def test_new_content_takes_the_place_of_the_old_and_nothing_else_stays(path: Path) -> None:
    before = open_stored(path)
    mapped = before.array("same")
    for number in (2, 2, 3):
        write(path, number)
        assert number_of(path) == number
        assert len(contents(path)) == 1
    assert before.replaced()
    assert not open_stored(path).replaced()
    assert set(mapped.tolist()) == {1}  # whoever has mapped it keeps it


def test_nothing_is_an_array_too(tmp_path: Path) -> None:
    with writing(tmp_path / "a", {}) as new:
        new.new_array("none", (0,), np.float32)[:] = 1
        new.array("empty", np.zeros(0))
    found = open_stored(tmp_path / "a", thorough=True)
    assert (found.array("none").shape, found.array("none").dtype) == ((0,), np.float32)
    assert found.array("empty").shape == (0,)


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, RecommenderError, OSError])
@pytest.mark.parametrize("old", [True, False])
def test_a_writer_that_fails_leaves_the_old_content(
    tmp_path: Path, error: type[BaseException], old: bool
) -> None:
    path = tmp_path / "a"
    if old:
        write(path, 1)

    def fail() -> None:
        with writing(path, {}) as new:
            new.array("same", np.zeros(3))
            raise error("no")

    with pytest.raises(RecommenderError if error is OSError else error):
        fail()
    assert path.exists() == old
    if old:
        assert number_of(path) == 1
        assert len(contents(path)) == 1


@pytest.mark.parametrize("function", ["_sync", "_point", "described", "filled_array"])
def test_a_full_disk_leaves_the_old_content(
    path: Path, function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(stored, function, full)
        with pytest.raises(RecommenderError, match=r"can't write .*: No space left.*still whole"):
            write(path, 2)
    assert number_of(path) == 1
    assert len(contents(path)) == 1


def test_what_follows_the_change_cannot_undo_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = stored._sync

    def fail(file: Path) -> None:
        if file == path:  # after index.json has been replaced
            raise OSError(5, "Input/output error")
        sync(file)

    monkeypatch.setattr(stored, "_sync", fail)
    with pytest.raises(RecommenderError, match="Input/output"):
        write(path, 2)
    assert number_of(path) == 2


WRITER = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from test_stored import write
print("ready", flush=True)
for number in range(2, 10**6):
    write(Path({path!r}), number, 50)
    print(number, flush=True)
"""


@pytest.fixture
def writer(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that writes one content after the other."""
    code = WRITER.format(root=str(ROOT), tests=str(ROOT / "tests"), path=str(path))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("seed", range(8))
def test_a_killed_writer_leaves_content_that_is_whole(
    path: Path, writer: subprocess.Popen[str], seed: int
) -> None:
    assert writer.stdout.readline() == "ready\n"
    time.sleep(np.random.default_rng(seed).uniform(0, 0.06))
    writer.send_signal(signal.SIGKILL)
    said = [int(line) for line in writer.stdout.read().split()]
    assert number_of(path) in {max(said, default=1), max(said, default=1) + 1}
    # What it left is in nobody's way, and gone when the next one writes.
    write(path, 1)
    assert number_of(path) == 1
    assert len(contents(path)) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_first_writer_that_was_killed_is_in_nobodys_way(tmp_path: Path) -> None:
    for name in (".partial-1f", "content-1f"):
        (tmp_path / "a" / name).mkdir(parents=True)
        check_place(tmp_path / "a")
        write(tmp_path / "a", 4)
        assert number_of(tmp_path / "a") == 4


def test_what_writers_of_now_write_is_not_swept(path: Path) -> None:
    (path / ".partial-left").mkdir()
    (path / "content-left").mkdir()
    for used in path.glob("content-*"):
        os.utime(used, (0, 0))  # however old what is in use is
    with own_folder(path, ".partial-") as one, own_folder(path, "content-") as other:
        write(path, 2)
        assert number_of(path) == 2
        assert {*contents(path)} == {one, other, open_stored(path)._folder}
    write(path, 3)  # now nobody writes there any more
    assert contents(path) == [open_stored(path)._folder]


def test_what_is_in_use_is_not_swept_however_old(path: Path) -> None:
    os.utime(open_stored(path)._folder, (0, 0))
    with writing(path, {"number": 2}):
        assert number_of(path) == 1


def test_writers_at_once_leave_one_whole_content(path: Path) -> None:
    wrong: list[Exception] = []

    def write_some(first: int) -> None:
        try:
            for number in range(first, first + 12):
                write(path, number, 20)
        except (RecommenderError, OSError) as error:  # nobody else tells of a thread's
            wrong.append(error)

    threads = [threading.Thread(target=write_some, args=(100 * n,)) for n in (1, 2, 3)]
    for thread in threads:
        thread.start()
    seen = set()
    while any(thread.is_alive() for thread in threads):
        seen.add(open_stored(path).facts["number"])
    assert wrong == []
    assert number_of(path) in {111, 211, 311}
    assert len(seen) > 1


def test_another_writers_content_is_not_removed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = stored._point

    def point_first(*said: object) -> None:
        monkeypatch.setattr(stored, "_point", point)
        write(path, 3)  # between the other's two steps
        point(*said)
        write(path, 4)  # before the other removes the old content

    monkeypatch.setattr(stored, "_point", point_first)
    write(path, 2)
    assert number_of(path) == 4


def test_an_index_made_again_is_whole_even_if_nothing_else_changed(path: Path) -> None:
    change(open_stored(path)._folder / "same.npy", -3)
    write(path, 1)
    assert number_of(path) == 1


def test_whoever_opens_while_another_writes_gets_the_new(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = stored.damage

    def replaced_meanwhile(*said: object, **options: bool) -> str:
        monkeypatch.setattr(stored, "damage", check)
        write(path, 2)
        return check(*said, **options)

    monkeypatch.setattr(stored, "damage", replaced_meanwhile)
    assert open_stored(path).facts["number"] == 2


@pytest.mark.parametrize("name", ["same.npy", "filled.npy", "names.arrow"])
def test_a_file_that_is_damaged_is_named(path: Path, name: str) -> None:
    write(path, 1, 5_000)
    file = open_stored(path)._folder / name
    whole = file.read_bytes()
    change(file, len(whole) // 2)
    if len(whole) > 2 * ENDS:
        open_stored(path)  # sizes and ends agree
    with pytest.raises(RecommenderError, match=rf"{name}: its checksum differs. The index is dam"):
        open_stored(path, thorough=True)
    file.write_bytes(whole[:-1])
    with pytest.raises(RecommenderError, match=rf"{name}: found {len(whole) - 1} bytes; expected"):
        open_stored(path)
    file.unlink()
    with pytest.raises(RecommenderError, match=rf"{name}: No such file.* Make it again"):
        open_stored(path)


def test_a_file_whose_head_is_damaged_has_no_traceback(path: Path) -> None:
    found = open_stored(path)
    for name in ("same.npy", "names.arrow"):
        file = found._folder / name
        file.write_bytes(b"x" * file.stat().st_size)
    with pytest.raises(RecommenderError, match=r"same\.npy: .*damaged"):
        found.array("same")
    with pytest.raises(RecommenderError, match=r"names\.arrow: .*damaged"):
        found.table("names")
    with pytest.raises(RecommenderError, match=r"none\.npy: index\.json doesn't name it"):
        found.array("none")


def test_a_pickle_is_never_read(path: Path) -> None:
    found = open_stored(path)
    head = {"descr": "|O", "fortran_order": False, "shape": (1,)}
    with (found._folder / "same.npy").open("wb") as file:
        np.lib.format.write_array_header_1_0(file, head)
        file.write(b"cos\nsystem\n(S'false'\ntR.")
    with pytest.raises(RecommenderError, match="Python objects"):
        found.array("same")
    with pytest.raises(ValueError, match="Object arrays"):
        Writing(path).array("objects", np.array([{}]))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("{", "is damaged"),
        ("[]", "has format None; this version reads format 3"),
        ('{"format": 4}', "has format 4; this version reads format 3"),
        ('{"format": 2}', "has format 2; this version reads format 3"),
        ('{"format": 3}', "no folder"),
        ('{"format": 3, "folder": "x", "files": {}}', "no facts"),
        ('{"format": 3, "folder": "x", "files": {}, "facts": {}}', "its checksum differs"),
        (json.dumps(sealed(OTHER)), r"a\.npy"),
        ("[" * 100_000, "is damaged"),
    ],
)
def test_a_foreign_index_is_refused(path: Path, said: str, message: str) -> None:
    (path / POINTER).write_text(said, encoding="utf-8")
    with pytest.raises(RecommenderError, match=message):
        open_stored(path)
    write(path, 2)  # and may be made again
    assert number_of(path) == 2


def test_a_folder_that_is_no_index_is_told(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none"):
        with pytest.raises(RecommenderError, match=r"no index at .*No such file.*Make it again"):
            open_stored(place)


@pytest.mark.parametrize("name", ["letters.txt", POINTER])
def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"folder": "src"}', encoding="utf-8")
    (tmp_path / "src").mkdir()
    with pytest.raises(RecommenderError, match=r"which is no index. Name another folder"):
        write(tmp_path, 1)
    assert {entry.name for entry in tmp_path.iterdir()} == {name, "src"}
    assert json.loads((tmp_path / name).read_text(encoding="utf-8")) == {"folder": "src"}


def test_a_foreign_index_json_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / POINTER).write_text("[]", encoding="utf-8")
    with pytest.raises(RecommenderError, match=r"holds index\.json, which is no index"):
        write(tmp_path, 1)
    assert (tmp_path / POINTER).read_text(encoding="utf-8") == "[]"


def test_a_place_where_no_folder_can_be_is_told_before(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    check_place(tmp_path / "new")
    for place in (tmp_path / "file", tmp_path / "none" / "new", tmp_path / "file" / "new"):
        with pytest.raises(RecommenderError, match="name a folder that may be written"):
            check_place(place)


def test_a_folder_that_may_only_be_read_is_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = open_stored(path)._folder
    for entry in (*folder.iterdir(), path / POINTER):
        entry.chmod(0o444)
    folder.chmod(0o555)
    path.chmod(0o555)
    monkeypatch.setattr(os, "access", lambda place, mode: mode != os.W_OK)  # root may write
    try:
        assert number_of(path) == 1
        with pytest.raises(RecommenderError, match="name a folder that may be written"):
            write(path, 2)
        assert number_of(path) == 1
    finally:
        path.chmod(0o755)
        folder.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_others_may_read_what_is_written(path: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    folder = open_stored(path)._folder
    assert folder.stat().st_mode & 0o777 == 0o777 & ~mask
    assert (path / POINTER).stat().st_mode & 0o777 == 0o666 & ~mask
    assert isinstance(open_stored(path), Stored)
