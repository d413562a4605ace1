"""benchmarks/soak.py visits the real page. How long anything takes is not tested."""

import asyncio
import re
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks import soak
from benchmarks.soak import Soak

ROOT = Path(__file__).parents[1]
VERDICT = re.compile(
    r"stood: (\d+) answers of (\d+) visits in \d+\.\d minutes, 0 errors; "
    r"memory (\d+|nan) MB at the start, (\d+|nan) MB at the end, "
    r"[+-]\d+\.\d\d MB for 1,000 answers\."
)


def test_one_command_visits_for_a_while_and_says_how_it_went() -> None:
    command = [sys.executable, "benchmarks/soak.py", "--minutes", "0.2", "--users", "8"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = VERDICT.fullmatch(done.stdout.strip().splitlines()[-1])
    assert found, done.stdout
    assert int(found[1]) > 0
    assert int(found[2]) >= 8
    head, rule, *rows = done.stdout.partition("\n\n")[0].splitlines()
    assert head.count("|") == rule.count("|") == 4
    assert len(rows) == 11


def test_a_server_that_is_gone_is_an_error_of_each_visit(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with ThreadPoolExecutor(1) as thread:  # a browser's loop may run in this one
        asked = soak.soak(f"http://127.0.0.1:{port}", lambda: 100.0, 3, 0.5)
        found = thread.submit(asyncio.run, asked).result()
    assert len(found.errors) >= 3
    assert found.verdict().startswith("FAILED: 0 answers of 0 visits")


def test_growth_is_that_of_the_time_after_everybody_was_new() -> None:
    settled = [(60.0 + t, 1000 * t, 300 + 0.5 * t) for t in range(61)]
    found = Soak(60_000, 100, [], [(0.0, 0, 200.0), *settled])
    assert found.growth() == pytest.approx(0.5)
    assert "memory 200 MB at the start, 330 MB at the end, +0.50 MB" in found.verdict()
    assert Soak(0, 1, [], [(0.0, 0, 200.0), (1.0, 0, 300.0)]).growth() == 0
