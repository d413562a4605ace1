"""Tables that a visitor hands over: each hostile one with its outcome, alike from disk."""

import io
import zipfile
from collections.abc import Callable, Sized
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import CatalogueError, columnar, load_catalogue, parse_catalogue, tables
from recommender.cells import MAX_FIELD, MOST_PROBLEMS, ON_DISK, UPLOAD
from recommender.languages import codes, load_language
from recommender.refusals import heading, line, lines

HEAD = "charity_id,name,description"
TABLE = f"{HEAD}\na,n,d\nb,m,e\n"
KOREAN = f"{HEAD},description_ko\na,여명,d,북한이탈주민의 정착을 돕습니다.\n"


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def parquet(columns: dict[str, object] | None = None, **options: object) -> bytes:
    file = io.BytesIO()
    one = {"charity_id": ["a"], "name": ["n"], "description": ["d"]}
    pq.write_table(pa.table({**one, **(columns or {})}), file, **options)
    return file.getvalue()


def same(cell: str, rows: int) -> dict[str, object]:
    """A cell that stands in every row, and once in the file."""
    codes_ = pa.array([0] * rows, pa.int32())
    ids = [f"a{i}" for i in range(rows)]
    names = pa.DictionaryArray.from_arrays(codes_, pa.array(["n"]))
    texts = pa.DictionaryArray.from_arrays(codes_, pa.array([cell]))
    return {"charity_id": ids, "name": names, "description": texts}


def alike(rows: int, size: int) -> bytes:
    """Cells that are stored as their difference from the one before."""
    plain = dict.fromkeys(("charity_id", "name"), "DELTA_LENGTH_BYTE_ARRAY")
    cells = {k: [f"a{i}" for i in range(rows)] for k in plain}
    cells["description"] = ["x" * size + str(i) for i in range(rows)]
    encoded = {**plain, "description": "DELTA_BYTE_ARRAY"}
    return parquet(cells, use_dictionary=False, column_encoding=encoded, compression="zstd")


TWICE = pa.table([["a"]] * 4, names=["charity_id", "name", "description", "name"])


def twice() -> bytes:
    file = io.BytesIO()
    pq.write_table(TWICE, file)
    return file.getvalue()


