"""The command `search`, on a catalogue and on an index of it."""

import json
from pathlib import Path

import pandas as pd
import pytest
from command_line import Run, refused, runs

from recommender import Recommender, load_priorities
from recommender.building import build_index
from recommender.lots import by_lot


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys, "search")


@pytest.fixture(scope="module")
def folder(catalogue: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the shipped catalogue, and of as many that share its names."""
    source = tmp_path_factory.mktemp("index") / "all.parquet"
    again = catalogue.set_axis([f"again-{i}" for i in catalogue.index])
    pd.concat([catalogue, again]).rename_axis("charity_id").reset_index().to_parquet(source)
    build_index(source, source.with_name("all.index"), load_priorities())
    return source.with_name("all.index")


def test_a_name_is_told_with_how_it_is_like_what_was_typed(run: Run) -> None:
    done = run("Liberty in Nroth Korea")
    assert (done.status, done.err) == (0, "")
    (line,) = [line for line in done.out.splitlines() if line.startswith("│")]
    cells = [cell.strip() for cell in line.strip("│").split("│")]
    assert cells == [
        *("1", "link", "Liberty in North Korea (LiNK)"),
        *("Liberty in North Korea", "1 letter differs"),
    ]


def test_it_is_told_in_korean(run: Run) -> None:
    out = run("리버디", "--lang", "ko").out + run("리버티", "--lang", "ko").out
    assert "이름이 비슷한 단체가 없습니다." in out
    for words in ("식별 번호", "리버티 인 노스코리아 (LiNK)", "이렇게 시작합니다"):
        assert words in out


def test_nothing_like_it_is_said_to_be_so(run: Run) -> None:
    assert run("zzqqzz").out.startswith("No charity has a name like that.")
    assert json.loads(run("zzqqzz", "--format", "json").out) == []
    assert run("zzqqzz", "--format", "csv").out == "charity_id,rank,tied,name,matched,way,apart\n"


def test_what_is_printed_for_programs_is_what_the_model_finds(run: Run, model: Recommender) -> None:
    found = model.search("korea", 2).reset_index()
    asked = ["korea", "-k", "2", "--format"]
    assert json.loads(run(*asked, "json").out) == found.to_dict("records")
    assert run(*asked, "csv").out == found.to_csv(index=False)


def test_an_index_answers_as_its_catalogue_does_and_knows_namesakes(
    run: Run, folder: Path, model: Recommender
) -> None:
    opened = Recommender.open(folder)
    for typed in ("LiNK", "korea", "north korea", "Libetry in North Korea", "리버디 인 노스코리아"):
        own, both = model.search(typed, None), opened.search(typed, None)
        ours = both[~both.index.str.startswith("again-")]
        assert ours.index.tolist() == own.index.tolist()
        assert ours[["matched", "way", "apart"]].equals(own[["matched", "way", "apart"]])
        assert set(both.index) == {*own.index, *(f"again-{i}" for i in own.index)}
        assert both["tied"].all()
    told = json.loads(run("LiNK", "-k", "1", "--index", folder, "--format", "json").out)
    first = min(("link", "again-link"), key=by_lot)
    assert [(f["charity_id"], f["rank"], f["tied"]) for f in told] == [(first, 1, True)]


def test_what_cannot_be_looked_for_is_a_mistake(run: Run, folder: Path) -> None:
    refused(run("x" * 201), "name of 201 characters: expected at most 200")
    refused(run("x", "-k", "-1"), "k -1")
    refused(run("x", "--index", folder, "--catalogue", folder), "give one")
