import math
from collections.abc import Callable, Iterable
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ranking_samples import Matches, charities_of

from recommender import Recommender, load_priorities
from recommender.errors import AnswersError, UnknownNameError
from recommender.index import Part
from recommender.lots import lot
from recommender.priorities import Priorities
from recommender.ranking import (
    GOOD_MATCH,
    LIKE,
    LIKE_WEIGHT,
    POINT,
    TEXT,
    TEXT_WEIGHT,
    UNLIKE,
    UNLIKE_WEIGHT,
    donor_weights,
    in_points,
    longest,
    points,
    rank,
    rank_label,
    text_weights,
)
from recommender.text import sentences

Fit = Callable[[list[dict[str, str]]], Recommender]

IDS = load_priorities().ids
KNOWN = ("justice", "education", "food")


def run_of(
    matches: dict[str, list[float]],
    weights: dict[str, float],
    liked: Iterable[int] = (),
    k: int | None = None,
    ids: Iterable[str] | None = None,
) -> pd.DataFrame:
    index = Matches(matches)
    charities = charities_of(ids or [f"id{i:02}" for i in range(index.size_)])
    parts = [Part(name, {}, {}) for name in matches]
    return rank(index, charities, parts, weights, liked=liked, k=k)


MATCH = st.sampled_from([0.0, 0.1, 0.1 + 1e-13, 0.2, 0.3, 2.0])


@given(
    rows=st.lists(st.tuples(MATCH, MATCH), min_size=1, max_size=40),
    k=st.integers(0, 45),
    liked=st.sets(st.integers(0, 39), max_size=3),
)
def test_a_row_is_the_same_whatever_k_is(
    rows: list[tuple[float, float]], k: int, liked: set[int]
) -> None:
    matches = {"p": [p for p, _ in rows], "q": [q for _, q in rows]}
    asked = (matches, {"p": 0.75, "q": -0.25}, {row for row in liked if row < len(rows)})
    pd.testing.assert_frame_equal(run_of(*asked, k=k), run_of(*asked).iloc[:k])


@given(rows=st.lists(st.tuples(MATCH, MATCH), min_size=1, max_size=30))
def test_ranks_are_those_of_exact_sums(rows: list[tuple[float, float]]) -> None:
    run = run_of({"p": [p for p, _ in rows], "q": [q for _, q in rows]}, {"p": 0.5, "q": 0.5})
    exact = [round(float(Fraction(p) / 2 + Fraction(q) / 2), 12) for p, q in rows]
    for i, score in enumerate(exact):
        row = run.loc[f"id{i:02}"]
        if score <= 0:
            assert pd.isna(row["rank"])
        else:
            assert row["rank"] == 1 + sum(other > score for other in exact)
            assert row["tied"] == (exact.count(score) > 1)


@given(st.dictionaries(st.sampled_from(KNOWN), st.none() | st.floats(0, 5)), st.booleans())
def test_weights_sum_to_one_and_keep_their_proportions(
    answers: dict[str, float | None], text: bool
) -> None:
    others = {TEXT: 3.0} if text else {}
    weights = donor_weights(answers, others, KNOWN)
    given_ = {name: w for name, w in answers.items() if w} | others
    assert set(weights) == set(given_)
    assert sum(weights.values()) == pytest.approx(1 if given_ else 0)
    for name, weight in given_.items():
        assert weights[name] == pytest.approx(weight / sum(given_.values()))


def test_neither_zero_nor_skipping_is_a_weight() -> None:
    assert donor_weights({"justice": 0, "food": None}, {}, KNOWN) == {}


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf, -1, -1e-9, 5.000001, 1e300])
def test_a_weight_outside_nought_to_five_is_refused(wrong: float) -> None:
    with pytest.raises(AnswersError, match="of justice: expected 0 to 5, or None"):
        donor_weights({"education": 1, "justice": wrong}, {}, KNOWN)


def test_an_unknown_priority_is_refused_even_when_skipped() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown priority 'justise'. Did you mean justice"):
        donor_weights({"justise": None}, {}, KNOWN)


