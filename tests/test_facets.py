from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import Recommender, RecommenderError, UnknownNameError
from recommender.facets import FACETS, Facets
from recommender.schema import CATALOGUE, NOT_STATED, items

Fit = Callable[[list[dict[str, str]]], Recommender]
CELL = st.sampled_from(["", "US", "GB", "US | GB", "GB|US", "FR | US", "not stated"])
TABLE = st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12)
VALUES = st.lists(st.sampled_from(["US", "GB", "FR", NOT_STATED]), max_size=3).map(tuple)
CHOICE = st.dictionaries(st.sampled_from(["country", "region"]), VALUES)


def facets_of(rows: list[tuple[str, str]]) -> Facets:
    country, region = zip(*rows, strict=True)
    ids = [f"c{i}" for i in range(len(rows))]
    return Facets.of(pa.table({"charity_id": ids, "country": country, "region": region}))


def values(cell: str) -> set[str]:
    return set(items(cell)) or {NOT_STATED}


def test_facets_are_columns_of_the_catalogue() -> None:
    assert set(FACETS) <= {column.name for column in CATALOGUE}


def test_every_charity_is_counted_with_each_of_its_values() -> None:
    counts = facets_of([("US | GB", ""), ("GB", "London"), ("", "")]).counts()
    assert counts["country"].to_dict() == {"GB": 2, "US": 1, NOT_STATED: 1}
    assert counts["region"].to_dict() == {"London": 1, NOT_STATED: 2}
    assert counts.index.names == ["facet", "value"]


def test_a_column_that_a_table_lacks_is_not_stated() -> None:
    counts = facets_of([("US", ""), ("US", "")]).counts()
    assert counts.index.get_level_values("facet").unique().tolist() == list(FACETS)
    for name in set(FACETS) - {"country"}:
        assert counts[name].to_dict() == {NOT_STATED: 2}


def test_some_may_be_counted_alone() -> None:
    facet = dict(facets_of([("US", ""), ("GB", ""), ("US", "")]))["country"]
    assert facet.counts(np.array([True, True, False])) == {"GB": 1, "US": 1}


@given(TABLE, CHOICE, CHOICE)
def test_what_a_choice_keeps_is_what_it_says(
    rows: list[tuple[str, str]], only: dict, hide: dict
) -> None:
    facets = facets_of(rows)
    for choice in (only, hide):
        for name, chosen in choice.items():
            known = {NOT_STATED}.union(*(values(row[name == "region"]) for row in rows))
            choice[name] = tuple(value for value in chosen if value in known)
    only, hide = facets.checked(only), facets.checked(hide)
    expected = [
        all(values(row[name == "region"]) & {*chosen} for name, chosen in only.items())
        and not any(values(row[name == "region"]) & {*chosen} for name, chosen in hide.items())
        for row in rows
    ]
    kept = facets.kept(only, hide)
    assert (kept is None) == (not only and not hide)
    assert (np.ones(len(rows), bool) if kept is None else kept).tolist() == expected
    # Nothing is left out in silence, and nothing twice.
    excluded = facets.excluded(only, hide)
    assert excluded.sum() == expected.count(False)
    assert (excluded > 0).all()


def test_each_counts_for_the_first_facet_that_leaves_it_out() -> None:
    facets = facets_of([("US", "a"), ("GB", "a"), ("GB", "b"), ("", "b"), ("US | FR", "b")])
    only, hide = facets.checked({"country": "GB"}), facets.checked({"region": ["a"]})
    assert facets.kept(only, hide).tolist() == [False, False, True, False, False]
    assert facets.excluded(only, hide).to_dict() == {
        ("country", "US"): 1,
        ("country", NOT_STATED): 1,
        ("country", "US | FR"): 1,
        ("region", "a"): 1,
    }


def test_a_choice_of_nothing_leaves_nothing_out() -> None:
    facets = facets_of([("US", "")])
    assert facets.checked(None) == facets.checked({"country": []}) == {}
    assert facets.excluded({}, {}).empty


