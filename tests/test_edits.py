import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recommender import edits
from recommender.edits import Letters, codes_of, distances, letters_of

WORDS = st.text("abcdé가각나링", max_size=9)


def alignment(a: str, b: str) -> int:
    """The whole table, cell by cell."""
    table = np.add.outer(np.arange(len(a) + 1), np.arange(len(b) + 1))
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            cells = [table[i - 1, j] + 1, table[i, j - 1] + 1]
            cells.append(table[i - 1, j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 2 : i] == b[j - 2 : j][::-1]:
                cells.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(cells)
    return int(table[-1, -1])


@pytest.mark.parametrize(
    ("word", "other", "distance"),
    [
        ("link", "link", 0),
        ("link", "lnik", 1),
        ("link", "ink", 1),
        ("link", "links", 1),
        ("link", "lick", 1),
        ("ca", "abc", 3),  # a swap and no edit inside it
        ("", "ab", 2),
        ("abcd", "badc", 2),
        ("링크", "린크", 1),
    ],
)
def test_a_distance_worked_out_by_hand(word: str, other: str, distance: int) -> None:
    for a, b in ((word, other), (other, word)):
        assert distances(letters_of(pa.array([a])), codes_of(b), 3).tolist() == [distance]


@given(st.lists(WORDS, max_size=12), WORDS, st.integers(0, 4), st.sampled_from(["NFC", "NFD"]))
@example([], "a", 1, "NFC")
@example([""], "", 0, "NFD")
def test_distances_are_those_of_the_whole_table(
    words: list[str], word: str, most: int, form: str
) -> None:
    found = distances(
        letters_of(pa.array(words, pa.string()), form),
        codes_of(unicodedata.normalize(form, word)),
        most,
    )
    wanted = [
        alignment(unicodedata.normalize(form, other), unicodedata.normalize(form, word))
        for other in words
    ]
    assert found.tolist() == [min(distance, most + 1) for distance in wanted]


@given(st.lists(WORDS, max_size=9), WORDS)
def test_words_that_go_through_in_parts_are_as_far(words: list[str], word: str) -> None:
    letters = letters_of(pa.array(words, pa.string()))
    whole = distances(letters, codes_of(word), 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edits, "_BLOCK", 2)
        assert distances(letters, codes_of(word), 2).tolist() == whole.tolist()


def test_words_are_read_where_they_lie() -> None:
    codes = np.frombuffer(b"xabcxdef", dtype=np.uint8)
    letters = Letters(codes, np.array([1, 5, 8]), np.array([3, 3, 0]))
    assert distances(letters, codes_of("abd"), 2).tolist() == [1, 3, 3]
    # A letter that doesn't fit into a byte is none of theirs.
    assert distances(letters, codes_of("ab" + chr(0x100 + ord("c"))), 2).tolist() == [1, 3, 3]


def test_syllables_are_letters_or_their_jamo() -> None:
    words = pa.array(["링크", "가"])
    assert letters_of(words).lengths.tolist() == [2, 1]
    assert letters_of(words, "NFD").lengths.tolist() == [5, 2]
