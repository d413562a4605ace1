"""Why not, and side by side, as the model answers: against rankings made anew."""

import json
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from recommender import AnswersError, Recommender, RecommenderError, UnknownNameError
from recommender.flip import Flip
from recommender.ranking import donor_weights, parts_of

Fit = Callable[[list[dict[str, str]]], Recommender]

SHIPPED = [
    "justice",
    "resettlement",
    "medical_aid",
    "education",
    "rescue_protection",
    "food_nutrition",
    "livelihoods",
    "information_access",
    "advocacy_awareness",
    "reunification_family",
    "faith_freedom",
    "psychosocial",
]
CHARITY = st.sampled_from(["link", "khf", "cfk", "hrnk", "woorion", "pscore", "nkdb", "tjwg"])
PAIR = st.lists(CHARITY, min_size=2, max_size=2, unique=True)
RATING = st.none() | st.integers(0, 5) | st.sampled_from([0.5, 4.5]) | st.floats(0.01, 5)
ANSWERS = st.dictionaries(st.sampled_from(SHIPPED), RATING, min_size=1, max_size=6)
OWN_WORDS = st.sampled_from(["", "", "legal help for prisoners", "탈북 청년 학교", "zzz"])
ASKED = {
    "answers": ANSWERS,
    "text": OWN_WORDS,
    "like": st.sampled_from([(), ("cfk",)]),
    "unlike": st.sampled_from([(), ("link",)]),
}
QUERY = st.fixed_dictionaries(ASKED)


def gap(run: pd.DataFrame, pair: list[str]) -> float:
    """By how much the second of a pair is ahead, as ranks see it."""
    one, two = run.loc[pair, "score"].to_numpy().round(12)
    return float(two - one)


@pytest.fixture(scope="module")
def scored(model: Recommender) -> Callable[[dict, list[str]], float]:
    """Return what scores a pair without anything of `comparison`: weights times whole columns."""
    columns = {p: model.recommend({p: 5})[p] for p in SHIPPED}

    def ahead(answers: dict, pair: list[str]) -> float:
        weights = donor_weights(answers, {}, tuple(SHIPPED))
        one, two = (sum(w * columns[p][charity] for p, w in weights.items()) for charity in pair)
        return float(np.round(two, 12) - np.round(one, 12))

    return ahead


@given(QUERY, PAIR)
def test_the_table_is_what_run_and_breakdown_say(
    model: Recommender, query: dict, pair: list[str]
) -> None:
    run = model.recommend(**query)
    assume(parts_of(run))
    why = model.why_not(run, *pair)
    one, other = run.loc[pair[0]], run.loc[pair[1]]
    assert why.parts.index.tolist() == parts_of(run)
    assert abs(why.parts["difference"].sum() - why.gap) <= 1e-12
    assert why.gap == other["score"] - one["score"]
    assert why.parts["charity"].tolist() == one[parts_of(run)].tolist()
    assert why.parts["other"].tolist() == other[parts_of(run)].tolist()
    table = model.breakdown(run, pair[0])
    assert why.parts["weight"].tolist() == table["weight"].tolist()
    assert why.parts["charity_points"].tolist() == table["points"].tolist()
    assert why.points == model.breakdown(run, pair[1])["points"].sum() - table["points"].sum()


@given(QUERY, PAIR)
def test_words_and_the_rest_sum_to_each_difference(
    model: Recommender, query: dict, pair: list[str]
) -> None:
    run = model.recommend(**query)
    assume(parts_of(run))
    why = model.why_not(run, *pair)
    named = why.words.groupby("part")["difference"].sum().reindex(why.rest.index, fill_value=0.0)
    assert (named + why.rest - why.parts["difference"]).abs().max() <= 1e-12
    assert (why.words["difference"] - why.words["other"] + why.words["charity"]).abs().sum() == 0
    texts = " ".join(" ".join(model.explanation(run, c).reading.texts.values()) for c in pair)
    assert all(words in texts for words in why.words["words"])


