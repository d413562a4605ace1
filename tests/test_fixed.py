"""What a run was asked can be read, copied for nothing, and not be changed."""

import copy
import json

import pytest

from recommender import Recommender
from recommender.fixed import Fixed, fixed
from recommender.query import Asked

GIVEN = {"answers": {"justice": 5}, "only": {"status": ["active"]}, "like": ["link"], "of": 45}


def test_nothing_in_it_can_be_changed() -> None:
    held = fixed(GIVEN)
    assert json.loads(json.dumps(held)) == GIVEN
    inner = held["answers"]
    for change in (
        lambda: inner.__setitem__("justice", 0),
        lambda: inner.__delitem__("justice"),
        lambda: inner.update(justice=0),
        lambda: inner.pop("justice"),
        lambda: inner.popitem(),
        lambda: inner.setdefault("food", 1),
        lambda: inner.clear(),
        lambda: inner.__ior__({"food": 1}),
    ):
        with pytest.raises(TypeError, match="ask again with recommend"):
            change()
    assert held["only"]["status"] == ("active",)
    assert held["answers"] == GIVEN["answers"]


def test_a_copy_is_itself_and_one_made_anew_is_equal() -> None:
    held = Fixed(fixed(GIVEN))
    assert copy.copy(held) is copy.deepcopy(held) is held
    make, given = held.__reduce__()  # what whoever sends it to another process calls
    assert make(*given) == held


def test_a_column_of_a_run_knows_what_was_asked_and_copies_nothing(model: Recommender) -> None:
    run = model.recommend({"justice": 5}, only={"works_in": "inside_north_korea"})
    column = run["score"]
    assert column.attrs["only"] is run.attrs["only"]
    assert column.attrs["like"] is not run.attrs["like"]
    assert Asked.from_dict(column.attrs) == Asked.from_dict(run.attrs)
