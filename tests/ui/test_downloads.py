"""What a donor can take home: the run as CSV and JSON, the very one that the page shows."""

import io
import json
from collections.abc import Callable

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from recommender import Recommender

Open = Callable[..., AppTest]
Offer = Callable[..., dict[str, bytes]]
ANSWERS = {"justice": 5, "medical_aid": 2, "education": 0}
TEXT = "help for former prisoners"


@pytest.fixture
def offered(app: Open, model: Recommender, monkeypatch: pytest.MonkeyPatch) -> Offer:
    """Return what gives answers and words, and returns the files that are then offered."""
    files: dict[str, bytes] = {}

    def button(
        label: str, data: Callable[[], str | bytes], file_name: str, mime: str, **_: object
    ) -> None:
        assert label
        assert mime in ("text/csv", "application/json", "text/markdown")
        made = data()
        files[file_name] = made if isinstance(made, bytes) else made.encode()

    def begin(answers: dict[str, float], text: str = "") -> dict[str, bytes]:
        monkeypatch.setattr(st, "download_button", button)
        test = app()
        for priority in model.agenda_:
            test.get_by_key(f"weight_{priority}").set_value(answers.get(priority, "skip"))
        test.text_area[0].set_value(text)
        test.session_state["view"] = "keep"
        test.run()
        assert not test.exception
        del files["where-to-give-template.csv"]
        assert set(files) == {f"where-to-give.{ending}" for ending in ("csv", "json", "md")}
        return files

    return begin


def test_the_json_is_the_run_and_its_parts_sum_to_the_score(
    offered: Offer, model: Recommender
) -> None:
    kept = json.loads(offered(ANSWERS, TEXT)["where-to-give.json"])
    run = model.recommend(ANSWERS, text=TEXT)
    assert [entry["charity_id"] for entry in kept["ranking"]] == list(run.index)
    for entry in kept["ranking"]:
        assert entry["score"] == pytest.approx(run.loc[entry["charity_id"], "score"], abs=1e-12)
        assert sum(entry["contributions"].values()) == pytest.approx(entry["score"], abs=1e-9)
    assert kept["text"] == TEXT
    assert kept["catalogue"] == model.fingerprint_


def test_the_json_tells_nought_from_skip(offered: Offer, model: Recommender) -> None:
    answers = json.loads(offered(ANSWERS)["where-to-give.json"])["answers"]
    assert answers == {p: ANSWERS.get(p) for p in model.agenda_}
    assert answers["education"] == 0
    assert answers["resettlement"] is None


def test_the_csv_is_the_run_as_pandas_reads_it(offered: Offer, model: Recommender) -> None:
    data = offered(ANSWERS, TEXT)["where-to-give.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(io.BytesIO(data), index_col="charity_id")
    run = model.recommend(ANSWERS, text=TEXT)
    assert list(table.index) == list(run.index)
    assert list(table.columns) == list(run.columns)
    assert table["name"].tolist() == run["name"].tolist()
    parts = table.columns[table.columns.get_loc("score") + 1 :]
    assert table[parts].sum(axis=1).tolist() == pytest.approx(table["score"].tolist(), abs=1e-9)
    assert table["score"].tolist() == pytest.approx(run["score"].tolist(), abs=1e-12)


def test_without_any_weight_no_file_holds_a_rank(offered: Offer) -> None:
    files = offered({})
    kept = json.loads(files["where-to-give.json"])
    assert len(kept["ranking"]) == 45
    assert {entry["rank"] for entry in kept["ranking"]} == {None}
    assert pd.read_csv(io.BytesIO(files["where-to-give.csv"]))["rank"].isna().all()
