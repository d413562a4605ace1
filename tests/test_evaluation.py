import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone

from recommender import Recommender
from recommender.evaluation import (
    COMPARED,
    Evaluation,
    difference,
    interval,
    load_judgements,
    measure,
    precision_by_band,
    summary,
)

# One query. Ranked a, b, c, d, e, f; relevant are a (3), c (1), e (2) and g (2), which is missed.
GRADES = {"a": 3, "b": 0, "c": 1, "d": 0, "e": 2, "f": 0, "g": 2}
SCORES = {"a": 0.9, "b": 0.8, "c": 0.7, "d": 0.6, "e": 0.5, "f": 0.4, "g": 0.0}
# DCG = 3/lg 2 + 1/lg 4 + 2/lg 6; ideal 3/lg 2 + 2/lg 3 + 2/lg 4 + 1/lg 5.
NDCG = (3 + 1 / 2 + 2 / math.log2(6)) / (3 + 2 / math.log2(3) + 1 + 1 / math.log2(5))


def qrels(grades: dict[str, int], query: str = "q") -> pd.DataFrame:
    rows = [(query, doc, grade) for doc, grade in grades.items()]
    return pd.DataFrame(rows, columns=["query_id", "doc_id", "relevance"])


@pytest.fixture(scope="module")
def evaluation(model: Recommender) -> Evaluation:
    return model.evaluate()


def test_the_measures_are_those_computed_by_hand() -> None:
    table = measure(qrels(GRADES), {"q": pd.Series(SCORES)})
    assert table.loc["q"].to_dict() == pytest.approx(
        {
            "nDCG@10": NDCG,
            "P@5": 3 / 5,
            "AP": (1 / 1 + 2 / 3 + 3 / 5) / 4,
            "R@10": 3 / 4,
        }
    )
    assert pytest.approx(0.7508, abs=1e-4) == NDCG


def test_what_scores_nothing_is_not_retrieved() -> None:
    scores = pd.Series({**SCORES, "g": 1e-6})
    assert measure(qrels(GRADES), {"q": scores}).loc["q", "R@10"] == 1


def test_a_query_that_finds_nothing_counts_as_nought() -> None:
    both = pd.concat([qrels(GRADES, "r"), qrels(GRADES, "q")])
    table = measure(both, {"q": pd.Series(SCORES), "r": pd.Series(dict.fromkeys(SCORES, 0.0))})
    assert table.index.tolist() == ["r", "q"]
    assert table.loc["r"].tolist() == [0, 0, 0, 0]


def test_where_no_query_finds_anything_every_measure_is_nought() -> None:
    table = measure(qrels(GRADES), {"q": pd.Series(dict.fromkeys(SCORES, 0.0))})
    assert table.loc["q"].tolist() == [0, 0, 0, 0]


