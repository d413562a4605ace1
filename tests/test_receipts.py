"""Receipts: what is kept of a run reads back to the last bit, and nothing else is read."""

import datetime
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import CatalogueError, Recommender, RecommenderError
from recommender.export import to_json
from recommender.query import Asked
from recommender.receipts import Receipt, receipt
from recommender.received import LARGEST, read
from recommender.rules import LISTED

DAY = datetime.date(2026, 12, 1)
ANSWERS = {"justice": 5, "education": 0, "medical_aid": None, "resettlement": 0.1 + 0.2}


@pytest.fixture(scope="module")
def run(model: Recommender) -> pd.DataFrame:
    hide = {"status": ["paused"]}
    return model.recommend(ANSWERS, text="scholarshps 병원", like=["pscore"], hide=hide, k=6)


@pytest.fixture
def kept(run: pd.DataFrame) -> dict[str, Any]:
    return json.loads(to_json(run, "1.2.3", date=DAY))


def test_a_receipt_says_what_was_asked_by_what_and_what_came(
    run: pd.DataFrame, kept: dict[str, Any], model: Recommender
) -> None:
    assert (kept["format"], kept["format_version"]) == ("where-to-give-receipt", 1)
    assert (kept["version"], kept["date"]) == ("1.2.3", "2026-12-01")
    assert kept["answers"] == ANSWERS
    assert (kept["text"], kept["reading"]) == ("scholarships 병원", run.attrs["reading"])
    assert (kept["like"], kept["unlike"], kept["without"]) == (["pscore"], [], None)
    assert (kept["only"], kept["hide"], kept["k"]) == ({}, {"status": ["paused"]}, 6)
    assert kept["catalogue"] == model.fingerprint_
    assert kept["priorities"] == model.priorities_.fingerprint
    assert kept["background_weight"] == 1000
    assert [place["charity_id"] for place in kept["ranking"]] == run.index.tolist()
    assert [place["score"].hex() for place in kept["ranking"]] == [x.hex() for x in run["score"]]


def test_it_reads_back_as_it_was(run: pd.DataFrame) -> None:
    whole = receipt(run, DAY)
    again = read(whole.as_json().encode())
    assert again == whole
    assert [place.exact for place in again.ranking] == [place.exact for place in whole.ranking]
    assert again.as_json() == whole.as_json()


def test_the_day_is_that_of_utc_if_none_is_given(run: pd.DataFrame) -> None:
    before = datetime.datetime.now(datetime.UTC).date()
    found = datetime.date.fromisoformat(receipt(run).date)
    assert before <= found <= datetime.datetime.now(datetime.UTC).date()


def test_k_is_null_only_if_all_are_there(model: Recommender) -> None:
    every, some = model.recommend({"justice": 1}), model.recommend({"justice": 1}, k=3)
    assert receipt(every).k is receipt(model.recommend({"justice": 1}, k=999)).k is None
    assert (receipt(some).k, receipt(every.head(3)).k, receipt(every.head(0)).k) == (3, 3, 0)
    kept = model.recommend({"justice": 1}, only={"status": "closed"})
    assert receipt(kept).k is None
    others = model.similar("link")
    assert (receipt(others).k, receipt(others).asked.without) == (None, "link")


def test_numbers_of_other_kinds_are_written_too(model: Recommender) -> None:
    run = model.recommend({"justice": np.float64(2.5), "education": np.int64(3)})
    assert json.loads(to_json(run))["answers"] == {"justice": 2.5, "education": 3}


def test_a_table_that_is_no_run_has_no_receipt(run: pd.DataFrame) -> None:
    bare = pd.DataFrame(run.copy())
    bare.attrs = {}
    with pytest.raises(RecommenderError, match="isn't a run, or lost its attrs"):
        receipt(bare)


