import re
import unicodedata
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_edits import alignment

from recommender import AnswersError, Recommender, UnknownNameError
from recommender.charities import Charities
from recommender.closeness import allowed
from recommender.keys import key_of, own_names
from recommender.lots import lot
from recommender.names import MAX_NAME, WAYS, Match

TableOf = Callable[[list[dict[str, str]]], pd.DataFrame]
LETTERS = {"en": "abcdefghijklmnopqrstuvwxyz", "ko": "".join(map(chr, range(0x1100, 0x1113)))}


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def names_of(model: Recommender) -> list[tuple[str, str]]:
    return [(str(i), name) for i, c in model.catalogue_.iterrows() for name in own_names(c)]


def test_every_charity_is_found_first_by_each_of_its_names(model: Recommender) -> None:
    for charity_id, name in names_of(model):
        found = model.search(name, 1)
        assert found.index.tolist() == [charity_id]
        assert found.iloc[0][["rank", "tied", "way", "apart"]].tolist() == [1, False, "exact", 0]
        assert key_of(found["matched"].iloc[0]) == key_of(name)
        assert found["name"].iloc[0] == model.catalogue_.at[charity_id, "name"]
        row = model.charities_.row_of(charity_id)
        for typed in (name.upper(), "".join(name.split()), f" «{decomposed(name)}»", charity_id):
            assert [m.row for m in model.charities_.search(typed, 1)] == [row]


@st.composite
def slips(draw: st.DrawFn, name: str) -> str:
    """A name with one letter wrong, missing, extra or swapped; of Hangul, a jamo."""
    text = decomposed(name)
    at = draw(st.sampled_from([i for i, c in enumerate(text) if c.isalpha()]))
    other = draw(st.sampled_from(LETTERS["ko" if "가" <= name[0] <= "힣" else "en"]))
    edited = {
        "wrong": text[:at] + other + text[at + 1 :],
        "missing": text[:at] + text[at + 1 :],
        "extra": text[:at] + other + text[at:],
        "swapped": text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
    }
    return unicodedata.normalize("NFC", edited[draw(st.sampled_from(sorted(edited)))])


@given(st.data())
def test_one_slip_is_forgiven(model: Recommender, data: st.DataObject) -> None:
    named = [(i, n) for i, n in names_of(model) if sum(map(str.isalpha, decomposed(n))) >= 6]
    charity_id, name = data.draw(st.sampled_from([n for n in named if len(n[1]) < MAX_NAME]))
    typed = data.draw(slips(name))
    found = model.search(typed, k=None)
    assert found.index[0] == charity_id
    assert found["apart"].iloc[0] <= 2  # a swap where a jamo stands for itself may be two


@pytest.mark.parametrize(
    ("typed", "charity_id", "matched", "way", "apart"),
    [
        ("LiNK", "link", "LiNK", "exact", 0),
        ("liberty in north", "link", "Liberty in North Korea", "beginning", 5),
        ("in NORTH", "link", "Liberty in North Korea", "words", 12),
        ("Libetry in North Korea", "link", "Liberty in North Korea", "close", 1),
        ("리버티", "link", "리버티 인 노스코리아", "beginning", 13),
        ("리버디인노스코리아", "link", "리버티 인 노스코리아", "close", 1),
        ("시민연합", "nkhr", "북한인권시민연합", "words", 12),
        ("hrkn", "hrnk", "HRNK", "close", 1),
    ],
)
def test_names_are_understood_as_they_are_typed(
    model: Recommender, typed: str, charity_id: str, matched: str, way: str, apart: int
) -> None:
    first = model.search(typed).iloc[0]
    assert first.name == charity_id
    assert first[["matched", "way", "apart"]].tolist() == [matched, way, apart]


@given(st.data())
def test_a_name_is_found_by_its_beginning_and_by_words_of_it(
    model: Recommender, data: st.DataObject
) -> None:
    charity_id, name = data.draw(st.sampled_from(names_of(model)))
    length = data.draw(st.integers(1, len(name)))
    if key_of(name[:length]) and length <= MAX_NAME:
        assert model.search(name[:length], None).at[charity_id, "way"] in WAYS[:2]
    words = re.findall(r"[^\W_]+", name)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    some = " ".join(words[first:last])
    if 2 <= len(some) <= MAX_NAME:
        assert model.search(some, None).at[charity_id, "way"] in WAYS[:3]


NAME = st.text("abAB1 -가나", min_size=1, max_size=7)
ROWS = st.lists(st.tuples(NAME, st.lists(NAME, max_size=2)), min_size=1, max_size=7)


def expected(typed: str, names: list[str]) -> tuple[int, int] | None:
    """The best way of a charity's names and how far it is, by the definition alone."""
    found = [way for name in names if (way := way_of(typed, name))]
    return min(found) if found else None


