"""Links: whatever can be asked without words comes back, and no link can do harm."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recommender import Recommender, RecommenderError
from recommender.askable import (
    BOTH,
    CHARITY,
    FACET,
    OTHER_VERSION,
    PRIORITY,
    TOO_LONG,
    VALUE,
    WEIGHT,
    Ignored,
    said,
)
from recommender.languages import codes, load_language
from recommender.links import LONGEST, Link, decode, encode
from recommender.priorities import Priorities
from recommender.query import Asked
from recommender.schema import STATUSES, YES_NO

WEIGHTS = st.none() | st.floats(0, 5) | st.integers(0, 5)
AGENDA = ("justice", "resettlement", "education", "medical_aid")
CHARITIES = ("korea_future", "link", "pscore", "khf")
CHOICE = st.fixed_dictionaries(
    {},
    optional={
        "lobbies": st.lists(st.sampled_from(YES_NO), min_size=1, unique=True).map(tuple),
        "status": st.lists(st.sampled_from(STATUSES), min_size=1, unique=True).map(tuple),
        "works_in": st.sampled_from([("south_korea",), ("elsewhere", "not stated")]),
    },
)


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    chosen = draw(st.lists(st.sampled_from(CHARITIES), unique=True))
    cut = draw(st.integers(0, len(chosen)))
    return Asked(
        answers=draw(st.dictionaries(st.sampled_from(AGENDA), WEIGHTS)),
        like=tuple(chosen[:cut]),
        unlike=tuple(chosen[cut:]),
        only=draw(CHOICE),
        hide=draw(CHOICE),
    )


def read(link: str) -> dict[str, str]:
    """The query as a browser's address is read."""
    return dict(parse_qsl(link, keep_blank_values=True, strict_parsing=True))


@given(questions())
@example(Asked({"justice": 5e-324, "education": 0.1 + 0.2, "medical_aid": 0.00010000000000000002}))
@example(Asked({"justice": -0.0}))
def test_what_was_asked_comes_back(model: Recommender, asked: Asked) -> None:
    link = decode(read(encode(asked)), model)
    assert link == Link(True, asked, ())
    assert list(link.asked.answers) == list(asked.answers)


@given(questions())
def test_a_link_ranks_as_its_answers_do(model: Recommender, asked: Asked) -> None:
    there = model.rank(decode(read(encode(asked)), model).asked, k=5)
    assert there.equals(model.rank(asked, k=5))


def test_a_link_can_be_read_by_a_person() -> None:
    asked = Asked(
        {"justice": 5, "resettlement": 2.5, "education": None},
        like=("korea_future", "link"),
        only={"works_in": ("south_korea",)},
        hide={"status": ("not stated",)},
    )
    assert encode(asked) == (
        "v=1&justice=5&resettlement=2.5&education=skip&like=korea_future,link"
        "&only.works_in=south_korea&hide.status=not%20stated"
    )


def test_own_words_are_in_no_link() -> None:
    written = Asked({"justice": 1}, text="my own secret", reading={"education": 0.5})
    assert encode(written) == encode(Asked({"justice": 1})) == "v=1&justice=1"


def test_regions_come_back_whatever_they_are_called(fitted) -> None:
    regions = ["a,b", "%2C", "x&y=z", "50%", "+", "Île-de-France", "경기도", "a;b#c"]
    model = fitted([{"description": "Runs schools.", "region": region} for region in regions])
    asked = Asked(only={"region": tuple(regions)})
    link = decode(read(encode(asked)), model)
    assert (link.asked, link.ignored) == (asked, ())


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ({"justice": "7"}, Ignored(WEIGHT, "justice")),
        ({"justice": "-1"}, Ignored(WEIGHT, "justice")),
        ({"justice": "nan"}, Ignored(WEIGHT, "justice")),
        ({"justice": "inf"}, Ignored(WEIGHT, "justice")),
        ({"justice": "1e308"}, Ignored(WEIGHT, "justice")),
        ({"justice": "٣"}, Ignored(WEIGHT, "justice")),
        ({"justice": "5\n"}, Ignored(WEIGHT, "justice")),
        ({"justice": ""}, Ignored(WEIGHT, "justice")),
        ({"justice": ["5"]}, Ignored(WEIGHT, "justice")),
        ({"justice": None}, Ignored(WEIGHT, "justice")),
        ({"cats": "5"}, Ignored(PRIORITY, "cats")),
        ({"animals": "skip"}, Ignored(PRIORITY, "animals")),
        ({"like": "nobody"}, Ignored(CHARITY, "nobody")),
        ({"unlike": "LiNK"}, Ignored(CHARITY, "LiNK")),
        ({"like": "link", "unlike": "link"}, Ignored(BOTH, "link")),
        ({"only.colour": "red"}, Ignored(FACET, "colour")),
        ({"only.": "red"}, Ignored(FACET, "")),
        ({"hide.lobbies": "perhaps"}, Ignored(VALUE, "lobbies")),
    ],
)
def test_what_is_not_understood_is_ignored_and_told(
    model: Recommender, query: dict, ignored: Ignored
) -> None:
    link = decode({"v": "1", "education": "2", **query}, model)
    assert link == Link(True, Asked({"education": 2}), (ignored,))