@given(QUERY, PAIR)
def test_the_other_way_round_the_signs_turn(
    model: Recommender, query: dict, pair: list[str]
) -> None:
    run = model.recommend(**query)
    assume(parts_of(run))
    why, back = model.why_not(run, *pair), model.why_not(run, *pair[::-1])
    assert (back.charity, back.other, back.gap) == (why.other, why.charity, -why.gap)
    for name in ("parts", "words"):
        pd.testing.assert_frame_equal(getattr(why.turned(), name), getattr(back, name))
    pd.testing.assert_series_equal(why.turned().rest, back.rest)
    assert (why.flip, why.close) == (back.flip, back.close)


@given(QUERY, PAIR)
def test_the_rating_brings_level_and_a_hair_beyond_swaps(
    model: Recommender, query: dict, pair: list[str]
) -> None:
    run = model.recommend(**query)
    assume(parts_of(run))
    why = model.why_not(run, *pair)
    assume(why.flip)

    def rated(rating: float) -> pd.DataFrame:
        answers = {**query["answers"], why.flip.priority: rating}
        # The words are read as they were: a reading is no rating.
        own = {"reading": run.attrs["reading"]} if query["text"] else {}
        return model.recommend(**{**query, "answers": answers, **own})

    scores = rated(why.flip.level_at).loc[pair, "score"]
    assert abs(scores.iloc[0] - scores.iloc[1]) <= 1e-9
    assert 0 <= why.flip.level_at <= 5
    beyond = why.flip.level_at + (1e-4 if why.flip.increase else -1e-4)
    if 0 <= beyond <= 5:
        assert gap(rated(beyond), pair) * gap(run, pair) < 0


@given(ANSWERS, PAIR)
def test_no_smaller_change_of_any_rating_swaps_or_levels(
    model: Recommender, scored: Callable, answers: dict, pair: list[str]
) -> None:
    assume(any(answers.values()))
    why, now = model.why_not(model.recommend(answers), *pair), scored(answers, pair)
    assume(not why.level)
    for priority in SHIPPED:
        rated = answers.get(priority) or 0
        for rating in np.linspace(0, 5, 41):
            changed = {**answers, priority: float(rating)}
            swaps = any(changed.values()) and scored(changed, pair) * now <= 0
            smaller = why.flip is None or abs(rating - rated) < abs(why.flip.change) - 1e-9
            assert not (swaps and smaller), (priority, rating)


@given(ANSWERS, PAIR)
def test_too_close_is_what_one_step_in_an_answer_does(
    model: Recommender, scored: Callable, answers: dict, pair: list[str]
) -> None:
    assume(any(answers.values()))
    why, now = model.why_not(model.recommend(answers), *pair), scored(answers, pair)
    stepped = [
        {**answers, priority: min(max(rating + step, 0), 5)}
        for priority, rating in answers.items()
        if rating is not None
        for step in (-1, 1)
    ]
    swaps = any(any(a.values()) and scored(a, pair) * now <= 0 for a in stepped)
    assert why.too_close == (swaps and not why.level)
    assert why.close is None or why.close.rating == answers[why.close.priority]


def test_both_outcomes_of_close_and_flip_occur(model: Recommender) -> None:
    run = model.recommend({"justice": 5, "education": 2})
    near, far = model.why_not(run, "pscore"), model.why_not(run, "pscore", "link")
    assert near.close == Flip("education", 2, near.close.level_at)
    assert 2 < near.close.level_at < 3
    assert near.flip.rating is None
    assert (far.flip, far.close, far.too_close) == (None, None, False)


@given(ANSWERS, CHARITY)
def test_left_out_the_other_is_the_row_just_above(
    model: Recommender, answers: dict, charity: str
) -> None:
    run = model.recommend(answers)
    assume(parts_of(run))
    other = model.why_not(run, charity).other
    scores = run["score"].round(12)
    better = scores[scores > scores[charity]]
    assert other.listed
    assert other.score.__round__(12) == (better.min() if len(better) else scores[other.charity_id])


