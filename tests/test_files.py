from pathlib import Path

import pytest

from recommender import RecommenderError
from recommender.files import check_writable, replacing, write_whole


def test_files_are_written_and_leave_nothing_beside_them(tmp_path: Path) -> None:
    write_whole({tmp_path / "a.csv": "가\n", tmp_path / "b.json": "{}"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.json"]
    assert (tmp_path / "a.csv").read_bytes() == "가\n".encode()


def test_where_one_cannot_be_written_all_old_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("old", encoding="utf-8")
    write = Path.write_text

    def full(path: Path, *said: object, **options: object) -> int:
        if path.name == "b.csv":
            raise OSError(28, "No space left on device", str(path))
        return write(path, *said, **options)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(
        RecommenderError, match=r"can't write .*[/\\]b\.csv: No space left on device\.$"
    ):
        write_whole({tmp_path / "a.csv": "new", tmp_path / "b.csv": "new"})
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_place_that_holds_no_file_is_told_before(tmp_path: Path) -> None:
    check_writable(tmp_path / "new.csv")
    for place in (tmp_path, tmp_path / "none" / "new.csv"):
        with pytest.raises(RecommenderError, match="name a file in a folder"):
            check_writable(place)


def test_what_is_written_at_length_replaces_the_old_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")

    def interrupted() -> None:
        with replacing(path) as new:
            new.write_bytes(b"ha")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_bytes() == b"old"
    with replacing(path) as new:
        new.write_bytes(b"whole")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [path]
    with (
        pytest.raises(RecommenderError, match=r"can't write .*b\.bin"),
        replacing(tmp_path / "none" / "b.bin"),
    ):
        pass
