"""The notebooks run in order, and what they show is what they would show if run again.

To store new outputs after a change of the library, the data or a notebook::

    python3 run.py python tests/test_notebooks.py

A notebook is run in the project's folder. Text, tables and prose are compared word for word;
charts, which differ between versions of fonts, only have to be there.
"""

import base64
import copy
import io
import os
import re
import sys
import tomllib
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LARGEST = 400_000
IMAGE = "image/png"
# A path on some machine; that of a web address follows letters, a dot or another slash.
ABSOLUTE_PATH = re.compile(r"(?<![\w.~%}/:<-])(?:/(?:\w[\w.-]*/)+\w|[A-Z]:\\\w)")


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def execute(stored: NotebookNode) -> NotebookNode:
    """Run a copy of the notebook from its first cell on, in a Python of its own."""
    notebook = copy.deepcopy(stored)
    for cell in code(notebook):
        cell.outputs, cell.execution_count = [], None
    os.environ.pop("MPLBACKEND", None)  # Streamlit sets it, and the charts would be lost
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(ROOT)}},
        extra_arguments=["--HistoryManager.enabled=False"],
    ).execute()
    return notebook


def code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(cell: NotebookNode) -> list[tuple[str, str]]:
    """What a reader sees below the cell: each text with its kind, each image by its presence."""
    found = []
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            found.append(("stdout", output.text))
        for kind, content in sorted(output.get("data", {}).items()):
            found.append((kind, "" if kind == IMAGE else content))
    return found


def store(path: Path) -> None:
    """Run the notebook and keep its outputs, without traces of when and where it was run."""
    notebook = execute(read(path))
    about_python = notebook.metadata.kernelspec
    notebook.metadata = {"kernelspec": about_python, "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"{path.stem.split('_')[1]}-{number:02d}"
        cell.metadata = {}
    for cell in code(notebook):
        cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr"]
        for output in cell.outputs:
            if IMAGE in output.get("data", {}):
                output.data[IMAGE] = smaller(output.data[IMAGE])
    nbformat.write(notebook, path)


def smaller(png: str) -> str:
    """The same image with 64 colours, in a quarter of the space."""
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    kept = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(kept, "png", optimize=True)
    return base64.b64encode(kept.getvalue()).decode()


each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_the_notebooks_are_found() -> None:
    assert {p.stem for p in NOTEBOOKS} >= {
        "01_explore_the_catalogue",
        "02_explain_a_ranking",
        "03_evaluate",
        "04_a_register_of_a_million",
    }


@each_notebook
def test_a_new_run_shows_what_is_stored(path: Path) -> None:
    stored = read(path)
    again = execute(stored)  # a cell that fails raises
    for kept, new in zip(code(stored), code(again), strict=True):
        assert shown(kept) == shown(new), f"cell {kept.id} is stale: see this file's first lines"


@pytest.mark.parametrize("given", [{"CHARITIES": "700"}, {"REGISTER": "register.parquet"}])
def test_the_register_is_as_large_as_asked_or_the_one_named(
    given: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, catalogue: pd.DataFrame
) -> None:
    """The million is asked for in the same way."""
    catalogue.reset_index().to_parquet(tmp_path / "register.parquet", index=False)
    for name, value in given.items():
        monkeypatch.setenv(name, str(tmp_path / value) if name == "REGISTER" else value)
    run = execute(read(ROOT / "notebooks" / "04_a_register_of_a_million.ipynb"))
    told = [text for cell in code(run) for kind, text in shown(cell) if kind == "text/markdown"]
    size = len(catalogue) if "REGISTER" in given else 700
    assert told[0].startswith(f"{size} charities, ")


@each_notebook
def test_it_was_stored_after_one_run_from_top_to_bottom(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    cells = code(notebook)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert all(cell.metadata == {} for cell in notebook.cells)
    assert {output.output_type for cell in cells for output in cell.outputs} <= {
        "display_data",
        "execute_result",
        "stream",
    }


@each_notebook
def test_no_warning_and_no_path_of_a_machine_is_shown(path: Path) -> None:
    notebook = read(path)
    texts = [cell.source for cell in notebook.cells]
    texts += [text for cell in code(notebook) for _, text in shown(cell)]
    assert [found for text in texts for found in ABSOLUTE_PATH.findall(text)] == []
    assert not any("Warning" in text for text in texts)
    assert not [o for cell in code(notebook) for o in cell.outputs if o.get("name") == "stderr"]


@each_notebook
def test_it_is_worth_opening(path: Path) -> None:
    """A question in its title, prose before each piece of code, a chart, and a small file."""
    notebook = read(path)
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    assert first.source.splitlines()[0].startswith("# ")
    assert first.source.splitlines()[0].endswith("?")
    assert any(kind == IMAGE for cell in code(notebook) for kind, _ in shown(cell))
    assert path.stat().st_size < LARGEST


def test_charts_wear_the_colours_of_the_page() -> None:
    style = (ROOT / "notebooks" / "style.mplstyle").read_text(encoding="utf-8")
    settings = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    light = tomllib.loads(settings)["theme"]["light"]
    colours = [colour.removeprefix("#") for colour in light["chartCategoricalColors"]]
    cycle = re.search(r"^axes\.prop_cycle: (.*)$", style, re.MULTILINE)
    assert cycle is not None
    assert re.findall(r"\w{6}(?=\")", cycle[1]) == colours
    assert f"figure.facecolor: {light['backgroundColor'].removeprefix('#')}\n" in style


@pytest.mark.parametrize("path", ["/" + "srv/x/y.py", "C:" + "\\Users", "'/" + "opt/a/b'"])
def test_a_path_would_be_noticed(path: str) -> None:
    assert ABSOLUTE_PATH.search(path)


@pytest.mark.parametrize("text", ["https://charity.example/a/b", "10 / 8", "</td></tr>", "or/and"])
def test_other_slashes_are_no_path(text: str) -> None:
    assert not ABSOLUTE_PATH.search(text)


if __name__ == "__main__":
    for notebook_path in NOTEBOOKS:
        store(notebook_path)
        sys.stdout.write(f"{notebook_path.relative_to(ROOT)}: stored\n")
