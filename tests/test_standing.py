"""What a command prints goes to whoever reads it, or its user is told in one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Run, refused, runs

ROOT = Path(__file__).parents[1]
RECOMMEND = ("recommend", "-p", "justice=3", "-k", "2", "--lang", "ko")
FULL = Path("/dev/full")


def command(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.run(
        [sys.executable, "-m", "recommender", *arguments], cwd=ROOT, check=False, **given
    )


@pytest.mark.skipif(not FULL.exists(), reason="no device that is full")
@pytest.mark.parametrize("arguments", [("check",), ("--help",)])
def test_a_full_disk_under_the_output_is_told(arguments: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        done = command(*arguments, stdout=full)
    assert done.returncode == 1
    assert done.stderr == b"Error: can't use the output: No space left on device.\n"


@pytest.mark.parametrize("arguments", [("check",), ("--help",)])
def test_a_reader_that_goes_early_hears_no_complaint(arguments: tuple[str, ...]) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    try:
        done = command(*arguments, stdout=writes)
    finally:
        os.close(writes)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(os.name == "nt", reason="closed by a shell of POSIX")
def test_an_output_that_is_closed_from_the_start_is_no_mistake() -> None:
    shell = ["sh", "-c", 'exec "$@" >&-', "-", sys.executable, "-m", "recommender", *RECOMMEND]
    done = subprocess.run(shell, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_letters_that_a_terminal_lacks_are_shown_by_their_numbers() -> None:
    done = command(*RECOMMEND, env={**os.environ, "PYTHONIOENCODING": "cp1252"})
    assert done.returncode == 0, done.stderr
    assert "\\ucf54\\ub9ac\\uc544" in done.stdout.decode("cp1252")


@pytest.mark.parametrize(
    "written",
    [
        "audit --json {}",
        "background given.csv -o {}",
        "evaluate --json {}",
        "import csv given.csv -o {}.parquet",
        "index given.csv -o {}",
        "learn --labelled given.csv --map map.json -o {}",
        "match given.csv --index {} -o {}",
        "template -o {}",
    ],
    ids=lambda written: written.split()[0],
)
def test_a_place_that_takes_no_file_is_told_before_any_work(
    written: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # A file stands where a folder is named: so that root is refused as anybody else is.
    monkeypatch.chdir(tmp_path)
    Path("given.csv").write_text("text\nx\n", "utf-8")
    Path("taken").touch()
    run: Run = runs(capsys)
    refused(run(*written.format("taken/new", "taken/new").split()), "taken/new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given.csv", "taken"]
