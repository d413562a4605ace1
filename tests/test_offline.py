"""Nothing in the library asks another machine for anything, at import or at work."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "recommender").rglob("*.py")
    if path.parent.name != "pages"  # scripts, which draw when they are read
)
# Whatever would leave the process through the network ends it, with what it wanted.
OFFLINE = """
import os, socket, sys
def refuse(*wanted, **_):
    print("NETWORK", wanted[-1], file=sys.stderr, flush=True)
    os._exit(97)
for name in ("connect", "connect_ex", "sendto", "sendmsg"):
    setattr(socket.socket, name, refuse)
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo"):
    setattr(socket, name, refuse)
"""
COMMAND = OFFLINE + "from recommender.__main__ import main; main()"

# One after the other, in one process: each loads what the ones before it have loaded.
FURTHER = """
import shlex
from recommender.__main__ import app
for line in '''
    audit --draws 100
    background FOLDER/texts.csv -o FOLDER/terms.csv
    compare pscore korea-future -p justice=3
    import csv data/charities.csv -o FOLDER/new.parquet
    index FOLDER/new.parquet -o FOLDER/new.index --workers 1
    match FOLDER/donors.csv --index FOLDER/new.index -o FOLDER/matches --workers 1
    methods -p justice=3
    plan --budget '100 EUR' -p justice=3
    search Liberty
    template -o FOLDER/new.csv
    why pscore -p justice=3
'''.strip().splitlines():
    try:
        app(shlex.split(line))
    except SystemExit as ended:
        assert not ended.code, line
"""


def offline(code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own that has no network."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_importing_every_module_reaches_no_network() -> None:
    assert len(MODULES) > 80
    code = f"{OFFLINE}\nimport importlib\nfor name in {MODULES}: importlib.import_module(name)"
    done = offline(code)
    assert (done.returncode, "NETWORK" in done.stderr) == (0, False), done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["recommend", "--priority", "justice=5", "--text", "schools in Seoul", "-k", "3"],
        ["explain", "pscore", "--priority", "justice=5"],
        ["similar", "pscore"],
        ["evaluate"],
        ["check"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_command_reaches_the_network(arguments: list[str]) -> None:
    done = offline(COMMAND, *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_further_commands_reach_no_network(tmp_path: Path) -> None:
    (tmp_path / "texts.csv").write_text("text\nRuns schools.\nGrows food.\n", "utf-8")
    (tmp_path / "donors.csv").write_text("donor_id,justice\na,5\n", "utf-8")
    code = OFFLINE + FURTHER.replace("FOLDER", tmp_path.as_posix())
    done = offline(code)
    assert (done.returncode, "NETWORK" in done.stderr) == (0, False), done.stderr
    assert {path.name for path in tmp_path.iterdir()} > {"new.csv", "new.parquet", "matches"}


def test_an_index_is_made_and_asked_without_the_network(tmp_path: Path) -> None:
    index = tmp_path / "shipped.index"
    made = offline(COMMAND, "index", ROOT / "data/charities.csv", "-o", index, "--workers", "2")
    assert made.returncode == 0, made.stderr
    asked = offline(COMMAND, "recommend", "--index", index, "--priority", "justice=5")
    assert asked.returncode == 0, asked.stderr


@pytest.mark.parametrize(
    "wish",
    [
        "import urllib.request; urllib.request.urlopen('http://charity.example')",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.socket().connect(('127.0.0.1', 9))",
    ],
)
def test_a_wish_for_the_network_would_be_noticed(wish: str) -> None:
    done = offline(f"{OFFLINE}\n{wish}")
    assert done.returncode == 97
    assert "NETWORK" in done.stderr
