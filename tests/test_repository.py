"""What holds for every file of the project, whatever it is about."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST = 400
PICKLES = {"_pickle", "cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve", "torch"}
# Functions of other packages, and built in, that read what could run.
RUNNING = {"eval", "exec", "read_pickle", "to_pickle", "unsafe_load", "full_load"}
# numpy's would write objects as pickles unless told not to.
TOLD = {("np", "load"), ("np", "save"), ("numpy", "load"), ("numpy", "save")}
UNSAFE = {"allow_pickle", "unsafe_allow_html", "unsafe_allow_javascript"}
UNTRACKED = {".git", ".venv", "__pycache__", "build", "dist"}
UNTRACKED |= {".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
BINARY = {".gz", ".ico", ".jpg", ".npy", ".parquet", ".pdf", ".png", ".woff2", ".xlsx", ".zip"}
# A path that starts at the root of one machine; the path of a web address is none.
MACHINE_PATH = re.compile(r"(?<![\w.~%}/-])/(?:work|root|tmp|home|farm|Users)/\w")
# In two parts, so that this file does not name them itself.
REGISTRIES = re.compile("|".join(f"{a}[.]{b}" for a, b in [("pypi", "org"), ("npmjs", "org")]))


def tracked() -> list[Path]:
    """The project's files: what git knows or would add, or in an archive all that there is."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = list(ROOT.rglob("*"))
    kept = (path for path in paths if path.is_file())
    return sorted(path for path in kept if not UNTRACKED & {*path.relative_to(ROOT).parts})


FILES = tracked()
SOURCES = [path for path in FILES if path.suffix == ".py"]
TEXTS = [path for path in FILES if path.suffix not in BINARY]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


each_source = pytest.mark.parametrize("path", SOURCES, ids=name)
each_text = pytest.mark.parametrize("path", TEXTS, ids=name)


def suspicious(tree: ast.AST) -> Iterator[str]:
    """What could run a stranger's code: pickles, in whatever guise, and HTML let through."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from PICKLES & {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            yield from PICKLES & {(node.module or "").split(".")[0]}
        elif isinstance(node, ast.Call):
            yield from suspicious_call(node)
        elif isinstance(node, ast.keyword) and ast.unparse(node.value) != "False":
            yield from UNSAFE & {node.arg}


def suspicious_call(node: ast.Call) -> Iterator[str]:
    called = ast.unparse(node.func)
    package, _, function = called.rpartition(".")
    if function in RUNNING and (package or called in RUNNING):
        yield called
    told = {keyword.arg for keyword in node.keywords}
    if (package, function) in TOLD and "allow_pickle" not in told:
        yield called


def test_the_project_is_found() -> None:
    assert {"run.py", "pyproject.toml", "tests/test_repository.py"} <= set(map(name, FILES))


@each_source
def test_no_module_outgrows_its_reader(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@each_source
def test_nothing_stored_or_received_can_run_code(path: Path) -> None:
    assert not list(suspicious(ast.parse(path.read_text(encoding="utf-8"))))


@each_text
def test_text_is_utf_8_and_ends_with_a_newline(path: Path) -> None:
    content = path.read_bytes()
    content.decode("utf-8")
    assert not content or content.endswith(b"\n")


@each_text
def test_no_file_knows_one_machine_or_its_package_index(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert MACHINE_PATH.findall(text) == []
    assert REGISTRIES.findall(text) == []


@pytest.mark.parametrize(
    "statement",
    [
        *("import pickle", "from joblib import load", "import marshal", "import torch"),
        *("pd.read_pickle(x)", "table.to_pickle(x)", "np.load(x)", "np.save(x, y)", "eval(x)"),
    ],
)
def test_a_pickle_would_be_noticed(statement: str) -> None:
    assert list(suspicious(ast.parse(statement)))


@pytest.mark.parametrize(
    ("argument", "noticed"), [("True", True), ("False", False), ("whatever", True)]
)
def test_an_unsafe_argument_would_be_noticed(argument: str, noticed: bool) -> None:
    assert bool(list(suspicious(ast.parse(f"load(x, allow_pickle={argument})")))) == noticed


def test_a_machine_path_would_be_noticed() -> None:
    assert MACHINE_PATH.search("open('/" + "work/x')")
    assert not MACHINE_PATH.search("https://charity.example/work/x")


def test_streamlit_knows_every_setting() -> None:
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    wanted = dict(flat(tomllib.loads(text)))
    code = f"import streamlit; print([streamlit.get_option(o) for o in {list(wanted)}])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert ast.literal_eval(done.stdout) == list(wanted.values())
    assert "not a valid config option" not in done.stderr


def flat(table: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Each setting with its dotted name."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