def key(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", name).lower() if c.isalnum())


def way_of(typed: str, name: str) -> tuple[int, int] | None:
    a, b = key(typed), key(name)
    more = len(decomposed(b)) - len(decomposed(a))
    if a == b:
        return 0, 0
    if b.startswith(a):
        return 1, more
    if len(a) >= 2 and whole_words(a, name):
        return 2, more
    digits = [[c for c in x if c.isdigit()] for x in (a, b)]
    jamo = alignment(decomposed(a), decomposed(b))
    most = max(allowed(len(a)), allowed(len(decomposed(a))))
    near = alignment(a, b) <= allowed(len(a)) or jamo <= allowed(len(decomposed(a)))
    return (3, jamo) if near and digits[0] == digits[1] and abs(len(a) - len(b)) <= most else None


def whole_words(typed: str, name: str) -> bool:
    """Tell whether the letters stand in a name, begun and ended by a word's end or Hangul."""
    places = [i for i, c in enumerate(name) if c.isalnum()]
    letters = "".join(name[i] for i in places).lower()
    for at in range(len(letters) - len(typed) + 1):
        first, last = places[at], places[at + len(typed) - 1]
        begins = first == 0 or not name[first - 1].isalnum() or typed[0] >= "가"
        ends = last + 1 == len(name) or not name[last + 1].isalnum() or typed[-1] >= "가"
        if letters[at : at + len(typed)] == typed and begins and ends:
            return True
    return False


@given(ROWS, NAME, st.integers(0, 8))
def test_what_is_found_is_what_the_definition_says(
    table_of: TableOf, rows: list[tuple[str, list[str]]], typed: str, k: int
) -> None:
    """Every charity, the likeliest first; the first k are the first of all."""
    ids = [f"z{'xyzuvwt'[i]}q" for i in range(len(rows))]
    table = table_of(
        [
            {"charity_id": i, "name": name, "aliases": "|".join(others)}
            for i, (name, others) in zip(ids, rows, strict=True)
        ]
    )
    charities = Charities.of(table)
    wanted = [
        (*way, charity_id)
        for charity_id, (name, others) in zip(ids, rows, strict=True)
        if key(typed) and (way := expected(typed, [name.strip(), *map(str.strip, others)]))
    ]
    found = charities.search(typed)
    told = [(WAYS.index(m.way), m.apart, ids[m.row]) for m in found]
    assert told == sorted(wanted, key=lambda found: (*found[:2], lot(found[2])))
    assert charities.search(typed, k) == found[:k]


def test_charities_of_one_name_are_tied_wherever_the_list_ends(table_of: TableOf) -> None:
    names = ["Food Bank", "FOOD BANK", "Food Bank of Ayr", "Food-bank", "Food Bank of Ely"]
    model = Recommender(agenda="general").fit(
        table_of([{"charity_id": f"c{9 - i}", "name": name} for i, name in enumerate(names)])
    )
    found = model.search("food bank")
    same, longer = (sorted(ids, key=lot) for ids in (["c6", "c8", "c9"], ["c5", "c7"]))
    assert found.index.tolist() == [*same, *longer]
    assert found["rank"].tolist() == [1, 1, 1, 4, 4]
    assert found["tied"].all()
    for k in range(6):
        pd.testing.assert_frame_equal(model.search("food bank", k), found[:k])
    with pytest.raises(AnswersError, match=r"more than one .* c6, c8, c9\. Name"):
        model.find("foodbank")
    assert model.find("Food bank of Ely") == "c5"


def test_another_number_is_another_charity(table_of: TableOf) -> None:
    rows = [{"charity_id": "GB-CHC-200653", "name": "Lions Club 4711 of Ayr"}]
    charities = Charities.of(table_of(rows))
    assert [m.way for m in charities.search("Lion Clubs 4711 of Ayr")] == ["close"]
    assert charities.search("Lions Club 4712 of Ayr") == []
    assert charities.search("GB-CHC-200654") == []
    # A number alone is words of the id; the letters of a register say nothing of one charity.
    assert [m.name for m in charities.search("200653")] == ["GB-CHC-200653"]
    assert charities.search("chc") == []


def test_a_syllable_may_be_wrong_that_is_more_jamo_than_are_forgiven(table_of: TableOf) -> None:
    charities = Charities.of(table_of([{"charity_id": "a", "name": "가나다라"}]))
    assert charities.search("가나링라") == [Match(0, "가나다라", "close", 3)]
    assert charities.search("가링링라") == []


def test_names_that_nobody_tidied_are_found(table_of: TableOf) -> None:
    charities = Charities.of(table_of([{"charity_id": "a", "name": decomposed("링크 Émile")}]))
    assert [m.row for m in charities.search("mile")] == [0]


@pytest.mark.parametrize(
    "typed",
    ["", " ", "!?", "\0\x07\u202e", "\ud800", "\udfff\ud800", "\N{COMBINING ACUTE ACCENT}", "🎁"],
)
def test_what_holds_no_letter_is_like_nothing(model: Recommender, typed: str) -> None:
    found = model.search(typed)
    assert found.empty
    assert found.columns.tolist() == ["rank", "tied", "name", "matched", "way", "apart"]
    with pytest.raises(UnknownNameError, match="unknown charity"):
        model.find(typed)


def test_broken_text_is_read_as_far_as_it_is_text(model: Recommender) -> None:
    assert model.search("Li\ud800N\0K\u202e").index[0] == "link"
    assert model.find("Li\ud800N\0K") == "link"


@given(st.text(max_size=MAX_NAME))
def test_whatever_is_typed_is_answered(model: Recommender, typed: str) -> None:
    found = model.search(typed, None)
    assert found.index.is_unique
    assert found["rank"].is_monotonic_increasing


def test_too_long_a_name_is_refused(model: Recommender) -> None:
    with pytest.raises(AnswersError, match=f"100000 characters: expected at most {MAX_NAME}"):
        model.search("a" * 100_000)
    with pytest.raises(UnknownNameError) as told:
        model.find("a" * 100_000)
    assert len(str(told.value)) < 1000
    with pytest.raises(AnswersError, match="k -1"):
        model.search("a", -1)


def test_a_catalogue_without_names_has_none(table_of: TableOf) -> None:
    charities = Charities.of(table_of([{"charity_id": "a", "name": ""}]))
    assert charities.search("abcdef") == []
    assert charities.search("A") == [Match(0, "a", "exact", 0)]
