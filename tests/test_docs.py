"""What the documentation says is what happens.

`python3 run.py python tests/test_docs.py` writes the current tables and outputs into it.
"""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README, DATA = ROOT / "README.md", ROOT / "data/README.md"
BENCHMARKS = ROOT / "benchmarks/README.md"
SHIPPED = re.compile(r"(nDCG@10 of )(0\.\d\d)(.*?their names )(0\.\d\d)", re.S)
PUBLIC = re.compile(r"(it reaches )(0\.\d{3})( over 27 causes.*?their names )(0\.\d{3})", re.S)
CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.S)
SCHEMAS = {"charities": "CATALOGUE", "sources": "SOURCES", "judgements": "JUDGEMENTS"}
PROGRAM = "python3 run.py python -m recommender "


def with_outputs(block: str) -> str:
    """A console block with what its commands print now."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{output(command[2:])}" for command in commands)


def output(command: str) -> str:
    """What a documented command prints, run by this very Python."""
    assert command.startswith(PROGRAM), f"only {PROGRAM} is run by the tests"
    arguments = shlex.split(command.removeprefix(PROGRAM))
    done = subprocess.run(
        [sys.executable, "-m", "recommender", *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


def with_figures(text: str) -> str:
    """The text with nDCG@10 as measured now, and as benchmarks/README.md has it."""
    from recommender import Recommender, load_catalogue

    systems = Recommender().fit(load_catalogue()).evaluate().systems
    product, plain = (table["nDCG@10"].mean() for table in systems.values())
    table = BENCHMARKS.read_text(encoding="utf-8").partition("| us_missions | priority | cause_kw")
    ours, bm25 = (
        re.search(rf"\| {system} \| (0\.\d{{3}})", table[2])[1] for system in ("product", "BM25")
    )
    text = SHIPPED.sub(rf"\g<1>{product:.2f}\g<3>{plain:.2f}", text)
    return PUBLIC.sub(rf"\g<1>{ours}\g<3>{bm25}", text)


def with_tables(text: str) -> str:
    """The data's documentation with the tables of today's columns."""
    from recommender import schema

    for name, constant in SCHEMAS.items():
        start, end = f"<!-- columns of {name}.csv -->\n", "<!-- end -->"
        head, _, rest = text.partition(start)
        table = schema.markdown_table(getattr(schema, constant))
        text = f"{head}{start}\n{table}\n\n{end}{rest.partition(end)[2]}"
    return text


def test_commands_in_the_readme_print_what_it_shows():
    blocks = CONSOLE.findall(README.read_text(encoding="utf-8"))
    assert blocks
    for block in blocks:
        assert with_outputs(block) == block


def test_python_in_the_readme_answers_what_it_shows():
    text = README.read_text(encoding="utf-8").replace("```", "")
    examples = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
    assert len(examples.examples) >= 5
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples)
    assert result.failed == 0


def test_the_figures_of_the_readme_are_measured():
    text = README.read_text(encoding="utf-8")
    assert SHIPPED.search(text)
    assert PUBLIC.search(text)
    assert with_figures(text) == text


def test_stale_figures_are_replaced():
    stale = (
        "nDCG@10 of 0.00 and their names 0.00; it reaches 0.000 over 27 causes, their names 0.000"
    )
    said = [float(figure) for figure in re.findall(r"0\.\d+", with_figures(stale))]
    assert len(said) == 4
    assert said[0] > said[1] > 0
    assert said[2] > said[3] > 0


def test_the_columns_are_documented_as_they_are():
    text = DATA.read_text(encoding="utf-8")
    assert with_tables(text) == text


def test_every_public_name_and_command_is_in_the_readme():
    import recommender
    from recommender.__main__ import app

    text = README.read_text(encoding="utf-8")
    commands = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback]
    for name in [*recommender.__all__, *commands]:
        assert f"`{name}" in text, f"{name} is not documented"


def test_every_method_of_the_model_is_in_the_readme():
    from recommender import Recommender

    text = README.read_text(encoding="utf-8")
    methods = [
        name
        for kind in Recommender.__mro__
        if kind.__module__.startswith("recommender")
        for name, method in vars(kind).items()
        if not name.startswith("_")
        and getattr(method, "__module__", kind.__module__).startswith("recommender")
    ]
    assert "recommend" in methods
    for name in methods:
        assert f"`{name}`" in text, f"{name} is not documented"


@pytest.mark.parametrize(
    "document", [README, *sorted(ROOT.glob("[!.n]*/README.md")), *sorted(ROOT.glob(".github/*.md"))]
)
def test_every_link_leads_to_a_file(document):
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    readme = README.read_text(encoding="utf-8")
    readme = CONSOLE.sub(lambda block: with_outputs(block.group()), readme)
    README.write_text(with_figures(readme), encoding="utf-8")
    DATA.write_text(with_tables(DATA.read_text(encoding="utf-8")), encoding="utf-8")
