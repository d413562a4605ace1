import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from command_line import Run, refused, runs

from recommender import Recommender
from recommender.background import load_backgrounds
from recommender.languages import load_language
from recommender.lots import lot

ROOT = Path(__file__).parents[1]
HEAD = "charity_id,name,description"
FOUR = ["-p", "justice=5", "-p", "education=2"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys)


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


def test_the_command_answers_in_a_process_of_its_own(model: Recommender) -> None:
    done = python("-m", "recommender", "recommend", *FOUR, "-k", "3", "--format", "json")
    assert done.returncode == 0, done.stderr
    found = [entry["charity_id"] for entry in json.loads(done.stdout)["ranking"]]
    assert found == model.recommend({"justice": 5, "education": 2}, k=3).index.tolist()


def test_a_mistake_in_a_process_of_its_own_has_no_traceback() -> None:
    done = python("-m", "recommender", "recommend", "-p", "justise=5")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "Error: unknown priority 'justise'. Did you mean justice?\n"


def test_help_loads_neither_scikit_learn_nor_pandas() -> None:
    done = python("-X", "importtime", "-m", "recommender", "--help")
    assert done.returncode == 0
    assert "recommend" in done.stdout
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "typer" in loaded
    assert loaded & {"sklearn", "pandas", "scipy", "numpy", "streamlit"} == set()


@pytest.mark.parametrize("command", ["recommend", "explain", "evaluate", "check", "background"])
def test_every_command_says_what_it_does(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.status == 0
    assert command in done.out
    assert "--help" in done.out


def test_a_table_tells_how_own_words_were_understood(run: Run) -> None:
    lines = run("recommend", "--text", "scholarshps, xylophones", "-k", "1").out.splitlines()
    assert lines[-3:] == [
        "Read “scholarshps” as “scholarships”.",
        "No description says: xylophones",
        "We read this as: Education",
    ]


def test_json_holds_the_run_as_the_model_ranks_it(run: Run, model: Recommender) -> None:
    done = run(
        "recommend", *FOUR, "-p", "medical_aid=skip", "--text", "학교 radio", "--format", "json"
    )
    found = json.loads(done.out)
    answers = {"justice": 5, "education": 2, "medical_aid": None}
    expected = model.recommend(answers, text="학교 radio")
    assert found["answers"] == answers
    assert found["text"] == "학교 radio"
    assert [entry["charity_id"] for entry in found["ranking"]] == expected.index.tolist()
    for entry in found["ranking"]:
        assert entry["score"] == pytest.approx(expected.at[entry["charity_id"], "score"])
        assert sum(entry["contributions"].values()) == pytest.approx(entry["score"], abs=1e-9)


def test_csv_holds_the_run_without_a_byte_order_mark(run: Run, model: Recommender) -> None:
    done = run("recommend", *FOUR, "-k", "5", "--format", "csv")
    assert done.out.startswith("charity_id,")
    table = pd.read_csv(io.StringIO(done.out), index_col="charity_id")
    expected = model.recommend({"justice": 5, "education": 2}, k=5)
    assert table.columns.tolist() == expected.columns.tolist()
    assert table["score"].tolist() == pytest.approx(expected["score"].tolist())


def test_the_table_shows_rank_name_fit_and_points_that_sum(run: Run, model: Recommender) -> None:
    done = run("recommend", *FOUR, "-k", "2")
    expected = model.recommend({"justice": 5, "education": 2}, k=2)
    assert done.status == 0
    for charity_id, name in expected["name"].items():
        [line] = [line for line in done.out.splitlines() if name in line]
        cells = [cell.strip() for cell in line.strip("│┃ ").split("│")]
        assert cells[0] == str(expected.at[charity_id, "rank"])
        assert cells[2] == "Fits well"
        points = model.breakdown(expected, charity_id)["points"]
        assert [int(cell) for cell in cells[3:]] == [*points, points.sum()]


def test_korean_is_answered_in_korean(run: Run) -> None:
    done = run("recommend", *FOUR, "-k", "1", "--lang", "ko")
    assert "잘 맞음" in done.out
    assert "단체" in done.out
    assert "Fits well" not in done.out


def test_k_is_how_many_are_shown(run: Run) -> None:
    for k, count in (("1", 1), ("3", 3), ("999", 45)):
        done = run("recommend", "-p", "education=1", "-k", k, "--format", "json")
        assert len(json.loads(done.out)["ranking"]) == count


def test_where_nothing_is_asked_all_are_listed_by_lot(run: Run, catalogue: pd.DataFrame) -> None:
    done = run("recommend", "-p", "justice=skip")
    assert load_language("en")("results-nothing-asked-lot") in " ".join(done.out.split())
    lines = [line for line in done.out.splitlines() if "–  │" in line or "– │" in line]
    shown = [line.split("│")[2].strip() for line in lines]
    by_lot = catalogue["name"].sort_index(key=lambda ids: ids.map(lot)).tolist()
    assert len(shown) == len(by_lot)
    assert all(line.startswith(name) for line, name in zip(shown, by_lot, strict=True))


def test_names_are_printed_as_they_are_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"{HEAD}\na,[red]School[/red] :smile:,Runs schools.\n", encoding="utf-8")
    done = run("recommend", "-p", "education=1", "--catalogue", path)
    assert "[red]School[/red] :smile:" in done.out