def test_the_first_is_set_against_the_next(model: Recommender) -> None:
    run = model.recommend({"justice": 5})
    why = model.why_not(run, "korea_future")
    assert (why.charity.rank, why.other.rank) == (1, 2)
    assert why.gap < 0


def test_ties_are_ties(fitted: Fit) -> None:
    rows = [{"description": text} for text in ("It runs a school.",) * 2 + ("A hospital.",) * 2]
    model = fitted(rows)
    run = model.recommend({"education": 5})
    why = model.why_not(run, "c0", "c1")
    assert (why.level, why.gap, why.flip, why.too_close) == (True, 0.0, None, False)
    assert (why.charity.rank, why.other.rank) == (1, 1)
    assert why.charity.tied
    assert why.other.tied
    none = model.why_not(run, "c2", "c3")
    assert none.level
    assert (none.charity.rank, none.charity.tied) == (None, False)
    assert model.why_not(run, "c2").other.charity_id == run.index[1]


def test_what_the_run_does_not_hold_is_compared_all_the_same(model: Recommender) -> None:
    answers = {"justice": 5, "education": 2}
    whole, first = model.recommend(answers), model.recommend(answers, k=2)
    why, full = model.why_not(first, "pscore"), model.why_not(whole, "pscore", "nkdb")
    assert why.other == full.other
    assert (why.charity.listed, why.charity.rank) == (False, None)
    assert (why.charity.band, why.charity.score) == (full.charity.band, full.charity.score)
    pd.testing.assert_frame_equal(why.parts, full.parts)
    left_out = model.recommend(answers, hide={"lobbies": "yes"})
    assert "pscore" not in left_out.index
    assert model.compare(left_out, ["pscore", "link"]).standings[0].score == full.charity.score


@given(QUERY, st.integers(1, 10))
def test_a_band_is_the_same_whether_or_not_k_cut_the_charity_off(
    model: Recommender, query: dict, k: int
) -> None:
    whole, first = model.recommend(**query), model.recommend(**query, k=k + len(query["like"]))
    for standing in model.compare(first, ["pscore", "link", "khf", "hrnk"]).standings:
        assert standing.band == whole.at[standing.charity_id, "band"]
        assert standing.score == whole.at[standing.charity_id, "score"]
        assert standing.listed == (standing.charity_id in first.index)


def test_a_run_without_another_row_says_so(model: Recommender) -> None:
    run = model.recommend({"justice": 5}, k=1)
    with pytest.raises(AnswersError, match=r"no charity beside korea_future; name the other"):
        model.why_not(run, "korea_future")
    with pytest.raises(AnswersError, match="no charity beside link"):
        model.why_not(model.recommend({"justice": 5}, k=0), "link")


def test_mistakes_are_told(model: Recommender) -> None:
    run = model.recommend({"justice": 5})
    with pytest.raises(AnswersError, match="link can't stand above itself"):
        model.why_not(run, "link", "LiNK")
    with pytest.raises(UnknownNameError, match=r"unknown charity 'pscor'\. Did you mean"):
        model.why_not(run, "pscor")
    with pytest.raises(UnknownNameError, match="unknown charity 'pscor'"):
        model.why_not(run, "link", "pscor")
    with pytest.raises(AnswersError, match="nothing is asked for"):
        model.why_not(model.recommend({"justice": 0}), "link")
    with pytest.raises(RecommenderError, match="wasn't made by this model"):
        model.why_not(pd.DataFrame(run.to_dict()), "link")


