import json
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender import Recommender, RecommenderError
from recommender.neutrality import ALONE, NEVER, TIED, Audit, as_object, audit
from recommender.ranking import MAX_WEIGHT

DRAWS = 4_000
SHARES = ("share", "answers", "one", "two")
Fit = Callable[[list[dict[str, str]]], Recommender]
WORDS = ("prison camps", "a school", "rice", "a clinic", "refugees", "radio broadcasts", "bread")
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=0, max_size=3).map(
        lambda words: f"It is for {' and '.join(words)}." if words else "It is there."
    ),
    min_size=2,
    max_size=7,
)


@pytest.fixture(scope="module")
def found(model: Recommender) -> Audit:
    return audit(model, draws=DRAWS)


def matches_of(model: Recommender) -> pd.DataFrame:
    columns = {p: model.index_.match(model.parts_[p]) for p in model.agenda_}
    return pd.DataFrame(columns, model.charities_.ids(range(len(model.charities_))))


def test_every_charity_is_told_once_and_shares_sum_to_one(
    found: Audit, catalogue: pd.DataFrame
) -> None:
    assert sorted(found.table.index) == sorted(catalogue.index)
    assert found.open == 0
    for column in SHARES:
        assert found.table[column].sum() == pytest.approx(1)
    for low, middle, high in (
        ("low", "share", "high"),
        ("answers_low", "answers", "answers_high"),
    ):
        assert (found.table[low] <= found.table[middle]).all()
        assert (found.table[middle] <= found.table[high]).all()
    assert sum(map(found.count, (ALONE, TIED, NEVER))) == len(catalogue)
    assert 0 < found.count(NEVER) < len(catalogue)


def test_a_weighting_that_is_told_puts_its_charity_first(found: Audit, model: Recommender) -> None:
    for charity, first in found.table["first"].items():
        weights = found.weightings.loc[charity]
        assert weights.sum() == pytest.approx(1)
        run = model.recommend((weights * MAX_WEIGHT).to_dict())
        assert (run.index[0] == charity) is (first == ALONE), charity
        if first == ALONE:
            lead = run["score"].iloc[0] - run["score"].iloc[1]
            assert lead == pytest.approx(found.table.at[charity, "margin"])


def test_who_is_never_first_is_outdone_by_those_named(found: Audit, model: Recommender) -> None:
    matches = matches_of(model)
    never = found.table.index[found.table["first"] == NEVER]
    assert set(found.outdone) == set(never)
    for charity in never:
        shares = pd.Series(found.outdone[charity])
        assert shares.sum() == pytest.approx(1)
        assert (matches.loc[shares.index].T @ shares >= matches.loc[charity] - 1e-7).all()


def test_one_priority_is_what_a_run_of_it_says(found: Audit, model: Recommender) -> None:
    expected = pd.Series(0.0, found.table.index)
    for priority in model.agenda_:
        run = model.recommend({priority: 5})
        first = run.index[run["rank"] == 1]
        expected[first] += 1 / len(first) / len(model.agenda_)
    assert found.table["one"].tolist() == pytest.approx(expected.tolist())


def test_two_priorities_are_drawn_as_often_as_they_lead(catalogue: pd.DataFrame) -> None:
    pair = Recommender(agenda=["justice", "education"]).fit(catalogue)
    table = audit(pair, draws=50_000).table
    # Of two priorities, all weightings are those of two priorities.
    assert table["two"].sum() == pytest.approx(1)
    assert (table["low"] <= table["two"] + 0.002).all()
    assert (table["two"] <= table["high"] + 0.002).all()


def test_one_priority_alone_has_no_pairs(catalogue: pd.DataFrame) -> None:
    found = audit(Recommender(agenda=["justice"]).fit(catalogue), draws=10)
    assert found.table["two"].isna().all()
    assert found.table["share"].tolist() == found.table["one"].tolist()
    assert as_object(found)["listed"][0]["two"] is None


def test_the_order_of_rows_decides_nothing(catalogue: pd.DataFrame, found: Audit) -> None:
    other = audit(Recommender().fit(catalogue.iloc[::-1]), draws=DRAWS)
    pd.testing.assert_frame_equal(other.table, found.table)
    pd.testing.assert_frame_equal(other.weightings, found.weightings)
    assert other.outdone == found.outdone


def test_the_same_seed_finds_the_same(found: Audit, model: Recommender) -> None:
    same, other = audit(model, draws=DRAWS), audit(model, draws=DRAWS, seed=1)
    assert as_object(same) == as_object(found)
    assert other.table["share"].tolist() != found.table["share"].tolist()
    assert sorted(other.table["margin"]) == pytest.approx(sorted(found.table["margin"]))


@settings(max_examples=15)
@given(TEXTS)
def test_any_catalogue_agrees_with_itself(texts: list[str]) -> None:
    model = PRIORITIES_FIT(texts)
    if not matches_of(model).to_numpy().any():
        with pytest.raises(RecommenderError, match="no charity matches any priority"):
            audit(model, draws=200)
        return
    found = audit(model, draws=200)
    table, matches = found.table, matches_of(model)
    shares = table[[c for c in SHARES if table[c].notna().all()]]
    assert shares["share"].sum() == pytest.approx(1)
    assert (table["first"] == NEVER)[table["first"] == NEVER].index.tolist() == [
        c for c in table.index if table.at[c, "margin"] < 0 or not matches.loc[c].any()
    ]
    # Whoever is seen first can be first; who is dominated never is alone.
    assert (table.loc[(shares > 0).any(axis=1), "first"] != NEVER).all()
    for charity in table.index[table["first"] == ALONE]:
        others = matches.drop(charity)
        assert not (others >= matches.loc[charity] - 1e-12).all(axis=1).any()


