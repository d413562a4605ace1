import math
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import Recommender, UnknownNameError
from recommender.errors import AnswersError
from recommender.own_words import MAX_TEXT, nearest, replaced
from recommender.ranking import parts_of
from recommender.reading import MOST
from recommender.text import Analyser

Fit = Callable[[list[dict[str, str]]], Recommender]

WRITTEN = {
    "hospit": "hospitals",
    "hostil": "hostility",
    "refuge": "refugees",
    "trauma": "trauma",
    "school": "school",
    "scholar": "scholars",
}
TERM = Analyser().term


def stem(word: str) -> str:
    return TERM(word, "en")


def test_a_text_of_the_longest_length_is_read_and_a_longer_one_refused(model: Recommender) -> None:
    model.recommend(text="school " * (MAX_TEXT // 7))
    for ask in (model.read, model.corrections, lambda text: model.recommend(text=text)):
        with pytest.raises(AnswersError, match="words of 2001 characters: expected at most 2000"):
            ask("x" * (MAX_TEXT + 1))


def test_words_that_no_description_holds_are_told_as_written(model: Recommender) -> None:
    text = "Prison, Zzzq’s and the zzzqs: 학교를 쀍뛟 USB Zzzq’s"
    assert model.unknown_words(text) == ["Zzzq’s", "zzzqs", "쀍뛟"]
    assert model.unknown_words("쀍뛟에서 학교를") == ["쀍뛟에서"]
    assert model.unknown_words("") == model.unknown_words("the of 1995") == []


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("결핵 병원을 돕고 싶어요", {"eugene_bell", "cfk", "mcc_dprk"}),
        ("라디오 방송", {"fnkr", "umg", "vomk"}),
        ("tuberculosis hospitals", {"eugene_bell", "cfk", "mcc_dprk"}),
        ("send USB drives", {"hrf_flashdrives", "nksc", "fnkr"}),
    ],
)
@pytest.mark.parametrize("reading", [{}, None])
def test_own_words_rank_in_english_and_korean(
    model: Recommender, text: str, best: set[str], reading: dict | None
) -> None:
    run = model.recommend(text=text, reading=reading)
    assert run.index[0] in best
    assert parts_of(run) == [*run.attrs["reading"], "text"]
    assert run.attrs["text"] == text


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("medicine for sick children", "아픈 아이들을 위한 약과 치료"),
        ("tutoring and schools for young people", "청년을 위한 학교와 학습 지도"),
        ("radio broadcasts into the North", "북한으로 보내는 라디오 방송"),
        ("food for hungry families", "굶주린 가족에게 식량을"),
    ],
)
def test_a_korean_sentence_is_read_like_its_translation(
    model: Recommender, english: str, korean: str
) -> None:
    assert model.read(english).index[0] == model.read(korean).index[0]
    first = [set(model.recommend(text=text, k=10).index) for text in (english, korean)]
    assert len(first[0] & first[1]) >= 5


def test_korean_words_rank_charities_described_in_english_alone(fitted: Fit) -> None:
    model = fitted([{"description": "Feeds the hungry."}, {"description": "Plays music."}])
    run = model.recommend(text="굶주린 이웃에게 음식을 나눕니다")
    assert run["rank"].tolist() == [1, pd.NA]


@pytest.mark.parametrize("text", ["쀍뛟에서 합니다", "뛟을 하는 쀍과 뛟들이 있습니다"])
def test_korean_particles_and_endings_are_no_evidence(model: Recommender, text: str) -> None:
    run = model.recommend(text=text)
    assert run["score"].max() == 0, model.explain(run, run.index[0])["words"].tolist()


def test_a_word_said_twice_in_own_words_counts_more_but_not_twice(fitted: Fit) -> None:
    model = fitted([{"description": "Radio."}, {"description": "Clothes."}])
    once, twice = (
        model.recommend(text=t, reading={})["score"]
        for t in ("radio clothes", "radio radio clothes")
    )
    idf = model.index_.idf("radio", "en") / model.index_.idf("cloth", "en")
    assert once["c0"] / once["c1"] == pytest.approx(idf)
    assert twice["c0"] / twice["c1"] == pytest.approx(idf * (1 + math.log(2)))


