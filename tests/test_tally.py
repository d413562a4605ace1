from itertools import count
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender import CatalogueError, RecommenderError, tally
from recommender.background import Background
from recommender.counted import MOST_PROBLEMS, BatchReader, load_weighted
from recommender.priorities import Priorities
from recommender.tally import Share, Tally, Terms, read_catalogue, shares_of
from recommender.tasks import tasks

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


@pytest.fixture(autouse=True)
def a_row_group_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a file of millions, each row group is a task."""
    monkeypatch.setattr(tally, "SHARE", 1)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    (tmp_path / "scratch").mkdir()
    return tmp_path / "scratch"


def tallied(source: Path, scratch: Path, priorities: Priorities, workers: int = 1) -> Tally:
    found, shares = Tally(), shares_of(source)
    with tasks(workers) as submit:
        for batch in read_catalogue(source, shares, scratch, priorities, submit, nothing):
            found.take(batch)
    return found


def dense(found: Tally, language: str) -> dict[str, list[int]]:
    """How often each term stands in each text."""
    terms = list(found.terms[language].numbers)
    counted = {term: [] for term in terms}
    for batch, numbers in zip(found.batches, found.terms[language].of_batch, strict=True):
        for row in batch.counts(language).toarray():
            of_row = {terms[number]: int(n) for number, n in zip(numbers, row, strict=True)}
            for term in terms:
                counted[term].append(of_row.get(term, 0))
    return counted


@pytest.mark.parametrize("workers", [1, 2])
def test_every_term_is_counted_whoever_reads_it(
    source: Path, scratch: Path, priorities: Priorities, workers: int
) -> None:
    found = tallied(source, scratch, priorities, workers)
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
    found = tallied(source, scratch, priorities)
    vocabulary = found.terms["en"].vocabulary(Background(), 0.0)
    at = vocabulary.terms.find("school")
    assert (vocabulary.frequency[at], vocabulary.documents) == (2, 4)
    assert found.terms["ko"].vocabulary(Background(), 0.0).documents == 1


class Batch:
    """A batch of which only the terms are known."""

    def __init__(self, *terms: str) -> None:
        self._terms, self.documents = list(terms), {"en": 2}

    def terms(self, _: str) -> list[str]:
        return self._terms

    def frequency(self, _: str) -> np.ndarray:
        return np.ones(len(self._terms), dtype=np.int64)


def test_terms_of_several_batches_are_numbered_once() -> None:
    terms = Terms()
    for batch in (Batch("a", "b"), Batch("b", "c"), Batch(), Batch("d", "a")):
        terms.meet(batch, "en")
    assert list(terms.numbers) == ["a", "b", "c", "d"]
    assert [own.tolist() for own in terms.of_batch] == [[0, 1], [1, 2], [], [3, 0]]
    assert terms.vocabulary(Background(), 0.0).frequency.tolist() == [2, 2, 1, 1]
    assert terms.documents == 8


def test_there_is_room_for_as_many_terms_as_come() -> None:
    terms, number = Terms(), count()
    for _ in range(7):
        terms.meet(Batch(*(f"t{next(number)}" for _ in range(999))), "en")
    assert terms.vocabulary(Background(), 0.0).frequency.tolist() == [1] * 6993


def test_a_csv_file_comes_in_batches_as_well(
    tmp_path: Path, scratch: Path, priorities: Priorities, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "BATCH", 2)
    rows = "".join(f"{i},Xyz,{text}\n" for i, text in zip("dcba", TEXTS, strict=True))
    source = tmp_path / "four.csv"
    source.write_text(f"charity_id,name,description\n{rows}", encoding="utf-8")
    assert shares_of(source) == []
    found = tallied(source, scratch, priorities)
    assert [batch.rows for batch in found.batches] == [2, 2]
    assert dense(found, "en")["school"] == [1, 1, 0, 0]


def test_a_batch_keeps_its_first_problems_and_counts_all(
    tmp_path: Path, priorities: Priorities
) -> None:
    size = MOST_PROBLEMS + 7
    table = {"charity_id": [f"c{i}" for i in range(size)], "name": ["!"] * size}
    table = pa.table(table | {"description": ["Text."] * size})
    found = BatchReader(priorities).read(table, 11, tmp_path / "batch")
    assert (len(found.problems), found.wrong) == (MOST_PROBLEMS, size)
    assert found.problems[0].where == "row 11, column name"


def test_a_batch_has_the_terms_of_its_own_texts_alone(
    source: Path, scratch: Path, priorities: Priorities
) -> None:
    """Whatever its reader has read before: else an index would depend on who read what."""
    first, *_, last = tallied(source, scratch, priorities).batches
    assert set(last.terms("en")) == set(priorities.analyser.terms(TEXTS[3], "en"))
    assert first.terms("ko") == []


def test_a_batch_that_is_weighted_twice_is_the_same(
    source: Path, scratch: Path, priorities: Priorities
) -> None:
    """As where a worker was thought dead, and its task was done again."""
    found = tallied(source, scratch, priorities)
    batch, terms = found.batches[1], found.terms["en"]
    batch.put_places("en", terms.of_batch[1], terms.vocabulary(Background(), 0.0))
    one, other = batch.weighted("en"), batch.weighted("en")
    assert one != other
    for left, right in zip(
        vars(load_weighted(one, "en")).values(),
        vars(load_weighted(other, "en")).values(),
        strict=True,
    ):
        assert left.tobytes() == right.tobytes()


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (1, [Share([0], 1), Share([1], 2), Share([2], 3), Share([3], 4)]),
        (2, [Share([0, 1], 1), Share([2, 3], 3)]),
        (3, [Share([0, 1, 2], 1), Share([3], 4)]),
        (9, [Share([0, 1, 2, 3], 1)]),
    ],
)
def test_small_row_groups_are_read_together(
    source: Path,
    scratch: Path,
    priorities: Priorities,
    monkeypatch: pytest.MonkeyPatch,
    share: int,
    expected: list[Share],
) -> None:
    monkeypatch.setattr(tally, "SHARE", share)
    assert shares_of(source) == expected
    assert dense(tallied(source, scratch, priorities), "en")["school"] == [1, 1, 0, 0]


def test_a_missing_file_is_told(tmp_path: Path, scratch: Path, priorities: Priorities) -> None:
    with pytest.raises(RecommenderError, match=r"no file .*none\.parquet. Name an existing"):
        tallied(tmp_path / "none.parquet", scratch, priorities)


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
        tallied(source, scratch, priorities, workers)
