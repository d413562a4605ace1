"""What facets leave out, charity by charity, and what stays whatever they say."""

from collections import Counter
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from command_line import Run, refused, runs
from hypothesis import given
from hypothesis import strategies as st

from recommender import AnswersError, Recommender, UnknownNameError
from recommender.facets import Facets
from recommender.lots import lot
from recommender.receipts import receipt
from recommender.schema import NOT_STATED

Fit = Callable[[list[dict[str, str]]], Recommender]
ASKED = {"justice": 5}
CHOICE = {"only": {"works_in": "south_korea"}, "hide": {"faith_based": "yes"}}
CELL = st.sampled_from(["", "US", "GB", "US | GB"])
VALUES = st.lists(st.sampled_from(["US", "GB", NOT_STATED]), min_size=1, unique=True).map(tuple)
CHOSEN = st.dictionaries(st.sampled_from(["country", "region"]), VALUES)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Facets, np.ndarray, list[int]]:
    """Facets of some rows, an order of the rows, and rows that are to stay."""
    rows = draw(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12))
    country, region = zip(*rows, strict=True)
    order = draw(st.permutations(range(len(rows))))
    keep = draw(st.lists(st.sampled_from(order), unique=True, max_size=3))
    return Facets.of(pa.table({"country": country, "region": region})), np.array(order), keep


@given(tables(), CHOSEN, CHOSEN, st.none() | st.integers(0, 12))
def test_what_is_left_out_is_what_is_counted_and_not_kept(
    table: tuple[Facets, np.ndarray, list[int]], only: dict, hide: dict, k: int | None
) -> None:
    facets, order, keep = table
    rows, names, cells = facets.left_out(only, hide, keep, order, None)
    kept = facets.kept(only, hide, keep)
    kept = np.ones(len(order), dtype=bool) if kept is None else kept
    assert rows.tolist() == [row for row in order.tolist() if not kept[row]]
    assert Counter(zip(names, cells, strict=True)) == facets.excluded(only, hide, keep).to_dict()
    assert kept[keep].all()
    without = facets.kept(only, hide)
    others = np.setdiff1d(order, keep)
    assert without is None or (without[others] == kept[others]).all()
    first = facets.left_out(only, hide, keep, order, k)
    assert [list(part) for part in first] == [list(part[:k]) for part in (rows, names, cells)]


def test_each_charity_that_is_left_out_is_named_with_the_first_reason(fitted: Fit) -> None:
    model = fitted(
        [
            {"charity_id": "b", "name": "Bee", "country": "US", "status": "closed"},
            {"charity_id": "a", "name": "Ay", "country": "GB", "status": "closed"},
            {"charity_id": "d", "name": "Dee", "country": "GB"},
            {"charity_id": "c", "name": "Cee"},
        ]
    )
    choice = {"only": {"country": "GB"}, "hide": {"status": "closed"}}
    run = model.recommend({}, **choice)
    left = model.left_out(run)
    # In the order of their lots.
    assert left.reset_index().to_numpy().tolist() == [
        ["c", "Cee", "country", "not stated"],
        ["a", "Ay", "status", "closed"],
        ["b", "Bee", "country", "US"],
    ]
    assert (left.index.name, left.columns.tolist()) == ("charity_id", ["name", "facet", "value"])
    pd.testing.assert_frame_equal(model.left_out(run, 2), left.head(2))
    pd.testing.assert_frame_equal(model.left_out(run, 0), left.head(0))
    kept = model.recommend({}, **choice, keep=["a", "Bee"])
    assert kept.index.tolist() == sorted("abd", key=lot)


def test_the_counts_of_the_shipped_catalogue_agree(model: Recommender) -> None:
    run = model.recommend(ASKED, **CHOICE, k=3)
    left = model.left_out(run)
    counted = left.groupby(["facet", "value"]).size()
    assert counted.to_dict() == model.exclusions(run).to_dict()
    assert left.index.tolist() == sorted(left.index, key=lot)
    assert not {*left.index} & {*model.recommend(ASKED, **CHOICE).index}
    assert left["name"].tolist() == model.catalogue_.loc[left.index, "name"].tolist()
    assert model.left_out(model.recommend(ASKED)).empty


def test_a_charity_is_brought_back_with_its_own_score(model: Recommender) -> None:
    whole, run = model.recommend(ASKED), model.recommend(ASKED, **CHOICE)
    wanted = model.left_out(run).index[:2].tolist()
    back = model.recommend(ASKED, **CHOICE, keep=wanted)
    assert {*back.index} == {*run.index, *wanted}
    assert back["score"].tolist() == whole.loc[back.index, "score"].tolist()
    assert back.index.tolist() == [i for i in whole.index if i in {*back.index}]
    assert model.left_out(back).index.tolist() == model.left_out(run).index[2:].tolist()
    assert model.exclusions(back).sum() == model.exclusions(run).sum() - 2
    for charity in wanted:
        found = model.explain(back, charity)["contribution"].sum()
        assert found == pytest.approx(back.loc[charity, "score"], abs=1e-9)


def test_who_stays_may_be_named_by_any_name_and_changes_nothing_else(model: Recommender) -> None:
    run = model.recommend(ASKED, **CHOICE, keep="LiNK")
    assert run.attrs["keep"] == receipt(run).as_object()["keep"] == ["link"]
    again = model.recommend(ASKED, **CHOICE, keep=["link", "LiNK"])
    pd.testing.assert_frame_equal(again, run)
    alone, plain = model.recommend(ASKED, keep="link"), model.recommend(ASKED)
    pd.testing.assert_frame_equal(alone.reset_index(drop=True), plain.reset_index(drop=True))
    assert plain.attrs["keep"] == []


def test_all_left_out_but_one(model: Recommender) -> None:
    both = {"faith_based": "yes"}
    run = model.recommend(ASKED, only=both, hide=both, keep=["pscore"])
    assert run.index.tolist() == ["pscore"]
    assert len(model.left_out(run)) == len(model.catalogue_) - 1


def test_wrong_questions_are_refused(model: Recommender) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown charity 'pscor'\. Did you mean"):
        model.recommend(ASKED, keep=["pscor"])
    with pytest.raises(AnswersError, match="k -1: expected a whole number"):
        model.left_out(model.recommend(ASKED), -1)


def test_the_command_keeps_a_charity(run: Run) -> None:
    given = ["recommend", "-p", "justice=5", "--only", "faith_based=yes", "--format", "csv"]
    without, kept = run(*given), run(*given, "--keep", "PSCORE")
    assert "\npscore," not in without.out
    assert "\npscore," in kept.out
    assert without.err.count("\n") == kept.err.count("\n")
    refused(run(*given, "--keep", "nobody at all"), "unknown charity 'nobody at all'")
