from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.errors import CatalogueError, RecommenderError
from recommender.files import check_folder
from recommender.profiles import read_levels, read_profiles, write_profiles

OLD = {"animals": {"cats": 1.0, "human rights": 0.25}, "housing": {"rent": 0.5}}
OLD_LEVELS = {"animals": {"en": 0.15, "ko": 0.06}, "housing": {"en": 0.2}}
NEW = {"animals": {"dogs": 2.0}, "housing": {}}
NEW_LEVELS = {"animals": {"en": 0.3}}
LINES = {name: ("Learned.", f"{name}: 3 of 9.") for name in ("animals", "housing", "youth")}

IDS = st.sampled_from(["animals", "housing", "youth"])
TERMS = st.text("ab z'’,\"-é", min_size=1).filter(str.strip)
THREE_DIGITS = st.floats(0, 1e6).map(lambda x: float(f"{x:.3g}"))
LEVELS = st.floats(1e-4, 10).map(lambda x: float(f"{x:.4g}"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of profiles."""
    folder = tmp_path / "profiles"
    write_profiles(folder, OLD, LINES, OLD_LEVELS)
    return folder


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Return what makes a folder that isn't there yet."""
    return lambda: tmp_path_factory.mktemp("written") / "deep" / "profiles"


@given(
    profiles=st.dictionaries(IDS, st.dictionaries(TERMS, THREE_DIGITS, max_size=5)),
    levels=st.dictionaries(IDS, st.dictionaries(st.sampled_from(["en", "ko"]), LEVELS, min_size=1)),
)
def test_what_is_written_is_what_is_read(
    anew: Callable[[], Path],
    profiles: dict[str, dict[str, float]],
    levels: dict[str, dict[str, float]],
) -> None:
    folder = anew()
    write_profiles(folder, profiles, LINES, levels)
    assert read_profiles(folder) == profiles
    assert read_levels(folder) == levels


def test_a_profile_is_a_table_below_what_it_was_learned_from(folder: Path) -> None:
    assert files(folder) == {
        "animals.csv": b"# Learned.\n# animals: 3 of 9.\nterm,weight\ncats,1\nhuman rights,0.25\n",
        "housing.csv": b"# Learned.\n# housing: 3 of 9.\nterm,weight\nrent,0.5\n",
        "levels.csv": b"priority,language,level\nanimals,en,0.15\nanimals,ko,0.06\n"
        b"housing,en,0.2\n",
    }


def test_weights_keep_three_digits_and_terms_are_sorted(tmp_path: Path) -> None:
    write_profiles(tmp_path, {"animals": {"b": 0.123456, "a": 12345.6}}, LINES, {})
    assert list(read_profiles(tmp_path)["animals"].items()) == [("a", 12300), ("b", 0.123)]
    write_profiles(tmp_path, {}, LINES, {"animals": {"en": 0.123456}})
    assert read_levels(tmp_path) == {"animals": {"en": 0.1235}}


def test_without_a_folder_there_is_none(tmp_path: Path) -> None:
    assert read_profiles(tmp_path / "none") == {}
    assert read_levels(tmp_path / "none") == {}


def test_files_of_other_profiles_are_removed_and_no_other_file(folder: Path) -> None:
    (folder / "README.md").write_text("About.", encoding="utf-8")
    write_profiles(folder, {"youth": {"club": 1.0}}, LINES, NEW_LEVELS)
    assert sorted(files(folder)) == ["README.md", "levels.csv", "youth.csv"]
    assert read_levels(folder) == NEW_LEVELS


def test_a_writing_that_fails_leaves_the_old_profiles(folder: Path) -> None:
    before = files(folder)
    # The last file can't be made: there a folder stands in its way.
    (folder / "youth.csv.partial").mkdir()
    with pytest.raises(RecommenderError, match=r"can't write .*profiles"):
        write_profiles(folder, {**NEW, "youth": {}}, LINES, NEW_LEVELS)
    (folder / "youth.csv.partial").rmdir()
    assert files(folder) == before


def test_an_interrupted_writing_leaves_the_old_profiles(folder: Path) -> None:
    before = files(folder)
    with pytest.raises(KeyError):
        write_profiles(folder, {**NEW, "unheard": {}}, LINES, NEW_LEVELS)
    with pytest.raises(UnicodeEncodeError):
        write_profiles(folder, {**NEW, "youth": {"\ud800": 1.0}}, LINES, NEW_LEVELS)
    assert files(folder) == before


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "profiles"):
        with pytest.raises(RecommenderError, match="can't write"):
            write_profiles(place, NEW, LINES, NEW_LEVELS)
        with pytest.raises(RecommenderError, match=r"can't write .*: name a folder"):
            check_folder(place)


def test_asking_whether_a_folder_may_be_written_makes_none(tmp_path: Path) -> None:
    check_folder(tmp_path)
    check_folder(tmp_path / "new" / "profiles")
    check_folder(Path("new"))
    assert files(tmp_path) == {}


ROWS = "# About.\nterm,weight\ncats,1\n\ndogs,0\n"


def test_comments_and_empty_lines_are_no_rows(tmp_path: Path) -> None:
    (tmp_path / "animals.csv").write_text(ROWS.replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert read_profiles(tmp_path) == {"animals": {"cats": 1, "dogs": 0}}


@pytest.mark.parametrize(
    ("name", "content", "places"),
    [
        ("animals", ROWS + "a,-1\nb,nan\nc,inf\nd,x\ne\nf,1,2\n,1\n,\n", range(6, 14)),
        ("animals", ROWS + '"a,1\n"b",1\n', [6]),
        ("animals", "cats,1\ndogs,1\n", [1]),
        ("animals", "", [1]),
        ("levels", "priority,language,level\na,en,1\na,ko,0\nb,en,-1\nb,1\n,en,1\n", [3, 4, 5, 6]),
        ("levels", "priority,level\na,1\n", [1, 2]),
    ],
)
def test_a_bad_file_is_refused_with_each_place(
    tmp_path: Path, name: str, content: str, places: list[int]
) -> None:
    (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        (read_levels if name == "levels" else read_profiles)(tmp_path)
    assert [problem.where for problem in caught.value.problems] == [f"line {n}" for n in places]
    assert f"{name}.csv" in str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "animals.csv").write_bytes(b"term,weight\n\xff,1\n")
    with pytest.raises(CatalogueError, match="UTF-8"):
        read_profiles(tmp_path)


def test_files_of_others_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "charities.csv").write_text("charity_id,name\nc1,One\n", encoding="utf-8")
    (tmp_path / "older.csv").write_text("# Learned.\nterm,weight\na,1\n", encoding="utf-8")
    write_profiles(tmp_path, {"justice": {"court": 1.0}}, {"justice": ["x"]}, {})
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["charities.csv", "justice.csv", "levels.csv"]
