"""What is stored is whole, or refused by name, whatever has happened to it."""

import json
import shutil
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from command_line import Run, refused, runs

from recommender import RecommenderError, background, opening
from recommender.building import build_index
from recommender.bulk import match_donors
from recommender.checksums import ENDS, sealed
from recommender.matched import MANIFEST, MatchedFolder
from recommender.stored import POINTER

if sys.platform == "win32":
    pytest.skip("Windows can't replace a file that is mapped", allow_module_level=True)

from fault_samples import (
    AGAIN,
    PRIORITIES,
    catalogues,
    content,
    donors,
    flipped,
    opened,
    places,
    snapshot,
)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return catalogues(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index whose large arrays are longer than what is compared at their ends."""
    folder = tmp_path_factory.mktemp("whole")
    (source,) = catalogues(folder, (1_200,))
    build_index(source, folder / "a.index", PRIORITIES)
    return folder / "a.index"


@pytest.fixture
def index(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return shutil.copytree(whole, tmp_path / "a.index")


def test_a_flipped_bit_in_any_file_is_refused_by_name(index: Path) -> None:
    tried = amid = 0
    for number, file in enumerate(content(index)):
        before = file.read_bytes()
        for place, bit in places(len(before), 3, number):
            file.write_bytes(flipped(before, place, bit))
            said = opened(index, thorough=True)
            assert f"{file}: its checksum differs. The index is damaged. {AGAIN}" == said
            near = min(place, len(before) - 1 - place) < ENDS
            assert opened(index) == (said if near else "")
            tried, amid = tried + 1, amid + (not near)
        file.write_bytes(before)
    assert opened(index, thorough=True) == ""
    assert tried > 150
    assert amid > 20


def test_a_flipped_bit_in_what_names_the_files_is_refused(index: Path) -> None:
    file = index / POINTER
    before = file.read_bytes()
    for place, bit in places(len(before), 400, 1):
        file.write_bytes(flipped(before, place, bit))
        said = opened(index)
        assert str(index) in said, (place, bit)
        assert said.endswith(AGAIN)


@pytest.mark.parametrize("name", ["size", "background_weight", "agenda", "lots", "priorities"])
def test_what_is_said_of_an_index_cannot_be_changed_by_hand(index: Path, name: str) -> None:
    said = json.loads((index / POINTER).read_text(encoding="utf-8"))
    said["facts"][name] = 7
    (index / POINTER).write_text(json.dumps(said), encoding="utf-8")
    assert opened(index).endswith(f"{POINTER} is damaged (its checksum differs). {AGAIN}")


def test_a_file_that_is_cut_short_grown_or_gone_is_refused_by_name(index: Path) -> None:
    for file in content(index):
        before = file.read_bytes()
        for length in {0, len(before) // 2, len(before) - 1}:
            file.write_bytes(before[:length])
            assert opened(index).startswith(f"{file}: found {length} bytes; expected {len(before)}")
        file.write_bytes(before + b"\0")
        assert opened(index).startswith(f"{file}: found {len(before) + 1} bytes")
        file.unlink()
        assert opened(index) == f"{file}: No such file or directory. The index is damaged. {AGAIN}"
        file.mkdir()
        assert opened(index).startswith(f"{file}: ")
        file.rmdir()
        file.write_bytes(before)
    assert opened(index) == ""


def test_every_damaged_file_and_every_stranger_is_told_at_once(index: Path, run: Run) -> None:
    done = run("check", index)
    assert (done.status, done.err) == (0, "")
    assert done.out == f"{index}: an index of 1,200 charities, every file is whole.\n"
    first, second, *_, last = content(index)
    first.write_bytes(b"")
    second.unlink()
    last.write_bytes(flipped(last.read_bytes(), ENDS + 1, 0))
    (first.parent / "notes.txt").write_text("mine", encoding="utf-8")
    done = run("check", index)
    refused(
        done, f"{first}: found 0 bytes", f"{second}: No such file", "notes.txt: index.json does"
    )
    refused(done, f"{last}: its checksum differs", AGAIN)


def test_what_nothing_vouches_for_is_not_read(index: Path) -> None:
    """A file that index.json doesn't name lies there, but no array is taken from it."""
    said = json.loads((index / POINTER).read_text(encoding="utf-8"))
    del said["files"]["by_id.npy"], said["checksum"]
    (index / POINTER).write_text(json.dumps(sealed(said)), encoding="utf-8")
    assert f"by_id.npy: {POINTER} doesn't name it" in opened(index)


def test_the_content_of_another_index_is_refused(
    index: Path, sources: list[Path], tmp_path: Path
) -> None:
    build_index(sources[0], tmp_path / "b.index", PRIORITIES)
    (theirs,) = (tmp_path / "b.index").glob("content-*")
    ours = content(index)[0].parent
    shutil.rmtree(ours)
    shutil.copytree(theirs, ours)
    assert str(ours) in opened(index)
    shutil.copy(tmp_path / "b.index" / POINTER, index / POINTER)
    assert f"{index / theirs.name / 'by_id.npy'}: No such file" in opened(index)


def test_an_index_of_other_words_is_refused(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "words_fingerprint", lambda: "another")
    assert "made with another background, other stems or other stop words" in opened(index)
    assert opened(index).endswith(AGAIN)


@pytest.mark.parametrize("name", ["background/en.csv", "stems/en.txt", "stop_words/ko.txt"])
def test_the_words_fingerprint_changes_with_each_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(background.data_folder(), tmp_path / "data")
    monkeypatch.setattr(background, "data_folder", lambda: tmp_path / "data")
    before = background.words_fingerprint()
    file = tmp_path / "data" / name
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert background.words_fingerprint() == before
    file.write_text(text + "zyzzyva\n", encoding="utf-8")
    assert background.words_fingerprint() != before


@pytest.fixture(scope="module")
def matched(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of matches in two parts."""
    folder = tmp_path_factory.mktemp("matched")
    match_donors(donors(folder / "d.csv"), whole, folder / "m", block=20)
    return folder


def test_a_bit_flipped_in_a_part_of_matches_is_found_or_changes_no_row(matched: Path) -> None:
    """Some of a Parquet file is nothing but padding, statistics and hints."""
    manifest = json.loads((matched / "m" / MANIFEST).read_text(encoding="utf-8"))
    folder = MatchedFolder(matched / "m", manifest)
    part = folder.part(1)
    whole, rows, found = part.read_bytes(), pq.read_table(part), 0
    for place, bit in places(len(whole), 400, 3):
        part.write_bytes(flipped(whole, place, bit))
        if folder.done(1, 20):
            assert pq.read_table(part).equals(rows)
        else:
            found += 1
        assert folder.done(0, 20)
    part.write_bytes(whole)
    assert folder.done(1, 20)
    assert found > 200


def test_a_damaged_part_is_made_again_and_no_other(matched: Path, whole: Path) -> None:
    part, other = sorted((matched / "m").glob("*.parquet"))
    before, untouched = part.read_bytes(), other.stat().st_ino
    part.write_bytes(flipped(before, len(before) // 3, 5))
    match_donors(matched / "d.csv", whole, matched / "m", block=20)
    assert part.read_bytes() == before
    assert other.stat().st_ino == untouched


def test_matches_of_another_catalogue_are_refused_by_name(
    matched: Path, sources: list[Path], tmp_path: Path
) -> None:
    build_index(sources[0], tmp_path / "b.index", PRIORITIES)
    before = snapshot(matched)
    with pytest.raises(RecommenderError, match=r"another job: .*catalogue was '\w+' and is "):
        match_donors(matched / "d.csv", tmp_path / "b.index", matched / "m", block=20)
    assert snapshot(matched) == before
