import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from recommender.errors import CatalogueError, RecommenderError
from recommender.labelled import Labelled, read_labelled

KNOWN = ("animals", "housing")
MEANT: dict[str, Any] = {"animals": ["D2", "C"], "housing": {"ntee": ["l"], "ukcat": ["HO"]}}
ROWS = [
    {"text": "Cats.", "ntee": "D20", "name": "CAT HOUSE"},
    {"text": "Homes.", "ntee": " l21 ", "name": ""},
    {"text": "Trees.", "ntee": "C30", "name": "Trees Ltd"},
    {"text": "Songs.", "ntee": "A60", "name": "Choir"},
]


def write(folder: Path, rows: list[dict[str, Any]], meant: Any = MEANT) -> tuple[Path, Path]:
    pd.DataFrame(rows).to_csv(folder / "labelled.csv", index=False)
    (folder / "map.json").write_text(json.dumps(meant), encoding="utf-8")
    return folder / "labelled.csv", folder / "map.json"


def read(folder: Path, rows: list[dict[str, Any]], meant: Any = MEANT) -> Labelled:
    return read_labelled(*write(folder, rows, meant), KNOWN)


def places(caught: pytest.ExceptionInfo[CatalogueError]) -> list[str]:
    return [problem.where for problem in caught.value.problems]


def test_charities_are_read_with_their_names_and_codes(tmp_path: Path) -> None:
    found = read(tmp_path, ROWS)
    assert found.texts == ["Cat House. Cats.", "Homes.", "Choir. Songs.", "Trees Ltd. Trees."]
    assert found.codes.tolist() == ["D20", "L21", "A60", "C30"]
    assert found.meant == {"animals": ("D2", "C"), "housing": ("L",)}
    assert list(found.meant) == ["animals", "housing"]
    assert found.groups().tolist() == ["D", "L", "A", "C"]


def test_a_code_means_a_priority_if_it_begins_with_one_of_the_maps(tmp_path: Path) -> None:
    codes = ["D20", "D2", "D", "D3", "XD2", "C", "L", "AL"]
    found = read(tmp_path, [{"text": "Words.", "ntee": code} for code in codes])
    assert found.codes.tolist() == sorted(codes)
    animals, housing = found.labels().T
    assert found.codes[animals].tolist() == ["C", "D2", "D20"]
    assert found.codes[housing].tolist() == ["L"]


def test_the_source_names_the_file_and_its_fingerprint(tmp_path: Path) -> None:
    path, meant = write(tmp_path, ROWS)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_labelled(path, meant, KNOWN).source == f"labelled.csv (sha256 {digest[:12]})"


def test_parquet_is_read_like_csv(tmp_path: Path) -> None:
    expected = read(tmp_path, ROWS)
    pd.DataFrame(ROWS).to_parquet(tmp_path / "labelled.parquet")
    found = read_labelled(tmp_path / "labelled.parquet", tmp_path / "map.json", KNOWN)
    assert found.texts == expected.texts
    assert found.codes.tolist() == expected.codes.tolist()


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_charities_without_text_or_code_are_left_out(tmp_path: Path, suffix: str) -> None:
    empty = [
        {"text": text, "ntee": code, "name": "Named"}
        for text, code in [
            (None, "D20"),
            ("", "D20"),
            (" \u200b", "D20"),
            ("A.", None),
            ("A.", " "),
        ]
    ]
    path, meant = write(tmp_path, empty + ROWS)
    if suffix == "parquet":
        path = path.with_suffix(".parquet")
        pd.DataFrame(empty + ROWS).to_parquet(path)
    found = read_labelled(path, meant, KNOWN)
    assert found.codes.tolist() == ["D20", "L21", "A60", "C30"]
    assert found.texts[0] == "Cat House. Cats."


def test_texts_are_normalised(tmp_path: Path) -> None:
    rows = [{"text": "Ca\u200bts\u202e.", "ntee": "D20", "name": "CA\u200bT"}, *ROWS]
    assert "Cat. Cats." in read(tmp_path, rows).texts


def test_another_order_of_the_rows_reads_the_same(tmp_path: Path) -> None:
    one, two = read(tmp_path, ROWS), read(tmp_path, ROWS[::-1])
    assert one.texts == two.texts
    assert one.codes.tolist() == two.codes.tolist()


def test_a_name_is_optional(tmp_path: Path) -> None:
    rows = [{"text": row["text"], "ntee": row["ntee"]} for row in ROWS]
    assert read(tmp_path, rows).texts == ["Cats.", "Homes.", "Songs.", "Trees."]


def test_codes_may_be_of_another_scheme(tmp_path: Path) -> None:
    rows = [{"text": "Cats.", "ukcat": "AN101"}, {"text": "Homes.", "ukcat": "HO1"}]
    meant = {"animals": {"ntee": ["D"], "ukcat": ["AN"]}, "housing": {"ukcat": ["HO"]}}
    found = read_labelled(*write(tmp_path, rows, meant), KNOWN, "ukcat")
    assert found.meant == {"animals": ("AN",), "housing": ("HO",)}
    assert found.labels().tolist() == [[True, False], [False, True]]


def test_every_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        read(tmp_path, [{"mission": "Cats.", "code": "D20"}])
    told = [(problem.found, problem.expected) for problem in caught.value.problems]
    assert told == [
        ("mission, code", "a column text"),
        ("mission, code", "a column ntee"),
    ]


def test_every_priority_that_no_charity_is_labelled_with_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        read(tmp_path, ROWS[3:])
    assert places(caught) == ["animals", "housing"]
    assert "labelled.csv" in str(caught.value)
    with pytest.raises(CatalogueError) as caught:
        read(tmp_path, ROWS[:1])
    assert places(caught) == ["housing"]


@pytest.mark.parametrize(
    ("meant", "expected"),
    [
        ([], ["file"]),
        ({}, ["file"]),
        ({"animals": [], "housing": "L"}, ["animals", "housing"]),
        ({"animals": {"ukcat": ["AN"]}, "housing": [3]}, ["animals", "housing"]),
        ({"animals": [""], "housing": ["L", " "]}, ["animals", "housing"]),
        ({"animals": ["D"], "zoos": ["D"], "parks": None}, ["parks", "zoos", "parks"]),
    ],
)
def test_a_bad_map_is_refused_with_every_problem(
    tmp_path: Path, meant: Any, expected: list[str]
) -> None:
    with pytest.raises(CatalogueError) as caught:
        read(tmp_path, ROWS, meant)
    assert places(caught) == expected
    assert "map.json" in str(caught.value)


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe{}"])
def test_a_map_that_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    path, meant = write(tmp_path, ROWS)
    meant.write_bytes(content)
    with pytest.raises(CatalogueError, match="JSON in UTF-8"):
        read_labelled(path, meant, KNOWN)


def test_missing_files_say_so(tmp_path: Path) -> None:
    path, meant = write(tmp_path, ROWS)
    with pytest.raises(RecommenderError, match=r"can't read .*none\.json"):
        read_labelled(path, tmp_path / "none.json", KNOWN)
    with pytest.raises(RecommenderError, match=r"no file .*none\.csv"):
        read_labelled(tmp_path / "none.csv", meant, KNOWN)
