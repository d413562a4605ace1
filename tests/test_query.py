import json

from hypothesis import given
from hypothesis import strategies as st

from recommender.query import Asked

SHARES = st.dictionaries(st.sampled_from(["justice", "education"]), st.floats(0, 0.5))
IDS = st.lists(st.sampled_from(["cfk", "link", "pscore"]), unique=True).map(tuple)


@given(st.builds(Asked, answers=SHARES, text=st.text(), reading=SHARES, like=IDS, unlike=IDS))
def test_what_was_asked_survives_json(asked: Asked) -> None:
    assert Asked.from_dict(json.loads(json.dumps(asked.as_dict()))) == asked
