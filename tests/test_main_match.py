"""The command `match`."""

from pathlib import Path

import pandas as pd
import pytest
from bulk_samples import index_of
from command_line import Run, refused, runs

from recommender.matched import MANIFEST

DONORS = "donor_id,education,justice,text,hide:country\na,5,,,\nb,,3,,GB | KR\nc,,,schools,\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return index_of(tmp_path_factory.mktemp("index"), 300)


@pytest.fixture
def donors(tmp_path: Path) -> Path:
    path = tmp_path / "donors.csv"
    path.write_text(DONORS, "utf-8")
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], index: Path) -> Run:
    return runs(capsys, "match", "--index", str(index))


def test_donors_become_parts(run: Run, donors: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run(donors, "-o", out, "-k", "4", "--workers", "1", "--block", "2", "--explain")
    assert done.status == 0, done.err
    assert done.out.startswith(f"{out}: 3 donors; ")
    names = sorted(path.name for path in out.iterdir())
    assert names == [MANIFEST, "part-00000.parquet", "part-00001.parquet"]
    table = pd.read_parquet(out)
    assert table.groupby("donor_id").size().to_dict() == {"a": 4, "b": 4, "c": 4}
    assert {"rank", "tied", "charity_id", "name", "band", "score"} < set(table)
    assert len(table["terms"].iloc[0]) > 0
    assert table["evidence"].iloc[0][0]["sentence"]
    sums = table["contributions"].map(lambda parts: sum(p["contribution"] for p in parts))
    assert sums.tolist() == pytest.approx(table["score"].tolist())
    again = run(donors, "-o", out, "-k", "4", "--workers", "1", "--block", "2", "--explain")
    assert again.out.startswith(f"{out}: 3 donors, 3 of them before; 0 a second")


def test_every_problem_is_one_line(run: Run, donors: Path, tmp_path: Path) -> None:
    donors.write_text(DONORS.replace("a,5", "a,x").replace("b,,3", "a,,9"), "utf-8")
    done = run(donors, "-o", tmp_path / "out", "--workers", "1")
    refused(
        done, "3 problems", "line 2, column education", "line 3, column justice", "each id once"
    )
    assert not (tmp_path / "out").exists()


def test_what_is_missing_is_told(run: Run, donors: Path, tmp_path: Path) -> None:
    refused(run(tmp_path / "none.csv", "-o", tmp_path / "out"), "no file", "none.csv")
    refused(run(donors, "-o", tmp_path / "out", "--index", tmp_path), "no index at")
    refused(run(donors, "-o", donors), "can't write")


def test_another_job_is_refused(run: Run, donors: Path, tmp_path: Path) -> None:
    assert run(donors, "-o", tmp_path / "out", "--workers", "1").status == 0
    done = run(donors, "-o", tmp_path / "out", "--workers", "1", "-k", "3")
    refused(done, "k was 10 and is 3", "Name another folder")
