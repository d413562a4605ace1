import io
import json
from pathlib import Path

import pandas as pd
import pytest
from command_line import Run, refused, runs

from recommender import Recommender
from recommender.neutrality import as_object, audit

FEW = ["--draws", "500", "--seed", "3"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys)


def test_the_audit_is_that_of_the_library(run: Run, model: Recommender, tmp_path: Path) -> None:
    file = tmp_path / "audit.json"
    done = run("audit", *FEW, "--format", "json", "--json", file)
    assert (done.status, done.err) == (0, "")
    expected = json.loads(json.dumps(as_object(audit(model, draws=500, seed=3))))
    assert json.loads(done.out) == expected
    assert json.loads(file.read_text(encoding="utf-8")) == expected


def test_the_audit_as_csv_has_a_row_a_charity(run: Run, model: Recommender) -> None:
    table = pd.read_csv(io.StringIO(run("audit", *FEW, "--format", "csv").out), index_col=0)
    assert len(table) == len(model.charities_)
    assert table["share"].sum() == pytest.approx(1)
    weights = table[[f"weight:{priority}" for priority in model.agenda_]]
    assert weights.sum(axis=1).to_numpy() == pytest.approx(1)


@pytest.mark.parametrize(
    ("lang", "charity", "ending"),
    [
        ("en", "HanVoice", "Never first: HanVoice."),
        ("ko", "한보이스", "1위가 될 수 없는 단체: 한보이스."),
    ],
)
def test_the_audit_is_told_in_words(run: Run, lang: str, charity: str, ending: str) -> None:
    done = run("audit", *FEW, "--lang", lang)
    assert done.status == 0
    table, _, told = done.out.partition("└")
    assert "PSCORE" in table or "성통만사" in table
    assert charity not in table
    assert ending in told
    assert "500" in told


def test_a_catalogue_of_your_own_is_audited(run: Run, tmp_path: Path) -> None:
    rows = ["a,A,It sends rice.", "b,B,It sends rice.", "c,C,It hums.", "d,D,It teaches children."]
    file = tmp_path / "mine.csv"
    file.write_text("\n".join(["charity_id,name,description", *rows]), encoding="utf-8")
    done = run("audit", *FEW, "--catalogue", file)
    assert done.status == 0, done.err
    assert "2 can share the first place at best." in done.out
    assert "Never first: C. Nothing in its description" in done.out


def test_mistakes_are_told_before_any_work(run: Run, tmp_path: Path) -> None:
    refused(run("audit", "--lang", "fr"), "unknown language 'fr'")
    refused(run("audit", "--json", tmp_path / "none" / "x.json"), "can't write")
    assert run("audit", "--draws", "0").status == 2
    empty = tmp_path / "empty.csv"
    empty.write_text("charity_id,name,description\na,A,It hums.", encoding="utf-8")
    refused(run("audit", "--catalogue", empty), "no charity matches any priority")


def test_methods_are_those_of_the_library(run: Run, model: Recommender) -> None:
    asked = ["-p", "justice=5", "-p", "education=2"]
    done = run("methods", *asked, "--format", "csv", "-k", "7")
    table = pd.read_csv(io.StringIO(done.out), index_col=0)
    expected = model.by_methods(model.recommend({"justice": 5, "education": 2}))[:7]
    assert table.index.tolist() == expected.index.tolist()
    for method in ("sum", "cosine", "focus", "BM25"):
        assert table[method].fillna(0).tolist() == expected[method].fillna(0).tolist()
    rows = json.loads(run("methods", *asked, "--format", "json").out)
    assert [row["charity_id"] for row in rows][:7] == expected.index.tolist()
    assert len(rows) == len(model.charities_)


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Ranks among 45 charities"), ("ko", "45개 단체 안에서의")]
)
def test_methods_are_shown_beside_each_other(run: Run, lang: str, said: str) -> None:
    done = run("methods", "-p", "justice=5", "-k", "3", "--lang", lang)
    assert done.status == 0
    assert said in done.out
    assert done.out.count("│ ") >= 3