@given(st.floats(0, 1), st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_reads_back_as_the_same_bits(
    run: pd.DataFrame, share: float, score: float
) -> None:
    odd = run.head(1).assign(score=score, justice=-score)
    odd.attrs = {**run.attrs, "reading": {"education": share}}
    whole = receipt(odd, DAY)
    again = read(whole.as_json().encode())
    assert again.ranking[0].exact == whole.ranking[0].exact
    assert again.asked.reading["education"].hex() == share.hex()


def problems_of(value: Any) -> list[str]:
    with pytest.raises(CatalogueError) as refused:
        read(json.dumps(value).encode())
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("where", "value", "told"),
    [
        (["answers", "justice"], 6, "answers.justice: found 6; expected a number from 0 to 5"),
        (["answers", "justice"], True, "answers.justice: found True"),
        (["answers", "justice"], "5", "answers.justice: found '5'"),
        (["answers", "justice"], [5], "answers.justice: found a list of 1"),
        (["answers", ""], 1, "answers: found ''; expected names of 1 to 500"),
        (["answers"], [], "answers: found a list of 0; expected an object"),
        (["text"], 5, "text: found 5; expected text of at most 4000 characters"),
        (["text"], "x" * 4001, "expected text of at most 4000 characters"),
        (["text"], "\ud800", "text: found '\\ud800'"),
        (["reading"], {"a": 0.6, "b": 0.6}, "reading: found shares that sum to 1.2"),
        (["reading"], {"a": -0.1}, "reading.a: found -0.1; expected a number from 0 to 1"),
        (["like"], "pscore", "like: found 'pscore'; expected a list of texts, each once"),
        (["like"], ["a", "a"], "like: found a list of 2"),
        (["unlike"], ["pscore"], "unlike: found 'pscore', which like names too"),
        (["only"], {"size": []}, "only.size: found a list of 0; expected a list of one or more"),
        (["hide"], {"size": "x"}, "hide.size: found 'x'"),
        (["without"], 1, "without: found 1; expected an id, or null"),
        (["k"], 5, "k: found 5, with 6 in the ranking"),
        (["k"], -1, "k: found -1; expected 0 or more, or null"),
        (["date"], "2026-02-30", "date: found '2026-02-30'; expected a date"),
        (["background_weight"], -1, "background_weight: found -1"),
        (["background_weight"], 10**400, "background_weight: found 1000"),
        (["ranking"], {}, "ranking: found an object of 0; expected a list"),
        (["ranking", 0], None, "ranking[0]: found None; expected an object"),
        (["ranking", 0, "rank"], 0, "ranking[0].rank: found 0; expected 1 or more, or null"),
        (["ranking", 0, "rank"], 1.5, "ranking[0].rank: found 1.5"),
        (["ranking", 0, "tied"], 1, "ranking[0].tied: found 1; expected true or false"),
        (["ranking", 0, "band"], "great", "ranking[0].band: found 'great'"),
        (["ranking", 0, "score"], "1", "ranking[0].score: found '1'"),
        (["ranking", 0, "contributions", "text"], None, "ranking[0].contributions.text: found"),
        (["ranking", 0, "charity_id"], "", "ranking[0].charity_id: found ''; expected an id"),
        (["extra"], 1, "file: found the key 'extra'; expected only format,"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    kept: dict[str, Any], where: list[Any], value: Any, told: str
) -> None:
    inner: Any = kept
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    assert any(told in problem for problem in problems_of(kept))


def test_all_problems_are_told_at_once(kept: dict[str, Any]) -> None:
    del kept["k"]
    kept |= {"text": None, "like": 3}
    kept["ranking"][1]["charity_id"] = kept["ranking"][0]["charity_id"]
    assert [problem.partition(":")[0] for problem in problems_of(kept)] == [
        *("text", "like", "k", "ranking[1]"),
    ]


def test_of_very_many_problems_the_first_are_told(kept: dict[str, Any]) -> None:
    kept["ranking"] = [0] * 100_000
    found = problems_of(kept)
    assert len(found) == LISTED + 1
    assert found[-1].startswith(f"file: found more than {LISTED} problems")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "line 1, column 1: found Expecting value; expected a receipt: JSON in UTF-8"),
        (b"\xff\xfe{", "byte 0: found no UTF-8"),
        (b"[]", "file: found a list of 0; expected an object"),
        (b"{}", "format: found None; expected 'where-to-give-receipt'"),
        (b'{"format": "other"}', "format: found 'other'"),
        (b"[" * 200_000, "file: found brackets within brackets"),
        (b'{"a":' * 200_000, "file: found brackets within brackets"),
        (b'{"a": NaN, "b": -Infinity}', "file: found -Infinity; expected finite numbers"),
        (b'{"a": 1, "a": 1}', "file: found the key 'a' twice; expected each key once"),
        (b'{"a": ' + b"9" * 5000 + b"}", "file: found a number of thousands of digits"),
        (b'{"format": "where-to-give-receipt"}', "format_version: found None; expected 1"),
        (b'{"format": "where-to-give-receipt", "format_version": 2}', "format_version: found 2"),
        (b'{"format": "where-to-give-receipt", "format_version": true}', "found True"),
        (b'{"format": "where-to-give-receipt", "format_version": []}', "found a list of 0"),
    ],
)
def test_what_is_no_receipt_says_so(raw: bytes, told: str) -> None:
    with pytest.raises(CatalogueError) as refused:
        read(raw)
    assert told in str(refused.value)


