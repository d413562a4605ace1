import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.checksums import (
    ENDS,
    damage,
    described,
    foreign_text,
    is_whole,
    sealed,
    sealed_text,
    text_damage,
)

SIZES = [0, 1, 100, ENDS - 1, ENDS, ENDS + 1, 2 * ENDS, 2 * ENDS + 1, 20_000]
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("size", SIZES)
def test_every_byte_is_compared(tmp_path: Path, size: int) -> None:
    """All of them if asked to; else those at the ends, and the number of all."""
    file, content = tmp_path / "a", bytes(range(256)) * 80
    file.write_bytes(content[:size])
    wanted = described(file)
    assert damage(file, wanted) == damage(file, wanted, thorough=True) == ""
    for place in {0, 1, ENDS - 1, ENDS, size // 2, size - ENDS - 1, size - 1}:
        if 0 <= place < size:
            changed = bytearray(content[:size])
            changed[place] ^= 4
            file.write_bytes(bytes(changed))
            assert damage(file, wanted, thorough=True) == "its checksum differs"
            amid = ENDS <= place < size - ENDS
            assert damage(file, wanted) == ("" if amid else "its checksum differs")
    file.write_bytes(content[: size + 1])
    assert damage(file, wanted) == f"found {size + 1} bytes; expected {size}"
    file.unlink()
    assert damage(file, wanted) == "No such file or directory"


@pytest.mark.parametrize("wanted", [{}, {"bytes": 3}, 3, None])
def test_a_file_that_nothing_is_said_of_is_damaged(tmp_path: Path, wanted: object) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert damage(tmp_path / "a", wanted) == "its size and checksums aren't stated"


@given(said=st.dictionaries(st.text().filter(lambda key: key != "checksum"), VALUES, max_size=4))
def test_what_is_sealed_is_whole_when_it_is_read_again(said: dict[str, object]) -> None:
    read = json.loads(json.dumps(sealed(said), ensure_ascii=True))
    assert is_whole(read)
    assert not is_whole(said)
    assert not is_whole(read | {"more": 1, "another": 2})
    for key in said:
        assert not is_whole({name: value for name, value in read.items() if name != key})
        assert not is_whole(read | {key: [said[key], "changed"]})


@given(text=st.text(), more=st.text(min_size=1))
def test_a_sealed_text_is_whole_until_anything_is_added(text: str, more: str) -> None:
    whole = sealed_text(text)
    assert text_damage(whole) == foreign_text(whole) == []
    assert text_damage(whole + more)
    assert text_damage(text)
    assert text_damage(more + whole)
    (problem,) = text_damage(whole[: len(whole) - len(text)] + text + more)
    assert problem.expected.partition(";")[0] == sealed_text(text + more).partition("\n")[0]
