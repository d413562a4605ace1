import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.background import Background, load_backgrounds
from recommender.priorities import Priorities, Priority, load_priorities
from recommender.reading import CLEAR, FAINT, MOST, STRONG, Reader

Shares = dict[str, float]


def priority(name: str, english: dict[str, tuple[str, ...]], korean: str) -> Priority:
    lexicon = {"en": english, "ko": {"core": (korean,)}}
    return Priority(name, {"en": name}, {"en": f"{name}."}, False, lexicon)


OWN = Priorities(
    (
        priority("animals", {"core": ("cat",)}, "고양"),
        priority("housing", {"core": ("rent",), "related": ("home",)}, "월세"),
        priority("music", {"core": ("choir",)}, "노래"),
    ),
    {"core": 1.0, "related": 0.75},
    {},
    levels={key: {"en": 1.0, "ko": 1.0} for key in ["animals", "housing", "music"]},
)
BACKGROUND = Background(10**9, dict.fromkeys(["cat", "rent", "home", "choir"], 10**8))


def reader(own: Priorities = OWN, offered: tuple[str, ...] = OWN.ids) -> Reader:
    return Reader(own, offered, {"en": BACKGROUND})


def levels(**english: float) -> Priorities:
    return replace(OWN, levels={name: {"en": level} for name, level in english.items()})


def test_words_of_one_priority_are_read_as_it_alone() -> None:
    assert reader().read("cats") == pytest.approx({"animals": MOST})
    assert reader().read("rent") == pytest.approx({"housing": MOST})


def test_words_of_two_are_read_by_their_letters() -> None:
    shares = reader().read("renting, cats")
    assert shares == pytest.approx({"housing": MOST * 7 / 11, "animals": MOST * 4 / 11})
    assert list(shares) == ["housing", "animals"]
    assert list(reader().read("rent, cats, cats")) == ["animals", "housing"]


def of_two(animals: tuple[str, ...], housing: tuple[str, ...]) -> Priorities:
    items = (
        priority("animals", {"core": animals}, "고양"),
        priority("housing", {"core": housing}, "월세"),
    )
    return replace(OWN, items=items)


def test_a_word_of_two_is_read_as_the_one_it_tells_most_of() -> None:
    # Of animals "cat" is all, of housing one of two words: 1 and 1/√2 at unit length.
    both = of_two(("cat",), ("cat", "rent"))
    assert reader(both, both.ids).read("cats") == pytest.approx({"animals": MOST})
    # Over their levels they are as 1/2 to 1/√2.
    leveled = replace(both, levels={"animals": {"en": 2.0}, "housing": {"en": 1.0}})
    assert reader(leveled, both.ids).read("cats") == pytest.approx({"housing": MOST})


def test_a_word_that_tells_two_alike_is_shared_or_read_as_the_words_around_it() -> None:
    both = of_two(("cat", "home"), ("rent", "home"))
    alike = reader(both, both.ids)
    assert alike.read("home") == pytest.approx({"animals": MOST / 2, "housing": MOST / 2})
    assert alike.read("home, cats") == pytest.approx({"animals": MOST})
    assert alike.read("home, rent") == pytest.approx({"housing": MOST})


def test_a_word_that_tells_little_is_read_softly_or_not_at_all() -> None:
    def read(weight: float) -> Shares:
        return reader(levels(animals=1 / weight, housing=1, music=1)).read("cats")

    assert read(STRONG) == pytest.approx({"animals": MOST})
    assert read(STRONG / 2) == pytest.approx({"animals": 1 / 2})
    assert read(STRONG * (FAINT + 1e-9)) == pytest.approx({"animals": FAINT})
    assert read(STRONG * (FAINT - 1e-9)) == {}


def test_a_word_tells_by_its_idf_in_the_background() -> None:
    # Of housing, "rent" in each tenth text and "home" of 3/4 the weight in each second.
    background = Background(10**9, {"rent": 10**8, "home": 5 * 10**8})
    one = Reader(levels(housing=2), OWN.ids, {"en": background})
    rent, home = math.log(10), 0.75 * math.log(2)
    telling = home / math.hypot(rent, home) / 2
    assert telling < STRONG
    assert one.read("home, rent") == pytest.approx({"housing": (1 + telling / STRONG) / 2})


def test_a_letter_of_a_phrase_tells_by_the_phrase_and_by_its_word() -> None:
    both = replace(OWN, items=(priority("housing", {"core": ("rent", "rent help")}, "월세"),))
    weak = replace(both, levels={"housing": {"en": 8.0}})
    # The phrase, which no text holds, weighs twice the word: 2/√5 and 1/√5 over the level. The
    # letters of "rent" stand in both, the space and "help" in the phrase alone.
    two, both_of_them = (n / math.sqrt(5) / 8 / STRONG for n in (2, 3))
    assert both_of_them < 1
    expected = (both_of_them * 4 + two * 5) / 9
    assert reader(weak, ("housing",)).read("rent help") == pytest.approx({"housing": expected})