def test_what_scores_the_same_is_ordered_without_regard_to_rows() -> None:
    judged, names = qrels({"c": 1, "a": 0, "b": 0}), ["P@1", "nDCG@10"]
    # c is tied with b for the first place, but for the last digit; by its id it goes before.
    scores = pd.Series({"a": 0.1, "b": 0.1 + 0.2, "c": 0.3})
    orders = [["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]]
    for order in orders:
        assert measure(judged, {"q": scores[order]}, names).loc["q"].tolist() == [1, 1]


def test_scores_that_differ_in_the_eighth_digit_are_ordered() -> None:
    judged = qrels({"a": 1, "b": 0})
    scores = pd.Series({"a": 0.5, "b": 0.5 - 1e-9})
    assert measure(judged, {"q": scores}, ["P@1"]).loc["q"].tolist() == [1]


def test_systems_are_compared_by_measures_computed_by_hand() -> None:
    found = measure(qrels(GRADES), {"q": pd.Series(SCORES)}, COMPARED).loc["q"]
    expected = {"nDCG@10": NDCG, "P@10": 3 / 10, "AP": (1 + 2 / 3 + 3 / 5) / 4, "R@100": 3 / 4}
    assert found.to_dict() == pytest.approx(expected)


def test_other_measures_can_be_asked_for_by_name() -> None:
    table = measure(qrels(GRADES), {"q": pd.Series(SCORES)}, ["R@3", "P@1"])
    assert table.columns.tolist() == ["R@3", "P@1"]
    assert table.loc["q"].tolist() == [0.5, 1]


def test_an_interval_holds_the_mean_and_narrows_with_the_level() -> None:
    values = np.random.default_rng(1).normal(0.5, 0.2, 30)
    mean, low, high = interval(values)
    assert mean == pytest.approx(values.mean())
    assert low < mean < high
    _, inner_low, inner_high = interval(values, level=0.5)
    assert low < inner_low < inner_high < high
    # The bootstrap agrees with the normal interval for a mean.
    assert high - low == pytest.approx(2 * 1.96 * values.std() / 30**0.5, rel=0.05)


def test_an_interval_covers_the_true_mean_as_often_as_it_says() -> None:
    draws = np.random.default_rng(2).uniform(0, 1, (100, 20))
    covered = [low <= 0.5 <= high for _, low, high in map(interval, draws)]
    assert 0.86 <= sum(covered) / len(covered) <= 1


def test_an_interval_is_the_same_each_time_and_a_point_for_equal_values() -> None:
    values = [0.11, 0.52, 0.73, 0.94, 0.35, 0.26, 0.67, 0.48]
    assert interval(values) == interval(np.array(values))
    assert interval([0.4, 0.4, 0.4]) == pytest.approx((0.4, 0.4, 0.4))


def test_a_difference_is_paired_by_query() -> None:
    a = pd.DataFrame({"P@5": [0.5, 0.9, 0.1]}, index=["q", "r", "s"])
    b = pd.DataFrame({"P@5": [0.0, 0.8, 0.4]}, index=["s", "r", "q"])
    assert difference(a, b, "P@5") == pytest.approx((0.1, 0.1, 0.1))


def test_a_summary_has_a_row_a_system_and_measure() -> None:
    table = pd.DataFrame({"P@5": [0.5, 0.5], "AP": [0.2, 0.4]})
    found = summary({"one": table, "two": table / 2})
    assert found[["system", "measure"]].to_numpy().tolist() == [
        ["one", "P@5"],
        ["one", "AP"],
        ["two", "P@5"],
        ["two", "AP"],
    ]
    assert found["mean"].tolist() == pytest.approx([0.5, 0.3, 0.25, 0.15])
    assert (found["low"] <= found["mean"]).all()
    assert (found["high"] >= found["mean"]).all()


def test_a_band_is_as_good_as_the_share_of_its_charities_that_do_the_work() -> None:
    judged = pd.concat([qrels(GRADES, "q"), qrels({"a": 1, "b": 2}, "r")])
    bands = {
        "q": pd.Series({"a": "good", "b": "good", "c": "none", "e": "good", "g": "none"}),
        "r": pd.Series({"a": "good", "b": "none"}),
    }
    table = precision_by_band(judged, bands)
    assert table.loc["good"].to_dict() == {"charities": 4, "right": 2, "share": 0.5}
    assert table.loc["none"].to_dict() == pytest.approx(
        {"charities": 3, "right": 2, "share": 2 / 3}
    )
    assert precision_by_band(judged, bands, grade=1).loc["good", "right"] == 3


def test_judgements_grade_every_charity_for_every_priority(model: Recommender) -> None:
    judged = load_judgements()
    pairs = set(zip(judged["query_id"], judged["doc_id"], strict=True))
    ids = model.agenda_
    assert pairs == {(p, c) for p in ids for c in model.catalogue_.index}
    assert len(judged) == len(pairs) == 45 * 12
    assert set(judged["relevance"]) == {0, 1, 2, 3}


def test_the_mean_ranking_is_good(evaluation: Evaluation) -> None:
    assert evaluation.systems["product"]["nDCG@10"].mean() >= 0.92


@pytest.mark.parametrize("priority", ["justice", "resettlement", "medical_aid", "education"])
def test_each_ranking_of_the_four_is_good(evaluation: Evaluation, priority: str) -> None:
    assert evaluation.systems["product"].loc[priority, "nDCG@10"] >= 0.80


def test_the_ranking_is_better_than_plain_words_beyond_chance(evaluation: Evaluation) -> None:
    product, plain = evaluation.systems.values()
    mean, low, high = difference(product, plain, "nDCG@10")
    assert 0 < low < mean < high


def test_the_product_is_measured_first_and_the_baseline_finds_something(
    evaluation: Evaluation,
) -> None:
    assert list(evaluation.systems) == ["product", "plain TF-IDF"]
    assert 0.1 < evaluation.systems["plain TF-IDF"]["nDCG@10"].mean() < 0.9


def test_a_good_fit_is_right_more_often_than_the_bands_below(evaluation: Evaluation) -> None:
    share = evaluation.bands["share"]
    assert share["good"] > share["partial"] > share["slight"] > share["none"]


def test_other_judgements_can_be_measured_by(model: Recommender) -> None:
    grades = {charity: 3 if charity == "cfk" else 0 for charity in model.catalogue_.index}
    found = model.evaluate(qrels(grades, "medical_aid")).systems["product"]
    assert found.index.tolist() == ["medical_aid"]
    assert 0 < found.loc["medical_aid", "AP"] <= 1


# What the texts that the product was ordered from support, graded 0 to 3.
SEEDS = pd.DataFrame(
    {
        "link": [1, 2, 0, 1],
        "khf": [0, 3, 2, 2],
        "cfk": [0, 0, 3, 0],
        "choson_exchange": [0, 0, 0, 3],
        "korea_future": [3, 0, 0, 0],
        "pscore": [2, 2, 1, 3],
    },
    index=["justice", "resettlement", "medical_aid", "education"],
)
BOTH = pytest.mark.parametrize("alone", [False, True], ids=["of 45", "of six alone"])
Among = Callable[[str, bool], pd.DataFrame]


@pytest.fixture(scope="module")
def among(model: Recommender, six: pd.DataFrame) -> Among:
    """Return what ranks the six, fitted among all charities or alone."""
    only = clone(model).fit(six)

    def ranked(priority: str, alone: bool) -> pd.DataFrame:
        run = (only if alone else model).recommend({priority: 5})
        return run[run.index.isin(SEEDS.columns)]

    return ranked


@BOTH
@pytest.mark.parametrize(
    ("priority", "first"),
    [
        ("justice", ["korea_future"]),
        ("resettlement", ["khf"]),
        ("medical_aid", ["cfk", "khf"]),
        ("education", ["choson_exchange"]),
    ],
)
def test_the_order_among_the_six_is_that_of_their_work(
    among: Among, priority: str, first: list[str], alone: bool
) -> None:
    assert among(priority, alone).index[: len(first)].tolist() == first


@BOTH
@pytest.mark.parametrize("priority", SEEDS.index)
def test_a_charity_without_the_work_is_never_above_one_that_does_much_of_it(
    among: Among, priority: str, alone: bool
) -> None:
    scores, grades = among(priority, alone)["score"], SEEDS.loc[priority]
    without, much = scores[grades[grades == 0].index], scores[grades[grades >= 2].index]
    assert without.max() < much.min()