def test_skipping_and_zero_rank_alike_and_are_kept_apart(model: Recommender) -> None:
    skipped = model.recommend({"justice": 4, "education": None})
    zero = model.recommend({"justice": 4, "education": 0})
    pd.testing.assert_frame_equal(skipped, zero)
    assert skipped.attrs["answers"] == {"justice": 4, "education": None}
    assert zero.attrs["answers"] == {"justice": 4, "education": 0}


def test_equal_scores_share_a_rank_and_are_listed_by_lot() -> None:
    run = run_of({"p": [0.2, 0.5, 0.5, 0.1, 0.0]}, {"p": 1.0})
    labels = [rank_label(r, t) for r, t in zip(run["rank"], run["tied"], strict=True)]
    assert labels == ["1=", "1=", "3", "4", "–"]
    assert run.index.tolist() == ["id01", "id02", "id00", "id03", "id04"]


def test_scores_that_differ_only_in_rounding_are_equal() -> None:
    run = run_of({"p": [0.1 + 0.2, 0.3, 0.3 + 1e-9]}, {"p": 1.0})
    assert run["rank"].tolist() == [1, 2, 2]


def test_charities_without_evidence_have_no_rank_and_are_not_tied() -> None:
    run = run_of({"p": [0.0, 0.4, 0.0]}, {"p": 1.0})
    assert run["rank"].isna().tolist() == [False, True, True]
    assert run["tied"].tolist() == [False, False, False]
    assert run["band"].tolist() == ["good", "none", "none"]


def test_ties_are_listed_by_their_lots_whatever_the_order_of_rows() -> None:
    run = run_of({"p": [0.1, 0.1, 0.2, 0.1]}, {"p": 1.0}, ids=["b", "B", "z", "a"])
    assert run.index.tolist() == ["z", *sorted(["b", "B", "a"], key=lot)]


@pytest.mark.parametrize(
    ("scores", "bands"),
    [
        (
            [4, 2, 1.9, 0.5, 0.49, 0],
            ["good", "good", "partial", "partial", "slight", "none"],
        ),
        ([GOOD_MATCH, GOOD_MATCH * 0.99], ["good", "partial"]),
        ([0.25, 0.01], ["partial", "slight"]),
        ([0.0], ["none"]),
    ],
)
def test_bands_are_shares_of_the_best_and_a_match_worth_the_name(
    scores: list[float], bands: list[str]
) -> None:
    assert run_of({"p": scores}, {"p": 1.0})["band"].tolist() == bands


def test_a_good_fit_needs_a_match_with_one_part_not_a_high_score() -> None:
    # Each weight is a half: both scores are 0.2, the first one's match with p is 0.4.
    run = run_of({"p": [0.4, 0.2], "q": [0.0, 0.2]}, {"p": 0.5, "q": 0.5})
    assert run["band"].to_dict() == {"id00": "good", "id01": "partial"}


def test_where_nothing_is_asked_nothing_is_ranked(model: Recommender) -> None:
    for run in (model.recommend(), model.recommend({"justice": None, "education": 0})):
        assert run["rank"].isna().all()
        assert not run["tied"].any()
        assert set(run["band"]) == {""}
        assert set(run["score"]) == {0}
        assert run.index.tolist() == sorted(model.catalogue_.index, key=lot)
        assert run.columns.tolist() == ["rank", "tied", "name", "band", "score"]
        assert len(run) == len(model.catalogue_)


def test_the_parts_of_a_row_sum_to_its_score() -> None:
    run = run_of({"p": [0.3, 0.1], "q": [0.2, 0.9]}, {"p": 0.75, "q": 0.25})
    assert run["score"].to_dict() == pytest.approx({"id01": 0.3, "id00": 0.275})
    assert run.loc["id00", ["p", "q"]].tolist() == pytest.approx([0.225, 0.05])


