"""benchmarks/match.py finds what recommend finds. How long anything takes is not tested."""

from pathlib import Path

import pytest
from bulk_samples import index_of

from benchmarks import match


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return index_of(tmp_path_factory.mktemp("index"), 120)


def test_every_way_is_a_row_and_finds_the_same(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match, "BLOCK", 4)
    head, rule, *rows, _, where = match.table(index, 12, tmp_path).splitlines()
    assert head.startswith("| 12 donors, 120 charities |")
    assert {line.count("|") for line in (head, rule, *rows)} == {7}
    assert len(rows) in (3, 4)
    assert where.startswith("Measured on ")


def test_other_charities_than_those_of_recommend_are_an_error(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match, "one_by_one", lambda *_: (1.0, ["none"]))
    with pytest.raises(AssertionError, match="found others than recommend"):
        match.table(index, 3, tmp_path)
