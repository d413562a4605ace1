from collections.abc import Callable
from dataclasses import replace
from random import Random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from recommender import Recommender, RecommenderError, UnknownNameError
from recommender.errors import AnswersError
from recommender.priorities import Priorities, load_priorities
from recommender.ranking import POINT, points
from recommender.text import LANGUAGES

Rows = list[dict[str, str]]
Fit = Callable[[Rows], Recommender]
Table = Callable[[Rows], pd.DataFrame]

IDS = load_priorities().ids
FOUR = IDS[:4]
WEIGHT = st.none() | st.sampled_from([0, 1, 5]) | st.floats(0, 5)
ANSWERS = st.dictionaries(st.sampled_from(IDS), WEIGHT, max_size=12)
OWN_WORDS = st.lists(
    st.sampled_from(
        [
            "prison",
            "survivors",
            "hospitals",
            "USB",
            "the",
            "학교를",
            "탈북 청년",
            "zzz",
            "rule of law",
            ".",
        ]
    )
    | st.text(max_size=5),
    max_size=8,
).map(" ".join)
EACH_OF_FOUR = pytest.mark.parametrize("priority", FOUR)


def parts_of(run: pd.DataFrame) -> pd.DataFrame:
    return run.iloc[:, run.columns.get_loc("score") + 1 :]


@given(ANSWERS, OWN_WORDS)
def test_the_parts_of_a_run_sum_to_the_score(model: Recommender, answers: dict, text: str) -> None:
    run = model.recommend(answers, text=text)
    assert len(run) == 45
    assert (parts_of(run).sum(axis=1) - run["score"]).abs().max() <= 1e-9
    assert (parts_of(run) >= 0).all(axis=None)
    assert (run["score"] >= 0).all()
    assert run["rank"].notna().equals(run["score"].round(12) > 0)


@given(ANSWERS, OWN_WORDS)
def test_contributions_sum_to_the_score_of_every_charity(
    model: Recommender, answers: dict, text: str
) -> None:
    run = model.recommend(answers, text=text)
    for charity_id, score in run["score"].items():
        table = model.explain(run, charity_id)
        assert abs(table["contribution"].sum() - score) <= 1e-9
        by_part = table.groupby("priority")["contribution"].sum()
        for part, value in parts_of(run).loc[charity_id].items():
            assert abs(by_part.get(part, 0.0) - value) <= 1e-9


@given(ANSWERS, OWN_WORDS, st.sampled_from(["link", "khf", "cfk", "hrnk", "woorion"]))
def test_a_breakdown_sums_to_the_score_and_its_points(
    model: Recommender, answers: dict, text: str, charity: str
) -> None:
    run = model.recommend(answers, text=text)
    table, score = model.breakdown(run, charity), run.at[charity, "score"]
    assert abs(table["contribution"].sum() - score) <= 1e-9
    assert (table["weight"] * table["match"] - table["contribution"]).abs().sum() <= 1e-9
    assert table["weight"].sum() == pytest.approx(1 if len(table) else 0)
    assert table["points"].tolist() == points(parts_of(run).loc[charity].to_numpy()).tolist()
    assert abs(table["points"].sum() - score * POINT) <= 0.5 + 1e-6
    assert table.index.tolist() == parts_of(run).columns.tolist()


@given(ANSWERS, OWN_WORDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    model: Recommender, priorities: Priorities, answers: dict, text: str, random: Random
) -> None:
    order = list(model.catalogue_.index)
    random.shuffle(order)
    shuffled = Recommender(priorities=priorities).fit(model.catalogue_.loc[order])
    run, other = (m.recommend(answers, text=text) for m in (model, shuffled))
    pd.testing.assert_frame_equal(run, other, rtol=0, atol=1e-12)
    assert shuffled.fingerprint_ == model.fingerprint_


@given(ANSWERS, st.sampled_from(IDS), st.floats(0, 5), st.floats(0, 5))
def test_a_higher_weight_never_lowers_what_a_priority_adds(
    model: Recommender, answers: dict, priority: str, one: float, two: float
) -> None:
    low, high = sorted([one, two])
    before, after = (
        model.recommend({**answers, priority: weight}).get(priority) for weight in (low, high)
    )
    if before is not None:
        assert (after.reindex(before.index) - before).min() >= -1e-12


@given(ANSWERS, OWN_WORDS, st.integers(0, 100))
def test_k_only_cuts_the_run(model: Recommender, answers: dict, text: str, k: int) -> None:
    run = model.recommend(answers, text=text)
    first = model.recommend(answers, text=text, k=k)
    pd.testing.assert_frame_equal(first, run.iloc[:k])
    assert len(first) == min(k, 45)
    assert first.attrs == run.attrs


def test_a_negative_k_is_refused(model: Recommender) -> None:
    with pytest.raises(AnswersError, match="k -1: expected a whole number, 0 or more"):
        model.recommend({"justice": 1}, k=-1)


