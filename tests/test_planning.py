"""Plans of the model: what it may give to, and what it is told of them."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import AnswersError, Recommender, RecommenderError
from recommender.building import build_index
from recommender.evaluation import load_judgements
from recommender.plan import AGAINST, ASIDE, CLOSED, NOBODY, UNLIKED, Plan
from recommender.priorities import Priorities
from recommender.ranking import GOOD_MATCH

Fit = Callable[[list[dict[str, str]]], Recommender]
FOUR = {"justice": 5, "resettlement": 4, "medical_aid": 2, "education": 3}
SCHOOLS = "Runs schools and teaches children."
FOOD = "Grows food and feeds hungry families."


def amounts(plan: Plan) -> dict[str, int]:
    return {gift.charity_id: gift.amount for gift in plan.gifts}


def reasons(plan: Plan) -> dict[str, str]:
    return {share.part: share.reason for share in plan.shares}


def test_what_is_given_follows_the_weights(model: Recommender) -> None:
    plan = model.plan(model.recommend(FOUR), "1400 EUR")
    shares = {share.part: share.amount for share in plan.shares}
    assert shares == {
        "justice": 50_000,
        "resettlement": 40_000,
        "medical_aid": 20_000,
        "education": 30_000,
    }
    given = plan.frame()[list(FOUR)].sum()
    assert given.to_dict() == shares
    assert plan.undivided.units == 0


def test_who_gets_a_share_fits_well_in_a_ranking_by_that_part_alone(model: Recommender) -> None:
    plan = model.plan(model.recommend(FOUR), "1000 EUR")
    for share in plan.shares:
        alone = model.recommend({share.part: 5})
        assert set(share.fitting) == set(alone.index[alone["band"] == "good"])


def test_a_gift_goes_by_the_matches_that_the_breakdown_tells(model: Recommender) -> None:
    run = model.recommend({"justice": 5, "education": 2})
    share = model.plan(run, "100 EUR").share("justice")
    for charity_id, match in share.fitting.items():
        told = model.breakdown(run, charity_id).loc["justice", "match"]
        assert match == pytest.approx(told, abs=1e-11)


def test_most_who_get_something_are_judged_to_do_much_of_that_work(model: Recommender) -> None:
    """The figures that `dividing` states."""
    judged = load_judgements().set_index(["query_id", "doc_id"])["relevance"]
    fitting, matching = [], []
    for part in model.agenda_:
        run = model.recommend({part: 5})
        grades = judged[part].reindex(run.index).fillna(0) >= 2
        fitting.append(grades[list(model.plan(run, "100 EUR").share(part).fitting)].mean())
        matching.append(grades[run[part] >= GOOD_MATCH].mean())
    assert round(100 * float(np.mean(fitting))) == 99
    assert round(100 * float(np.mean(matching))) == 76


def test_what_nobody_does_is_not_given(fitted: Fit) -> None:
    model = fitted([{"description": SCHOOLS}, {"description": FOOD}])
    plan = model.plan(model.recommend({"education": 3, "reunification_family": 1}), "20 EUR")
    assert reasons(plan) == {"education": "", "reunification_family": NOBODY}
    assert plan.given.units == 1_500
    assert plan.undivided.units == 500


def test_what_is_rated_0_or_skipped_gets_nothing(model: Recommender) -> None:
    run = model.recommend({"justice": 5, "education": 0, "medical_aid": None})
    assert [share.part for share in model.plan(run, "20 EUR").shares] == ["justice"]


def test_a_closed_charity_gets_nothing(fitted: Fit) -> None:
    rows = [
        {"description": SCHOOLS, "status": "closed"},
        {"description": SCHOOLS, "status": "paused"},
        {"description": SCHOOLS},
    ]
    model = fitted(rows)
    plan = model.plan(model.recommend({"education": 5}), "10 EUR")
    assert amounts(plan) == {"c1": 500, "c2": 500}
    assert plan.aside == {"c0": CLOSED}
    alone = fitted(rows[:1])
    assert reasons(alone.plan(alone.recommend({"education": 5}), "10 EUR")) == {"education": ASIDE}


def test_who_the_donor_wants_less_of_gets_nothing(model: Recommender) -> None:
    run = model.recommend({"justice": 5}, unlike=["korea_future"])
    plan = model.plan(run, "100 EUR")
    assert plan.aside["korea_future"] == UNLIKED
    assert "korea_future" not in amounts(plan)
    assert [share.part for share in plan.shares] == ["justice"]
    against = set(run.index[run["rank"].isna()])
    assert not against & set(amounts(plan))


def test_who_has_more_against_it_than_for_it_gets_nothing(fitted: Fit) -> None:
    rows = [{"description": SCHOOLS}, {"description": SCHOOLS}, {"description": FOOD}]
    model = fitted(rows)
    run = model.recommend({"education": 0.5, "food_nutrition": 5}, unlike=["c1"])
    assert pd.isna(run.loc["c0", "rank"])
    plan = model.plan(run, "100 EUR")
    assert plan.aside == {"c0": AGAINST, "c1": UNLIKED}
    assert reasons(plan)["education"] == ASIDE


def test_a_charity_that_is_liked_takes_no_more_than_the_best_of_the_others(
    model: Recommender,
) -> None:
    plan = model.plan(model.recommend(like=["pscore"]), "100 EUR")
    got = amounts(plan)
    assert len(got) > 1
    assert got["pscore"] - sorted(got.values())[-2] <= 1


def test_own_words_have_their_share(model: Recommender) -> None:
    plan = model.plan(model.recommend({"justice": 3}, text="in Seoul"), "100 EUR")
    assert plan.share("text").amount == 5_000


def test_nothing_asked_is_nothing_given(model: Recommender) -> None:
    plan = model.plan(model.recommend(), "100 EUR")
    assert (plan.gifts, plan.shares, str(plan.undivided)) == ((), (), "100.00 EUR")


def test_a_plan_tells_of_how_many_charities_it_is(model: Recommender) -> None:
    every = len(model.charities_)
    assert (plan := model.plan(model.recommend(FOUR), "9 EUR")).rows == plan.every == every
    plan = model.plan(model.recommend(FOUR, k=5), "9 EUR")
    assert (plan.rows, plan.every) == (5, every)
    run = model.recommend(FOUR, hide={"lobbies": "yes"}, k=5)
    left = every - int(model.exclusions(run).sum())
    assert model.plan(run, "9 EUR").every == left < every


def test_only_charities_of_the_run_get_a_gift(model: Recommender) -> None:
    run = model.recommend(FOUR, k=3)
    plan = model.plan(run, "90 EUR")
    assert set(amounts(plan)) <= set(run.index)


@given(
    st.lists(st.sampled_from([0, 1, 2.5, 5, None]), min_size=4, max_size=4),
    st.integers(1, 10**6),
    st.sampled_from(["EUR", "KRW", "KWD"]),
    st.none() | st.integers(1, 8),
    st.randoms(use_true_random=False),
)
def test_neither_the_order_of_rows_nor_a_limit_changes_what_sums(  # type: ignore[no-untyped-def]
    model: Recommender, ratings, units, currency, most, random
) -> None:
    run = model.recommend(dict(zip(FOUR, ratings, strict=True)))
    plan = model.plan(run, f"{units} {currency}", most=most)
    order = random.sample(list(run.index), len(run))
    assert model.plan(run.loc[order], f"{units} {currency}", most=most) == plan
    assert most is None or len(plan.gifts) <= most
    told = sum(share.amount for share in plan.shares if share.reason)
    asked = sum(rating or 0 for rating in ratings)
    assert plan.given.units + told == (plan.terms.budget.units if asked else 0)
    for share in plan.shares:
        rating = Fraction(dict(zip(FOUR, ratings, strict=True))[share.part])
        exact = plan.terms.budget.units * rating / Fraction(asked)
        assert abs(share.amount - exact) < 1


def test_the_order_of_the_catalogue_decides_nothing(
    model: Recommender, catalogue: pd.DataFrame, priorities: Priorities
) -> None:
    turned = Recommender(priorities=priorities).fit(catalogue[::-1])
    one, other = (
        m.plan(m.recommend(FOUR), "100 EUR", minimum="7 EUR", most=6) for m in (model, turned)
    )
    assert one.gifts == other.gifts


def test_an_index_on_disk_is_planned_with_as_its_catalogue(
    fitted: Fit, tmp_path: Path, priorities: Priorities
) -> None:
    rows = [SCHOOLS, FOOD, SCHOOLS + " " + FOOD]
    model = fitted([{"description": text, "status": "active"} for text in rows])
    model.catalogue_.to_csv(tmp_path / "a.csv")
    build_index(tmp_path / "a.csv", tmp_path / "a.index", priorities)
    opened = Recommender.open(tmp_path / "a.index")
    answers = {"education": 2, "food_nutrition": 1}
    one, other = (m.plan(m.recommend(answers), "100 EUR") for m in (model, opened))
    assert one.gifts == other.gifts
    assert len(one.gifts) >= 2


def test_a_run_of_another_model_is_refused(model: Recommender, fitted: Fit) -> None:
    other = fitted([{"description": SCHOOLS}])
    with pytest.raises(RecommenderError, match="wasn't made by this model"):
        model.plan(other.recommend({"education": 5}), "10 EUR")


def test_a_run_that_was_changed_is_refused(model: Recommender) -> None:
    run = model.recommend({"education": 5})
    with pytest.raises(RecommenderError, match="no column education"):
        model.plan(run.drop(columns="education"), "10 EUR")
    with pytest.raises(RecommenderError, match="a charity twice"):
        model.plan(run.iloc[[0, 0]], "10 EUR")


def test_what_cannot_be_divided_is_refused_before_anything_else(model: Recommender) -> None:
    with pytest.raises(AnswersError, match=r"(?s)2 problems.*budget.*most"):
        model.plan(model.recommend(FOUR), "-5 EUR", most=0)


def test_planning_changes_no_run(model: Recommender) -> None:
    run = model.recommend(FOUR)
    before, attrs = run.copy(), dict(run.attrs)
    model.plan(run, "100 EUR", minimum="20 EUR", most=2)
    pd.testing.assert_frame_equal(run, before)
    assert run.attrs == attrs
