import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import Recommender
from recommender.errors import AnswersError, UnknownNameError
from recommender.index import Part
from recommender.query import Asked, LazyParts, checked_reading, chosen, first_rows

SHARES = st.dictionaries(st.sampled_from(["justice", "education"]), st.floats(0, 0.5))
IDS = st.lists(st.sampled_from(["cfk", "link", "pscore"]), unique=True).map(tuple)


CHOICE = st.dictionaries(
    st.sampled_from(["country", "size"]),
    st.lists(st.sampled_from(["GB", "not stated"]), min_size=1, unique=True).map(tuple),
)
ASKED = st.builds(
    Asked,
    answers=SHARES,
    text=st.text(),
    reading=SHARES,
    like=IDS,
    unlike=IDS,
    only=CHOICE,
    hide=CHOICE,
    keep=IDS,
)


@given(ASKED)
def test_what_was_asked_survives_json(asked: Asked) -> None:
    assert Asked.from_dict(json.loads(json.dumps(asked.as_dict()))) == asked


def test_parts_are_made_once_and_only_when_asked_for() -> None:
    made = []

    def make(name: str) -> Part:
        made.append(name)
        return Part(name, {}, {})

    parts = LazyParts(["a", "b"], make)
    assert (list(parts), len(parts), "b" in list(parts), made) == (["a", "b"], 2, True, [])
    assert parts["b"] is parts["b"]
    assert made == ["b"]
    with pytest.raises(KeyError):
        parts["c"]


def test_charities_are_chosen_by_any_name_once_and_on_one_side(model: Recommender) -> None:
    assert chosen(model.find, ["LiNK", "link"], "PSCORE") == (("link",), ("pscore",))
    assert chosen(model.find, (), ()) == ((), ())
    with pytest.raises(AnswersError, match="like and unlike both name link; choose one"):
        chosen(model.find, ["pscore", "LiNK"], ["link"])
    with pytest.raises(UnknownNameError, match="unknown charity"):
        chosen(model.find, "nobody at all", ())


@pytest.mark.parametrize("wrong", [-1, 1.5, True, "3"])
def test_k_is_a_whole_number(wrong: object) -> None:
    assert (first_rows(None), first_rows(0), first_rows(3)) == (None, 0, 3)
    with pytest.raises(AnswersError, match=r"k .*: expected a whole number, 0 or more"):
        first_rows(wrong)


def test_a_reading_is_checked() -> None:
    assert checked_reading({"a": 0.5, "b": 0}, "ab") == {"a": 0.5}
    for wrong in ({"a": -0.1}, {"a": 1.1}, {"a": True}, {"a": 0.7, "b": 0.7}):
        with pytest.raises(AnswersError, match="in reading: expected"):
            checked_reading(wrong, "ab")
    with pytest.raises(UnknownNameError, match="unknown priority 'c'"):
        checked_reading({"c": 0.5}, "ab")
