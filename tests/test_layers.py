"""Which module may import which: only from the lines below its own, or inside its own package."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = """
app
ui | __main__
__init__
import_command | index_command | learn_command | match_command | search_command
audit_command | evaluate_command
compare_command | replay_command | plan_command
options | report | indexed_collection
printing | listing | links | markdown | replayed | plan_words | audit_words
saying | replays
bulk | neutrality
cluster | processes
matcher
model
comparing
explaining | planning
fitted
building
side_by_side
opening | tally | texts | quality | ranked | comparison | export | received | dividing | methods
counted | askable | receipts
explanation | plan | query | evaluation | baselines | collection | labels | donors | flip
ranking | feedback | reading | learning | levels
own_words | agendas | matches | refusals
index
weighting
postings
top | leading | sampling
batches | charities | facets | stored | matched
names
keys | closeness
registers
catalogue | priorities | labelled | candidates
tables
background | profiles | counting | delimited | columnar
chunks | money | apportionment | cells
languages | schema | text
korean
english
files | tasks | rules | decoding
pool | scheduler | problems | standing | paths | checksums | leftovers | parquet_pages
strings | errors | masking | phrase_table | progress | version | lots | edits | stopping | thrift
fixed
"""
LEVELS = {
    name: level
    for level, line in enumerate(LAYERS.strip().splitlines())
    for name in line.split(" | ")
}
FILES = [path for path in [ROOT / "app.py", *ROOT.glob("recommender/**/*.py")] if path.exists()]
EACH_FILE = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))


def part(module: str) -> str:
    """The name in LAYERS of a module: ``recommender.ui.results`` is part of ``ui``."""
    package, _, inside = module.partition(".")
    return (inside.split(".")[0] or "__init__") if package == "recommender" else package


def imports(path: Path) -> Iterator[str]:
    """The full names of everything that a file imports, anywhere in it."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            module = ".".join((*above, *filter(None, [node.module])))
            names = [f"{module}.{alias.name}" for alias in node.names]
            # "from . import text" names a module; "from recommender import Recommender" does not.
            known = module == "recommender" and all(part(name) in LEVELS for name in names)
            yield from names if known else [module]


@EACH_FILE
def test_every_module_imports_only_from_below(path: Path) -> None:
    own = part(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert own in LEVELS, f"give {own} its place in LAYERS"
    for module in imports(path):
        other = part(module)
        if module.split(".")[0] in ("recommender", "app") and other != own:
            assert LEVELS.get(other, -1) > LEVELS[own], f"{own} may not import {module}"


@EACH_FILE
def test_only_the_app_knows_streamlit(path: Path) -> None:
    if part(".".join(path.relative_to(ROOT).with_suffix("").parts)) not in ("app", "ui"):
        assert "streamlit" not in {module.split(".")[0] for module in imports(path)}


def test_contributors_read_the_same_list() -> None:
    assert LAYERS in (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_measures_do_not_know_what_they_measure() -> None:
    known = {part(module) for module in imports(ROOT / "recommender" / "evaluation.py")}
    assert not known & {"index", "model"}


def test_importing_the_library_stays_light() -> None:
    heavy = {"streamlit", "sklearn", "pandas"}
    code = f"import sys, recommender; print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
