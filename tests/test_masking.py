import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.masking import mask_names

TEXTS = st.text("aAbB1 '.가é", max_size=30)
NAMES = st.lists(st.text("aAbB1 '.가", min_size=1, max_size=4), max_size=3)


@given(text=TEXTS, names=NAMES)
def test_a_name_is_blanked_out_where_neither_letter_nor_figure_touches_it(
    text: str, names: list[str]
) -> None:
    expected = text
    for name in sorted(set(names), key=lambda n: (-len(n), n)):
        whole = rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])"
        flags = re.IGNORECASE if " " in name else 0
        expected = re.sub(whole, lambda m: "·" * len(m.group()), expected, flags=flags)
    assert mask_names(text, names) == expected


def test_small_letters_of_another_length_move_no_name() -> None:
    assert mask_names("İİ the ABC of İ b", ["the abc", "i b"]) == "İİ ······· of ···"


def test_thousands_of_names_are_blanked_out_of_a_long_text_with_odd_letters() -> None:
    text = "İ " + "a bc " * 3_000
    names = [f"{i} x" for i in range(4_000)]  # small letters of the text, made for each, take long
    assert mask_names(text, [*names, "A BC"]) == "İ " + "···· " * 3_000


@given(text=TEXTS, names=NAMES)
def test_blanking_names_out_keeps_every_place(text: str, names: list[str]) -> None:
    masked = mask_names(text, names)
    assert len(masked) == len(text)
    assert all(now in (then, "·") for now, then in zip(masked, text, strict=True))


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("LiNK offers a link", ["LiNK"], "···· offers a link"),
        ("Korea future of KOREA FUTURE", ["Korea Future"], "············ of ············"),
        ("KFC, UKF and KF’s", ["KF"], "KFC, UKF and ··’s"),
        ("Hana and Korea Hana", ["Hana", "Korea Hana"], "···· and ··········"),
        ("하나재단은", ["하나재단"], "····은"),
        ("A.B and AxB", ["A.B"], "··· and AxB"),
        ("nothing", ["", "other"], "nothing"),
    ],
)
def test_names_are_blanked_out_where_their_capitals_agree(
    text: str, names: list[str], expected: str
) -> None:
    assert mask_names(text, names) == expected
