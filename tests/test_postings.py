from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from recommender import postings as module
from recommender.postings import Postings
from recommender.strings import Strings
from recommender.top import maxima_of

TERMS = ["a", "b", "c", "d e", "가"]
WEIGHT = st.sampled_from([0.0, 0.0, 0.1, 0.3, 0.7, 1.0])
DENSE = st.integers(0, 12).flatmap(
    lambda rows: st.lists(
        st.lists(WEIGHT, min_size=len(TERMS), max_size=len(TERMS)), min_size=rows, max_size=rows
    )
)
QUERY = st.dictionaries(
    st.sampled_from([*TERMS, "unknown"]), st.sampled_from([-1.5, -0.2, 0.1, 1.0, 3.0])
)


def postings_of(dense: np.ndarray) -> Postings:
    matrix = sparse.csc_array(dense.astype(np.float32))
    return Postings(
        terms=Strings.of(TERMS),
        starts=matrix.indptr.astype(np.int64),
        rows=matrix.indices.astype(np.int32),
        weights=matrix.data,
        idf=np.ones(len(TERMS)),
        present=dense.any(axis=1),
    )


def table(rows: list[list[float]]) -> np.ndarray:
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(TERMS)).astype(np.float64)


@given(DENSE, QUERY)
def test_sums_are_products_of_matrix_and_query(rows: list, query: dict[str, float]) -> None:
    dense = table(rows)
    postings = postings_of(dense)
    expected = dense @ [query.get(term, 0.0) for term in TERMS]
    columns = postings.columns(query)
    assert postings.sums(columns) == pytest.approx(expected, abs=1e-12)
    guess = np.zeros(len(dense), dtype=np.float32)
    postings.add(columns, guess)
    assert guess == pytest.approx(expected, abs=1e-5)


@given(DENSE, QUERY, st.data())
def test_a_rows_sum_is_the_same_to_the_last_bit_whichever_rows_are_asked_for(
    rows: list, query: dict[str, float], data: st.DataObject
) -> None:
    postings = postings_of(table(rows))
    columns = postings.columns(query)
    some = st.lists(st.integers(0, len(rows) - 1)) if rows else st.just([])
    asked = np.array(data.draw(some), dtype=np.int64)
    whole = postings.sums(columns)
    assert postings.sums(columns, asked).tobytes() == whole[asked].tobytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_FEW", 0)  # whole columns, however few are asked for
        assert postings.sums(columns, asked).tobytes() == whole[asked].tobytes()


def test_a_rows_sum_is_the_same_among_many_terms_and_rows() -> None:
    rng = np.random.default_rng(5)
    dense = rng.random((4000, len(TERMS))) * (rng.random((4000, len(TERMS))) < 0.6)
    postings = postings_of(dense.astype(np.float32).astype(np.float64))
    columns = postings.columns(dict(zip(TERMS, rng.normal(size=len(TERMS)), strict=True)))
    asked = rng.permutation(4000)[:300]
    assert postings.sums(columns, asked).tobytes() == postings.sums(columns)[asked].tobytes()


@given(DENSE, QUERY)
def test_adding_is_the_same_without_scipys_private_function(
    rows: list, query: dict[str, float]
) -> None:
    postings = postings_of(table(rows))
    columns, found = postings.columns(query), []
    for private in (module.csc_matvec, None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "csc_matvec", private)
            total = np.full(len(rows), 0.5, dtype=np.float32)
            postings.add(columns, total)
            found.append(total)
    # Other processors may round once where this one rounds twice.
    assert found[0] == pytest.approx(found[1], rel=1e-6, abs=1e-6)


@given(DENSE, QUERY, st.integers(1, 5), st.integers(0, 4), st.sampled_from([0, 99]))
def test_columns_that_are_cut_add_up_to_the_same(
    rows: list, query: dict[str, float], near: int, long: int, cuttable: int
) -> None:
    postings = postings_of(table(rows))
    columns = postings.columns(query)
    whole = np.full(len(rows), 0.5, dtype=np.float32)
    assert postings.add(columns, whole) is None
    with pytest.MonkeyPatch.context() as patch:
        values = {"_NEAR": near, "BLOCK": 1, "_LONG": long, "_CUTTABLE": cuttable}
        for name, value in {**values, "maxima_of": lambda scores: maxima_of(scores, 1)}.items():
            patch.setattr(module, name, value)
        cut = np.full(len(rows), 0.5, dtype=np.float32)
        maxima = postings.add(columns, cut)
        fresh = np.full(len(rows), np.nan, dtype=np.float32)
        postings.add(columns, fresh, fresh=True)
    assert cut == pytest.approx(whole, abs=1e-6)
    assert fresh + np.float32(0.5) == pytest.approx(whole, abs=1e-6)
    assert maxima is None or maxima.tolist() == cut.tolist()


def test_this_scipy_has_the_private_function() -> None:
    assert isinstance(module.csc_matvec, Callable)


@given(DENSE, st.data())
def test_single_weights_are_looked_up(rows: list, data: st.DataObject) -> None:
    dense = table(rows)
    postings = postings_of(dense)
    asked = data.draw(st.lists(st.integers(0, len(rows) - 1)) if rows else st.just([]))
    columns = data.draw(st.lists(st.integers(0, len(TERMS) - 1)))
    for many in (0, 99):  # column by column, and all at once
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_MANY", many)
            found = postings.at(np.array(asked, dtype=int), np.array(columns, dtype=int))
        assert found.shape == (len(asked), len(columns))
        assert found.tolist() == dense[np.ix_(asked, columns)].tolist()


def test_a_querys_columns_are_in_order_and_known() -> None:
    postings = postings_of(np.eye(5))
    columns, weights = postings.columns({"가": 1.0, "zz": 2.0, "b": 3.0})
    assert (columns.tolist(), weights.tolist()) == ([1, 4], [3.0, 1.0])
    columns, weights = postings.columns({})
    assert (len(columns), len(weights)) == (0, 0)


def test_a_column_tells_how_many_texts_hold_its_term() -> None:
    postings = postings_of(np.array([[1, 0, 0, 0.5, 0], [1, 0, 0, 0, 0]]))
    assert [postings.frequency(column) for column in range(5)] == [2, 0, 0, 1, 0]
    assert postings.rows[postings.slice(0)].tolist() == [0, 1]
    assert (postings.column("d e"), postings.column("zz")) == (3, None)
