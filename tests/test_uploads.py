"""Tables that a visitor hands over: each hostile one with its outcome, alike from disk."""

import io
from collections.abc import Callable, Sized
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from hostile_tables import HEAD, KOREAN, TABLE, TABLES, TOO_LARGE, parquet, raw
from hypothesis import given
from hypothesis import strategies as st

from recommender import (
    CatalogueError,
    Recommender,
    columnar,
    load_catalogue,
    parse_catalogue,
    tables,
)
from recommender.cells import MAX_FIELD, MOST_PROBLEMS, ON_DISK, UPLOAD
from recommender.languages import codes, load_language
from recommender.priorities import Priorities
from recommender.refusals import heading, line, lines

EVERY = {name: table for section in TABLES.values() for name, table in section.items()}
REFUSED = [name for name, (_, expected) in EVERY.items() if isinstance(expected, list)]


def outcome(read: Callable[[], Sized]) -> int | list[str]:
    try:
        return len(read())
    except CatalogueError as error:
        return [f"{problem.where}: {problem.kind}" for problem in error.problems]


@pytest.mark.parametrize("kind", EVERY)
def test_a_table_has_its_outcome_in_memory_and_on_disk(kind: str, tmp_path: Path) -> None:
    content, expected = EVERY[kind]
    data = raw(content)
    path = tmp_path / "mine.csv"
    path.write_bytes(data)
    assert outcome(lambda: parse_catalogue(data, "mine.csv")) == expected
    assert outcome(lambda: load_catalogue(path)) == expected


@pytest.mark.parametrize("kind", TOO_LARGE)
def test_what_is_too_large_is_refused_before_it_is_read(kind: str) -> None:
    content, expected = TOO_LARGE[kind]
    assert outcome(lambda: parse_catalogue(raw(content), "mine.csv")) == expected


@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("code", codes())
def test_every_refusal_can_be_said_in_every_language(kind: str, code: str) -> None:
    content, expected = EVERY[kind]
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(raw(content), "mine.csv")
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


def test_whatever_is_read_can_be_ranked_and_explained(priorities: Priorities) -> None:
    """In a moment: none of them may take a reader's time with its square."""
    read = [parse_catalogue(raw(c), "x") for c, expected in EVERY.values() if expected == 1]
    table = pd.concat(read)
    table.index = pd.Index([f"a{i}" for i in range(len(table))], name="charity_id")
    model = Recommender(priorities=priorities).fit(table)
    run = model.recommend({"education": 5}, text="돕습니다 alert", like=["a0"])
    assert len(run) == len(table) > 10
    for charity, explanation in zip(run.index, model.explanations(run, run.index), strict=True):
        total = sum(term.contribution for term in explanation.terms)
        assert total == pytest.approx(run.loc[charity, "score"], abs=1e-9)


def test_what_is_read_in_cp949_is_what_was_written() -> None:
    one, other = (parse_catalogue(KOREAN.encode(e), "x.csv") for e in ("utf-8", "cp949"))
    pd.testing.assert_frame_equal(one, other)
    assert one.loc["a", "description_ko"] == "북한이탈주민의 정착을 돕습니다."


def test_a_catalogue_of_bytes_is_that_of_its_file(catalogue: pd.DataFrame) -> None:
    for data in (catalogue.to_csv().encode(), parquet_of(catalogue)):
        pd.testing.assert_frame_equal(parse_catalogue(data, "mine"), catalogue)


def parquet_of(table: pd.DataFrame) -> bytes:
    file = io.BytesIO()
    table.to_parquet(file)
    return file.getvalue()


def test_what_is_not_parquet_but_named_so_is_refused() -> None:
    for name in ("mine.parquet", "MINE.PARQUET"):
        assert outcome(lambda name=name: parse_catalogue(TABLE.encode(), name)) == ["file: parquet"]


def test_very_many_problems_are_told_in_part_and_counted() -> None:
    rows = MOST_PROBLEMS + 7
    table = f"{HEAD}\n" + "".join(f"a{i},?,d\n" for i in range(rows))
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(table.encode(), "mine.csv")
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
def test_no_bytes_do_anything_but_load_or_be_refused(data: bytes, name: str) -> None:
    assert outcome(lambda: parse_catalogue(data, name)) != []
    assert outcome(lambda: parse_catalogue(HEAD.encode() + b"\n" + data, name)) != []


WHOLE = parquet({"name": ["n"], "region": ["x"]}, store_schema=False)


def test_parquet_with_a_damaged_footer_loads_or_is_refused() -> None:
    """Asked what a damaged file says of a column, pyarrow ends the whole process."""
    footer = int.from_bytes(WHOLE[-8:-4], "little")
    for at in range(len(WHOLE) - 8 - footer, len(WHOLE)):
        damaged = bytearray(WHOLE)
        damaged[at] ^= 2  # among others, a column that may be empty becomes one that may not
        read = partial(tables.parse_cells, bytes(damaged), "x", UPLOAD)
        assert outcome(lambda read=read: read().places) != []


@given(st.lists(st.tuples(st.integers(4, len(WHOLE) - 1), st.integers(0, 255)), min_size=1))
def test_parquet_with_damaged_cells_loads_or_is_refused(damage: list[tuple[int, int]]) -> None:
    damaged = bytearray(WHOLE)
    for at, byte in damage:
        damaged[at] = byte
    assert outcome(lambda: parse_catalogue(bytes(damaged), "x")) != []


def test_columns_of_different_lengths_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """As damaged files have, of which each column by itself can be read."""
    lengths = iter(range(1, 4))

    def read(*_: object) -> tuple[list[str], int]:
        return ["x"] * next(lengths), 1

    monkeypatch.setattr(columnar, "_read", read)
    assert outcome(lambda: parse_catalogue(parquet(), "x")) == ["file: parquet"]
