from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender import CatalogueError, load_catalogue
from recommender.batches import (
    fingerprint,
    fingerprint_of,
    open_parquet,
    print_of,
    read_groups,
    tidied,
    wrong_cells,
)
from recommender.cells import MAX_FIELD
from recommender.charities import Charities

RIGHT = {"charity_id": ["a"], "name": ["A"], "description": ["Text."]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.parquet"


def problems(path: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        open_parquet(path)
    return [str(problem) for problem in caught.value.problems]


def test_every_wrong_column_is_told_at_once(path: Path) -> None:
    table = pa.table({"charity_id": ["a"], "Name": ["A"], "figures": [["x"]], "base": [{"a": 1}]})
    pq.write_table(table, path)
    found = problems(path)
    assert len(found) == 5
    assert "header: found column 'Name'; expected one of aliases, base" in found[0]
    assert found[1].startswith("column figures: found list<")
    assert found[2].startswith("column base: found struct<")
    assert found[3:] == [
        f"header: found no column '{name}'; expected {name}: required"
        for name in ("name", "description")
    ]


def test_a_column_that_stands_twice_is_told(path: Path) -> None:
    columns = [pa.array(["a"])] * 4
    names = ["charity_id", "name", "description", "name"]
    pq.write_table(pa.Table.from_arrays(columns, names), path)
    assert problems(path) == ["header: found column 'name' twice; expected each column once"] * 2


def test_a_file_without_rows_is_told(path: Path) -> None:
    pq.write_table(pa.table(RIGHT).slice(0, 0), path)
    assert problems(path) == ["file: found no row; expected at least one"]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"charity_id,name\n" * 9])
def test_a_file_of_something_else_is_told(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    (found,) = problems(path)
    assert found.startswith("file: found no readable Parquet (")


def test_a_truncated_or_damaged_file_is_told(path: Path) -> None:
    rows = np.random.default_rng(1).integers(10**9, size=3000)
    many = {name: [f"{name} {n}" for n in rows] for name in RIGHT}
    pq.write_table(pa.table(many), path, use_dictionary=False)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "no readable Parquet" in problems(path)[0]
    path.write_bytes(whole[:4] + b"\xff" * 4000 + whole[4004:])
    with pytest.raises(CatalogueError, match="row group 0: found unreadable bytes"):
        list(read_groups(path, open_parquet(path), [0]))


def test_the_labels_that_pandas_gives_rows_are_no_column(path: Path) -> None:
    pd.DataFrame(RIGHT, index=["x"]).to_parquet(path)
    (table,) = read_groups(path, open_parquet(path), [0])
    assert table.column_names == list(RIGHT)
    assert load_catalogue(path).index.tolist() == ["a"]


def test_cells_are_tidied_text_whatever_their_type(path: Path) -> None:
    table = pa.table(
        {
            "charity_id": pa.array(["a", "b"]).dictionary_encode(),
            "name": pa.array([" A\x00 ", "e\N{COMBINING ACUTE ACCENT}"], pa.large_string()),
            "description": ["Text.", "Text."],
            "founded": [1999, None],
            "status": ["closed", None],
        }
    )
    pq.write_table(table, path)
    (found,) = read_groups(path, open_parquet(path), [0])
    assert found.column("name").to_pylist() == ["A", "é"]
    assert found.column("founded").to_pylist() == ["1999", ""]
    assert found.column("status").to_pylist() == ["closed", "not stated"]
    assert set(found.schema.types) == {pa.string()}


def test_wrong_cells_are_those_that_a_catalogue_in_memory_has(path: Path) -> None:
    table = {
        "charity_id": ["a", "b b", "c", "d"],
        "name": ["A", "1", "C", ""],
        "description": ["Text.", "Text.", "x" * (MAX_FIELD + 1), "…"],
        "website": ["", "ftp://a.org", "https://a.org", "a"],
        "size": ["under 10k", "", "huge", "huge"],
    }
    pq.write_table(pa.table(table), path)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(path)
    (rows,) = read_groups(path, open_parquet(path), [0])
    found = list(map(str, wrong_cells(rows, 1)))
    assert sorted(found) == sorted(map(str, caught.value.problems))
    assert [int(said.split(",")[0][4:]) for said in found] == [2, 2, 2, 3, 3, 4, 4, 4, 4]
    assert str(next(wrong_cells(rows, 8))).startswith("row 9, ")


def table_of(catalogue: pd.DataFrame) -> pa.Table:
    return Charities.of(catalogue).table


def test_the_fingerprint_changes_with_any_cell_and_not_with_the_order(
    catalogue: pd.DataFrame,
) -> None:
    before = fingerprint(table_of(catalogue))
    assert len(before) == 12
    assert int(before, 16) >= 0
    assert fingerprint(table_of(catalogue.sample(frac=1, random_state=3))) == before
    for column in ("name", "status_note_ko", "figures"):
        changed = catalogue.copy()
        changed.loc["khf", column] += "."
        assert fingerprint(table_of(changed)) != before
    moved = catalogue.assign(base=catalogue["serves"], serves=catalogue["base"])
    for changed in (
        moved,
        catalogue.drop(index="khf"),
        catalogue.rename(index={"khf": "khg"}),
        pd.concat([catalogue, catalogue.iloc[:1]]),
    ):
        assert fingerprint(table_of(changed)) != before


def test_the_prints_of_parts_add_up_and_what_is_absent_does_not_count(
    catalogue: pd.DataFrame,
) -> None:
    table = table_of(catalogue)
    assert print_of(pa.table({"base": ["x"]})) != print_of(pa.table({"serves": ["x"]}))
    parts = sum(print_of(table.slice(start, 10)) for start in range(0, len(table), 10))
    assert fingerprint_of(parts) == fingerprint(table)
    few = pa.table(RIGHT)
    full = tidied(few.append_column("status", [[""]]).append_column("base", [[None]]))
    assert full.column("status").to_pylist() == ["not stated"]
    assert fingerprint(full) == fingerprint(few)