def test_a_number_too_large_to_hold_is_refused(kept: dict[str, Any]) -> None:
    text = json.dumps(kept).replace('"background_weight": 1000.0', '"background_weight": 1e999')
    with pytest.raises(CatalogueError, match="background_weight: found inf; expected a number"):
        read(text.encode())


def test_a_file_is_read_by_its_path_with_or_without_a_mark(
    tmp_path: Path, run: pd.DataFrame
) -> None:
    path = tmp_path / "receipt.json"
    for mark in (b"", b"\xef\xbb\xbf"):
        path.write_bytes(mark + to_json(run, date=DAY).encode())
        assert read(path) == read(str(path)) == receipt(run, DAY)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecommenderError, match=r"can't read .*none\.json: No such file"):
        read(tmp_path / "none.json")
    with pytest.raises(RecommenderError, match="can't read"):
        read("a\0b")
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    for source in (path, bytes(LARGEST + 1)):
        with pytest.raises(RecommenderError, match="larger than 64 MB, which no receipt is"):
            read(source)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
def test_whatever_stands_in_a_place_is_read_exactly_or_refused(
    run: pd.DataFrame, data: st.DataObject
) -> None:
    kept = json.loads(to_json(run, date=DAY))
    inner = data.draw(st.sampled_from([kept, kept["ranking"][0], kept["answers"], kept["hide"]]))
    inner[data.draw(st.sampled_from(sorted(inner)))] = data.draw(VALUES)
    found: Receipt | CatalogueError
    try:
        found = read(json.dumps(kept).encode())
    except CatalogueError as error:
        found = error
    if isinstance(found, CatalogueError):
        assert found.problems
        assert str(found).encode()
    else:
        assert found.as_object() == kept
        assert all(math.isfinite(place.score) for place in found.ranking)


@given(st.binary(max_size=200))
def test_no_bytes_end_in_anything_but_an_error_of_ours(raw: bytes) -> None:
    with pytest.raises(CatalogueError):
        read(raw)


def test_a_receipt_of_nothing_asked_is_a_receipt(
    fitted: Callable[[list[dict[str, str]]], Recommender],
) -> None:
    run = fitted([{"name": '한글 "x"\u2028', "description": "Runs schools."}]).recommend()
    found = read(to_json(run).encode())
    assert found.asked == Asked()
    assert [(p.rank, p.band, p.contributions) for p in found.ranking] == [(None, "", {})]
    assert found.ranking[0].name == '한글 "x"\u2028'
