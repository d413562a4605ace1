"""The page about an index: the first of many, what a register states, an index that's broken."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from recommender import Recommender
from recommender.languages import load_language
from recommender.lots import lot

Open = Callable[..., AppTest]
Read = Callable[[AppTest], list]
EN, KO = load_language("en"), load_language("ko")
METHOD = "recommender/ui/pages/method.py"
each_language = pytest.mark.parametrize("t", [EN, KO], ids=["en", "ko"])


def answer(test: AppTest, steps: dict[str, object]) -> AppTest:
    """Give every priority that is offered an answer: those that aren't named are skipped."""
    for group in test.button_group:
        if str(group.key).startswith("weight_"):
            group.set_value(steps.get(group.key.removeprefix("weight_"), "skip"))
    return test.run()


def shown(elements: list) -> list[str]:
    return [e.text.split(": ")[-1] for e in elements if e.tag in ("h3", "b")]


def texts(elements: list) -> list[str]:
    return [e.text for e in elements]


def names(model: Recommender, count: int, **asked: object) -> list[str]:
    return model.recommend(asked.pop("answers"), k=count, **asked)["name"].tolist()


@each_language
def test_the_first_of_many_are_the_order_of_the_model(
    register_app: Open, read: Read, register: Recommender, t: object
) -> None:
    elements = read(answer(register_app(t.code), {"education": 3}))
    assert shown(elements) == names(register, 10, answers={"education": 3})
    assert t("results-first", shown=10, all=300) in texts(elements)
    assert t("rest-heading") not in texts(elements)


def test_ten_more_at_a_time_until_a_hundred_and_no_further(
    register_app: Open, read: Read, register: Recommender
) -> None:
    test = answer(register_app(), {"education": 3, "medical_aid": 1, "environment": 1})
    for count in range(20, 110, 10):
        next(b for b in test.button if b.label == EN("more-show", count=10)).click().run()
        elements = read(test)
        assert len(shown(elements)) == count
        assert EN("results-first", shown=count, all=300) in texts(elements)
    expected = {"education": 3, "medical_aid": 1, "environment": 1}
    assert shown(elements) == names(register, 100, answers=expected)
    assert EN("more-none", most=100) in texts(elements)
    assert not [b for b in test.button if b.label == EN("more-show", count=10)]


def test_another_answer_begins_with_the_first_ten_again(register_app: Open, read: Read) -> None:
    test = answer(register_app(), {"education": 3})
    next(b for b in test.button if b.label == EN("more-show", count=10)).click().run()
    assert len(shown(read(test))) == 20
    test.get_by_key("language").set_value("ko").run()
    assert len(shown(read(test))) == 20
    assert len(shown(read(answer(test, {"education": 4, "medical_aid": 2})))) == 10


