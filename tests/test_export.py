import io
import json
from collections.abc import Callable

import pandas as pd
import pytest

from recommender import Recommender
from recommender.export import to_csv, to_json
from recommender.lots import SEED
from recommender.ranking import parts_of
from recommender.receipts import receipt

Fit = Callable[[list[dict[str, str]]], Recommender]


@pytest.fixture(scope="module")
def run(model: Recommender) -> pd.DataFrame:
    answers = {"justice": 5, "education": 0, "food_nutrition": None}
    return model.recommend(answers, text="hospitals 병원", k=7)


def test_csv_begins_with_a_byte_order_mark_and_reads_back(run: pd.DataFrame) -> None:
    raw = to_csv(run)
    assert raw.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(io.BytesIO(raw), encoding="utf-8-sig", index_col="charity_id")
    assert table.columns.tolist() == run.columns.tolist()
    assert table["name"].tolist() == run["name"].tolist()
    assert table["score"].tolist() == pytest.approx(run["score"].tolist())
    assert table["rank"].tolist() == run["rank"].tolist()


def test_the_parts_of_a_row_of_the_csv_sum_to_its_score(run: pd.DataFrame) -> None:
    table = pd.read_csv(io.BytesIO(to_csv(run)), encoding="utf-8-sig")
    parts = table[parts_of(run)].sum(axis=1)
    assert parts.tolist() == pytest.approx(table["score"].tolist(), abs=1e-9)


def test_korean_names_survive_the_csv(fitted: Fit) -> None:
    model = fitted([{"name": "여명학교", "description": "Runs schools."}])
    assert "여명학교" in to_csv(model.recommend({"education": 1})).decode("utf-8-sig")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff20"])
def test_a_name_that_a_spreadsheet_would_compute_is_quoted(fitted: Fit, start: str) -> None:
    name = f'{start}HYPERLINK("x"&A1)'
    model = fitted([{"name": name, "description": "Runs schools."}])
    raw = to_csv(model.recommend({"education": 1}))
    table = pd.read_csv(io.BytesIO(raw), encoding="utf-8-sig", dtype=str)
    assert table["name"].tolist() == [f"'{name}"]


def test_numbers_below_zero_are_no_formulas(run: pd.DataFrame) -> None:
    table = pd.read_csv(io.BytesIO(to_csv(run.assign(score=-0.5))), encoding="utf-8-sig")
    assert set(table["score"]) == {-0.5}


def test_a_column_that_a_spreadsheet_would_compute_is_quoted(run: pd.DataFrame) -> None:
    raw = to_csv(run.rename(columns={"justice": "=1+1"}))
    columns = pd.read_csv(io.BytesIO(raw), encoding="utf-8-sig").columns.tolist()
    assert columns == ["charity_id", *["'=1+1" if c == "justice" else c for c in run.columns]]


def test_exporting_changes_no_run(run: pd.DataFrame) -> None:
    before, attrs = run.copy(), dict(run.attrs)
    to_csv(run)
    to_json(run, "1")
    pd.testing.assert_frame_equal(run, before)
    assert run.attrs == attrs


def test_json_reads_back_and_its_contributions_sum(run: pd.DataFrame) -> None:
    found = json.loads(to_json(run, "1.2.3"))
    assert found["answers"] == {"justice": 5, "education": 0, "food_nutrition": None}
    assert found["text"] == "hospitals 병원"
    assert found["reading"] == run.attrs["reading"]
    assert list(found["reading"]) == ["medical_aid"]
    assert found["like"] == found["unlike"] == []
    assert found["version"] == "1.2.3"
    assert found["catalogue"] == run.attrs["fingerprint"]
    assert found["lots"] == SEED
    assert [entry["charity_id"] for entry in found["ranking"]] == run.index.tolist()
    for entry in found["ranking"]:
        assert list(entry["contributions"]) == ["justice", "medical_aid", "text"]
        assert sum(entry["contributions"].values()) == pytest.approx(entry["score"], abs=1e-9)


def test_json_says_null_where_there_is_no_rank(model: Recommender) -> None:
    ranking = receipt(model.recommend({"psychosocial": 1})).as_object()["ranking"]
    unranked = [entry for entry in ranking if entry["band"] == "none"]
    assert unranked
    assert all(entry["rank"] is None and entry["score"] == 0 for entry in unranked)
    assert ranking[0]["rank"] == 1
    json.loads(json.dumps(ranking, allow_nan=False))


def test_json_keeps_hangul_legible(run: pd.DataFrame) -> None:
    assert "병원" in to_json(run, "1")


def test_the_json_tells_what_was_left_out(model: Recommender) -> None:
    run = model.recommend({"justice": 5}, hide={"status": ["paused"]}, k=3)
    kept = json.loads(to_json(run, "1"))
    assert (kept["only"], kept["hide"]) == ({}, {"status": ["paused"]})