# What is handed over, and how many charities it holds or what is wrong with it, and where.
OUTCOMES: dict[str, tuple[str | bytes, int | list[str]]] = {
    "UTF-8": (KOREAN, 1),
    "UTF-8 with a mark": (KOREAN.encode("utf-8-sig"), 1),
    "UTF-16 with a mark": (KOREAN.encode("utf-16"), 1),
    "UTF-16, big end first, with a mark": (b"\xfe\xff" + KOREAN.encode("utf-16-be"), 1),
    "UTF-16 without a mark": (KOREAN.encode("utf-16-le"), 1),
    "UTF-16, big end first, without a mark": (KOREAN.encode("utf-16-be"), 1),
    "UTF-32": (KOREAN.encode("utf-32"), 1),
    "CP949": (KOREAN.encode("cp949"), 1),
    "UTF-16 cut short": (KOREAN.encode("utf-16")[:-1], ["file: damaged"]),
    "Latin-1": (TABLE.replace("b,m", "b," + "café").encode("latin-1"), ["line 3: encoding"]),
    "Latin-1 that CP949 reads": (
        TABLE.replace("b,m", "b," + "Åland").encode("cp1252"),
        ["line 3: encoding"],
    ),
    "Chinese": (
        TABLE.replace("b,m", "b," + "帮助困难家庭的儿童").encode("gb2312"),
        ["line 3: encoding"],
    ),
    "Japanese": (
        TABLE.replace("b,m", "b," + "子どもを助ける").encode("euc-jp"),
        ["line 3: encoding"],
    ),
    "UTF-8 cut inside a letter": (KOREAN.encode()[:-6], ["line 2: encoding"]),
    "semicolons": (TABLE.replace(",", ";"), 2),
    "tabs below blank lines": ("\n\r\n" + TABLE.replace(",", "\t"), 2),
    "lines of an old Mac": (TABLE.replace("\n", "\r"), 2),
    "NUL, control and direction characters": (
        TABLE.replace("b,m", "b," + "\x00m\x1b\u202e\u2066"),
        2,
    ),
    "nothing": (b"", ["line 1: empty"]),
    "white space": (" \n\t\n", ["line 1: empty"]),
    "a mark alone": (b"\xef\xbb\xbf", ["line 1: empty"]),
    "a header alone": (HEAD, ["file: without"]),
    "a workbook": (zipped("[Content_Types].xml", "xl/workbook.xml"), ["file: workbook"]),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), ["file: workbook"]),
    "a zip": (zipped("mine.csv"), ["file: archive"]),
    "gzip": (b"\x1f\x8b\x08" + bytes(50), ["file: archive"]),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), ["file: picture"]),
    "a photograph": (b"\xff\xd8\xff\xe0" + bytes(99), ["file: picture"]),
    "a document": (b"%PDF-1.7\n" + bytes(99), ["file: document"]),
    "a web page": ("\n<!DOCTYPE html><table>", ["file: markup"]),
    "random bytes": (np.random.default_rng(1).bytes(900), ["line 1: encoding"]),
    "ragged rows": (f"{TABLE}c\nd,n,d,x\n", ["line 4: ragged", "line 5: ragged"]),
    "names and rows that are wrong": (
        f"{HEAD},name\na,n,d,m\nb\n",
        ["header: repeated", "line 3: ragged"],
    ),
    "all at once": (
        f"{HEAD},colour,lobbies\na,n,d,,perhaps\nb\na b,,?,,no\na,n,d,,\n",
        [
            "header: unknown",
            "line 2, column charity_id: twice",
            "line 2, column lobbies: choice",
            "line 3: ragged",
            "line 4, column charity_id: id",
            "line 4, column description: words",
            "line 4, column name: blank",
            "line 5, column charity_id: twice",
        ],
    ),
    "every kind of cell": (
        f"{HEAD},aliases,founded,works_in,last_evidence,website,tax_deductible,figures,country\n"
        "a,n,d,| |,4,moon,soon,www,US,many,USA\n",
        [
            f"line 2, column {name}"
            for name in (
                "aliases: items",
                "country: country",
                "figures: figures",
                "founded: year",
                "last_evidence: date",
                "tax_deductible: countries",
                "website: address",
                "works_in: places",
            )
        ],
    ),
    "an unclosed quotation mark": (f'{TABLE}c,"n,d\n', ["line 4: quotes"]),
    "an unclosed one, and all the rest": (
        f'{TABLE}c,?,d\nd,"n,{"x" * 140_000}',
        ["line 4, column name: words", "line 5: unclosed"],
    ),
    "a long cell": (f"{TABLE}c,n,{'x' * 20_001}", ["line 4, column description: length"]),
    "many columns": (f"{HEAD}{',x' * 1000}\n", ["header: columns", "header: repeated"]),
    "Parquet, whatever its name": (parquet(), 1),
    "Parquet of numbers and dates": (
        parquet({"founded": [2004.0], "last_evidence": pa.array([20_000], pa.date32())}),
        1,
    ),
    "Parquet of no numbers": (parquet({"founded": [float("nan")], "region": pa.nulls(1)}), 1),
    "Parquet of bytes and large texts": (
        parquet({"name": [b"n"], "description": pa.array(["d"], pa.large_string())}),
        1,
    ),
    "Parquet of differences": (alike(30, 40), 30),
    "Parquet of bytes that are no text": (parquet({"name": [b"\xff"]}), ["file: parquet"]),
    "Parquet of truths": (parquet({"lobbies": [True]}), ["row 1, column lobbies: choice"]),
    "Parquet of lists": (
        parquet({"aliases": [["x"]], "figures": [{"x": 1}]}),
        ["column aliases: nested", "column figures: nested"],
    ),
    "Parquet with a name twice": (twice(), ["header: repeated"]),
    "Parquet without a row": (parquet({name: [] for name in HEAD.split(",")}), ["file: without"]),
    "Parquet cut short": (parquet()[:-9], ["file: parquet"]),
    "a beginning of Parquet": (b"PAR1", ["file: parquet"]),
}
# Within what a file on disk may be, but more than a visitor's.
TOO_LARGE: dict[str, tuple[bytes, list[str]]] = {
    "a large file": (f"{TABLE}c,n,".encode() + b"x" * UPLOAD.size, ["file: size"]),
    "many rows": (HEAD.encode() + b"\na,n,d" * (UPLOAD.rows + 1), ["file: rows"]),
    "columns": (f"{HEAD}{',x' * 198}\n".encode(), ["header: columns", "header: repeated"]),
    "many rows of Parquet": (parquet(same("d", UPLOAD.rows + 1)), ["file: rows"]),
    "a cell in every row": (parquet(same("x" * 19_000, 20_000)), ["file: unpacked"]),
    "a huge cell in every row": (
        parquet(same("x" * 9_000_000, 20_000), compression="zstd"),
        ["file: unpacked"],
    ),
    "a huge cell": (parquet({"name": ["x" * 11_000_000]}, compression="zstd"), ["file: unpacked"]),
    "huge differences": (alike(20_000, 3_000), ["file: unpacked"]),
}