def test_a_rerun_never_ranks_every_charity(
    register_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    recommend = Recommender.recommend

    def counted(self: Recommender, *args: object, **kwargs: object) -> object:
        asked.append(kwargs["k"])
        return recommend(self, *args, **kwargs)

    monkeypatch.setattr(Recommender, "recommend", counted)
    answer(register_app(), {"education": 3})
    assert asked
    assert all(k is not None and k <= 100 for k in asked)


def test_how_many_have_anything_found_is_told_where_it_is_known(
    register_app: Open, read: Read, register: Recommender
) -> None:
    test = answer(register_app(), {})
    test.text_area[0].set_value("17 members 23").run()
    run = register.recommend(text="17 members 23")
    found = int(run["rank"].notna().sum())
    if found <= 100:
        assert EN("results-found", found=found, all=300) in texts(read(test))
    test.text_area[0].set_value("zyxwvut").run()
    elements = read(test)
    assert EN("results-found", found=0, all=300) in texts(elements)
    assert EN("results-none") in texts(elements)
    assert shown(elements) == []


def test_with_nothing_asked_the_list_is_in_the_order_of_lots(
    register_app: Open, read: Read, register: Recommender
) -> None:
    elements = read(answer(register_app(), {}))
    assert EN("results-nothing-asked-lot-heading") in texts(elements)
    assert EN("results-nothing-asked-lot") in texts(elements)
    every = register.charities_.frame(np.arange(300))["name"]
    assert shown(elements) == every.sort_index(key=lambda ids: ids.map(lot)).tolist()[:10]


@each_language
def test_a_card_says_that_only_its_name_describes_a_charity(
    register_app: Open, read: Read, t: object
) -> None:
    bare = t("bare-its-name-and-activity-code")
    assert bare in texts(read(answer(register_app(t.code), {"medical_aid": 5})))
    assert bare not in texts(read(answer(register_app(t.code), {"education": 5})))


@each_language
def test_what_a_register_states_is_shown_and_what_it_never_does_is_not(
    register_app: Open, read: Read, register: Recommender, t: object
) -> None:
    run = register.recommend({"education": 5}, k=10)
    rows = [register.charities_.charity(c) for c in run.index]
    assert {"", "US"} == {row["country"] for row in rows}
    elements = read(answer(register_app(t.code), {"education": 5}))
    labels = {e.text for e in elements if e.tag == "dt"}
    for fact in ("country", "region", "size", "status", "described_by", "charity_id"):
        assert t(f"fact-{fact}") in labels
    for fact in ("faith_based", "works_in", "founded", "how_to_give", "tax_deductible"):
        assert t(f"fact-{fact}") not in labels
    cells = [e.text for e in elements if e.tag == "dd"]
    assert t("value-not-stated") in cells  # of those without a country
    number, scheme = run.index[0].removeprefix("US-EIN-"), "US-EIN"
    publisher = "Internal Revenue Service, United States"
    said = t("registered-as", number=number, scheme=scheme, publisher=publisher)
    assert said in cells
    assert not any(t("line-faith-not-stated") in text for text in texts(elements))


def test_the_files_hold_what_is_shown_and_say_so(
    register_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, str] = {}

    def button(label: str, data: Callable[[], str], file_name: str, *_: object, **__: object):
        files[file_name] = data()

    monkeypatch.setattr(st, "download_button", button)
    test = answer(register_app(), {"education": 3})
    test.session_state["view"] = "keep"
    test.run()
    assert len(json.loads(files["where-to-give.json"])["ranking"]) == 10
    said = EN("download-first", count=10, all=300)
    assert said in [caption.value for caption in test.caption]


@each_language
def test_the_method_page_claims_nothing_of_the_shipped_catalogue(
    register_app: Open, t: object
) -> None:
    test = register_app(t.code).switch_page(METHOD).run()
    assert not test.exception
    written = "\n".join(e.value for e in test.markdown)
    assert t("method-intro-any") in written
    assert t("method-neutral-many") in written
    for key in ("method-intro", "method-limit-paused", "method-neutral-all"):
        assert t(key) not in written
    assert t("method-quality-heading") not in [header.value for header in test.header]


@pytest.fixture
def damaged(register_index: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Return what damages a copy of the index in some way."""

    def damage(how: str) -> Path:
        path = tmp_path / "hurt.index"
        shutil.copytree(register_index, path)
        (folder,) = (p for p in path.iterdir() if p.is_dir())
        file = folder / "en.rows.npy"
        if how == "cut":
            file.write_bytes(file.read_bytes()[:-1])
        elif how == "gone":
            file.unlink()
        elif how == "overwritten":
            file.write_bytes(bytes(file.stat().st_size))
        else:
            (path / "index.json").write_text("{")
        return path

    return damage


@pytest.mark.parametrize("how", ["cut", "gone", "overwritten", "no json"])
@each_language
def test_a_damaged_index_gets_one_message_on_the_page_and_in_the_log(
    app: Open,
    read: Read,
    damaged: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    how: str,
    t: object,
) -> None:
    path = damaged(how)
    monkeypatch.setenv("WHERE_TO_GIVE_INDEX", str(path))
    said_of(read(app(t.code)), t, caplog, str(path), "python -m recommender index")


def test_a_missing_index_is_named(
    app: Open, read: Read, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/app.py", "--index", "/no/such.index"])
    said_of(read(app()), EN, caplog, "/no/such.index", "python -m recommender index")


@pytest.mark.parametrize("given", [["--indx", "us.index"], ["--index"], ["us.index", "x", "y"]])
def test_arguments_that_are_not_understood_are_answered_with_an_example(
    app: Open,
    read: Read,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    given: list[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["app.py", *given])
    said_of(read(app()), EN, caplog, " ".join(given), "run.py app -- --index us.index")


def said_of(elements: list, t: object, caplog: pytest.LogCaptureFixture, *parts: str) -> None:
    """The page holds the message and no list, and the log the message and no traceback."""
    assert t("failure-heading") in texts(elements)
    (why,) = (e.text for e in elements if e.attributes.get("class") == "wg-why")
    assert all(part in why for part in parts)
    assert not shown(elements)
    logged = [r for r in caplog.records if r.name.startswith("recommender")]
    assert logged
    assert all(" ".join(r.getMessage().split()) == why for r in logged)
    assert not any(r.exc_info for r in logged if r.levelname == "ERROR")


@pytest.mark.parametrize("given", [["--index", "{}"], ["--index={}"]])
def test_the_command_line_names_the_index_before_the_environment(
    app: Open, read: Read, register_index: Path, monkeypatch: pytest.MonkeyPatch, given: list[str]
) -> None:
    monkeypatch.setenv("WHERE_TO_GIVE_INDEX", "/no/such.index")
    arguments = [argument.format(register_index) for argument in given]
    monkeypatch.setattr(sys, "argv", ["app.py", *arguments])
    assert EN("results-first", shown=10, all=300) in texts(read(app()))
