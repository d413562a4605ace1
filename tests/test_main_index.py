"""The command `index`, and commands that ask an index."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from command_line import Run, refused, runs

from recommender import Recommender
from recommender.stored import open_stored

ROWS = 25


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    table = {
        "charity_id": [f"c{i:02}" for i in range(ROWS)],
        "name": [f"Charity {'abcdefghijklmnopqrstuvwxy'[i]}" for i in range(ROWS)],
        "description": [
            "Runs schools and teaches." if i % 2 else "Grows food." for i in range(ROWS)
        ],
        "country": ["GB" if i % 3 else "" for i in range(ROWS)],
    }
    pq.write_table(pa.table(table), tmp_path / "some.parquet", row_group_size=10)
    return tmp_path / "some.parquet"


@pytest.fixture
def folder(run: Run, source: Path) -> Path:
    done = run("index", source, "-o", source.parent / "a.index", "--workers", "1")
    assert done.status == 0
    return source.parent / "a.index"


def ids(out: str) -> list[str]:
    return [entry["charity_id"] for entry in json.loads(out)["ranking"]]


def test_an_index_is_made_and_told(run: Run, source: Path) -> None:
    folder = source.parent / "a.index"
    done = run("index", source, "-o", folder, "--agenda", "general", "--workers", "2")
    assert done.status == 0
    assert done.out.startswith(f"{folder}: {ROWS} charities, ")
    assert "Reading" in done.err
    assert "Weighting (en)" in done.err
    open_stored(folder, thorough=True)
    model = Recommender.open(folder)
    assert model.agenda_ == model.priorities_.agendas["general"]


def test_an_index_answers_as_its_catalogue_does(run: Run, source: Path, folder: Path) -> None:
    asked = ["-p", "education=5", "-k", "4", "--format", "csv"]
    own, indexed = (
        run("recommend", *asked, *of) for of in (["--catalogue", source], ["--index", folder])
    )
    assert own.status == 0
    assert own.out == indexed.out
    for command in (["similar", "c03", "-k", "3"], ["explain", "Charity d", "-p", "education=5"]):
        outs = [run(*command, *of).out for of in (["--catalogue", source], ["--index", folder])]
        assert outs[0] == outs[1] != ""


def test_of_an_index_the_first_are_shown_unless_more_are_asked_for(
    run: Run, source: Path, folder: Path
) -> None:
    asked = ["recommend", "-p", "education=5", "--format", "json"]
    assert len(ids(run(*asked, "--index", folder).out)) == 20
    assert len(ids(run(*asked, "--index", folder, "-k", str(ROWS)).out)) == ROWS
    assert len(ids(run(*asked, "--catalogue", source).out)) == ROWS
    assert len(ids(run("similar", "c01", "--format", "json", "--index", folder).out)) == 20


def test_facets_leave_out_and_the_command_says_how_many(run: Run, folder: Path) -> None:
    asked = ["recommend", "-p", "education=5", "--format", "json", "-k", str(ROWS)]
    done = run(*asked, "--only", "country=GB", "--hide", "status=closed", "--index", folder)
    assert ids(done.out) == [i for i in ids(run(*asked, "--index", folder).out) if int(i[1:]) % 3]
    assert done.err == "Left out for country = not stated: 9\n"
    both = run(*asked, "--only", "country=GB", "--only", "country=not stated", "--index", folder)
    assert (len(ids(both.out)), both.err) == (ROWS, "")


@pytest.mark.parametrize("option", ["--only", "--hide"])
def test_a_facet_that_is_not_said_right_is_refused(run: Run, folder: Path, option: str) -> None:
    for wrong in ("country", "country=", "=GB"):
        refused(run("recommend", option, wrong, "--index", folder), option, "FACET=VALUE")
    refused(run("recommend", option, "countri=GB", "--index", folder), "Did you mean country?")
    refused(run("recommend", option, "country=US", "--index", folder), "Known: GB, not stated")


def test_a_catalogue_and_an_index_are_one_too_many(run: Run, source: Path, folder: Path) -> None:
    refused(run("recommend", "--index", folder, "--catalogue", source), "give one")


def test_a_folder_that_is_no_index_is_refused(run: Run, tmp_path: Path) -> None:
    refused(run("recommend", "--index", tmp_path / "none"), "no index at", "recommender index")


def test_a_bad_catalogue_is_refused_with_its_problems(run: Run, tmp_path: Path) -> None:
    table = {"charity_id": ["a", "a"], "name": ["A", "!"], "description": ["Text.", "Text."]}
    pq.write_table(pa.table(table), tmp_path / "bad.parquet")
    done = run("index", tmp_path / "bad.parquet", "-o", tmp_path / "a.index", "--workers", "1")
    assert done.status == 1
    assert "row 2, column charity_id" in done.err
    assert "row 2, column name" in done.err
    assert "Traceback" not in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["bad.parquet"]