def outcome(read: Callable[[], Sized]) -> int | list[str]:
    try:
        return len(read())
    except CatalogueError as error:
        return [f"{problem.where}: {problem.kind}" for problem in error.problems]


def data(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


@pytest.mark.parametrize("kind", OUTCOMES)
def test_a_table_has_its_outcome_in_memory_and_on_disk(kind: str, tmp_path: Path) -> None:
    content, expected = OUTCOMES[kind]
    path = tmp_path / "mine.csv"
    path.write_bytes(data(content))
    found = outcome(lambda: parse_catalogue(data(content), "mine.csv"))
    assert found == expected
    assert outcome(lambda: load_catalogue(path)) == expected


@pytest.mark.parametrize("kind", TOO_LARGE)
def test_what_is_too_large_is_refused_before_it_is_read(kind: str) -> None:
    content, expected = TOO_LARGE[kind]
    assert outcome(lambda: parse_catalogue(content, "mine.csv")) == expected


@pytest.mark.parametrize("kind", [k for k in OUTCOMES if isinstance(OUTCOMES[k][1], list)])
@pytest.mark.parametrize("code", codes())
def test_every_refusal_can_be_said_in_every_language(kind: str, code: str) -> None:
    content, expected = OUTCOMES[kind]
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(data(content), "mine.csv")
    t = load_language(code)
    said = lines(caught.value, t)
    assert len(said) == len(expected)
    assert str(len(expected)) in heading(caught.value, t) or len(expected) == 1
    for told, problem in zip(said, caught.value.problems, strict=True):
        assert told != str(problem)
        assert "{" not in told
        if problem.place is not None and problem.place.column:
            assert problem.place.column in told
        if code == "ko":
            assert any("가" <= c <= "힣" for c in told)
            assert "expected" not in told


def test_what_is_read_in_cp949_is_what_was_written() -> None:
    one, other = (parse_catalogue(KOREAN.encode(e), "x.csv") for e in ("utf-8", "cp949"))
    pd.testing.assert_frame_equal(one, other)
    assert one.loc["a", "description_ko"] == "북한이탈주민의 정착을 돕습니다."


def test_a_catalogue_of_bytes_is_that_of_its_file(catalogue: pd.DataFrame) -> None:
    for raw in (catalogue.to_csv().encode(), parquet_of(catalogue)):
        pd.testing.assert_frame_equal(parse_catalogue(raw, "mine"), catalogue)


def parquet_of(table: pd.DataFrame) -> bytes:
    file = io.BytesIO()
    table.to_parquet(file)
    return file.getvalue()


def test_what_is_not_parquet_but_named_so_is_refused() -> None:
    for name in ("mine.parquet", "MINE.PARQUET"):
        assert outcome(lambda name=name: parse_catalogue(TABLE.encode(), name)) == ["file: parquet"]


def test_very_many_problems_are_told_in_part_and_counted() -> None:
    rows = MOST_PROBLEMS + 7
    raw = f"{HEAD}\n" + "".join(f"a{i},?,d\n" for i in range(rows))
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(raw.encode(), "mine.csv")
    problems = caught.value.problems
    assert [p.where for p in problems[:2]] == ["line 2, column name", "line 3, column name"]
    assert (len(problems), problems[-1].found) == (MOST_PROBLEMS + 1, "7 further problems")
    english, korean = (load_language(code) for code in ("en", "ko"))
    assert "1,007 things" in heading(caught.value, english)
    assert lines(caught.value, english, 3)[-1] == "And 1,004 more."
    assert lines(caught.value, english, 9_999)[-2:] == [line(problems[-2], english), "And 7 more."]
    assert lines(caught.value, korean, 3)[0] == "2번째 줄, “name” 열: “?”: 낱말이 없습니다."


def test_limits_of_files_are_checked_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(TABLE)
    small = replace(ON_DISK, size=len(TABLE) - 1)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read all the same"))
    with pytest.raises(CatalogueError, match=r"file: found 0.1 MB; expected at most 0 MB"):
        tables.read_cells(path, small)


def test_limits_hold_what_they_allow() -> None:
    assert outcome(lambda: parse_catalogue(rows_of(UPLOAD.rows), "mine.csv")) == UPLOAD.rows
    longest = f"{HEAD}\na,n,{'x' * MAX_FIELD}"
    assert outcome(lambda: parse_catalogue(longest.encode(), "mine.csv")) == 1


def rows_of(count: int) -> bytes:
    return f"{HEAD}\n".encode() + b"".join(b"a%d,n,d\n" % i for i in range(count))


@given(st.binary(max_size=300), st.sampled_from(["x.csv", "x.parquet"]))
def test_no_bytes_do_anything_but_load_or_be_refused(raw: bytes, name: str) -> None:
    assert outcome(lambda: parse_catalogue(raw, name)) != []
    assert outcome(lambda: parse_catalogue(HEAD.encode() + b"\n" + raw, name)) != []


WHOLE = parquet({"name": ["n"], "region": ["x"]}, store_schema=False)


def test_parquet_with_a_damaged_footer_loads_or_is_refused() -> None:
    """Asked what a damaged file says of a column, pyarrow ends the whole process."""
    footer = int.from_bytes(WHOLE[-8:-4], "little")
    for at in range(len(WHOLE) - 8 - footer, len(WHOLE)):
        raw = bytearray(WHOLE)
        raw[at] ^= 2  # among others, a column that may be empty becomes one that may not
        read = partial(tables.parse_cells, bytes(raw), "x", UPLOAD)
        assert outcome(lambda read=read: read().places) != []


@given(st.lists(st.tuples(st.integers(4, len(WHOLE) - 1), st.integers(0, 255)), min_size=1))
def test_parquet_with_damaged_cells_loads_or_is_refused(damage: list[tuple[int, int]]) -> None:
    raw = bytearray(WHOLE)
    for at, byte in damage:
        raw[at] = byte
    assert outcome(lambda: parse_catalogue(bytes(raw), "x")) != []


def test_columns_of_different_lengths_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """As damaged files have, of which each column by itself can be read."""
    lengths = iter(range(1, 4))

    def read(*_: object) -> tuple[list[str], int]:
        return ["x"] * next(lengths), 1

    monkeypatch.setattr(columnar, "_read", read)
    assert outcome(lambda: parse_catalogue(parquet(), "x")) == ["file: parquet"]
