import os
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender import CatalogueError, RecommenderError, tally
from recommender.background import Background
from recommender.priorities import Priorities
from recommender.tally import MOST_PROBLEMS, BatchReader, Pass, Terms, read_catalogue

TEXTS = ["Runs schools.", "Feeds people and runs schools.", "Feeds people.", "Runs gardens."]
KOREAN = ["", "", "", "학교를 운영합니다."]


def nothing(*_: object) -> None:
    pass


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Four charities, a row group each; the last is the one with a text in Korean."""
    table = {
        "charity_id": list("dcba"),
        "name": ["Xyz"] * 4,
        "description": TEXTS,
        "description_ko": KOREAN,
    }
    pq.write_table(pa.table(table), tmp_path / "four.parquet", row_group_size=1)
    return tmp_path / "four.parquet"


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    (tmp_path / "scratch").mkdir()
    return tmp_path / "scratch"


def passed(source: Path, scratch: Path, priorities: Priorities, workers: int = 1) -> Pass:
    found = Pass()
    for batch in read_catalogue(source, scratch, priorities, workers, nothing):
        found.take(batch)
    return found


def dense(found: Pass, language: str) -> dict[str, list[int]]:
    """How often each term stands in each text."""
    terms = list(found.terms[language].numbers)
    counted = {term: [] for term in terms}
    for numbers, counts in found.counts(language):
        for row in counts.toarray():
            of_row = {terms[number]: int(n) for number, n in zip(numbers, row, strict=True)}
            for term in terms:
                counted[term].append(of_row.get(term, 0))
    return counted


@pytest.mark.parametrize("workers", [1, 2])
def test_every_term_is_counted_whoever_reads_it(
    source: Path, scratch: Path, priorities: Priorities, workers: int
) -> None:
    found = passed(source, scratch, priorities, workers)
    assert found.size == 4
    assert [batch.rows for batch in found.batches] == [1] * 4
    counted = dense(found, "en")
    assert counted["school"] == [1, 1, 0, 0]
    assert counted["garden"] == [0, 0, 0, 1]
    assert set(counted) == {t for text in TEXTS for t in priorities.analyser.terms(text, "en")}
    korean = dense(found, "ko")
    assert set(korean) == set(priorities.analyser.terms(KOREAN[3], "ko"))
    assert all(counts[:3] == [0, 0, 0] for counts in korean.values())


def test_a_vocabulary_tells_in_how_many_texts_terms_stand(
    source: Path, scratch: Path, priorities: Priorities
) -> None:
    found = passed(source, scratch, priorities)
    vocabulary = found.vocabulary("en", Background(), 0.0)
    at = vocabulary.terms.find("school")
    assert (vocabulary.frequency[at], vocabulary.documents) == (2, 4)
    assert found.vocabulary("ko", Background(), 0.0).documents == 1


def test_terms_of_several_readers_are_numbered_once() -> None:
    terms = Terms()
    terms.meet("one", ["a", "b"])
    terms.meet("other", ["b", "c"])
    terms.meet("one", ["c", "d"])
    assert list(terms.numbers) == ["a", "b", "c", "d"]
    assert terms.of_reader == {"one": [0, 1, 2, 3], "other": [1, 2]}


def test_a_csv_file_comes_in_batches_as_well(
    tmp_path: Path, scratch: Path, priorities: Priorities, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "BATCH", 2)
    rows = "".join(f"{i},Xyz,{text}\n" for i, text in zip("dcba", TEXTS, strict=True))
    source = tmp_path / "four.csv"
    source.write_text(f"charity_id,name,description\n{rows}", encoding="utf-8")
    found = passed(source, scratch, priorities)
    assert [batch.rows for batch in found.batches] == [2, 2]
    assert dense(found, "en")["school"] == [1, 1, 0, 0]


def test_a_batch_keeps_its_first_problems_and_counts_all(
    tmp_path: Path, priorities: Priorities
) -> None:
    size = MOST_PROBLEMS + 7
    table = {"charity_id": [f"c{i}" for i in range(size)], "name": ["!"] * size}
    table = pa.table(table | {"description": ["Text."] * size})
    found = BatchReader(priorities, "own").read(table, 11, tmp_path / "batch")
    assert (len(found.problems), found.wrong) == (MOST_PROBLEMS, size)
    assert found.problems[0].where == "row 11, column name"


def test_a_missing_file_is_told(tmp_path: Path, scratch: Path, priorities: Priorities) -> None:
    with pytest.raises(RecommenderError, match=r"no file .*none\.parquet. Name an existing"):
        passed(tmp_path / "none.parquet", scratch, priorities)


@pytest.mark.parametrize("workers", [1, 2])
def test_bytes_that_cannot_be_read_are_told_by_whichever_process(
    tmp_path: Path, scratch: Path, priorities: Priorities, workers: int
) -> None:
    rows = np.random.default_rng(1).integers(10**9, size=3000)
    table = {name: [f"{name} {n}" for n in rows] for name in ("charity_id", "name", "description")}
    source = tmp_path / "damaged.parquet"
    pq.write_table(pa.table(table), source, row_group_size=1500, use_dictionary=False)
    content = source.read_bytes()
    source.write_bytes(content[:4] + b"\xff" * 4000 + content[4004:])
    with pytest.raises(CatalogueError, match="row group 0: found unreadable bytes"):
        passed(source, scratch, priorities, workers)


class Killed:
    """A pool whose process was stopped."""

    def __init__(self, *_: object) -> None:
        pass

    def submit(self, *_: object) -> "Killed":
        return self

    def result(self) -> None:
        raise BrokenProcessPool("terminated abruptly")

    def shutdown(self, **_: object) -> None:
        pass


def test_a_process_that_was_stopped_is_told(
    source: Path, scratch: Path, priorities: Priorities, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "ProcessPoolExecutor", Killed)
    with pytest.raises(RecommenderError, match=r"was stopped.*Give fewer --workers"):
        passed(source, scratch, priorities, workers=2)


def test_processes_are_no_more_than_row_groups(
    source: Path, scratch: Path, priorities: Priorities, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pq.read_table(source)
    pq.write_table(whole, source)
    monkeypatch.setattr(tally, "ProcessPoolExecutor", None)
    found = passed(source, scratch, priorities, workers=os.cpu_count() or 2)
    assert [batch.rows for batch in found.batches] == [4]
