from pathlib import Path

import pandas as pd
import pytest

from benchmarks import length
from recommender.collection import Collection, read_collection

SHORT, LONG = "Runs schools.", "Runs schools and teaches children, and grows gardens besides."


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """Ten charities, of which the five with the shorter texts are about education."""
    texts = [SHORT] * 5 + [LONG.replace("schools and teaches", "farms with")] * 5
    table = {"id": [f"d{i}" for i in range(10)], "text": texts}
    pd.DataFrame(table).to_parquet(tmp_path / "docs.parquet")
    asked = ["qid\tkind\ttext", "c:education\tc\tschools", "c:nothing\tc\tnone"]
    (tmp_path / "queries.tsv").write_text("\n".join(asked), encoding="utf-8")
    graded = [f"c:education 0 d{i} {2 if i < 5 else 1}" for i in range(10)]
    (tmp_path / "qrels.trec").write_text("\n".join([*graded, "c:nothing 0 d0 2"]), "utf-8")
    return read_collection(tmp_path)


def test_the_relevant_and_those_ranked_first_are_told_by_length(collection: Collection) -> None:
    found = length.lengths(collection)
    assert found["words"].tolist() == [2, 2, 5, 8, 8]
    assert found["relevant"].tolist() == [0.4, 0.4, 0.2, 0, 0]
    assert found["ranked"].tolist() == [0.4, 0.4, 0.2, 0, 0]


def test_a_row_a_group(collection: Collection) -> None:
    rows = length.table(length.lengths(collection)).splitlines()
    assert len(rows) == 2 + length.GROUPS
    assert rows[2] == "| 2 | 40.0% | 40.0% |"
