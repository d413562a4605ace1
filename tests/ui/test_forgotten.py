"""What a visit leaves behind once its answers are cleared or its own table is put away: nothing."""

import gc
import weakref
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from recommender import Recommender, load_catalogue
from recommender.export import to_json
from recommender.languages import load_language
from recommender.received import read as received
from recommender.replays import Replay, replay
from recommender.ui import state
from recommender.ui.shown import Shown

Open = Callable[..., AppTest]
EN = load_language("en")


def click(test: AppTest, label: str) -> AppTest:
    return next(button for button in test.button if button.label == label).click().run()


def test_cleared_answers_are_those_of_a_first_visit(app: Open) -> None:
    test = app()
    test.session_state[state.VIEW] = state.PLAN
    test.run()
    first = _held(test)
    test.text_input(key=state.BUDGET).set_value("1234.50")
    test.text_input(key=state.MINIMUM).set_value("7")
    test.selectbox(key=state.CURRENCY).set_value("USD")
    test.selectbox(key=state.MOST).set_value(2)
    test.text_area(key=state.OWN_WORDS).set_value("a school for nurses")
    test.session_state[state.KEEP] = ["link"]
    test.session_state[state.REPLAYED] = ["not a record"]
    test.run()
    assert _held(test) != first
    click(test, EN("start-again"))
    assert test.session_state[state.VIEW] == state.LIST
    test.session_state[state.VIEW] = state.PLAN
    assert _held(test.run()) == first


SAID = [state.OWN_WORDS, state.READING, state.GIVEN_NAME, "like", "unlike", state.KEEP]
SAID += [state.BUDGET, state.MINIMUM, state.CURRENCY, state.MOST, state.REPLAYED, state.ANSWERED]


def _held(test: AppTest) -> dict[str, object]:
    """Return what a visitor has said, as the session holds it."""
    return {key: test.session_state[key] for key in SAID}


def test_what_was_said_of_a_record_goes_with_the_charities_it_was_said_of(
    app: Open, model: Recommender
) -> None:
    test = app()
    test.session_state[state.REPLAYED] = ["not a record"]
    test.session_state[state.OWN_TABLE] = Shown(model, title="mine.csv")
    test.run()
    before = test.session_state[state.TAKEN_BACK]
    click(test, EN("own-back"))
    assert test.session_state[state.OWN_TABLE] is None
    assert test.session_state[state.REPLAYED] is None
    after = test.session_state[state.TAKEN_BACK]
    # Both fields are drawn anew, and hold no file any longer.
    assert {f: after.get(f, 0) - before.get(f, 0) for f in (state.UPLOAD, state.RECEIPT)} == {
        state.UPLOAD: 1,
        state.RECEIPT: 1,
    }


GOOD = b"charity_id,name,description\none,One School,It runs a school and teaches pupils.\n"


def test_a_file_that_is_taken_back_takes_its_table_along(app: Open) -> None:
    test = app()
    _upload(test, GOOD)
    assert test.session_state[state.OWN_TABLE].title == "mine.csv"
    _upload(test, None)
    assert test.session_state[state.OWN_TABLE] is None


def test_answers_stay_where_another_table_is_asked_the_same(app: Open) -> None:
    test = app()
    test.get_by_key(state.weight_key("education")).set_value(5)
    test.text_area(key=state.OWN_WORDS).set_value("a school").run()
    _upload(test, GOOD)
    assert test.session_state[state.OWN_TABLE] is not None
    assert test.session_state[state.weight_key("education")] == 5
    assert test.session_state[state.OWN_WORDS] == "a school"
    assert test.session_state[state.ANSWERED] == ["education"]


def test_answers_that_another_table_is_not_asked_about_are_there_when_it_is_put_away(
    app: Open,
) -> None:
    test = app()
    test.get_by_key(state.weight_key("justice")).set_value(5).run()
    _upload(test, GOOD)
    assert "justice" not in test.session_state[state.OWN_TABLE].model.agenda_
    test.run()
    click(test, EN("own-back"))
    assert test.session_state[state.weight_key("justice")] == 5
    assert test.get_by_key(state.weight_key("justice")).value == 5
    assert test.session_state[state.ANSWERED] == ["justice"]


def test_a_bad_file_after_a_good_one_leaves_the_good_table(app: Open) -> None:
    test = app()
    _upload(test, GOOD)
    own = test.session_state[state.OWN_TABLE]
    _upload(test, b"name\n")
    assert test.session_state[state.PROBLEMS].problems
    _upload(test, None)
    assert test.session_state[state.PROBLEMS] is None
    assert test.session_state[state.OWN_TABLE] is own


def test_a_file_that_is_taken_back_takes_what_was_wrong_with_it_along(app: Open) -> None:
    test = app()
    _upload(test, b"name\n")
    problems = test.session_state[state.PROBLEMS]
    assert problems.problems
    assert problems.__traceback__ is None  # it would keep the file in memory
    assert problems.__context__ is None
    _upload(test, None)
    assert test.session_state[state.PROBLEMS] is None


def test_what_is_folded_away_is_kept(app: Open) -> None:
    test = app()
    test.get_by_key(state.weight_key("psychosocial")).set_value(4)
    _upload(test, b"name\n")
    for opened in (False, True):
        for name in (state.MORE_OPEN, state.FACETS_OPEN, state.OWN_OPEN):
            test.session_state[name] = opened
        test.run()
        assert [fold.proto.expanded for fold in test.expander] == [opened] * 3
    assert test.get_by_key(state.weight_key("psychosocial")).value == 4
    assert test.session_state[f"{state.UPLOAD}-0"] is not None
    _upload(test, None)
    assert test.session_state[state.PROBLEMS] is None


def _upload(test: AppTest, data: bytes | None) -> None:
    field = next(f for f in test.file_uploader if f.label == EN("own-label"))
    field.set_value(None if data is None else ("mine.csv", data, "text/csv"))
    test.run()
    assert not test.exception


@pytest.mark.parametrize("code", ["en", "ko"])
def test_what_a_record_says_is_said_in_the_language_of_the_moment(
    app: Open, read: Callable[[AppTest], list], model: Recommender, code: str
) -> None:
    t = load_language(code)
    run = model.recommend({"justice": 5})
    done = replay(model, received(to_json(run).encode()))
    assert isinstance(done, Replay)
    test = app("en" if code == "ko" else "ko")
    test.session_state[state.VIEW] = state.KEPT
    test.session_state[state.REPLAYED] = done
    test.session_state[state.LANGUAGE] = code
    assert t("replay-same", count=45) in [e.text for e in read(test.run())]
    test.session_state[state.REPLAYED] = ["text: found 3; expected text"] * 2
    assert t("receipt-refused", count=2) in [e.text for e in read(test.run())]


def test_a_table_that_was_put_away_leaves_memory_at_once() -> None:
    def used() -> weakref.ref[Shown]:
        model = Recommender().fit(load_catalogue())
        shown = Shown(model, title="mine.csv")
        run = model.recommend({"justice": 5}, text="schools", like=["link"])
        list(model.explanations(run, run.index))
        model.corrections("schol")
        model.search("pscoer")
        model.why_not(run, run.index[1])
        model.compare(run, run.index[:2])
        model.plan(run, "100 EUR")
        model.by_methods(run)
        assert shown.audit.charities == len(run)
        assert shown.facets
        assert shown.told("pscore", EN).name
        return weakref.ref(model)

    gc.disable()  # nothing but the last reference to go
    try:
        assert used()() is None
    finally:
        gc.enable()
