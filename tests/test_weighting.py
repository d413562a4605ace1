import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from recommender.background import Background
from recommender.weighting import RAREST, Vocabulary, _in_order, idf_of, tf, weigh

COUNTS = st.lists(
    st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=1, max_size=9
).filter(lambda rows: any(map(any, rows)))
TERMS = ["b", "가", "a", "c d", "z"]


def test_tf_and_idf_are_those_of_the_formula() -> None:
    assert [tf(n) for n in (1, 2)] == [1, 1 + math.log(2)]
    assert idf_of(np.array([1.0, 0.5, RAREST / 9])) == pytest.approx([0, math.log(2), 4.605170186])


def vocabulary_of(counts: np.ndarray, terms: list[str], weight: float = 7.0) -> Vocabulary:
    background = Background(50, {"a": 10, "가": 3})
    documents = int(counts.any(axis=1).sum())
    return Vocabulary.of(terms, (counts > 0).sum(axis=0), documents, background, weight)


def test_a_vocabulary_is_in_order_and_knows_where_each_term_went() -> None:
    counts = np.array([[1, 0, 2, 0, 1], [1, 1, 1, 1, 0]])
    vocabulary = vocabulary_of(counts, TERMS)
    assert vocabulary.terms[:] == ["a", "b", "c d", "z", "가"]
    assert [vocabulary.terms[column] for column in vocabulary.column] == TERMS
    assert vocabulary.frequency.tolist() == [2, 2, 1, 1, 1]
    share = Background(50, {"a": 10, "가": 3}).share("a")
    assert vocabulary.idf[0] == pytest.approx(-math.log((2 + 7 * share) / (2 + 7)))


def test_no_term_at_all_is_a_vocabulary_too() -> None:
    empty = Vocabulary.of([], np.zeros(0, dtype=np.int64), 0, Background(), 1000.0)
    assert (len(empty.terms), len(empty.idf), empty.documents) == (0, 0, 0)


def test_a_batch_may_hold_none_of_the_terms() -> None:
    # As one that a process has read before it met a text of this language.
    vocabulary = Vocabulary.of(["a"], np.array([1]), 1, Background(), 1000.0)
    none = (np.zeros(0, dtype=np.int64), sparse.csr_array((2, 0), dtype=np.int32))
    one = (np.array([0]), sparse.csr_array(np.array([[2]], dtype=np.int32)))
    postings = weigh(vocabulary, [none, one], 3)
    assert (postings.rows.tolist(), postings.weights.tolist()) == ([2], [1.0])
    assert postings.present.tolist() == [False, False, True]


@given(COUNTS, st.permutations(range(5)), st.integers(1, 9))
def test_postings_are_the_same_however_counted(
    rows: list[list[int]], order: list[int], size: int
) -> None:
    """To the last bit: in one batch or several, the terms numbered in any order."""
    counts = np.array(rows, dtype=np.int32)
    held = [t for t in range(5) if counts[:, t].any()]
    counts, terms = counts[:, held], [TERMS[t] for t in held]
    whole = weigh(
        vocabulary_of(counts, terms), [(np.arange(len(held)), sparse.csr_array(counts))], len(rows)
    )
    shuffled = [at for at in order if at < len(held)]
    other = vocabulary_of(counts[:, shuffled], [terms[at] for at in shuffled])
    batches = [
        (np.arange(len(held)), sparse.csr_array(counts[start : start + size][:, shuffled]))
        for start in range(0, len(rows), size)
    ]
    parted = weigh(other, batches, len(rows))
    assert parted.terms[:] == whole.terms[:]
    for name in ("starts", "rows", "weights", "idf", "present"):
        assert getattr(parted, name).tobytes() == getattr(whole, name).tobytes(), name


@given(COUNTS, st.permutations(range(5)))
def test_a_rows_entries_are_added_up_in_the_order_of_the_columns(
    rows: list[list[int]], order: list[int]
) -> None:
    # In another order a sum of squares would now and then differ in its last bit.
    ordered = _in_order(sparse.csr_array(np.array(rows)), np.array(order), 5)
    assert ordered.toarray()[:, order].tolist() == rows
    for start, end in zip(ordered.indptr, ordered.indptr[1:], strict=False):
        assert (np.diff(ordered.indices[start:end]) > 0).all()


@given(COUNTS)
def test_weights_are_those_of_the_formula_as_32_bit_floats(rows: list[list[int]]) -> None:
    counts = np.array(rows, dtype=np.int32)
    held = [t for t in range(5) if counts[:, t].any()]
    counts = counts[:, held]
    vocabulary = vocabulary_of(counts, [TERMS[t] for t in held])
    postings = weigh(vocabulary, [(np.arange(len(held)), sparse.csr_array(counts))], len(rows))
    assert (postings.rows.dtype, postings.weights.dtype) == (np.int32, np.float32)
    assert postings.present.tolist() == counts.any(axis=1).tolist()
    for row, text in enumerate(counts):
        weights = [
            tf(int(n)) * vocabulary.idf[vocabulary.column[t]] if n else 0.0
            for t, n in enumerate(text)
        ]
        length = math.hypot(*weights) or 1.0
        found = postings.at(np.array([row]), vocabulary.column.astype(np.int64))[0]
        assert found == pytest.approx([w / length for w in weights], abs=1e-7)
        for column in range(len(held)):
            rows_of = postings.rows[postings.slice(column)]
            assert rows_of.tolist() == sorted(rows_of.tolist())