@given(QUERY)
def test_side_by_side_is_what_the_run_says(model: Recommender, query: dict) -> None:
    run = model.recommend(**query)
    ids = ["pscore", "khf", "link"]
    found = model.compare(run, ["PSCORE", "khf", "LiNK"])
    assert found.charity_ids == tuple(ids)
    assert found.points.columns.tolist() == found.contributions.columns.tolist() == ids
    for standing in found.standings:
        charity_id = standing.charity_id
        table, row = model.breakdown(run, charity_id), run.loc[charity_id]
        assert found.points[charity_id].tolist() == table["points"].tolist()
        assert found.contributions[charity_id].tolist() == row[parts_of(run)].tolist()
        assert found.weights.to_dict() == table["weight"].to_dict()
        assert (standing.score, standing.band) == (row["score"], row["band"])
        assert standing.rank == (None if pd.isna(row["rank"]) else row["rank"])
        assert found.evidence[charity_id] == model.evidence(run, charity_id)


def test_facts_and_evidence_are_in_the_language(model: Recommender) -> None:
    run = model.recommend({"education": 5})
    english, korean = (model.compare(run, ["khf", "link"], language) for language in ("en", "ko"))
    assert english.facts.at["base", "khf"] == "Seoul, South Korea"
    assert korean.facts.at["base", "khf"] == "한국 서울"
    assert korean.evidence["khf"]["education"].language == "ko"
    assert english.facts.index.tolist() == korean.facts.index.tolist()


@pytest.mark.parametrize(
    ("charities", "said"),
    [
        (["link"], "1 charities to compare: expected 2 to 4"),
        ("link", "1 charities to compare: expected 2 to 4"),
        ([], "0 charities to compare: expected 2 to 4"),
        (["link", "khf", "cfk", "hrnk", "nkdb"], "5 charities to compare: expected 2 to 4"),
        (["link", "LiNK"], "'link' and 'LiNK' name the same charity, link"),
    ],
)
def test_two_to_four_charities_are_compared(
    model: Recommender, charities: list[str], said: str
) -> None:
    with pytest.raises(AnswersError, match=said):
        model.compare(model.recommend({"justice": 1}), charities)


def test_an_unknown_charity_is_answered_with_the_known_ones(model: Recommender) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean"):
        model.compare(model.recommend({"justice": 1}), ["link", "pscor"])


def test_where_nothing_is_asked_facts_are_compared(model: Recommender) -> None:
    found = model.compare(model.recommend(), ["link", "khf"])
    assert len(found.points) == len(found.contributions) == len(found.weights) == 0
    assert [(s.rank, s.band, s.score) for s in found.standings] == [(None, "", 0.0)] * 2
    assert found.facts.at["founded", "link"] == "2004"
    json.dumps(found.as_object())


def test_json_knows_all_of_it(model: Recommender) -> None:
    run = model.recommend({"justice": 5, "education": 2}, text="학교", unlike=["link"])
    why = json.loads(json.dumps(model.why_not(run, "pscore").as_object(), allow_nan=False))
    assert sum(part["difference"] for part in why["parts"]) == pytest.approx(why["gap"], abs=1e-12)
    assert why["charity"]["charity_id"] == "pscore"
    side = json.loads(json.dumps(model.compare(run, ["khf", "link"]).as_object()))
    assert sum(side["contributions"]["khf"].values()) == pytest.approx(
        side["charities"][0]["score"]
    )


def test_the_ratings_that_may_change_are_those_of_the_agenda(model: Recommender) -> None:
    assert set(SHIPPED) == set(model.agenda_)


@given(ANSWERS)
def test_close_calls_are_those_of_neighbours(
    model: Recommender, answers: dict[str, float | None]
) -> None:
    run = model.recommend(answers)
    found = model.close_calls(run, 8)
    ranked = run.index[run["rank"].notna()][:8]
    assert set(found) <= set(ranked[1:])
    for above, charity in pairwise(ranked):
        why = model.why_not(run, charity, above)
        assert (charity in found) == (why.too_close and not why.level)
        if charity in found:
            assert found[charity].priority == why.close.priority
            assert found[charity].level_at == pytest.approx(why.close.level_at, abs=1e-9)


def test_nothing_asked_or_found_is_no_close_call(model: Recommender) -> None:
    assert model.close_calls(model.recommend()) == {}
    assert model.close_calls(model.recommend({"justice": 5}), 1) == {}
