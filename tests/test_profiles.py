from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.checksums import sealed_text
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
    below = {
        "animals.csv": "# Learned.\n# animals: 3 of 9.\nterm,weight\ncats,1\nhuman rights,0.25\n",
        "housing.csv": "# Learned.\n# housing: 3 of 9.\nterm,weight\nrent,0.5\n",
        "levels.csv": "priority,language,level\nanimals,en,0.15\nanimals,ko,0.06\nhousing,en,0.2\n",
    }
    assert files(folder) == {name: sealed_text(text).encode() for name, text in below.items()}


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


def test_a_writing_that_fails_leaves_the_old_profiles(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, write = files(folder), Path.write_text

    def full(path: Path, *said: object, **options: object) -> int:
        if path.name == "youth.csv":  # the last one
            raise OSError(28, "No space left on device", str(path))
        return write(path, *said, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        with pytest.raises(RecommenderError, match=r"can't write .*profiles.*No space left"):
            write_profiles(folder, {**NEW, "youth": {}}, LINES, NEW_LEVELS)
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


def test_comments_empty_lines_and_line_ends_are_no_rows(tmp_path: Path) -> None:
    text = sealed_text(ROWS).replace("\n", "\r\n")
    (tmp_path / "animals.csv").write_text(text, encoding="utf-8", newline="")
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


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "animals",
            ROWS + "cats,2\n",
            "line 6: found cats,2; expected term once; it stands in line 3",
        ),
        ("animals", ROWS + "a human,0.2", "line 6: found none; expected a line break at its end"),
        ("animals", ROWS + "x" * 200_000 + ",1\n", "line 6: found xxx"),
        ("levels", "priority,language,level\na,en,1\na,en,2\n", "priority and language once"),
        ("levels", "priority,language,level\na,en,1", "line 2: found none; expected a line break"),
    ],
)
def test_what_is_garbled_or_cut_short_is_refused(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match="1 problem\n") as caught:
        (read_levels if name == "levels" else read_profiles)(tmp_path)
    assert said in str(caught.value)
    assert f"{name}.csv" in str(caught.value)


def test_a_profile_cut_anywhere_is_refused_by_name(folder: Path) -> None:
    """No weight is ever read from a part of its line, nor some lines for all of them."""
    for file in (folder / "animals.csv", folder / "levels.csv"):
        whole = file.read_bytes()
        for cut in range(len(whole)):
            file.write_bytes(whole[:cut])
            with pytest.raises(CatalogueError, match=file.name):
                (read_levels if file.name == "levels.csv" else read_profiles)(folder)
        file.write_bytes(whole)
    assert read_profiles(folder) == OLD


@pytest.mark.parametrize("name", ["animals", "levels"])
def test_a_bit_flipped_anywhere_in_a_profile_is_refused_by_name(folder: Path, name: str) -> None:
    file = folder / f"{name}.csv"
    whole = file.read_bytes()
    for bit in range(0, 8 * len(whole), 5):  # every byte or the next, and each bit of it
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        file.write_bytes(damaged)
        with pytest.raises(CatalogueError, match=rf"{name}\.csv: \d+ problem"):
            (read_levels if name == "levels" else read_profiles)(folder)


def test_an_edited_profile_is_answered_with_the_line_that_seals_it(folder: Path) -> None:
    file = folder / "animals.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("cats,1", "cats,2"), "utf-8")
    below = file.read_text(encoding="utf-8").partition("\n")[2]
    for text in (file.read_text(encoding="utf-8"), below):  # and as if it had never had one
        file.write_text(text, encoding="utf-8")
        with pytest.raises(CatalogueError, match="line 1: found ") as caught:
            read_profiles(folder)
        (problem,) = caught.value.problems
        assert problem.expected.startswith(sealed_text(below).partition("\n")[0])
    file.write_text(f"{problem.expected.partition(';')[0]}\n{below}", encoding="utf-8")
    assert read_profiles(folder)["animals"]["cats"] == 2


@pytest.mark.parametrize("version", ["0", "2", "17"])
def test_a_profile_of_another_format_is_refused(folder: Path, version: str) -> None:
    file = folder / "animals.csv"
    text = file.read_text(encoding="utf-8").replace("# Format 1,", f"# Format {version},")
    file.write_text(text.replace("term,weight", "term,weight,certainty"), encoding="utf-8")
    said = (
        f"animals.csv: 1 problem\n  line 1: found format {version}; expected format 1, which this"
    )
    with pytest.raises(CatalogueError) as caught:
        read_profiles(folder)
    assert said in str(caught.value)