def test_own_words_in_two_scripts_count_by_their_share_of_each(fitted: Fit) -> None:
    model = fitted(
        [
            {"description": "Radio.", "description_ko": "병원."},
            {"description": "Clothes.", "description_ko": "나무."},
        ]
    )
    # Two words of Latin script; three of the Korean reading, which has both scripts.
    table = model.explain(model.recommend(text="radio zzz 병원", reading={}), "c0")
    by_language = table.groupby("language")["contribution"].sum()
    level = model.priorities_.level
    assert by_language.to_dict() == pytest.approx(
        {"en": 0.4 / level["en"], "ko": 0.6 / level["ko"]}
    )


def test_own_words_count_like_a_priority_rated_three(model: Recommender) -> None:
    run = model.recommend({"justice": 3}, text="schools", reading={})
    assert model.breakdown(run, "khf")["weight"].to_dict() == {"justice": 0.5, "text": 0.5}
    read = model.recommend({"justice": 3}, text="schools")
    weights = model.breakdown(read, "khf")["weight"]
    assert weights.drop("justice").sum() == pytest.approx(0.5)
    assert weights["education"] == pytest.approx(0.5 * MOST)


def test_what_words_are_read_as_is_added_to_the_rating(model: Recommender) -> None:
    run = model.recommend({"education": 3}, text="schools")
    assert model.breakdown(run, "khf")["weight"]["education"] == pytest.approx((1 + MOST) / 2)


def test_a_donor_can_change_what_their_words_are_read_as(model: Recommender) -> None:
    run = model.recommend(text="prison survivors", reading={"psychosocial": 0.5, "justice": 0})
    assert run.attrs["reading"] == {"psychosocial": 0.5}
    assert parts_of(run) == ["psychosocial", "text"]
    assert parts_of(model.recommend(text="prison survivors", reading={})) == ["text"]


def test_a_reading_without_words_is_checked_all_the_same(model: Recommender) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean justice"):
        model.recommend({"justice": 1}, reading={"justise": 0.5})


def test_a_reading_without_words_is_none(model: Recommender) -> None:
    run = model.recommend({"justice": 1}, reading={"education": 0.5})
    assert run.attrs["reading"] == {}


@pytest.mark.parametrize(
    "wrong", [{"justice": -0.1}, {"justice": 1.1}, {"justice": 0.6, "education": 0.6}]
)
def test_a_reading_of_more_than_everything_is_refused(model: Recommender, wrong: dict) -> None:
    with pytest.raises(AnswersError, match="in reading: expected"):
        model.recommend(text="school", reading=wrong)


def test_a_reading_of_an_unknown_priority_is_refused(model: Recommender) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean justice"):
        model.recommend(text="school", reading={"justise": 0.5})


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("hosptals", "hospitals"),
        ("Hospitl", "hospitals"),
        ("refugges", "refugees"),
        ("trama", "trauma"),
        ("hostlity", "hostility"),
        ("schoool", "school"),
        ("acid", None),
        ("proxies", None),
        ("xyz", None),
        ("zebra", None),
        ("학교", None),
    ],
)
def test_a_misspelt_word_is_read_as_the_nearest_word(word: str, term: str | None) -> None:
    assert nearest(word, WRITTEN, stem, WRITTEN.__getitem__) == term


def test_which_term_is_nearest_does_not_depend_on_their_order() -> None:
    words = ["counsel", "council", "console"]
    found = {nearest("counsil", order, stem, str) for order in (words, words[::-1])}
    assert found == {"counsel"}


def test_misspelt_words_are_replaced_where_they_stand() -> None:
    assert replaced("The hosptal, hosptals!", {"hosptal": "hospital"}) == "The hospital, hosptals!"


def test_a_misspelt_word_ranks_like_the_right_one_and_is_told(model: Recommender) -> None:
    assert model.corrections("tuberculossis in hospitals") == {"tuberculossis": "tuberculosis"}
    wrong, right = (
        model.recommend(text=f"{word} in hospitals") for word in ("tuberculossis", "tuberculosis")
    )
    pd.testing.assert_frame_equal(wrong, right)
    assert wrong.attrs["text"] == "tuberculosis in hospitals"
    assert model.unknown_words("tuberculossis") == []


@pytest.mark.parametrize("text", ["gardening", "hospitals", "prisoners", "the", "USB", "쀍뛟"])
def test_a_right_word_is_left_alone(model: Recommender, text: str) -> None:
    assert model.corrections(text) == {}


@given(st.text(max_size=60))
def test_whatever_is_written_is_read(model: Recommender, text: str) -> None:
    shares = model.read(text)
    assert 0 <= shares.sum() <= MOST + 1e-12
    assert (shares > 0).all()
    assert shares.is_monotonic_decreasing
    assert set(shares.index) <= set(model.agenda_)
