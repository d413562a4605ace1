import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from command_line import Run, runs

from recommender import load_catalogue, load_priorities
from recommender.levels import measure_levels
from recommender.profiles import read_levels, read_profiles

SAID = {
    "D20": ["animal rescue", "spay and neuter", "kennels"],
    "L21": ["affordable housing", "tenants", "mortgage help"],
    "A60": ["concerts", "a choir", "painting"],
}
MEANT = {"animal_welfare": ["D"], "housing": {"ntee": ["L"]}}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys, "learn")


@pytest.fixture
def given(tmp_path: Path) -> Callable[..., list[str | Path]]:
    """Return what writes the files of a call and returns its arguments."""

    def write(meant: Any = MEANT, column: str = "ntee") -> list[str | Path]:
        rows = [
            {"text": f"It offers {SAID[code][i % 3]} and {SAID[code][i % 2]}.", column: code}
            for i in range(40)
            for code in SAID
        ]
        pd.DataFrame(rows).to_csv(tmp_path / "labelled.csv", index=False)
        (tmp_path / "map.json").write_text(json.dumps(meant), encoding="utf-8")
        files = ["--labelled", tmp_path / "labelled.csv", "--map", tmp_path / "map.json"]
        return [*files, "-o", tmp_path / "out"]

    return write


def test_profiles_and_levels_are_learned_and_written(
    run: Run, given: Callable[..., list[str | Path]], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "old.csv").write_text("term,weight\nold,1\n", encoding="utf-8")
    done = run(*given())
    assert done.status == 0, done.err
    names = ["animal_welfare.csv", "housing.csv", "levels.csv"]
    assert sorted(path.name for path in out.iterdir()) == names
    profiles = read_profiles(out)
    assert {"kennels", "animal rescue"} <= set(profiles["animal_welfare"])
    assert {"mortgage", "tenants"} <= set(profiles["housing"])
    assert min(profiles["housing"].values()) >= 0
    terms = sum(map(len, profiles.values()))
    last = done.out.strip().splitlines()[-1]
    assert last.startswith(f"{out}: 2 profiles, {terms} terms; chosen: (")
    lines = (out / "housing.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("# Learned by `python -m recommender learn` from labelled.csv (sha")
    assert lines[2] == "# 40 of 120 charities have a code of L."
    assert lines[3].startswith("# Strength ")
    levels = read_levels(out)
    assert tuple(levels) == load_priorities().ids
    assert {tuple(by_language) for by_language in levels.values()} == {("en", "ko")}
    # They are those of what was learned, not of the lexicons.
    taught = replace(load_priorities().unlearned(), learned=profiles)
    texts = pd.read_csv(tmp_path / "labelled.csv")["text"]
    shipped = load_catalogue()
    parallel = {"en": shipped["description"], "ko": shipped["description_ko"]}
    measured = measure_levels(taught, texts, parallel)
    assert levels["housing"] == pytest.approx(measured["housing"], rel=2e-3)
    lexicons = measure_levels(taught.unlearned(), texts, parallel)
    assert levels["housing"]["en"] != pytest.approx(lexicons["housing"]["en"], rel=5e-3)
    assert [cell in done.out for cell in ("strength", "nDCG@10", "lexicon")] == [True] * 3
    assert "Cross-validating" in done.err


def test_codes_of_another_scheme_are_read(
    run: Run, given: Callable[..., list[str | Path]], tmp_path: Path
) -> None:
    meant = {"housing": {"ntee": ["A"], "own": ["L"]}}
    assert run(*given(meant, column="own"), "--scheme", "own").status == 0
    assert "code of L." in (tmp_path / "out" / "housing.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("meant", "column", "told"),
    [
        ({"housing": ["L"], "zoos": ["D"], "youth": []}, "ntee", ["zoos", "youth"]),
        ({"housing": ["L"], "youth": ["O"], "sport": ["N"]}, "ntee", ["youth", "sport"]),
        (MEANT, "code", ["a column ntee"]),
    ],
)
def test_what_is_wrong_is_told_at_once_and_nothing_is_written(
    run: Run,
    given: Callable[..., list[str | Path]],
    tmp_path: Path,
    meant: Any,
    column: str,
    told: list[str],
) -> None:
    done = run(*given(meant, column))
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("Error: ")
    assert [words in done.err for words in told] == [True] * len(told)
    assert "Reading" not in done.err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_learned(
    run: Run, given: Callable[..., list[str | Path]], tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    done = run(*given())
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("Error: can't write")
    assert "Reading" not in done.err
    assert (tmp_path / "out").read_text(encoding="utf-8") == "a file"
