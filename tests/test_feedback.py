from collections.abc import Callable

import pandas as pd
import pytest

from recommender import AnswersError, Recommender, UnknownNameError
from recommender.feedback import STRONGEST, centroid
from recommender.lots import lot
from recommender.ranking import LIKE, UNLIKE, parts_of

Fit = Callable[[list[dict[str, str]]], Recommender]


def test_a_centroid_is_the_mean_of_the_rows_at_unit_length() -> None:
    rows = [{"en": {"a": 3.0, "b": 1.0}}, {"en": {"a": 1.0, "c": 2.0}, "ko": {"가나": 1.0}}]
    part = centroid(LIKE, rows, {"ko": 0.5})
    length = (4**2 + 1 + 2**2) ** 0.5
    assert part.profile["en"] == pytest.approx({"a": 4 / length, "b": 1 / length, "c": 2 / length})
    assert part.profile["ko"] == {"가나": 2.0}
    assert part.shares == {"en": 1.0, "ko": 1.0}


def test_only_the_strongest_terms_of_a_centroid_count() -> None:
    row = {f"t{i:03}": float(i) for i in range(1, 80)}
    kept = centroid(LIKE, [{"en": row}], {}).profile["en"]
    assert len(kept) == STRONGEST
    assert min(kept) == "t030"


def test_the_order_of_the_charities_liked_changes_nothing(model: Recommender) -> None:
    one, two = (model.recommend(like=ids) for ids in (["cfk", "pscore"], ["pscore", "cfk"]))
    pd.testing.assert_series_equal(one["score"], two["score"])


def test_a_charity_is_most_like_itself(model: Recommender) -> None:
    for charity_id in model.catalogue_.index:
        assert model.recommend(like=[charity_id], k=1).index[0] == charity_id


def test_similar_charities_do_the_same_work(fitted: Fit) -> None:
    model = fitted(
        [
            {"description": "Sends tuberculosis medicine to hospitals."},
            {"description": "Broadcasts radio."},
            {"description": "Medicine for hospitals."},
            {"description": "Plants trees."},
        ]
    )
    run = model.similar("c0")
    assert run.index.tolist() == ["c2", *sorted(["c1", "c3"], key=lot)]
    assert run["rank"].tolist() == [1, pd.NA, pd.NA]
    assert parts_of(run) == [LIKE]


def test_similar_charities_are_found_by_any_name_and_cut_at_k(model: Recommender) -> None:
    run = model.similar("Christian Friends of Korea", k=3)
    assert len(run) == 3
    assert "cfk" not in run.index
    pd.testing.assert_frame_equal(run, model.similar("cfk").iloc[:3])


def test_what_is_liked_and_disliked_is_explained_word_by_word(model: Recommender) -> None:
    run = model.recommend({"education": 2}, like=["LiNK"], unlike=["pscore"])
    for charity_id, score in run["score"].items():
        table = model.explain(run, str(charity_id))
        assert table["contribution"].sum() == pytest.approx(score, abs=1e-9)
        against = table.loc[table["priority"] == UNLIKE, "contribution"]
        assert (against < 0).all()
    assert (run[LIKE] >= 0).all()
    assert (run[UNLIKE] <= 0).all()
    assert (run.attrs["like"], run.attrs["unlike"]) == (["link"], ["pscore"])


def test_less_like_this_lowers_what_resembles_it(model: Recommender) -> None:
    before, after = (
        model.recommend({"education": 3}),
        model.recommend({"education": 3}, unlike=["pscore"]),
    )
    assert before.at["pscore", "rank"] < 10
    assert pd.isna(after.at["pscore", "rank"])
    assert after.index[-1] == "pscore"


def test_the_same_charity_liked_and_disliked_is_refused(model: Recommender) -> None:
    with pytest.raises(AnswersError, match="like and unlike both name cfk; choose one"):
        model.recommend(like="cfk", unlike=["Christian Friends of Korea"])


def test_evidence_is_of_what_counts_for_a_charity(model: Recommender) -> None:
    run = model.recommend({"education": 3}, unlike=["pscore"])
    assert UNLIKE not in model.evidence(run, "pscore")
    assert "education" in model.evidence(run, "pscore")


def test_a_charity_liked_twice_counts_once(model: Recommender) -> None:
    run = model.recommend(like=["cfk", "Christian Friends of Korea"])
    assert run.attrs["like"] == ["cfk"]


def test_liking_nobody_known_is_refused(model: Recommender) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean"):
        model.recommend(like=["christian frends of korea"])
