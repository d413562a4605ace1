"""Replays: the same answers give the same bits, or what changed is told in the order of cause."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import Recommender
from recommender.askable import CHARITY, FACET, PRIORITY, VALUE, Ignored
from recommender.export import to_json
from recommender.priorities import Priorities
from recommender.query import Asked
from recommender.receipts import Receipt, receipt
from recommender.received import read
from recommender.replays import Change, Replay, replay

Table = Callable[[list[dict[str, str]]], pd.DataFrame]

SCHOOLS = [
    {"description": "Runs schools and gives scholarships to students."},
    {"description": "Documents human rights abuses for prosecutions."},
    {"description": "Sends tuberculosis medicine to hospitals."},
    {"description": "Teaches children in a school and feeds them."},
]
WORDS = st.lists(
    st.sampled_from(
        [
            "scholarshps",
            "refuges",
            "hosptals",
            "protcetion",
            "act",
            "mental health",
            "병원",
            "radio",
        ]
    ),
    max_size=4,
).map(" ".join)
ANSWERS = st.dictionaries(
    st.sampled_from(["justice", "education", "medical_aid"]), st.none() | st.floats(0, 5)
)


def kept(run: pd.DataFrame) -> Receipt:
    return read(to_json(run).encode())


@given(
    ANSWERS,
    WORDS,
    st.none() | st.just({}) | st.just({"education": 0.5}),
    st.lists(st.sampled_from(["link", "pscore"]), unique=True),
    st.sampled_from([{}, {"lobbies": ["yes", "not stated"]}]),
    st.none() | st.integers(0, 50),
)
def test_a_run_is_the_same_to_the_last_bit(
    model: Recommender,
    answers: dict[str, float | None],
    text: str,
    reading: dict[str, float] | None,
    like: list[str],
    hide: dict[str, list[str]],
    k: int | None,
) -> None:
    run = model.recommend(answers, text=text, reading=reading, like=like, hide=hide, k=k)
    done = replay(model, kept(run))
    assert done.same
    assert (done.causes, done.ignored, done.changes) == ((), (), ())
    pd.testing.assert_frame_equal(done.run, run, check_exact=True)


def test_similar_charities_are_replayed_too(model: Recommender) -> None:
    done = replay(model, kept(model.similar("link", k=7)))
    assert done.same
    assert "link" not in done.run.index


def test_words_are_asked_as_they_were_read(model: Recommender) -> None:
    """What mending and reading would make of them today doesn't matter."""
    asked = Asked(text="scholarshps", reading={"medical_aid": 0.5})
    run = model.rank(asked)
    assert (run.attrs["text"], run.attrs["reading"]) == ("scholarshps", {"medical_aid": 0.5})
    assert model.recommend(text="scholarshps").attrs["text"] == "scholarships"
    assert replay(model, kept(run)).same


@pytest.mark.parametrize(
    "change",
    [
        lambda place: replace(place, score=place.score * (1 + 2**-52)),
        lambda place: replace(place, score=-place.score),
        lambda place: replace(place, rank=2),
        lambda place: replace(place, tied=not place.tied),
        lambda place: replace(place, band="slight"),
        lambda place: replace(place, contributions={"justice": 0.0}),
    ],
)
def test_one_bit_is_a_difference_and_has_no_cause(
    model: Recommender, change: Callable[[Any], Any]
) -> None:
    then = receipt(model.recommend({"justice": 5}, k=3))
    first, *others = then.ranking
    done = replay(model, replace(then, ranking=(change(first), *others)))
    assert not done.same
    assert done.causes == ()
    assert [c.charity_id for c in done.changes] == [first.charity_id]


def test_another_order_is_no_same_ranking(model: Recommender) -> None:
    then = receipt(model.recommend({"justice": 5}, k=3))
    done = replay(model, replace(then, ranking=then.ranking[::-1]))
    assert (done.same, done.changes) == (False, ())


