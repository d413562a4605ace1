from pathlib import Path

import pytest

from recommender import RecommenderError
from recommender.files import check_writable, write_whole


def test_files_are_written_and_leave_nothing_beside_them(tmp_path: Path) -> None:
    write_whole({tmp_path / "a.csv": "가\n", tmp_path / "b.json": "{}"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.json"]
    assert (tmp_path / "a.csv").read_bytes() == "가\n".encode()


def test_where_one_cannot_be_written_all_old_ones_stay(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("old", encoding="utf-8")
    (tmp_path / "b.csv.partial").mkdir()
    with pytest.raises(RecommenderError, match=r"can't write .*b\.csv"):
        write_whole({tmp_path / "a.csv": "new", tmp_path / "b.csv": "new"})
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "old"
    assert not (tmp_path / "a.csv.partial").exists()


def test_a_place_that_holds_no_file_is_told_before(tmp_path: Path) -> None:
    check_writable(tmp_path / "new.csv")
    for place in (tmp_path, tmp_path / "none" / "new.csv"):
        with pytest.raises(RecommenderError, match="name a file in a folder"):
            check_writable(place)