def test_a_catalogue_of_ones_own_is_ranked(
    run: Run, tmp_path: Path, catalogue: pd.DataFrame
) -> None:
    catalogue.iloc[:6].to_parquet(tmp_path / "six.parquet")
    options = ["--catalogue", tmp_path / "six.parquet", "--format", "json"]
    found = json.loads(run("recommend", "-p", "medical_aid=1", *options).out)["ranking"]
    assert len(found) == 6
    assert [entry["charity_id"] for entry in found[:2]] == ["cfk", "khf"]


def test_an_explanation_shows_sentences_words_and_the_total(run: Run, model: Recommender) -> None:
    done = run("explain", "Korea Future", *FOUR)
    ranked = model.recommend({"justice": 5, "education": 2})
    evidence = model.evidence(ranked, "korea_future")["justice"]
    flat = " ".join(done.out.split())
    assert "Korea Future" in flat
    assert "Named for Justice: “" in flat
    assert evidence.sentence in flat
    assert all(word in flat for word in evidence.words)
    assert f"{ranked.at['korea_future', 'score'] * 100:.1f}" in flat


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_an_explanation_sums_to_the_score(run: Run, model: Recommender, kind: str) -> None:
    done = run("explain", "khf", "-p", "medical_aid=3", "--text", "정착", "--format", kind)
    read = pd.read_csv if kind == "csv" else pd.read_json
    table = read(io.StringIO(done.out))
    score = model.recommend({"medical_aid": 3}, text="정착").at["khf", "score"]
    assert table["contribution"].sum() == pytest.approx(score, abs=1e-9)
    assert set(table["priority"]) == {"medical_aid", "resettlement", "text"}


def test_explanations_can_be_in_korean(run: Run) -> None:
    done = run("explain", "남북하나재단", "-p", "resettlement=5", "--lang", "ko")
    assert done.status == 0
    assert "정착" in done.out
    assert "합계" in done.out


def test_explaining_where_nothing_is_asked_answers_all_the_same(run: Run) -> None:
    done = run("explain", "khf")
    assert done.status == 0
    assert "Korea Hana Foundation" in done.out


def test_evaluate_prints_the_measures_beside_plain_words(run: Run, model: Recommender) -> None:
    done = run("evaluate")
    mean = model.evaluate().systems["product"]["nDCG@10"].mean()
    for word in ("nDCG@10", "P@5", "AP", "R@10", "plain TF-IDF", "psychosocial", f"{mean:.3f}"):
        assert word in done.out
    assert "nDCG@10, product less plain TF-IDF: +" in done.out


def test_check_accepts_the_shipped_and_a_good_file(run: Run, tmp_path: Path) -> None:
    assert "45 charities" in run("check").out
    path = tmp_path / "good.csv"
    path.write_text(f"{HEAD}\na,n,Runs schools.\n", encoding="utf-8")
    done = run("check", path)
    assert (done.status, done.err) == (0, "")
    assert done.out == f"{path}: 1 charities, no problem found.\n"