def test_a_charity_that_is_liked_does_not_set_what_a_good_score_is() -> None:
    bands = run_of({LIKE: [8.0, 1.5, 0.1]}, {LIKE: 1.0}, [0], ids=["chosen", "near", "far"])["band"]
    assert bands.to_dict() == {"chosen": "good", "near": "good", "far": "slight"}


def test_the_longest_bar_may_be_one_that_counts_against() -> None:
    assert longest(run_of({"p": [0.1], UNLIKE: [0.9]}, {"p": 0.5, UNLIKE: -0.5})) == 45


@given(st.lists(st.floats(0, 1), max_size=13))
def test_points_are_whole_and_sum_to_the_rounded_score(values: list[float]) -> None:
    parts = np.array(values, dtype=float)
    whole = points(parts)
    assert whole.dtype.kind == "i"
    assert abs(whole.sum() - parts.sum() * POINT) <= 0.5 + 1e-6
    assert (np.abs(whole - parts * POINT) < 1 + 1e-9).all()


def test_the_largest_remainders_are_rounded_up() -> None:
    assert points(np.array([0.104, 0.203, 0.303])).tolist() == [11, 20, 30]


def test_points_are_hundredths_of_the_score() -> None:
    assert (in_points(1.2346), in_points(1.2344)) == (123.5, 123.4)
    assert in_points(0.5, digits=0) == 50


def test_what_counts_against_a_charity_takes_its_share_of_the_weights() -> None:
    weights = donor_weights({"justice": 3}, {LIKE: LIKE_WEIGHT, UNLIKE: UNLIKE_WEIGHT}, KNOWN)
    assert weights == {"justice": 3 / 7, LIKE: 3 / 7, UNLIKE: -1 / 7}


def test_a_reading_is_added_to_what_was_rated() -> None:
    others = text_weights(words=True, reading={"food": 0.5, "justice": 0.25})
    assert others == {"food": 1.5, "justice": 0.75, TEXT: 0.75}
    weights = donor_weights({"justice": 2, "education": None}, others, KNOWN)
    assert weights == pytest.approx({"justice": 2.75 / 5, "food": 1.5 / 5, TEXT: 0.75 / 5})


def test_words_that_say_nothing_leave_their_rest_to_nobody() -> None:
    assert text_weights(words=False, reading={"food": 0.5}) == {"food": 1.5}
    assert text_weights(words=True, reading={}) == {TEXT: TEXT_WEIGHT}


def test_a_score_below_nought_is_listed_last_and_not_ranked() -> None:
    run = run_of({"p": [0.1, 0.5, 0.0], UNLIKE: [0.9, 0.1, 0.0]}, {"p": 0.5, UNLIKE: -0.5})
    assert run["rank"].tolist() == [1, pd.NA, pd.NA]
    assert run["score"].tolist() == pytest.approx([0.2, 0.0, -0.4])
    assert run["band"].tolist() == ["good", "none", "none"]


@given(st.lists(st.floats(-1, 4), max_size=13))
def test_points_below_nought_sum_as_well(values: list[float]) -> None:
    parts = np.array(values, dtype=float)
    assert abs(points(parts).sum() - parts.sum() * POINT) <= 0.5 + 1e-6


@pytest.mark.parametrize(
    ("rank_", "tied", "label"),
    [(3, False, "3"), (1, True, "1="), (pd.NA, False, "–"), (None, 1, "–")],
)
def test_a_rank_is_read_as_people_write_it(rank_: int | None, tied: bool, label: str) -> None:
    assert rank_label(rank_, tied) == label


@pytest.mark.parametrize("priority", IDS)
@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("charity", ["link", "cfk", "pscore", "woorion"])
def test_a_description_repeated_ranks_no_higher(
    model: Recommender,
    catalogue: pd.DataFrame,
    priorities: Priorities,
    priority: str,
    times: int,
    charity: str,
) -> None:
    longer = catalogue.copy()
    for column in ("description", "description_ko"):
        longer.loc[charity, column] = " ".join([catalogue.at[charity, column]] * times)
    run = model.recommend({priority: 5})
    padded = Recommender(priorities=priorities).fit(longer).recommend({priority: 5})
    assert padded.at[charity, "score"] <= run.at[charity, "score"] + 1e-12
    pd.testing.assert_frame_equal(run, padded, rtol=0, atol=1e-12)


