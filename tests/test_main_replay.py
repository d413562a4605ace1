"""The command `replay`: its sentences, its exit status, and receipts of strangers."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from command_line import Done, Run, refused, runs


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys)


@pytest.fixture
def file(tmp_path: Path, run: Run) -> Path:
    options = ["-p", "justice=5", "-p", "education=skip", "--text", "scholarshps", "-k", "4"]
    path = tmp_path / "receipt.json"
    path.write_text(run("recommend", *options, "--format", "json").out, encoding="utf-8")
    return path


def changed(file: Path, **values: Any) -> Path:
    """The receipt with other values, as somebody might write them."""
    found = json.loads(file.read_text(encoding="utf-8")) | values
    file.write_text(json.dumps(found), encoding="utf-8")
    return file


def test_the_command_says_that_all_is_the_same(run: Run, file: Path) -> None:
    said = "The ranking is exactly the same: 4 charities, every rank and every score"
    done = run("replay", file)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(said)
    assert "단체 4곳의 순위와 점수가" in run("replay", file, "--lang", "ko").out


def differs(done: Done) -> list[str]:
    assert (done.status, done.err) == (1, "")
    return done.out.splitlines()


def test_the_command_says_what_changed_and_why(
    run: Run, file: Path, tmp_path: Path, catalogue: pd.DataFrame
) -> None:
    first = json.loads(file.read_text(encoding="utf-8"))["ranking"][0]
    catalogue.drop(first["charity_id"]).to_parquet(tmp_path / "fewer.parquet")
    other = ["--catalogue", tmp_path / "fewer.parquet"]
    lines = differs(run("replay", changed(file, version="0.0.1"), *other))
    assert lines[0] == "The ranking isn’t the same."
    assert lines[1].startswith("The catalogue has changed: its fingerprint was ")
    assert lines[2] == "The program has changed: its version was 0.0.1 and is 0.1.0."
    [gone] = [line for line in lines if "no longer in the catalogue" in line]
    assert first["name"] in gone
    assert sum("newly listed" in line for line in lines) == 1
    korean = differs(run("replay", file, *other, "--lang", "ko"))
    assert any("목록에서 없어짐" in line and first["name"] in line for line in korean)
    assert any("북한인권정보센터" in line for line in korean)


def test_the_command_says_that_a_receipt_was_changed(run: Run, file: Path) -> None:
    ranking = json.loads(file.read_text(encoding="utf-8"))["ranking"]
    ranking[0]["score"] += 1
    ranking[1]["score"] *= 1 + 2**-52
    lines = differs(run("replay", changed(file, ranking=ranking)))
    assert lines[1].startswith("Nothing that a ranking is made by has changed.")
    [first] = [line for line in lines if "-100.0" in line]
    assert ranking[0]["name"] in first
    [second] = [line for line in lines if "e-1" in line]
    assert ranking[1]["name"].split("(")[0].strip() in second


def test_a_hostile_receipt_cannot_steer_the_terminal(run: Run, file: Path) -> None:
    ranking = json.loads(file.read_text(encoding="utf-8"))["ranking"]
    ranking[0] |= {"charity_id": "x", "name": "\x1b[2J[red]a\nb\u202e"}
    answers = {"justice": 5, "\x1b[31m": 3}
    file = changed(file, ranking=ranking, answers=answers, catalogue="\x07\x1b", version="\n")
    lines = differs(run("replay", file))
    text = "\n".join(lines)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\x07" not in text
    assert any("[2J[red]a b" in line for line in lines)
    assert "Not used, as it can’t be asked here: something without a plain name" in lines


def test_what_is_no_receipt_is_one_message(run: Run, tmp_path: Path) -> None:
    refused(run("replay", tmp_path / "none.json"), "can't read", "none.json")
    path = tmp_path / "other.json"
    path.write_text('{"format": "other"}')
    refused(run("replay", path), "other.json: 1 problem", "format: found 'other'")