def test_check_reports_every_problem_of_a_bad_file_and_writes_nothing(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(f"{HEAD},lobbies\na,,Runs.,maybe\na,n,d,no\n", encoding="utf-8")
    done = run("check", path)
    assert done.status == 1
    assert done.out == ""
    assert done.err.splitlines()[0] == f"Error: {path}: 4 problems"
    assert len(done.err.splitlines()) == 5
    assert "line 2, column lobbies: found 'maybe'; expected yes, no or not stated" in done.err
    assert [file.name for file in tmp_path.iterdir()] == ["bad.csv"]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_background_is_counted_written_and_read(run: Run, tmp_path: Path, kind: str) -> None:
    table = pd.DataFrame({"mission": ["Schools and human rights"] * 4 + [None, "A school", "Rare"]})
    texts = tmp_path / "given" / f"texts.{kind}"
    texts.parent.mkdir()
    table.to_csv(texts, index=False) if kind == "csv" else table.to_parquet(texts)
    output = tmp_path / "en.csv"
    done = run("background", texts, "-o", output, "--column", "mission")
    assert (done.status, done.out) == (0, f"{output}: 4 terms of 6 texts.\n")
    found = load_backgrounds(tmp_path)["en"]
    assert found.documents == 6
    assert found.frequencies == {"school": 5, "human": 4, "right": 4, "human right": 4}
    assert not list(tmp_path.glob(".*"))


MISTAKES = {
    "an unknown priority": (["recommend", "-p", "justise=5"], "Did you mean justice?"),
    "no weight": (["recommend", "-p", "justice"], "expected ID=0..5 or ID=skip"),
    "a word for a weight": (["recommend", "-p", "justice=much"], "'justice=much'"),
    "a weight too large": (["recommend", "-p", "justice=6"], "expected 0 to 5"),
    "a weight that is none": (["recommend", "-p", "justice=nan"], "expected 0 to 5"),
    "a weight without end": (["recommend", "-p", "justice=inf"], "expected 0 to 5"),
    "a weight below nought": (["recommend", "-p", "justice=-1"], "expected 0 to 5"),
    "a negative k": (["recommend", "-k", "-1"], "-k -1: expected a whole number, 1 or more"),
    "none at all": (["recommend", "-k", "0"], "-k 0: expected a whole number, 1 or more"),
    "too long a text": (["recommend", "--text", "x" * 2001], "at most 2000"),
    "an unknown language": (["recommend", "--lang", "fr"], "Known: en, ko."),
    "an unknown charity": (["explain", "nobody"], "unknown charity 'nobody'"),
    "a missing catalogue": (["recommend", "--catalogue", "none.csv"], "no file none.csv"),
    "a missing file to check": (["check", "none.csv"], "no file none.csv"),
    "missing texts": (["background", "none.csv", "-o", "x.csv"], "no file none.csv"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_line_and_status_1(run: Run, mistake: str) -> None:
    arguments, words = MISTAKES[mistake]
    done = run(*arguments)
    refused(done, words)
    assert done.err.count("\n") == 1


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    path = tmp_path / "texts.csv"
    path.write_text("text\nschools\n", encoding="utf-8")
    return path


def test_a_background_of_an_unknown_language_is_a_mistake(run: Run, texts: Path) -> None:
    refused(run("background", texts, "-o", texts.with_name("fr.csv"), "--lang", "fr"), "fr")


def test_a_background_without_its_column_is_a_mistake(run: Run, texts: Path) -> None:
    done = run("background", texts, "-o", texts.with_name("x.csv"), "--column", "mission")
    refused(done, "unknown column 'mission'")
    assert not texts.with_name("x.csv").exists()


def test_a_background_that_cannot_be_written_is_a_mistake(run: Run, texts: Path) -> None:
    refused(run("background", texts, "-o", texts.parent / "none" / "x.csv"), "none")
    (texts.parent / "folder").mkdir()
    done = run("background", texts, "-o", texts.parent / "folder")
    assert (done.status, done.out) == (1, "")
    assert done.err.splitlines()[-1].startswith("Error: can't write ")


@pytest.mark.parametrize("content", [b"", b"text\n\xff\xfe\n", b'text\n"open\n'])
def test_texts_that_cannot_be_read_are_a_mistake(run: Run, texts: Path, content: bytes) -> None:
    texts.write_bytes(content)
    refused(run("background", texts, "-o", texts.with_name("x.csv")), "texts.csv")


def test_a_parquet_file_of_texts_that_is_none_is_a_mistake(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "texts.parquet"
    path.write_bytes(b"PAR1")
    refused(run("background", path, "-o", tmp_path / "x.csv"), "texts.parquet")


@pytest.mark.parametrize("arguments", [["recommend", "--format", "xml"], ["nothing"], []])
def test_usage_is_shown_for_what_is_no_command(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.status == 2
    assert "Usage" in done.out + done.err
