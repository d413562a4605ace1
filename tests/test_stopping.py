"""Ctrl-C in the middle of each long command: a sentence, status 130, and the next run works."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from bulk_samples import grown, hears_ctrl_c, index_of
from command_line import Done, Run, runs

from recommender.stopping import SENTENCE, STATUS

ROOT = Path(__file__).parents[1]
SIZE = 60
# Each long command, and what of it is at work when Ctrl-C comes.
LONG = {
    "audit --json made/audit.json --draws 1000": "recommender.neutrality.as_object",
    "background given/texts.csv -o made/terms.csv": "recommender.background.write_background",
    "evaluate given --json made/found.json": "recommender.report.write_json",
    "import csv given/table.csv -o made/new.parquet": "recommender.registers._importing._leave_out",
    "index given/table.csv -o made/new.index --workers 1": "recommender.building._write_field",
    "learn --labelled given/texts.csv --map given/map.json -o made": (
        "recommender.learning.learn_profiles"
    ),
}
EACH = pytest.mark.parametrize("command", LONG, ids=lambda command: command.split()[0])


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Hear Ctrl-C, whoever started the tests, and forget afterwards that it was heard."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands read."""
    folder = tmp_path_factory.mktemp("given")
    index_of(folder, SIZE)
    table = grown(SIZE)
    table.to_csv(folder / "table.csv", index=False)
    said = [f"Offers {('kennels', 'a choir')[i % 2]} and schools, number {i}." for i in range(SIZE)]
    codes = ["D20", "A60"] * (SIZE // 2)
    pd.DataFrame({"text": said, "ntee": codes}).to_csv(folder / "texts.csv", index=False)
    (folder / "map.json").write_text('{"animal_welfare": ["D"], "arts": ["A"]}', "utf-8")
    pd.DataFrame({"id": table["charity_id"], "text": table["description"]}).to_parquet(
        folder / "docs.parquet"
    )
    (folder / "queries.tsv").write_text("qid\tkind\ttext\ncause:justice\tcause\tx\n", "utf-8")
    judged = [f"cause:justice 0 {charity} 1\n" for charity in table["charity_id"][:9]]
    (folder / "qrels.trec").write_text("".join(judged), "utf-8")
    donors = [f"d{number},5\n" for number in range(6)]
    (folder / "donors.csv").write_text("donor_id,education\n" + "".join(donors), "utf-8")
    return folder


@pytest.fixture
def run(
    given: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    (tmp_path / "given").symlink_to(given)
    (tmp_path / "made").mkdir()
    monkeypatch.chdir(tmp_path)
    return runs(capsys)


def stop_at(patch: pytest.MonkeyPatch, name: str, calls: int = 1) -> None:
    """Let Ctrl-C come at a call of the function of that name."""
    module, _, function = name.rpartition(".")
    called = getattr(__import__(module, fromlist=[function]), function)
    count = iter(range(1, calls + 1))

    def interrupted(*arguments: object, **options: object) -> object:
        if next(count, None) == calls:
            os.kill(os.getpid(), signal.SIGINT)
        return called(*arguments, **options)

    patch.setattr(name, interrupted)


def stopped(run: Run, command: str, at: str, calls: int = 1) -> Done:
    with pytest.MonkeyPatch.context() as patch:
        stop_at(patch, at, calls)
        done = run(*command.split())
    signal.signal(signal.SIGINT, signal.default_int_handler)  # of a new process
    assert done.status == STATUS
    return done


@EACH
def test_ctrl_c_gets_one_sentence_and_the_command_works_afterwards(run: Run, command: str) -> None:
    done = stopped(run, command, LONG[command])
    assert (done.out, done.err.splitlines()[-1]) == ("", SENTENCE)
    assert "Traceback" not in done.err
    assert list(Path("made").iterdir()) == []
    again = run(*command.split())
    assert again.status == 0, again.err
    assert list(Path("made").iterdir())


def test_matching_tells_how_far_it_is_and_goes_on(run: Run) -> None:
    command = "match given/donors.csv --index given/grown.index -o made/out --workers 1 --block 2"
    done = stopped(run, command, "recommender.processes._write", calls=3)
    assert done.err.splitlines()[-1] == "Stopped: 4 of 6 donors are matched. Run again to go on."
    assert done.out == ""
    again = run(*command.split())
    assert again.out.startswith("made/out: 6 donors, 4 of them before")


def test_further_ctrl_c_does_not_disturb_what_tidies_up(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = next(command for command in LONG if command.startswith("index"))
    calls, tidy = [], shutil.rmtree

    def impatient(path: str | Path, *arguments: object, **options: object) -> None:
        calls.append(path)
        os.kill(os.getpid(), signal.SIGINT)
        tidy(path, *arguments, **options)

    monkeypatch.setattr(shutil, "rmtree", impatient)
    done = stopped(run, command, LONG[command])
    assert calls
    assert done.err.splitlines()[-1] == SENTENCE
    assert list(Path("made").iterdir()) == []


def process(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=hears_ctrl_c,
        check=False,
    )


AS_IT_LOADS = """
import os, runpy, signal, sys
class Stopping:
    def find_spec(self, name, *_):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stopping())
"""
STARTED = "runpy.run_module('recommender', run_name='__main__')"
posix = pytest.mark.skipif(os.name == "nt", reason="signals are sent as POSIX has them")


@posix
def test_ctrl_c_while_the_program_loads_gets_the_sentence_too() -> None:
    done = process(AS_IT_LOADS + STARTED, "check")
    assert done.returncode == -signal.SIGINT  # which a shell tells as 130
    assert (done.stdout, done.stderr) == ("", f"{SENTENCE}\n")


@posix
def test_who_was_started_deaf_stays_deaf() -> None:
    deaf = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    at_work = AS_IT_LOADS.replace("typer", "recommender.catalogue")
    done = process(deaf + at_work + STARTED, "check")
    assert done.returncode == 0, done.stderr


@posix
def test_any_other_error_of_the_program_keeps_its_traceback() -> None:
    done = process("from recommender import stopping; 1 / 0")
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
    assert SENTENCE not in done.stderr