def PRIORITIES_FIT(texts: list[str]) -> Recommender:  # noqa: N802
    from recommender.catalogue import from_texts

    index = [f"c{i}" for i in range(len(texts))]
    agenda = ["justice", "education", "food_nutrition", "medical_aid"]
    return Recommender(agenda=agenda).fit(from_texts(pd.Series(texts, index, dtype=str)))


def test_twins_share_every_place(fitted: Fit) -> None:
    rice, law = "It sends rice.", "It documents crimes in prison camps."
    model = fitted([{"description": text} for text in (rice, law, rice)])
    found = audit(model, draws=500)
    assert found.table.loc[["c0", "c2"], "first"].tolist() == [TIED, TIED]
    assert found.table.at["c0", "share"] == found.table.at["c2", "share"] > 0
    assert found.table.loc[["c0", "c2"], "margin"].tolist() == [0, 0]
    assert found.table["share"].sum() == pytest.approx(1)
    assert (found.table["high"] <= 1 / found.table["first"].map({TIED: 2, ALONE: 1})).all()
    assert (found.table["low"] <= found.table["share"]).all()
    backwards = Recommender(priorities=model.priorities_).fit(model.catalogue_.iloc[::-1])
    pd.testing.assert_frame_equal(audit(backwards, draws=500).table, found.table)
    assert found.outdone == {"c0": {"c2": 1.0}, "c2": {"c0": 1.0}}


def test_concentration_counts_the_fewest(found: Audit) -> None:
    shares = found.table["share"]
    assert shares.is_monotonic_decreasing
    few = found.sharing(0.9)
    assert shares.iloc[:few].sum() >= 0.9 > shares.iloc[: few - 1].sum()
    assert found.sharing(0.0) == 1
    assert found.sharing(1.0) == int((shares > 0).sum())


def test_length_is_the_rank_correlation(found: Audit, catalogue: pd.DataFrame) -> None:
    from scipy.stats import spearmanr

    words = catalogue.loc[found.table.index, "description"].str.split().str.len()
    rho, low, high = found.length or (9, 9, 9)
    assert rho == pytest.approx(spearmanr(words, found.table["share"]).statistic)
    assert -1 <= low < rho < high <= 1


def test_a_large_catalogue_lists_those_that_can_come_first(
    model: Recommender, found: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommender.neutrality.SMALL", 10)
    large = audit(model, draws=DRAWS)
    expected = found.table[found.table["first"] != NEVER]
    pd.testing.assert_frame_equal(large.table[["name", "first"]], expected[["name", "first"]])
    for column in ("share", "answers", "one", "two", "margin"):
        assert large.table[column].tolist() == pytest.approx(expected[column].tolist())
    assert (large.open, large.length) == (0, None)
    assert [large.count(f) for f in (ALONE, TIED, NEVER)] == [
        found.count(f) for f in (ALONE, TIED, NEVER)
    ]
    # Where asking all would take too long, those that weren't seen first stay open.
    monkeypatch.setattr("recommender.neutrality._MOST_LEADS", 0)
    some = audit(model, draws=DRAWS)
    matches = matches_of(model)
    kept = int(((matches / matches.max()).sum(axis=1) >= 1).sum())
    assert some.open == kept - len(some.table) > 0
    assert set(some.table.index) <= set(expected.index)
    assert sum(some.count(f) for f in (ALONE, TIED, NEVER)) + some.open == 45
    assert some.count(NEVER) <= found.count(NEVER)


def test_what_json_holds_is_the_table(found: Audit) -> None:
    told = json.loads(json.dumps(as_object(found), allow_nan=False))
    assert [row["charity_id"] for row in told["listed"]] == found.table.index.tolist()
    assert told["listed"][0]["share"] == found.table["share"].iloc[0]
    assert told["alone"] + told["tied"] + told["never"] == told["charities"] == 45
    assert {"catalogue", "priorities", "draws", "seed"} <= set(told)


@pytest.mark.parametrize(
    ("draws", "seed", "said"),
    [
        (0, 0, "draws 0: expected a whole number, 1 to 10,000,000"),
        (10**9, 0, "draws 1000000000: expected"),
        (True, -1, "draws True: .*; seed -1: expected a whole number, 0 or more"),
    ],
)
def test_draws_and_seeds_out_of_range_are_refused(
    model: Recommender, draws: int, seed: int, said: str
) -> None:
    with pytest.raises(RecommenderError, match=said):
        audit(model, draws=draws, seed=seed)


def test_facets_and_fingerprints_are_those_of_the_model(found: Audit, model: Recommender) -> None:
    assert found.made_by == {
        "catalogue": model.fingerprint_,
        "priorities": model.priorities_.fingerprint,
    }
    assert np.isfinite(found.weightings.to_numpy()).all()
