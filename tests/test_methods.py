import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import Recommender, RecommenderError
from recommender.baselines import bm25
from recommender.methods import METHODS, by_matches, by_words, firsts, rank_labels, ranks

VALUES = st.integers(0, 4).map(lambda step: step / 2)
ROWS = st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=8)


def matches_of(rows: list[tuple[float, ...]]) -> pd.DataFrame:
    index = pd.Index([f"c{i}" for i in range(len(rows))], name="charity_id")
    return pd.DataFrame(rows, index, columns=["a", "b", "c"][: len(rows[0])], dtype=float)


def test_scores_worked_out_by_hand() -> None:
    matches = matches_of([(3.0, 4.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 0.0), (6.0, 8.0, 10.0)])
    found = by_matches(matches, {"a": 0.6, "b": 0.4})
    assert found["sum"].tolist() == pytest.approx([3.4, 0.4, 0.0, 6.8])
    length = math.hypot(0.6, 0.4)
    cosines = [3.4 / (5 * length), 0.4 / length, 0.0, 6.8 / (math.sqrt(200) * length)]
    assert found["cosine"].tolist() == pytest.approx(cosines)
    assert found["focus"].tolist() == pytest.approx([3.4 / 7, 0.4, 0.0, 6.8 / 24])


def test_each_method_can_crown_another() -> None:
    # Much of everything; the very mixture that is asked; nothing but what weighs most.
    matches = matches_of([(2.0, 2.0, 2.0), (0.6, 0.4, 0.0), (0.9, 0.0, 0.0)])
    ranked = ranks(by_matches(matches, {"a": 0.6, "b": 0.4}))
    assert firsts(ranked, ["sum", "cosine", "focus"]) == {
        "sum": ["c0"],
        "cosine": ["c1"],
        "focus": ["c2"],
    }


@given(ROWS)
def test_scores_stay_within_their_bounds(rows: list[tuple[float, ...]]) -> None:
    found = by_matches(matches_of(rows), {"a": 0.7, "c": -0.3})
    assert found["cosine"].abs().max() <= 1 + 1e-12
    assert found["focus"].abs().max() <= 0.7 + 1e-12
    assert ((found["sum"] > 0) == (found["cosine"] > 0)).all()
    assert ((found["sum"] > 0) == (found["focus"] > 0)).all()


@given(ROWS, st.permutations(range(8)))
def test_the_order_of_rows_decides_nothing(rows: list[tuple[float, ...]], order: list[int]) -> None:
    matches = matches_of(rows)
    weights = {"a": 0.5, "b": 0.25, "c": 0.25}
    other = matches.iloc[[i for i in order if i < len(rows)]]
    found = ranks(by_matches(matches, weights))
    assert ranks(by_matches(other, weights)).loc[found.index].equals(found)


@given(ROWS, st.sampled_from([0.5, 2.0, 4.0]))
def test_how_much_a_charity_does_changes_its_sum_alone(
    rows: list[tuple[float, ...]], factor: float
) -> None:
    weights = {"a": 0.5, "b": 0.5}
    one, more = (by_matches(matches_of(rows) * times, weights) for times in (1.0, factor))
    assert more["sum"].tolist() == pytest.approx((factor * one["sum"]).tolist())
    assert more["cosine"].tolist() == pytest.approx(one["cosine"].tolist())
    assert more["focus"].tolist() == pytest.approx(one["focus"].tolist())


def test_ties_are_ties_and_nothing_has_no_rank() -> None:
    scores = pd.DataFrame({"sum": [0.5, 0.5 + 1e-15, 0.75, 0.0, -0.5]})
    ranked = ranks(scores)["sum"]
    assert ranked.tolist()[:3] == [2, 2, 1]
    assert ranked.isna().tolist() == [False, False, False, True, True]
    assert rank_labels(ranked) == ["2=", "2=", "1", "–", "–"]


def test_words_are_looked_for_in_their_own_language() -> None:
    texts = pd.DataFrame(
        {
            "description": ["It teaches law.", "It sends rice."],
            "description_ko": ["쌀을 보냅니다.", "학교를 짓습니다."],
        },
        index=["c0", "c1"],
    )
    found = by_words(texts, {"a": "Law", "text": "학교"}, {"a": 0.25, "text": 0.75})
    law = bm25(texts["description"], {"q": "Law"})["q"]
    school = bm25(texts["description_ko"], {"q": "학교"})["q"]
    assert law["c0"] > 0
    assert school["c1"] > 0
    assert found.tolist() == pytest.approx([0.25 * law["c0"], 0.75 * school["c1"]])


@pytest.mark.parametrize(
    "asked",
    [
        {"answers": {"justice": 5, "education": 2}},
        {"answers": {"justice": 1}, "text": "prison survivors"},
        {"like": ["pscore"], "unlike": ["khf"]},
    ],
)
def test_the_sum_is_the_rank_of_the_run(model: Recommender, asked: dict[str, object]) -> None:
    run = model.recommend(**asked)
    found = model.by_methods(run)
    assert found.columns.tolist() == ["name", *METHODS]
    assert found.index.equals(run.index)
    assert found["sum"].equals(run["rank"].rename("sum"))


def test_a_run_is_ranked_by_all_that_is_offered(model: Recommender) -> None:
    run = model.recommend({"justice": 5})
    found = model.by_methods(run)
    # Of one priority alone the cosine would be 1 for all, had only that one been looked at.
    ranked = found["cosine"].dropna()
    assert ranked.nunique() > len(ranked) / 2
    matches = {p: model.index_.match(model.parts_[p]) for p in model.agenda_}
    table = pd.DataFrame(matches, model.charities_.ids(range(len(run)))).loc[run.index]
    expected = (table["justice"] / table.sum(axis=1)).idxmax()
    assert firsts(found)["focus"] == [expected]


def test_examples_have_no_words_and_nothing_asked_has_no_rank(model: Recommender) -> None:
    assert model.by_methods(model.recommend(like=["pscore"]))["BM25"].isna().all()
    assert model.by_methods(model.recommend())[list(METHODS)].isna().all(axis=None)


def test_few_rows_are_ranked_among_themselves(model: Recommender) -> None:
    found = model.by_methods(model.recommend({"justice": 5}, k=3))
    assert sorted(found["focus"].tolist()) == [1, 2, 3]


def test_a_run_of_too_many_rows_or_of_another_model_is_refused(
    model: Recommender, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = model.recommend({"justice": 5})
    monkeypatch.setattr("recommender.explaining.MOST_ROWS", 44)
    with pytest.raises(RecommenderError, match="at most 44 rows; this run has 45"):
        model.by_methods(run)
    run.attrs = {}
    with pytest.raises(RecommenderError, match="wasn't made by this model"):
        model.by_methods(run)
