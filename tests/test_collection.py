from pathlib import Path

import pandas as pd
import pytest

from recommender import CatalogueError, Recommender
from recommender.catalogue import from_texts
from recommender.collection import Collection, name_in, read_collection
from recommender.priorities import Priorities
from recommender.schema import CATALOGUE

QUERIES = 'qid\tkind\ttext\ncause:justice\tcause\tJustice\nidea:x\t\tThe "best" schools\n'
QRELS = "cause:justice 0 1 2\ncause:justice 0 20 0\n\nidea:x 0 3 1\nidea:x 0 20 0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = pd.DataFrame({"id": [1, 3, 20], "text": ["Justice.", None, "학교"], "more": 0})
    documents.to_parquet(tmp_path / "docs.parquet")
    (tmp_path / "queries.tsv").write_text(QUERIES, encoding="utf-8")
    (tmp_path / "qrels.trec").write_text(QRELS, encoding="utf-8")
    return tmp_path


def problems(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as raised:
        read_collection(folder)
    assert raised.value.source == str(folder)
    return [str(problem) for problem in raised.value.problems]


def documents(folder: Path, **columns: list[object]) -> None:
    pd.DataFrame(columns).to_parquet(folder / "docs.parquet")


def test_a_collection_is_read_with_ids_as_text(folder: Path) -> None:
    found = read_collection(folder)
    assert found.documents.to_dict() == {"1": "Justice.", "3": "", "20": "학교"}
    assert found.queries.to_dict("index") == {
        "cause:justice": {"kind": "cause", "text": "Justice"},
        "idea:x": {"kind": "text", "text": 'The "best" schools'},
    }
    assert found.qrels.to_numpy().tolist() == [
        ["cause:justice", "1", 2],
        ["cause:justice", "20", 0],
        ["idea:x", "3", 1],
        ["idea:x", "20", 0],
    ]
    assert found.qrels.columns.tolist() == ["query_id", "doc_id", "relevance"]


def test_queries_may_have_no_kind_and_call_their_id_so(folder: Path) -> None:
    text = "\ufeffid\ttext\r\ncause:justice\tJustice\r\nidea:x\tSchools\r\n"
    (folder / "queries.tsv").write_text(text, encoding="utf-8", newline="")
    found = read_collection(folder).queries
    assert found["kind"].tolist() == ["text", "text"]
    assert found["text"].tolist() == ["Justice", "Schools"]


def test_letters_are_compared_in_their_composed_form(folder: Path) -> None:
    documents(folder, id=["\u1100\u1161", "3"], text=["\u1112\u1161\u11a8", "x"])
    (folder / "qrels.trec").write_text("idea:x 0 \uac00 1\n", encoding="utf-8")
    assert read_collection(folder).documents.to_dict() == {"가": "학", "3": "x"}


def test_queries_can_be_kept_by_what_they_name(folder: Path) -> None:
    found = read_collection(folder)
    kept = found.naming(["justice", "education"])
    assert kept.queries.index.tolist() == ["cause:justice"]
    assert kept.qrels["doc_id"].tolist() == ["1", "20"]
    assert len(found.queries) == 2
    assert [name_in(query) for query in ("cause:justice", "justice")] == ["justice", "justice"]


def test_queries_without_a_judgement_can_be_left_out(folder: Path) -> None:
    (folder / "qrels.trec").write_text("idea:x 0 3 1\n", encoding="utf-8")
    found = read_collection(folder)
    assert found.queries.index.tolist() == ["cause:justice", "idea:x"]
    assert found.judged().queries.index.tolist() == ["idea:x"]


def test_a_folder_that_is_none_is_one_problem(tmp_path: Path) -> None:
    [problem] = problems(tmp_path / "none")
    assert problem.startswith("folder: found no folder; expected a folder with docs.parquet")


@pytest.mark.parametrize("name", ["docs.parquet", "queries.tsv", "qrels.trec"])
def test_a_missing_file_is_one_problem(folder: Path, name: str) -> None:
    (folder / name).unlink()
    [problem] = problems(folder)
    assert problem.startswith(f"{name}: found no file; expected ")


@pytest.mark.parametrize("name", ["docs.parquet", "queries.tsv", "qrels.trec"])
def test_an_unreadable_file_is_one_problem(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"PAR1\xff\xfe")
    [problem] = problems(folder)
    assert problem.startswith(f"{name}: found nothing readable (")


WRONG = {
    "no id": ({"text": ["x"]}, ["docs.parquet, header: found no column 'id' among 'text'"]),
    "no text": ({"id": [1]}, ["docs.parquet, header: found no column 'text' among 'id'"]),
    "numbers for texts": ({"id": [1], "text": [2]}, ["docs.parquet, column text: found cells of"]),
    "lists for ids": (
        {"id": [["1"]], "text": ["x"]},
        ["docs.parquet, column id: found cells of object; expected text or whole numbers"],
    ),
    "an id twice": (
        {"id": ["1", "3", "20", "3"], "text": ["x"] * 4},
        ["docs.parquet, row 4, id: found '3' again; expected each id once"],
    ),
    "an empty id": (
        {"id": ["1", "3", "20", None], "text": ["x"] * 4},
        ["docs.parquet, row 4, id: found nothing; expected an id"],
    ),
    "unknown documents, each once": (
        {"id": ["1"], "text": ["x"]},
        [
            "qrels.trec, line 2: found '20'; expected an id of docs.parquet",
            "qrels.trec, line 4: found '3'; expected an id of docs.parquet",
        ],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_documents_is_told_with_its_place(folder: Path, case: str) -> None:
    columns, expected = WRONG[case]
    documents(folder, **columns)
    found = problems(folder)
    assert len(found) == len(expected)
    for problem, start in zip(found, expected, strict=True):
        assert problem.startswith(start)


def test_no_document_at_all_is_a_problem(folder: Path) -> None:
    pd.DataFrame({"id": pd.Series(dtype=str), "text": pd.Series(dtype=str)}).to_parquet(
        folder / "docs.parquet"
    )
    assert problems(folder)[0] == "docs.parquet: found no row; expected at least one"


LINES = {
    "an empty file": ("queries.tsv", "", "header: found no column 'qid' among ''"),
    "no text": ("queries.tsv", "qid\tkind\nidea:x\tk\n", "header: found no column 'text'"),
    "too few fields": ("queries.tsv", f"{QUERIES}more\n", "line 4: found 1 fields; expected 3"),
    "an empty query": ("queries.tsv", f"{QUERIES}y\tk\t \n", "line 4, text: found nothing"),
    "a query twice": (
        "queries.tsv",
        f"{QUERIES}idea:x\tk\ty\n",
        "line 4, id: found 'idea:x' again",
    ),
    "no query": ("queries.tsv", "qid\ttext\n", "queries.tsv: found no row"),
    "five fields": ("qrels.trec", "idea:x 0 3 1 1\n", "line 1: found 5 fields; expected four"),
    "a word for a grade": ("qrels.trec", "idea:x 0 3 much\n", "line 1, grade: found 'much'"),
    "half a grade": ("qrels.trec", "idea:x 0 3 1.5\n", "line 1, grade: found '1.5'"),
    # trec_eval would try to hold an array of that length.
    "an enormous grade": ("qrels.trec", "idea:x 0 3 1000000000000\n", "line 1, grade: found '1000"),
    "a pair twice": ("qrels.trec", "idea:x 0 3 1\n" * 2, "line 2: found the pair twice"),
    "an unknown query": ("qrels.trec", "y 0 3 1\n", "line 1: found 'y'; expected an id of queries"),
    "no judgement": ("qrels.trec", "\n", "qrels.trec: found no row; expected at least one"),
}


@pytest.mark.parametrize("case", LINES)
def test_what_is_wrong_with_a_line_is_told_with_its_place(folder: Path, case: str) -> None:
    name, text, expected = LINES[case]
    (folder / name).write_text(text, encoding="utf-8")
    found = problems(folder)
    assert expected in found[0]
    assert found[0].startswith(name)
    assert len(found) == 1 or case in ("no query", "an empty file")


def test_all_problems_are_told_at_once_in_the_order_of_the_files(folder: Path) -> None:
    documents(folder, id=["1", "1"], text=["x", "y"])
    (folder / "queries.tsv").write_text("qid\ttext\na\tx\na\ty\n\t\n z\t\n", encoding="utf-8")
    (folder / "qrels.trec").write_text("a 0 2 x\nb 0 1 1\n", encoding="utf-8")
    places = [problem.split(": found")[0] for problem in problems(folder)]
    assert places == [
        "docs.parquet, row 2, id",
        "queries.tsv, line 5, text",
        "queries.tsv, line 3, id",
        "qrels.trec, line 1, grade",
        "qrels.trec, line 2",
        "qrels.trec, line 1",
    ]


def test_texts_become_a_catalogue_by_their_script() -> None:
    found = from_texts(pd.Series({"b": "Schools", "a": "학교 school", "c": ""}))
    assert found.index.tolist() == ["b", "a", "c"]
    assert found.index.name == "charity_id"
    assert found.columns.tolist() == [column.name for column in CATALOGUE[1:]]
    assert found["description"].to_dict() == {"b": "Schools", "a": "", "c": ""}
    assert found["description_ko"].to_dict() == {"b": "", "a": "학교 school", "c": ""}
    assert set(found["name"]) == {""}
    assert set(found["lobbies"]) == {"not stated"}


def test_an_id_adds_nothing_to_a_score(priorities: Priorities) -> None:
    texts = ["Schools teach refugees.", "Courts try crimes; justice.", "A library.", ""]

    def scores(ids: list[str]) -> list[float]:
        model = Recommender(priorities=priorities).fit(from_texts(pd.Series(texts, index=ids)))
        return model.recommend({"education": 5}, text="justice")["score"][ids].tolist()

    plain = scores(["1", "2", "3", "4"])
    assert min(plain[:2]) > 0 == plain[3]
    assert scores(["teach", "justice", "schools", "education"]) == plain
    assert scores(["Schools", "Courts", "library", "courts"]) == plain


def test_a_collection_is_not_changed_by_what_is_kept_of_it(folder: Path) -> None:
    found = read_collection(folder)
    before = Collection(found.documents.copy(), found.queries.copy(), found.qrels.copy())
    found.naming(["justice"]).judged()
    pd.testing.assert_frame_equal(found.queries, before.queries)
    pd.testing.assert_frame_equal(found.qrels, before.qrels)
