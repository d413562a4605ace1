import re
from pathlib import Path

import pandas as pd
import pytest

from recommender.background import (
    Background,
    count_background,
    load_backgrounds,
    read_table,
    read_texts,
    write_background,
)
from recommender.errors import CatalogueError, RecommenderError, UnknownNameError
from recommender.priorities import load_priorities


def test_a_share_lies_between_none_and_all_of_the_texts() -> None:
    background = Background(9, {"all": 9, "three": 3})
    shares = [background.share(term) for term in ("all", "three", "none")]
    assert shares == pytest.approx([0.95, 0.35, 0.05])


def test_without_texts_every_term_has_the_same_share() -> None:
    assert Background().share("any") == Background(0, {"any": 0}).share("other") == 0.01
    assert Background(prior=0.2).share("any") == 0.2


def test_a_text_counts_once_however_often_it_holds_a_term() -> None:
    counted = count_background([["a", "a", "b"], ["a"], []])
    assert counted == Background(3, {"a": 2, "b": 1})


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    background = Background(100, {"a": 3, 'rule of "law", x': 40, "정착": 99})
    assert write_background(background, tmp_path / "en.csv") == 3
    assert load_backgrounds(tmp_path) == {"en": background}


def test_terms_of_fewer_than_three_texts_are_left_out(tmp_path: Path) -> None:
    assert write_background(Background(9, {"a": 2, "b": 3}), tmp_path / "ko.csv") == 1
    assert load_backgrounds(tmp_path) == {"ko": Background(9, {"b": 3})}


def test_a_writing_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "en.csv"
    write_background(Background(9, {"a": 5}), path)
    before = path.read_bytes()
    with pytest.raises(UnicodeEncodeError):
        write_background(Background(9, {"a": 4, "\ud800": 7}), path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_texts_are_read_from_a_column_without_the_missing_ones(tmp_path: Path, kind: str) -> None:
    table = pd.DataFrame({"text": ["one", None, "tw\u200bo"], "more": ["x", "y", "z"]})
    path = tmp_path / f"texts.{kind}"
    if kind == "csv":
        table.to_csv(path, index=False)
    else:
        table.to_parquet(path)
    assert read_texts(path, "text") == ["one", "two"]


def test_a_missing_file_and_a_missing_column_say_so(tmp_path: Path) -> None:
    with pytest.raises(RecommenderError, match="no file"):
        read_texts(tmp_path / "none.csv", "text")
    path = tmp_path / "texts.csv"
    path.write_text("texts\nword\n", encoding="utf-8")
    with pytest.raises(UnknownNameError, match=r"unknown column 'text'. Did you mean texts\?"):
        read_texts(path, "text")


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_table_is_read_as_it_is(tmp_path: Path, kind: str) -> None:
    table = pd.DataFrame({"text": ["one", None], "code": ["B20", "C"]})
    path = tmp_path / f"texts.{kind}"
    table.to_csv(path, index=False) if kind == "csv" else table.to_parquet(path)
    pd.testing.assert_frame_equal(read_table(path), table, check_dtype=False)


@pytest.mark.parametrize("name", ["texts.csv", "texts.parquet"])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecommenderError, match=f"can't read .*{re.escape(name)}"):
        read_table(tmp_path / name)


def test_the_shipped_background_counts_the_phrases_that_were_learned() -> None:
    priorities, background = load_priorities(), load_backgrounds()["en"]
    learned = {priorities.analyser.term(w, "en") for p in priorities.learned.values() for w in p}
    listed = {priorities.analyser.term(entry, "en") for entry in priorities.entries("en")}
    phrases = {term for term in learned - listed if " " in term}
    assert len(phrases) > 1000
    # Not all: some stand in charities' names alone, which no background holds.
    assert len(phrases & set(background.frequencies)) > 0.95 * len(phrases)


def test_the_shipped_background_counts_many_texts() -> None:
    background = load_backgrounds()["en"]
    assert background.documents > 10_000
    assert background.share("school") > 10 * background.share("tuberculosi") > 0
    assert max(background.frequencies.values()) <= background.documents


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ("", ["line 1", "file"]),
        ("term,documents\n", ["file"]),
        ("term,documents\nschool,3\n", ["file"]),
        ("term,document\n,9\nschool,3\n", ["line 1"]),
        ("term,documents\n,9\nschool,3\nschool,4\n", ["line 4"]),
        (
            "term,documents\n,9\nschool,x\na\nb,1,2\nc,-1\nd,10\n",
            [f"line {n}" for n in range(3, 8)],
        ),
        ("term,documents\n,9\nschool,3", ["line 3"]),
        ('term,documents\n,9\n"school,3\n' + "x,3\n" * 40_000, ["line"]),
    ],
)
def test_garbled_figures_are_refused_with_each_line(
    tmp_path: Path, content: str, places: list[str]
) -> None:
    (tmp_path / "en.csv").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"en\.csv") as caught:
        load_backgrounds(tmp_path)
    found = [problem.where for problem in caught.value.problems]
    assert found == places or (places == ["line"] and found[0].startswith("line "))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "en.csv").write_bytes(b"term,documents\n,9\n\xff,3\n")
    with pytest.raises(CatalogueError, match="byte 19: found no UTF-8"):
        load_backgrounds(tmp_path)
