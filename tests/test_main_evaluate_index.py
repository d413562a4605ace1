"""`evaluate` where an index on disk is what ranks."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from command_line import Run, refused, runs
from test_main_evaluate import QRELS, QUERIES, TEXTS

from recommender import baselines, load_catalogue, load_priorities
from recommender.building import build_index

IDS = ["1", "2", "3", "4"]
Made = Callable[[dict[str, str]], Path]
Figures = Callable[..., Any]


@pytest.fixture(autouse=True)
def without_minilm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "find_spec", lambda name: None)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys, "evaluate")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    pd.DataFrame({"id": IDS, "text": TEXTS}).to_parquet(folder / "docs.parquet")
    (folder / "queries.tsv").write_text(QUERIES, encoding="utf-8")
    (folder / "qrels.trec").write_text(QRELS, encoding="utf-8")
    return folder


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Return what makes an index of texts; a row a charity, the last first."""

    def make(texts: dict[str, str]) -> Path:
        rows = [(i, f"Xyz {i}", text or "Qqq.") for i, text in reversed(texts.items())]
        table = pd.DataFrame(rows, columns=["charity_id", "name", "description"])
        table.to_parquet(tmp_path / "made.parquet")
        build_index(tmp_path / "made.parquet", tmp_path / "made.index", load_priorities())
        return tmp_path / "made.index"

    return make


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shipped")
    load_catalogue()[::-1].reset_index().to_parquet(path / "all.parquet")
    build_index(path / "all.parquet", path / "all.index", load_priorities())
    return path / "all.index"


@pytest.fixture
def figures(run: Run, tmp_path: Path) -> Figures:
    def read(*arguments: str | Path) -> tuple[str, str]:
        path = tmp_path / "figures.json"
        done = run(*arguments, "--json", path)
        assert (done.status, done.err) == (0, "")
        return path.read_text(encoding="utf-8"), done.out

    return read


@pytest.mark.parametrize("queries", ["priorities", "text"])
def test_an_index_is_as_good_as_its_documents_to_the_last_bit(
    folder: Path, made: Made, figures: Figures, queries: str
) -> None:
    texts = [*TEXTS[:3], "Qqq."]
    pd.DataFrame({"id": IDS, "text": texts}).to_parquet(folder / "docs.parquet")
    own = figures(folder, "--queries", queries)
    index = made(dict(zip(IDS, texts, strict=True)))
    assert figures(folder, "--queries", queries, "--index", index) == own


@pytest.mark.parametrize("queries", ["priorities", "text"])
def test_the_shipped_judgements_are_measured_on_an_index_to_the_last_bit(
    shipped: Path, figures: Figures, queries: str
) -> None:
    own = figures("--queries", queries)
    assert figures("--queries", queries, "--index", shipped) == own
    assert ("product, by priority" in own[1]) == (queries == "priorities")


def test_what_the_index_ranks_is_what_is_measured(
    folder: Path, made: Made, figures: Figures
) -> None:
    """The texts of the two that are judged for education are exchanged in the index."""
    index = made(dict(zip(IDS, [TEXTS[0], TEXTS[2], TEXTS[1], TEXTS[3]], strict=True)))
    measured, out = figures(folder, "--index", index)
    told = [json.loads(text)["systems"] for text in (measured, figures(folder)[0])]
    assert told[0]["product"]["cause"]["nDCG@10"] != told[1]["product"]["cause"]["nDCG@10"]
    assert told[0]["BM25"] == told[1]["BM25"]
    said = "With another text in the index, which the product ranks: 3 of 4 documents: 2, 3, 4.\n"
    assert said in out


def test_further_charities_of_the_index_take_no_place(
    folder: Path, made: Made, figures: Figures
) -> None:
    texts = dict(zip(IDS, TEXTS, strict=True))
    further = {f"x{i}": f"Runs {i} schools and teaches children to read." for i in "abcde"}
    measured, out = figures(folder, "--index", made(texts | further))
    assert "Left out, as the collection lacks them: 5 of 9 charities.\n" in out
    found = json.loads(measured)["systems"]["product"]["cause"]
    assert found["AP"]["mean"] == pytest.approx(0.75)  # as with no charity between


def test_documents_that_the_index_lacks_are_told_and_left_out_for_all(
    folder: Path, made: Made, figures: Figures
) -> None:
    before = figures(folder)[0]
    more = [f"Justice and gardens {i}." for i in "abcdefg"]
    ids = [*IDS, *(f"m{i}" for i in range(7))]
    pd.DataFrame({"id": ids, "text": TEXTS + more}).to_parquet(folder / "docs.parquet")
    measured, out = figures(folder, "--index", made(dict(zip(IDS, TEXTS, strict=True))))
    said = "Left out, as the index lacks them: 7 of 11 documents, none of them judged: m0, m1, "
    assert f"{said}m2, m3, m4, ….\n" in out
    assert json.loads(measured)["systems"]["BM25"] == json.loads(before)["systems"]["BM25"]


def test_judged_documents_that_the_index_lacks_are_refused(
    run: Run, folder: Path, made: Made
) -> None:
    index = made({"1": TEXTS[0]})
    refused(
        run(folder, "--index", index), f"{index} lacks 3 of the 4 documents", "2, 3, 4. Make an"
    )
    refused(run("--index", index), "lacks 45 of the 45 documents", ", …. Make an index")
    refused(run(folder, "--index", folder), "no index at")
