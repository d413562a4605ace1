import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.background import Background
from recommender.priorities import Priorities, Priority
from recommender.reading import CLEAR, FAINT, MOST, SHARPNESS, Reader

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
# A word of each tenth text is worth ln 10; one that no text holds as much as one of 150.
COMMON, RARE = math.log(10), math.log(150)
BACKGROUND = Background(10**9, dict.fromkeys(["cat", "rent", "home", "choir"], 10**8))


def reader(own: Priorities = OWN, offered: tuple[str, ...] = OWN.ids) -> Reader:
    return Reader(own, offered, {"en": BACKGROUND})


def levels(**english: float) -> Priorities:
    return replace(OWN, levels={name: {"en": level} for name, level in english.items()})


def mixture(shares: Shares) -> Shares:
    """The shares scaled to sum to one."""
    return {name: share / sum(shares.values()) for name, share in shares.items()}


def mixture_of(animals: float, housing: float) -> Shares:
    return mixture({"animals": animals, "housing": housing})


def test_words_of_one_priority_are_read_as_it_alone() -> None:
    assert reader().read("cats") == pytest.approx({"animals": MOST})
    assert reader().read("rent") == pytest.approx({"housing": MOST})


def test_words_of_two_are_read_by_the_square_of_their_matches() -> None:
    # "cat" and "rent" weigh 1/√2 each. The profile of animals is cat alone; that of housing is
    # rent 1 and home 0.75 at unit length, 0.8 and 0.6. So the matches are as 1 to 0.8.
    shares = mixture(reader().read("cats, rent"))
    assert shares == pytest.approx({"animals": 1 / 1.64, "housing": 0.64 / 1.64})
    assert list(shares) == ["animals", "housing"]
    # With the home housing has 0.8 + 0.6; the largest comes first.
    shares = mixture(reader().read("rent, home, cats"))
    assert shares == pytest.approx({"housing": 1.96 / 2.96, "animals": 1 / 2.96})
    assert list(shares) == ["housing", "animals"]
    assert SHARPNESS == 2


def test_a_word_said_again_counts_as_in_a_description() -> None:
    cats = (1 + math.log(2)) ** 2
    shares = mixture(reader().read("cats and cats and rent"))
    assert shares == pytest.approx(mixture_of(cats, 0.64))


def test_a_match_counts_over_its_level() -> None:
    shares = mixture(reader(levels(animals=0.5, housing=0.2, music=0.2)).read("cats, rent"))
    assert shares == pytest.approx(mixture_of((1 / 0.5) ** 2, (0.8 / 0.2) ** 2))


@pytest.mark.parametrize(("others", "found"), [(0, True), (3, True), (4, False)])
def test_words_weigh_by_their_background_but_no_more_than_the_rarest(
    others: int, found: bool
) -> None:
    # Words that no text holds lengthen the sentence, by ln 150 each. With n of them the match of
    # the cats is ln 10 / √(ln² 10 + n · ln² 150): at 3 it is 0.256, at 4 it is 0.224.
    match = COMMON / math.hypot(COMMON, math.sqrt(others) * RARE)
    assert (match >= FAINT) == found
    words = ["cats", *(f"x{letter}q" for letter in "abcd"[:others])]
    assert bool(reader().read(", ".join(words))) == found


@pytest.mark.parametrize("text", ["", "  ", "2024", "xylophone", "the and of", "…", "나무"])
def test_nothing_is_read_into_words_that_say_nothing(text: str) -> None:
    assert reader().read(text) == {}


def test_what_is_not_clear_beside_the_best_is_left_out() -> None:
    # The matches of cats and rent are as 1 to 0.8, and the level divides the second further.
    just, left = (
        reader(levels(animals=1, housing=0.8 / CLEAR + by, music=1)).read("cats, rent")
        for by in (-1e-9, 1e-9)
    )
    assert mixture(just) == pytest.approx(mixture_of(1, CLEAR**2))
    # The rent is no longer known to what is read: four of eight letters.
    assert left == pytest.approx({"animals": 4 / 8})


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
    by_language = {"animals": {"en": 0.1, "ko": 0.4}, "housing": {"en": 0.1, "ko": 0.2}}
    shares = mixture(reader(replace(OWN, levels=by_language)).read("고양 월세"))
    assert shares == pytest.approx(mixture_of(1, 4))


def test_each_language_counts_by_its_share_of_the_words() -> None:
    # Of "cats 월세" a third is English, where cats match 1; two thirds are Korean, where each of
    # the two words weighs 1/√2 by the prior of a language without a background.
    shares = mixture(reader().read("cats 월세"))
    assert shares == pytest.approx(mixture_of((1 / 3) ** 2, (2 / 3 / math.sqrt(2)) ** 2))


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