@given(ANSWERS)
def test_weights_that_are_multiples_rank_alike(model: Recommender, answers: dict) -> None:
    doubled = {p: None if w is None else w / 2 for p, w in answers.items()}
    one, two = model.recommend(answers), model.recommend(doubled)
    if all(w is None or w == 0 or w > 1e-6 for w in answers.values()):
        pd.testing.assert_series_equal(
            one["score"], two["score"], rtol=0, atol=1e-9, check_like=True
        )


def test_fitting_and_ranking_change_no_table(
    catalogue: pd.DataFrame, priorities: Priorities
) -> None:
    before = catalogue.copy(deep=True)
    model = Recommender(priorities=priorities).fit(catalogue)
    run = model.recommend({"justice": 5}, text="radio")
    kept, attrs = run.copy(deep=True), dict(run.attrs)
    model.explain(run, "khf")
    model.evidence(run, "khf")
    model.breakdown(run, "khf")
    pd.testing.assert_frame_equal(catalogue, before)
    pd.testing.assert_frame_equal(run, kept)
    assert run.attrs == attrs


def test_changing_the_answers_afterwards_changes_no_run(model: Recommender) -> None:
    answers = {"justice": 5.0}
    run = model.recommend(answers)
    answers["education"] = 5.0
    assert run.attrs["answers"] == {"justice": 5.0}


def test_changing_the_table_after_fit_changes_no_explanation(
    catalogue: pd.DataFrame, priorities: Priorities
) -> None:
    table = catalogue.copy()
    model = Recommender(priorities=priorities).fit(table)
    run = model.recommend({"medical_aid": 1})
    table.loc["cfk", ["name", "description"]] = ["Renamed", "Nothing."]
    pd.testing.assert_frame_equal(model.recommend({"medical_aid": 1}), run)
    total = model.explain(run, "cfk")["contribution"].sum()
    assert total == pytest.approx(run.at["cfk", "score"])


def test_parameters_are_those_of_scikit_learn(priorities: Priorities) -> None:
    model = Recommender(priorities=priorities, background_weight=7)
    assert model.get_params() == {
        "agenda": None,
        "background_weight": 7,
        "priorities": priorities,
    }
    assert model.set_params(background_weight=9) is model
    assert model.background_weight == 9
    copy = clone(model)
    assert copy.get_params()["background_weight"] == 9
    assert copy.priorities == priorities
    assert not hasattr(copy, "index_")
    with pytest.raises(ValueError, match="Invalid parameter"):
        model.set_params(weight=1)


def test_fit_returns_itself_and_a_clone_ranks_alike(
    model: Recommender, catalogue: pd.DataFrame
) -> None:
    other = clone(model)
    assert other.fit(catalogue) is other
    answers = {"justice": 5, "education": 2}
    pd.testing.assert_frame_equal(other.recommend(answers), model.recommend(answers))


def test_the_background_weight_matters(
    model: Recommender, catalogue: pd.DataFrame, priorities: Priorities
) -> None:
    other = Recommender(priorities=priorities, background_weight=1).fit(catalogue)
    one, two = (m.recommend({"justice": 1})["score"] for m in (model, other))
    assert (one - two.reindex(one.index)).abs().max() > 1e-3


@pytest.mark.parametrize("method", ["recommend", "find"])
def test_a_model_that_is_not_fitted_says_so(method: str) -> None:
    with pytest.raises(NotFittedError):
        getattr(Recommender(), method)("khf")


def test_priorities_are_profiled_in_every_language(model: Recommender) -> None:
    for name in model.agenda_:
        assert set(model.parts_[name].shares) == set(LANGUAGES)


def test_an_unknown_priority_is_refused(model: Recommender) -> None:
    with pytest.raises(UnknownNameError, match=r"'eduction'. Did you mean education\?"):
        model.recommend({"eduction": 3})


def test_a_catalogue_of_no_words_ranks_nobody(fitted: Fit) -> None:
    model = fitted([{"description": "The and of."}, {"description": "It is 1995."}])
    run = model.recommend({"justice": 5}, text="school")
    assert run["rank"].isna().all()
    assert len(run) == 2
    assert model.explain(run, "c0").empty


@pytest.mark.parametrize("settings", [{"background_weight": 5}, {"priorities": "fewer"}])
def test_a_run_of_a_model_with_other_settings_is_refused(
    model: Recommender, catalogue: pd.DataFrame, priorities: Priorities, settings: dict
) -> None:
    if settings.get("priorities") == "fewer":
        lighter = {**priorities.tiers, "related": 0.1}
        settings = {"priorities": replace(priorities, tiers=lighter)}
    other = clone(model).set_params(**settings).fit(catalogue)
    with pytest.raises(RecommenderError, match="wasn't made by this model"):
        model.explain(other.recommend({"justice": 1}), "korea_future")


@pytest.mark.parametrize(
    "name",
    [
        "korea_future",
        "Korea Future",
        "korea-future",
        "KOREA FUTURE",
        "korea future",
        "KoreaFuture",
        "Korea Future Initiative",
    ],
)
def test_a_charity_is_found_by_its_id_names_and_aliases_however_written(
    model: Recommender, name: str
) -> None:
    assert model.find(name) == "korea_future"


