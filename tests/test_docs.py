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
    from recommender import Recommender, load_catalogue

    systems = Recommender().fit(load_catalogue()).evaluate().systems
    product, plain = (table["nDCG@10"].mean() for table in systems.values())
    said = re.search(
        r"nDCG@10 of (0\.\d\d).*?their names (0\.\d\d)", README.read_text("utf-8"), re.S
    )
    assert said
    assert said.groups() == (f"{product:.2f}", f"{plain:.2f}")


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
        for name, method in vars(Recommender).items()
        if not name.startswith("_") and method.__module__.startswith("recommender")
    ]
    assert "recommend" in methods
    for name in methods:
        assert f"`{name}`" in text, f"{name} is not documented"


@pytest.mark.parametrize("document", [README, DATA, ROOT / ".github/CONTRIBUTING.md"])
def test_every_link_leads_to_a_file(document):
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    readme = README.read_text(encoding="utf-8")
    README.write_text(
        CONSOLE.sub(lambda block: with_outputs(block.group()), readme), encoding="utf-8"
    )
    DATA.write_text(with_tables(DATA.read_text(encoding="utf-8")), encoding="utf-8")