def test_a_priority_that_the_agenda_lacks_is_told(model: Recommender) -> None:
    assert "science" in model.priorities_.ids
    assert "science" not in model.agenda_
    assert decode({"v": "1", "science": "5"}, model).asked == Asked()


def test_of_several_values_the_known_ones_stay(model: Recommender) -> None:
    link = decode({"v": "1", "only.lobbies": "yes,perhaps,yes"}, model)
    assert link == Link(True, Asked(only={"lobbies": ("yes",)}), (Ignored(VALUE, "lobbies"),))


def test_keys_of_others_are_none_of_ours(model: Recommender) -> None:
    query = {"v": "1", "justice": "5", "utm_source": "letter", "fbclid": "Iw" * 99, "lang": "ko"}
    assert decode(query, model) == Link(True, Asked({"justice": 5}), ())
    assert decode({"justice": "5", "utm_source": "letter"}, model) == Link()


@pytest.mark.parametrize("version", ["2", "", "01", "1.0", "x" * 99])
def test_another_version_is_not_read(model: Recommender, version: str) -> None:
    expected = Link(True, Asked(), (Ignored(OTHER_VERSION, version),))
    assert decode({"v": version, "justice": "5"}, model) == expected


class Counted(dict):
    """A query that counts what is looked at."""

    looked = 0

    def __getitem__(self, key: object) -> object:
        self.looked += 1
        return super().__getitem__(key)


@pytest.mark.parametrize(
    "query",
    [
        {"v": "1", "justice": "5" * 10_000_000},
        {"v": "1", "x" * 10_000_000: "5"},
        {"v": "1", "like": "link," * 2_000_000},
        {"v": "1", **{f"k{n}": "5" for n in range(100_000)}},
        {"v": "1", "only.region": ",".join("ab" for _ in range(LONGEST))},
    ],
)
def test_a_link_longer_than_any_of_ours_is_not_read(model: Recommender, query: dict) -> None:
    counted = Counted(query)
    assert decode(counted, model) == Link(True, Asked(), (Ignored(TOO_LONG),))
    assert counted.looked <= LONGEST


def test_what_would_make_too_long_a_link_is_refused(model: Recommender) -> None:
    few = Asked(like=tuple(f"charity-{n}" for n in range(600)))
    link = encode(few)
    assert len(link) <= LONGEST
    assert Ignored(TOO_LONG) not in decode(read(link), model).ignored
    with pytest.raises(RecommenderError, match=r"a link of \d+ characters: expected at most 8000"):
        encode(Asked(like=tuple(f"charity-{n}" for n in range(700))))


KEYS = st.sampled_from(["v", "justice", "like", "unlike", "only.lobbies", "hide.region", "only."])
VALUES = st.text() | st.sampled_from(["1", "5", "skip", "link,link", "yes,no", "%", "%2", "nan"])
HOSTILE = st.dictionaries(
    KEYS | st.text() | st.integers(),
    VALUES | st.none() | st.lists(st.text()) | st.floats() | st.binary(),
)


@given(HOSTILE, st.sampled_from([{}, {"v": "1"}]))
def test_no_link_raises_an_error(
    model: Recommender, query: Mapping[str, str], first: Mapping[str, str]
) -> None:
    link = decode({**query, **first}, model)
    assert link.given or link == Link()
    # What is left can be asked, and can be linked again.
    model.rank(link.asked, k=1)
    assert decode(read(encode(link.asked)), model).asked == link.asked
    for code in codes():
        assert all(said(link.ignored, model.priorities_, load_language(code)))


@given(st.text(max_size=200))
def test_no_address_raises_an_error(model: Recommender, text: str) -> None:
    decode(dict(parse_qsl("v=1&" + text, keep_blank_values=True)), model)


def test_sentences_name_what_was_ignored_and_show_no_text_of_strangers(
    priorities: Priorities,
) -> None:
    en, ko = load_language("en"), load_language("ko")
    assert said([Ignored(PRIORITY, "cats")], priorities, en) == [
        "Not used, as it can’t be asked here: cats"
    ]
    assert said([Ignored(VALUE, "lobbies")], priorities, ko) == [
        "고른 값을 가진 단체가 여기에 없어 쓰지 않은 것: 로비 여부"
    ]
    assert said([Ignored(WEIGHT, "medical_aid")], priorities, en) == [
        "Not used, as the rating isn’t 0 to 5: Medical aid"
    ]
    for name in ("Send money to X", "<b>x</b>", "x" * 41, "", "\x1b[31m", "보내세요", "a\nb"):
        [sentence] = said([Ignored(CHARITY, name)], priorities, en)
        assert sentence.endswith(": something without a plain name")


def test_many_of_a_kind_are_one_sentence(priorities: Priorities) -> None:
    many = [Ignored(PRIORITY, f"p{n}") for n in (1, 2, 3, 4, 5, 6, 7, 7)]
    sentences = said([*many, Ignored(OTHER_VERSION, "2")], priorities, load_language("en"))
    assert [sentence.partition(":")[2] for sentence in sentences] == [
        " 2",
        " p1, p2, p3, p4, p5 and 2 more",
    ]
    assert json.dumps(sentences)
