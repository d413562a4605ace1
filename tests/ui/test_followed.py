"""A link that is followed: what it asks is asked, and what the page can't hold is said."""

from collections.abc import Callable, Mapping

import pytest
from streamlit.testing.v1 import AppTest

from recommender import Recommender
from recommender.labels import facet, label
from recommender.languages import load_language
from recommender.links import encode
from recommender.query import Asked
from recommender.ui import state

Open = Callable[..., AppTest]
Read = Callable[[AppTest], list]
EN = load_language("en")


def link(asked: Asked) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in encode(asked).split("&"))


def lines(elements: list) -> list[str]:
    return [e.text for e in elements]


def test_all_that_a_link_holds_is_asked_again(app: Open, read: Read, model: Recommender) -> None:
    asked = Asked(
        answers={"justice": 4.0, "education": 0.0, "medical_aid": None},
        like=("link",),
        unlike=("pscore",),
        hide={"lobbies": ("yes",)},
        keep=("korea_future",),
    )
    test = app(**link(asked))
    read(test)
    session = test.session_state
    assert [session[state.weight_key(p)] for p in ("justice", "education", "medical_aid")] == [
        4,
        0,
        state.SKIP,
    ]
    assert session["like"] == ["link"]
    assert session["unlike"] == ["pscore"]
    assert session[state.KEEP] == ["korea_future"]
    assert session[state.facet_key("lobbies")] == ["yes"]
    assert session[state.what_key("lobbies")] == state.HIDE
    assert session[state.LINK] == ()
    assert not test.query_params


def test_words_leave_alone_what_a_link_has_answered(app: Open) -> None:
    test = app(v="1", justice="3")
    test.session_state[state.OWN_WORDS] = "a school"
    test.text_area(key=state.OWN_WORDS).set_value("a school for nurses").run()
    assert test.session_state[state.weight_key("justice")] == 3


@pytest.mark.parametrize(
    ("weight", "step"),
    [("0", 0), ("0.001", 1), ("0.5", 1), ("1.4", 1), ("2.5", 3), ("4.5", 5), ("5", 5)],
)
def test_a_weight_between_steps_is_read_as_the_nearest_and_said(
    app: Open, read: Read, model: Recommender, weight: str, step: int
) -> None:
    test = app(v="1", medical_aid=weight)
    assert test.session_state[state.weight_key("medical_aid")] == step
    called = label("medical_aid", model.priorities_, EN)
    said = EN("ignored-rounded", names=called) in lines(read(test))
    assert said == (float(weight) != step)


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({"only.size": "over 10m"}, "ignored-facet"),
        ({"only.lobbies": "yes", "hide.lobbies": "no"}, "ignored-twice"),
        ({"only.works_in": "nowhere"}, "ignored-value"),
    ],
)
def test_what_the_page_has_no_place_for_is_said(
    app: Open, read: Read, asked: Mapping[str, str], key: str
) -> None:
    test = app(v="1", justice="4", **asked)
    elements = read(test)
    name = next(iter(asked)).partition(".")[2]
    names = name if key == "ignored-facet" else facet(name, EN)
    assert EN(key, names=names) in lines(elements)
    # A facet is asked as its link says first.
    key = state.facet_key(name)
    chosen = test.session_state[key] if key in test.session_state else []  # noqa: SIM401 — no get
    assert chosen == (["yes"] if name == "lobbies" else [])