@pytest.mark.parametrize("text", ["", "  ", "2024", "xylophone", "the and of", "…", "나무"])
def test_nothing_is_read_into_words_that_say_nothing(text: str) -> None:
    assert reader().read(text) == {}


def test_what_is_not_clear_beside_the_best_is_left_to_the_words() -> None:
    # The rent weighs 0.8 in its profile, and the level divides it further.
    just, left = (
        reader(levels(animals=1, housing=0.8 / STRONG / CLEAR + by, music=1)).read("cats, rent")
        for by in (-1e-9, 1e-9)
    )
    assert just == pytest.approx({"animals": 1 / 2, "housing": CLEAR / 2})
    assert left == pytest.approx({"animals": 1 / 2})


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("cats, trees", 4 / 9),
        ("cats and the trees", 4 / 9),
        ("cats, cats, trees", 8 / 13),
        ("rent a home by trees", 8 / 13),
        ("cats, rent, of it", MOST),
        ("고양 나무", 2 / 4),
    ],
)
def test_the_shares_sum_to_how_much_of_the_words_is_known_but_leave_some(
    text: str, known: float
) -> None:
    assert sum(reader().read(text).values()) == pytest.approx(known)


def test_only_what_is_offered_is_read() -> None:
    shares = reader(offered=("housing", "music")).read("cats, rent")
    assert shares == pytest.approx({"housing": 4 / 8})
    assert reader(offered=()).read("cats") == {}


def test_korean_words_are_read_by_their_own_lexicon_and_levels() -> None:
    assert reader().read("고양") == pytest.approx({"animals": MOST})
    weak = 1 / (STRONG / 2)
    by_language = {"animals": {"en": 1.0, "ko": weak}, "housing": {"en": weak, "ko": 1.0}}
    shares = reader(replace(OWN, levels=by_language)).read("고양 월세")
    assert shares == pytest.approx({"housing": 1 / 2, "animals": 1 / 4})


def test_letters_of_both_languages_count_alike() -> None:
    shares = reader().read("cats 월세")
    assert shares == pytest.approx({"animals": MOST * 4 / 6, "housing": MOST * 2 / 6})


def test_what_was_learned_is_read() -> None:
    taught = replace(OWN, learned={"music": {"drums": 1.0, "choir": 0.0}})
    assert reader(taught).read("drums") == pytest.approx({"music": MOST})
    assert reader(taught).read("choir") == {}


def test_a_reader_knows_the_words_of_the_background_and_of_profiles() -> None:
    one = reader(OWN, ("animals",))
    assert one.knows("rent", "en")
    assert one.knows("고양", "ko")
    assert not one.knows("월세", "ko")
    assert not one.knows("고양", "en")
    assert not one.knows("xylophon", "en")
    taught = replace(OWN, learned={"animals": {"xylophones": 1.0}})
    assert reader(taught).knows("xylophon", "en")


WORDS = ["cats", "rent", "home", "choir", "xylophone", "고양", "월세", "노래", "나무", "the", ","]
LEVEL = st.sampled_from([0.05, 0.2, 1.0])


@given(
    text=st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    english=st.tuples(LEVEL, LEVEL, LEVEL),
)
def test_the_shares_of_a_reading_leave_some_to_the_words_or_there_is_none(
    text: str, english: tuple[float, float, float]
) -> None:
    own = levels(**dict(zip(OWN.ids, english, strict=True)))
    shares = reader(own).read(text)
    assert 0 < sum(shares.values()) <= MOST + 1e-12 if shares else not shares
    assert all(share > 0 for share in shares.values())
    assert list(shares.values()) == sorted(shares.values(), reverse=True)
    # The order of what is offered doesn't count.
    assert reader(own, OWN.ids[::-1]).read(text) == pytest.approx(shares)


@pytest.mark.parametrize(("language", "least"), [("en", 0.7), ("ko", 0.7)])
def test_most_of_what_donors_say_is_read_as_what_they_ask_for(language: str, least: float) -> None:
    # Written by somebody who knew the priorities' definitions and no lexicon; 35 are offered.
    shipped = load_priorities()
    one = Reader(shipped, shipped.ids, load_backgrounds())
    table = pd.read_csv(Path(__file__).parent / "statements.csv")
    right = [
        next(iter(one.read(row.text)), "") in row.priorities.split("|")
        for row in table.itertuples()
        if row.language == language
    ]
    assert len(right) == 180
    assert sum(right) / len(right) >= least