@given(st.data())
def test_a_description_padded_with_its_own_sentences_ranks_no_higher(
    model: Recommender, catalogue: pd.DataFrame, priorities: Priorities, data: st.DataObject
) -> None:
    charity = data.draw(st.sampled_from(list(catalogue.index)))
    padded = catalogue.copy()
    for column in ("description", "description_ko"):
        text = catalogue.at[charity, column]
        own = [text[a:b] for a, b in sentences(text)]
        extra = data.draw(st.lists(st.sampled_from(own), min_size=1, max_size=12))
        padded.loc[charity, column] = " ".join([text, *extra])
    other = Recommender(priorities=priorities).fit(padded)
    answers = data.draw(st.dictionaries(st.sampled_from(IDS), st.none() | st.floats(0, 5)))
    run, after = model.recommend(answers), other.recommend(answers)
    pd.testing.assert_frame_equal(run, after, rtol=0, atol=1e-12)


NAMES = [
    ({"name": "Justice School"}, "Justice School helps. The JUSTICE SCHOOL is here."),
    ({"name": "Xyz", "short_name": "RADIO"}, "RADIO helps where RADIO can."),
    ({"name": "Xyz", "aliases": "Rescue | Medical Church Aid"}, "The Medical Church Aid (Rescue)."),
    ({"name": "Hospitals"}, "Hospitals helps."),
]


@pytest.mark.parametrize(("names", "text"), NAMES)
def test_a_charitys_own_names_never_score(fitted: Fit, names: dict, text: str) -> None:
    plain = {
        "name": "Other",
        "description": "Runs schools, hospitals, churches and radios. Justice.",
    }
    model = fitted([{**names, "description": text}, plain])
    run = model.recommend(
        dict.fromkeys(IDS, 5), text="justice school radio rescue medical hospital"
    )
    assert run.at["c1", "score"] > 0
    assert run.at["c0", "score"] == 0
    assert model.explain(run, "c0").empty


def test_a_korean_name_never_scores(fitted: Fit) -> None:
    model = fitted(
        [
            {
                "name_ko": "정의학교",
                "description": "Helps.",
                "description_ko": "정의학교는 돕습니다.",
            },
            {"description": "Schools.", "description_ko": "정의학교 병원 교육."},
        ]
    )
    run = model.recommend(dict.fromkeys(IDS, 5), text="정의학교")
    assert run["score"].to_dict() == {"c0": 0, "c1": run["score"].max()}


def test_a_word_that_a_name_resembles_counts_in_other_capitals(fitted: Fit) -> None:
    text = "It offers a link between LiNK and others."
    model = fitted([{"short_name": "LiNK", "description": text}, {"description": "Nothing else."}])
    run = model.recommend(text="link")
    explained = model.explain(run, "c0")
    assert explained["words"].tolist() == ["link"]
    assert run.at["c0", "score"] > 0


def test_another_charitys_name_does_not_hide_a_word(fitted: Fit) -> None:
    model = fitted([{"name": "Radio", "description": "Helps."}, {"description": "Runs a Radio."}])
    assert model.recommend({"information_access": 1}).index[0] == "c1"


def test_a_name_in_the_catalogue_alone_changes_no_score(
    model: Recommender, catalogue: pd.DataFrame, priorities: Priorities
) -> None:
    renamed = catalogue.copy()
    renamed["name"] = "Justice Hospital School " + catalogue["name"]
    other = Recommender(priorities=priorities).fit(renamed)
    answers = dict.fromkeys(IDS[:4], 3)
    run, after = model.recommend(answers)["score"], other.recommend(answers)["score"]
    pd.testing.assert_series_equal(run, after.reindex(run.index), rtol=0, atol=1e-12)