def test_an_unknown_name_is_answered_with_the_known() -> None:
    facets = facets_of([("US", "Kent"), ("GB | FR", "")])
    with pytest.raises(UnknownNameError, match=r"unknown facet 'countri'. Did you mean country"):
        facets.checked({"countri": "US"})
    with pytest.raises(UnknownNameError, match=r"value of country 'DE'. Known: FR, GB, US, not st"):
        facets.checked({"country": ["US", "DE"]})
    with pytest.raises(UnknownNameError, match=r"value of region 'Kant'. Did you mean Kent\?"):
        facets.checked({"region": "Kant"})


def test_yes_no_and_not_stated_are_known_where_no_charity_has_them() -> None:
    facets = facets_of([("US", "")])
    assert facets.checked({"lobbies": ["no", "no"]}) == {"lobbies": ("no",)}
    assert not facets.kept({"lobbies": ("no",)}, {}).any()
    assert facets.checked({"country": NOT_STATED}) == {"country": (NOT_STATED,)}
    with pytest.raises(UnknownNameError, match="value of country 'yes'"):
        facets.checked({"country": "yes"})


def test_many_cells_are_told_apart() -> None:
    cells = [f"r{i}" for i in range(70_000)]
    facets = Facets.of(pa.table({"region": pa.chunked_array([cells[:100], cells[100:]])}))
    kept = facets.kept({"region": ("r69999", "r0")}, {})
    assert np.flatnonzero(kept).tolist() == [0, 69_999]


def test_the_shipped_facets_are_those_of_its_cells(
    model: Recommender, catalogue: pd.DataFrame
) -> None:
    counts = model.facets()
    for name in FACETS:
        expected = catalogue[name].map(values).explode().value_counts()
        assert counts[name].to_dict() == expected.to_dict()


def test_a_run_holds_what_facets_keep_and_tells_what_they_left_out(model: Recommender) -> None:
    asked = {"justice": 5}
    whole = model.recommend(asked)
    run = model.recommend(asked, only={"works_in": "south_korea"}, hide={"faith_based": "yes"})
    catalogue = model.catalogue_
    kept = catalogue["works_in"].map(values).map(lambda v: "south_korea" in v)
    kept &= catalogue["faith_based"] != "yes"
    assert 0 < len(run) < len(whole)
    assert set(run.index) == set(catalogue.index[kept])
    assert run.index.tolist() == [i for i in whole.index if kept[i]]
    assert run["score"].tolist() == whole.loc[run.index, "score"].tolist()
    assert model.exclusions(run).sum() == len(whole) - len(run)
    assert model.exclusions(whole).empty
    top = model.recommend(asked, only={"works_in": "south_korea"}, hide={"faith_based": "yes"}, k=3)
    pd.testing.assert_frame_equal(top, run.head(3))
    assert model.exclusions(top).equals(model.exclusions(run))


def test_bands_are_those_of_the_charities_that_are_kept(fitted: Fit) -> None:
    model = fitted(
        [
            {"description": "Justice justice courts. Human rights.", "status": "closed"},
            {"description": "Runs a school with choirs, human rights and gardens."},
        ]
    )
    whole, run = (model.recommend({"justice": 5}, hide=h) for h in ({}, {"status": "closed"}))
    assert whole.loc["c1", "band"] != run.loc["c1", "band"]


def test_everything_may_be_left_out(model: Recommender) -> None:
    both = {"faith_based": "yes"}
    for k in (None, 0, 3):
        run = model.recommend({"justice": 5}, only=both, hide=both, k=k)
        assert run.empty
        assert model.exclusions(run).sum() == len(model.catalogue_)


def test_only_a_models_own_runs_are_told_of(model: Recommender, fitted: Fit) -> None:
    other = fitted([{"description": "Justice."}])
    with pytest.raises(RecommenderError, match="wasn't made by this model"):
        model.exclusions(other.recommend({"justice": 5}))
    with pytest.raises(RecommenderError, match="lost its attrs"):
        model.exclusions(pd.DataFrame(model.recommend({"justice": 5}).to_dict()))