@pytest.mark.parametrize(
    ("name", "charity"),
    [
        ("남북하나재단", "khf"),
        ("남북 하나 재단", "khf"),
        ("북한이탈주민지원재단", "khf"),
        ("KHF", "khf"),
        ("LiNK", "link"),
        ("링크", "link"),
        ("mission ost", None),
        ("Mission Øst", "mission_east"),
        ("朝鮮交流", "choson_exchange"),
        ("Teach North Korean Refugees", "fsi"),
    ],
)
def test_a_charity_is_found_in_any_script(
    model: Recommender, name: str, charity: str | None
) -> None:
    if charity is None:
        with pytest.raises(UnknownNameError):
            model.find(name)
    else:
        assert model.find(name) == charity


@pytest.mark.parametrize("name", ["", "  ", "---", "nobody at all"])
def test_an_unknown_charity_is_an_error(model: Recommender, name: str) -> None:
    with pytest.raises(UnknownNameError, match="unknown charity"):
        model.find(name)


def test_a_mistyped_id_is_answered_with_the_closest(model: Recommender) -> None:
    with pytest.raises(UnknownNameError, match=r"Did you mean Korea Future\b"):
        model.find("korea_futur")


@pytest.mark.parametrize(
    "name", ["Christian Frends of Korea", "Korea Hana Fundation", "남북하나제단"]
)
def test_a_mistyped_name_is_answered_with_the_closest(model: Recommender, name: str) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean"):
        model.find(name)


def test_what_a_shared_name_is_answered_with_does_not_depend_on_the_rows(
    table_of: Table, priorities: Priorities
) -> None:
    table = table_of([{"name": "Same", "description": "School."}, {"description": "Radio."}])
    table.loc["c1", "short_name"] = "Same"
    for rows in (table, table.iloc[::-1]):
        with pytest.raises(AnswersError, match="called 'Same': c0, c1"):
            Recommender(priorities=priorities).fit(rows).find("Same")


def test_a_run_of_another_catalogue_is_refused(
    model: Recommender, catalogue: pd.DataFrame, priorities: Priorities
) -> None:
    other = Recommender(priorities=priorities).fit(catalogue.iloc[:44])
    run = other.recommend({"justice": 1})
    for ask in (model.explain, model.breakdown, model.evidence):
        with pytest.raises(RecommenderError, match="wasn't made by this model"):
            ask(run, "khf")
    with pytest.raises(RecommenderError, match="wasn't made by this model"):
        model.explain(pd.DataFrame(), "khf")


def test_an_explanation_of_a_charity_outside_a_cut_run_still_sums(model: Recommender) -> None:
    whole, first = (model.recommend({"medical_aid": 1}, k=k) for k in (None, 1))
    assert "khf" not in first.index
    total = model.explain(first, "khf")["contribution"].sum()
    assert total == pytest.approx(whole.at["khf", "score"], abs=1e-9)
    with pytest.raises(RecommenderError, match="khf isn't among the 1 rows of this run"):
        model.breakdown(first, "khf")


def test_a_table_that_is_no_catalogue_is_refused(catalogue: pd.DataFrame) -> None:
    for table in (catalogue.drop(columns="name_ko"), pd.concat([catalogue, catalogue.head(1)])):
        with pytest.raises(RecommenderError, match=r"no catalogue: .* load_catalogue"):
            Recommender().fit(table)


def test_the_shipped_catalogue_offers_its_agenda(model: Recommender) -> None:
    assert model.agenda_ == model.priorities_.agendas["north_korea"]
    assert model.agenda_[:4] == FOUR


def test_a_subset_of_the_catalogue_keeps_its_agenda(catalogue: pd.DataFrame) -> None:
    assert len(Recommender().fit(catalogue.head(6)).agenda_) == 12


def test_a_catalogue_of_ones_own_is_offered_what_it_has_evidence_for(fitted: Fit) -> None:
    model = fitted([{"description": "Rescues abandoned dogs and cats."}])
    assert "animal_welfare" in model.agenda_
    assert "information_access" not in model.agenda_
    assert all(model.recommend({p: 1})["score"].max() > 0 for p in model.agenda_)


@pytest.mark.parametrize("agenda", ["general", ("hunger", "justice")])
def test_an_agenda_can_be_asked_for(catalogue: pd.DataFrame, agenda: str | tuple[str]) -> None:
    model = Recommender(agenda=agenda).fit(catalogue)
    known = model.priorities_.agendas
    assert model.agenda_ == (known[agenda] if isinstance(agenda, str) else agenda)


@pytest.mark.parametrize("agenda", ["generl", ["hunger", "jutice"]])
def test_an_unknown_agenda_is_refused(catalogue: pd.DataFrame, agenda: str | list[str]) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean"):
        Recommender(agenda=agenda).fit(catalogue)
