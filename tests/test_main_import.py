import io
from pathlib import Path

import pandas as pd
import pytest
from command_line import Run, refused, runs
from register_samples import SAMPLES

from recommender import load_catalogue
from recommender.registers import codes

EACH = pytest.mark.parametrize("code", codes())


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys)


def options(code: str) -> list[str]:
    return [f"--map={name}={theirs}" for name, theirs in SAMPLES[code].columns.items()]


@EACH
def test_an_imported_register_is_checked_and_ranked(run: Run, code: str, tmp_path: Path) -> None:
    sample, out = SAMPLES[code], tmp_path / "new.parquet"
    schooling = {sample.identifier: "000000077", sample.name: "Open Doors"}
    schooling[sample.text] = "B20" if code == "us-irs-bmf" else "It runs schools and teaches."
    path = sample.write(tmp_path, sample.content(schooling))
    done = run("import", code, path, "-o", out, *options(code))
    assert done.status == 0, done.err
    assert done.out.startswith(f"{out}: 3 charities from 3 rows.\n")
    assert run("check", out).out == f"{out}: 3 charities, no problem found.\n"
    ranked = run("recommend", "--catalogue", out, "-p", "education=5", "--format", "csv").out
    table = pd.read_csv(io.StringIO(ranked)).set_index("name")
    assert table.at["Open Doors", "score"] > 1
    assert table.at["Open Doors", "band"] == "good"
    assert len(table) == 3


def test_the_summary_counts_and_names_the_source(run: Run, tmp_path: Path) -> None:
    sample, out = SAMPLES["gb-chc"], tmp_path / "new.parquet"
    bad, renamed = {sample.identifier: "?"}, {sample.name: "Renamed"}
    empty = {sample.identifier: "9", sample.text: ""}
    path = sample.write(tmp_path, sample.content({}, bad, empty, renamed))
    done = run("import", "gb-chc", path, "-o", out)
    assert done.status == 0
    assert done.out.splitlines() == [
        f"{out}: 2 charities from 6 rows.",
        "Merged, as they only repeat another: 1",
        "Replaced by a later row of the same id: 1",
        "Left out, bad row: 1",
        "Left out, no description: 1",
        "Source: Register of charities, public extract, Charity Commission for England and Wales, "
        "https://register-of-charities.charitycommission.gov.uk/register/full-register-download. "
        "Licence: Open Government Licence v3.0.",
    ]
    assert f"{path.name}, line 7: GB-CHC-1 with other content than before" in done.err
    assert f"{path.name}, line 5: found '?' as {sample.identifier}; expected digits" in done.err
    assert "6 rows, " in done.err
    assert "a second" in done.err


def test_several_files_make_one_catalogue(run: Run, tmp_path: Path) -> None:
    sample = SAMPLES["us-irs-bmf"]
    paths = [tmp_path / f"eo{number}.csv" for number in (1, 2)]
    for path, ein in zip(paths, ("111111111", "222222222"), strict=True):
        path.write_text(sample.content({sample.identifier: ein}, rows=[]), encoding="utf-8")
    assert run("import", "us-irs-bmf", *paths, "-o", tmp_path / "us.parquet").status == 0
    ids = load_catalogue(tmp_path / "us.parquet").index.tolist()
    assert ids == ["US-EIN-111111111", "US-EIN-222222222"]


def test_strict_refuses_a_bad_row(run: Run, tmp_path: Path) -> None:
    sample, out = SAMPLES["gb-chc"], tmp_path / "new.parquet"
    path = sample.write(tmp_path, sample.content({sample.identifier: "?"}))
    assert run("import", "gb-chc", path, "-o", out).status == 0
    out.unlink()
    done = run("import", "gb-chc", path, "-o", out, "--strict")
    assert (done.status, done.out) == (1, "")
    assert "1 problem; nothing is written" in done.err
    assert "line 4" in done.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("code", "maps", "words"),
    [
        ("gb-chr", [], ["unknown register", "Did you mean gb-chc?"]),
        ("gb-chc", ["--map=name=x"], ["--map is for tables of your own"]),
        ("csv", ["--map=name"], ["--map 'name'", "COLUMN=YOURS"]),
        ("csv", ["--map=name=Charity", "--map=name=Mission"], ["each once"]),
        ("csv", ["--map=nam=Charity"], ["unknown column 'nam'", "name"]),
    ],
)
def test_a_mistake_in_the_call_is_told(
    run: Run, tmp_path: Path, code: str, maps: list[str], words: list[str]
) -> None:
    path = SAMPLES["csv"].write(tmp_path, SAMPLES["csv"].content())
    refused(run("import", code, path, "-o", tmp_path / "new.parquet", *maps), *words)


def test_a_column_that_the_table_lacks_is_told_with_those_it_has(run: Run, tmp_path: Path) -> None:
    path = SAMPLES["csv"].write(tmp_path, SAMPLES["csv"].content())
    maps = ["--map=name=Charity", "--map=description=Text"]
    done = run("import", "csv", path, "-o", tmp_path / "new.parquet", *maps)
    assert done.status == 1
    assert "Number, Charity, Mission" in done.err
    assert "expected the columns Charity, Text" in done.err


def test_the_help_lists_the_registers(run: Run) -> None:
    assert [code in run("import", "--help").out for code in codes()] == [True] * len(codes())
