"""benchmarks/quality.py tells what `evaluate` measures. How long anything takes is not tested."""

import importlib.util
import math
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from benchmarks import _shared
from recommender import Recommender
from recommender.text import sentences

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "benchmarks" / "quality.py"
TEXTS = {
    "a": "Lawyers document torture and bring perpetrators to justice.",
    "b": "Runs schools and teaches children.",
    "c": "Grows gardens.",
}
WISHES = ["justice", "schools", "gardens", "lawyers", "children"]


@pytest.fixture(scope="module")
def quality() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quality", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def without_minilm(monkeypatch: pytest.MonkeyPatch, quality: ModuleType) -> None:
    monkeypatch.setattr(quality, "choose", lambda: ["product", "BM25"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection: five wishes in words, of which a sixth query alone names a priority."""
    folder = tmp_path / "given"
    folder.mkdir()
    pd.DataFrame({"id": list(TEXTS), "text": list(TEXTS.values())}).to_parquet(
        folder / "docs.parquet"
    )
    asked = [f"w{i}\twish\t{words}" for i, words in enumerate(WISHES)]
    lines = ["qid\tkind\ttext", *asked, "cause:justice\tcause\tlawyers"]
    (folder / "queries.tsv").write_text("\n".join(lines), encoding="utf-8")
    graded = [f"w{i} 0 {doc} 2" for i, doc in enumerate("abcab")]
    (folder / "qrels.trec").write_text(
        "\n".join([*graded, "cause:justice 0 a 2", "cause:justice 0 b 1"]), "utf-8"
    )
    return folder


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_row_a_system_and_what_the_product_is_ahead_by(quality: ModuleType, folder: Path) -> None:
    head, rule, *rows = quality.quality([folder]).splitlines()
    assert len(cells(head)) == rule.count("---") == 6
    assert [cells(row) for row in rows] == [
        ["given", "words", "wish, 5", "product", "1.000 (1.000–1.000)", ""],
        ["", "", "", "BM25", "1.000 (1.000–1.000)", "+0.000 (+0.000 to +0.000)"],
    ]


def test_the_figures_are_those_of_evaluate(
    quality: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One query is of no use for an interval, which is why it is left out otherwise.
    monkeypatch.setattr(quality, "FEWEST", 1)
    found = f"{2 / (2 + 1 / math.log2(3)):.3f}"  # the schools, graded 1, aren't about justice
    row = f"| given | priority | cause, 1 | product | {found} ({found}–{found}) | |"
    assert row in quality.quality([folder]).splitlines()
    command = [sys.executable, "-m", "recommender", "evaluate", str(folder)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert f"{found} ({found}–{found})" in told


def test_where_no_query_names_a_priority_only_words_are_asked(
    quality: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality, "FEWEST", 1)
    for name in ("queries.tsv", "qrels.trec"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("cause:justice", "cause:none"), encoding="utf-8")
    asked = {cells(row)[1] for row in quality.quality([folder]).splitlines()[2:]}
    assert asked == {"words", ""}


def test_several_collections_are_one_table(quality: ModuleType, folder: Path) -> None:
    once, twice = quality.quality([folder]), quality.quality([folder, folder])
    assert twice.count("| system |") == 1
    assert len(twice.splitlines()) == 2 * len(once.splitlines()) - 2


def test_generated_texts_are_sentences_of_the_descriptions(quality: ModuleType) -> None:
    given = pd.Series(["One word. Two words.", "Three words. Four words."])
    made = quality.generated(50, given, np.random.default_rng(1))
    again = quality.generated(50, given, np.random.default_rng(1))
    pd.testing.assert_series_equal(made, again)
    assert made.index.is_unique
    known = {"One word.", "Two words.", "Three words.", "Four words."}
    found = [[text[a:b].strip() for a, b in sentences(text)] for text in made]
    assert {len(text) for text in found} == {2}
    assert {sentence for text in found for sentence in text} == known


def test_every_kind_of_query_is_timed(quality: ModuleType) -> None:
    rows = [cells(row) for row in quality.query_cost(size=60, runs=2).splitlines()[2:]]
    assert [len(row) for row in rows] == [3] * 6
    assert all(0 <= float(median) <= float(most) for _, median, most in rows)


def test_a_match_is_timed_on_what_a_run_adds_up(quality: ModuleType, model: Recommender) -> None:
    run = model.recommend({"justice": 5, "education": 5})
    ours = pd.Series(quality.matches(model, ["justice", "education"]), model.catalogue_.index)
    pd.testing.assert_series_equal(ours[run.index], run["score"], check_names=False)


def test_the_first_calls_do_not_count(quality: ModuleType) -> None:
    asked = [(["justice"], "words")] * (quality.WARM_UP + 4)
    assert quality.times(lambda ids, words: None, asked).shape == (4,)


def test_a_table_takes_the_place_of_the_old_one() -> None:
    text = "a\n<!-- cost -->\nold\n<!-- end -->\nb\n<!-- other -->\nkept\n<!-- end -->\n"
    new = text.replace("old\n", "\n| new |\n\n", 1)
    assert _shared.inserted(text, "cost", "| new |") == new
    assert _shared.inserted(new, "cost", "| new |") == new
    assert _shared.inserted(text.replace("old\n", ""), "cost", "| new |") == new


def test_the_readme_has_a_place_for_each_table() -> None:
    text = _shared.README.read_text(encoding="utf-8")
    names = (
        "quality",
        "length",
        "query cost",
        "engines",
        "match",
        "load",
        "soak",
        "load of an index",
    )
    for name in names:
        assert _shared.inserted(text, name, "| x |") != text
    assert text.count("<!-- end -->") == len(names)


def test_without_a_question_the_options_are_told() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    assert done.returncode == 2
    assert "name a DIR" in done.stderr
