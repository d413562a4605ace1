import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.phrase_table import Found, PhraseTable, covered, leftmost_longest, numbered

WORDS = st.integers(1, 4)
PHRASES = st.dictionaries(st.lists(WORDS, min_size=2, max_size=5).map(tuple), st.integers(0, 99))
ROWS = st.lists(st.tuples(st.integers(1, 9), st.booleans()), max_size=30)


def triples(found: Found) -> list[tuple[int, ...]]:
    return list(zip(*(column.tolist() for column in found), strict=True))


@given(PHRASES, ROWS)
def test_every_phrase_is_found_wherever_its_words_stand_together(
    phrases: dict[tuple[int, ...], int], row: list[tuple[int, bool]]
) -> None:
    words, apart = [word for word, _ in row], [parted for _, parted in row]
    expected = [
        (i, n, phrases[tuple(words[i : i + n])])
        for i in range(len(words))
        for n in range(2, len(words) - i + 1)
        if tuple(words[i : i + n]) in phrases and not any(apart[i + 1 : i + n])
    ]
    found = PhraseTable(phrases).find(np.array(words, dtype=np.int32), np.array(apart, dtype=bool))
    assert triples(found) == expected


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ([], []),
        ([(0, 2), (0, 3), (2, 2), (3, 2)], [(0, 3), (3, 2)]),
        ([(0, 2), (1, 3), (2, 2)], [(0, 2), (2, 2)]),
        ([(1, 2), (2, 4), (5, 2)], [(1, 2), (5, 2)]),
    ],
)
def test_of_phrases_that_overlap_the_first_stays_and_of_those_the_longest(
    spans: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    start, size = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    found = leftmost_longest(Found(start, size, start))
    assert [span[:2] for span in triples(found)] == kept
    inside = {place for a, n in kept for place in range(a, a + n)}
    assert set(np.flatnonzero(covered(found, 9)).tolist()) == inside


def test_a_phrase_is_numbered_by_its_words() -> None:
    numbers = {"rule": 1, "law": 2, "rule law": 7}
    assert numbered([("rule", "law")], numbers) == {(1, 2): 7}
