"""The first k of a ranking are exactly those of a sort of all."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ranking_samples import Matches, charities_of

from recommender import ranking
from recommender.index import Index, Part
from recommender.lots import lot
from recommender.ranking import rank
from recommender.top import Guess

TERMS = ["a", "b", "c", "d"]
TEXT_OF = st.none() | st.lists(st.sampled_from(TERMS), max_size=5)
PROFILE = st.dictionaries(st.sampled_from(TERMS), st.sampled_from([0.5, 1.0, 1 + 1e-9]), min_size=1)
ASKED = st.lists(
    st.tuples(
        st.fixed_dictionaries({"en": PROFILE, "ko": PROFILE}),
        st.sampled_from([{"en": 1.0}, {"ko": 1.0}, {"en": 1.0, "ko": 1.0}, {"en": 2.0, "ko": 1.0}]),
        st.sampled_from([-0.5, -0.2, 0.1, 0.5, 1.0]),
    ),
    max_size=3,
)


@given(data=st.data(), texts=st.lists(st.tuples(TEXT_OF, TEXT_OF), min_size=1, max_size=30))
@settings(max_examples=100)
def test_the_first_k_are_those_of_a_sort_of_all(
    data: st.DataObject, texts: list[tuple[list[str] | None, list[str] | None]]
) -> None:
    """Of exact sums, ties by lot, whatever is asked, kept and liked, by guess or without."""
    size = len(texts)
    ids = data.draw(st.permutations([f"id{i:02}" for i in range(size)]))
    index = Index().fit({"en": [en for en, _ in texts], "ko": [ko for _, ko in texts]})
    asked, charities = data.draw(ASKED), charities_of(ids)
    parts = [
        index.part(f"p{i}", {language: profiles[language] for language in shares}, shares)
        for i, (profiles, shares, _) in enumerate(asked)
    ]
    weights = {f"p{i}": weight for i, (_, _, weight) in enumerate(asked)}
    kept = data.draw(st.none() | st.lists(st.booleans(), min_size=size, max_size=size))
    kept = None if kept is None else np.array(kept, dtype=bool)
    liked = data.draw(st.sets(st.integers(0, size - 1), max_size=2))
    k = data.draw(st.none() | st.integers(0, size + 2))

    scores = sum(weights[p.name] * index.match(p) for p in parts) + np.zeros(size)
    rows = [row for row in range(size) if kept is None or kept[row]]
    expected = sorted(rows, key=lambda row: (-round(scores[row], 12), lot(ids[row])))[:k]
    whole = rank(index, charities, parts, weights, liked=liked, kept=kept)
    for small in (2000, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ranking, "_SMALL", small)
            run = rank(index, charities, parts, weights, liked=liked, kept=kept, k=k)
        assert run.index.tolist() == [ids[row] for row in expected]
        pd.testing.assert_frame_equal(run, whole.iloc[:k])


def test_many_that_no_word_reaches_are_listed_by_lot_after_those_that_count_against() -> None:
    # "a" and "b" cancel in 32 bits, but not exactly: the last row isn't one of the untouched.
    texts = [[] for _ in range(50)] + [["a", "b"]]
    index = Index().fit({"en": texts})
    ids = [f"id{i:02}" for i in range(51)]
    charities = charities_of(ids)
    parts = [index.part("p", {"en": {"a": 1.0}}), index.part("q", {"en": {"b": 1.0}})]
    weights = {"p": 0.5 + 1e-9, "q": -0.5 + 1e-9}
    guess = index.guess(parts, weights).scores
    assert guess[50] == 0 < index.match(parts[0])[50]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "_SMALL", 0)
        run = rank(index, charities, parts, weights, k=3)
    assert run.index.tolist() == ["id50", *sorted(ids[:50], key=lot)[:2]]
    assert run["rank"].tolist() == [1, pd.NA, pd.NA]


class Guesses(Matches):
    """Matches whose guess is off by at most an error."""

    def __init__(self, exact: list[float], guess: list[float], error: float) -> None:
        super().__init__({"p": exact})
        self._guess = Guess(np.array(guess, dtype=np.float32), error)

    def guess(self, *_: object) -> Guess:
        return self._guess


def test_those_just_below_the_threshold_are_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those kept, one is within the margin, and another, just outside it, is really better."""
    monkeypatch.setattr(ranking, "_SMALL", 0)
    index = Guesses([0.50, 0.475, 0.485], [0.5, 0.481, 0.479], 0.0101)
    charities = charities_of(["a", "b", "c"])
    kept = np.array([False, True, True])
    run = rank(index, charities, [Part("p", {}, {})], {"p": 1.0}, kept=kept, k=1)
    assert run.index.tolist() == ["c"]


def test_few_that_are_kept_are_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "_SMALL", 2)
    index = Matches({"p": [0.1, 0.2, 0.3]})  # which can't guess
    kept = np.array([True, True, False])
    run = rank(
        index, charities_of(["a", "b", "c"]), [Part("p", {}, {})], {"p": 1.0}, kept=kept, k=1
    )
    assert run.index.tolist() == ["b"]


@pytest.mark.parametrize("kept", [None, np.array([True, True])])
def test_one_that_is_guessed_a_little_lower_may_be_better(
    kept: np.ndarray | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "_SMALL", 0)
    index = Guesses([0.500, 0.501], [0.5005, 0.5002], 0.001)
    run = rank(index, charities_of(["a", "b"]), [Part("p", {}, {})], {"p": 1.0}, kept=kept, k=1)
    assert run.index.tolist() == ["b"]


def test_none_may_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "_SMALL", 0)
    index = Guesses([0.5, 0.4], [0.5, 0.4], 0.001)
    asked = (index, charities_of(["a", "b"]), [Part("p", {}, {})], {"p": 1.0})
    pd.testing.assert_frame_equal(rank(*asked, k=0), rank(*asked).iloc[:0])