def test_what_came_went_moved_and_is_gone_is_told(table_of: Table, priorities: Priorities) -> None:
    table = table_of(SCHOOLS)
    before = Recommender(priorities=priorities).fit(table)
    then = kept(before.recommend({"education": 5}))
    new = table.drop("c1")
    new.loc["c3", "description"] = "Schools, scholarships, teachers, classrooms and students."
    new.loc["c9"] = new.loc["c0"]
    done = replay(Recommender(priorities=priorities).fit(new), then)
    assert (done.same, done.causes, done.ignored) == (False, ("catalogue",), ())
    kinds = {change.charity_id: change.kind for change in done.changes}
    assert kinds == {"c3": "moved", "c0": "moved", "c9": "came", "c1": "gone"}
    for change in done.changes:
        if change.kind == "moved":
            assert change.before
            assert change.after
            assert change.difference == change.after.score - change.before.score != 0
        else:
            assert change.difference is None


def test_of_the_first_few_one_that_falls_behind_went(
    table_of: Table, priorities: Priorities
) -> None:
    table = table_of(SCHOOLS)
    then = kept(Recommender(priorities=priorities).fit(table).recommend({"education": 5}, k=1))
    [first] = then.ranking
    new = table.copy()
    new.loc[first.charity_id, "description"] = "Sends radios."
    done = replay(Recommender(priorities=priorities).fit(new), then)
    assert [change.kind for change in done.changes] == ["came", "went"]
    assert done.changes[1] == Change("went", first.charity_id, first.name, first, None)


def test_causes_stand_in_their_order(six: pd.DataFrame, priorities: Priorities) -> None:
    then = receipt(Recommender(priorities=priorities).fit(six).recommend({"justice": 5}))
    then = replace(then, version="0.0.1")
    lexicons = priorities.unlearned()
    other = Recommender(priorities=lexicons, background_weight=10).fit(six.drop("pscore"))
    done = replay(other, then)
    assert done.causes == ("catalogue", "priorities", "version", "settings")
    assert done.changes[-1].kind == "gone"


def test_a_catalogue_that_changed_may_give_the_same(
    six: pd.DataFrame, priorities: Priorities
) -> None:
    then = kept(Recommender(priorities=priorities).fit(six).recommend({"justice": 5}))
    new = six.copy()
    new.loc["link", "base"] = "Elsewhere"
    done = replay(Recommender(priorities=priorities).fit(new), then)
    assert (done.same, done.causes, done.changes) == (True, ("catalogue",), ())


def test_what_cannot_be_asked_any_more_is_told_and_the_rest_asked(model: Recommender) -> None:
    then = receipt(model.recommend({"justice": 5}, text="school"))
    asked = Asked(
        answers={"justice": 5, "whales": 2},
        text="school",
        reading={"whales": 0.5, "education": 0.25},
        like=("nobody", "link"),
        unlike=("someone",),
        only={"colour": ("red",), "status": ("active", "asleep")},
        hide={"lobbies": ("perhaps",)},
    )
    done = replay(model, replace(then, asked=asked))
    assert done.ignored == (
        Ignored(PRIORITY, "whales"),
        Ignored(CHARITY, "nobody"),
        Ignored(CHARITY, "someone"),
        Ignored(FACET, "colour"),
        Ignored(VALUE, "status"),
        Ignored(VALUE, "lobbies"),
    )
    expected = Asked(
        {"justice": 5}, "school", {"education": 0.25}, ("link",), only={"status": ("active",)}
    )
    pd.testing.assert_frame_equal(done.run, model.rank(expected))


def test_a_ranking_of_few_is_not_compared_with_all_of_very_many(model: Recommender) -> None:
    class Many(Recommender):
        """A model that says it is of millions, and counts what it is asked for."""

    many = Many(priorities=model.priorities)
    many.__dict__.update(model.__dict__)

    class Charities:
        def __len__(self) -> int:
            return 2_000_000

        def __getattr__(self, name: str) -> Any:
            return getattr(model.charities_, name)

    many.charities_ = Charities()
    then = replace(receipt(model.recommend({"justice": 5}, k=3)), k=None)
    done = replay(many, then)
    assert (len(done.now.ranking), done.same) == (3, True)
    assert len(replay(model, then).now.ranking) == 45


def test_a_replay_holds_both_receipts(model: Recommender) -> None:
    then = receipt(model.recommend({"justice": 5}))
    done = replay(model, then)
    assert isinstance(done, Replay)
    assert (done.then, done.now.ranking) == (then, then.ranking)
