import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.strings import Strings

# Characters of one to four bytes: the order of code points is that of UTF-8, not of UTF-16.
TEXT = st.text(st.sampled_from("aÄ가\uffff\U0001f600 \x00"), max_size=4)


@given(st.sets(TEXT, max_size=20), TEXT)
def test_strings_are_a_sorted_list_in_which_each_is_found(known: set[str], other: str) -> None:
    ordered = sorted(known)
    strings = Strings.of(ordered)
    assert len(strings) == len(ordered)
    assert list(strings) == strings[:] == ordered
    assert strings[1:5:2] == ordered[1:5:2]
    assert [strings.find(string) for string in ordered] == list(range(len(ordered)))
    assert strings.find(other) == (ordered.index(other) if other in known else None)


@pytest.mark.parametrize("at", [-1, 2])
def test_a_place_that_holds_no_string_is_refused(at: int) -> None:
    with pytest.raises(IndexError):
        Strings.of(["a", "b"])[at]


def test_the_block_is_utf_8_without_gaps() -> None:
    strings = Strings.of(["", "a", "가"])
    assert strings.block.tobytes() == "a가".encode()
    assert (strings.ends.tolist(), strings.ends.dtype) == ([0, 1, 4], np.int64)
