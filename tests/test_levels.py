from dataclasses import replace

import numpy as np
import pytest

from recommender.errors import RecommenderError
from recommender.levels import measure_levels
from recommender.priorities import Priorities, Priority
from recommender.profiles import LEVEL_TEXTS


def priority(name: str, english: str, korean: str) -> Priority:
    lexicon = {"en": {"core": (english,)}, "ko": {"core": (korean,)}}
    return Priority(name, {"en": name}, {"en": f"{name}."}, False, lexicon)


PRIORITIES = Priorities(
    (priority("animals", "cat", "고양"), priority("housing", "rent", "월세")),
    {"core": 1.0},
    {},
)
# The same two charities in both languages. "rent" is as rare as "cat", and "고양" as "월세"; in
# English each stands alone, in Korean beside two other terms of the same idf.
PARALLEL = {"en": ["cats", "rent"], "ko": ["고양 나무 바다", "월세 나무 바다"]}
# What the Korean levels follow from: each text's match is 1 in English and 1/√3 in Korean, where
# all terms have the same background; but the Korean idf of what both texts hold is less. With
# N = 2, M = 1000 and b = 0.01: p = (1 + 10) / 1002 and (2 + 10) / 1002.
RARE, SHARED = -np.log(11 / 1002), -np.log(12 / 1002)
KOREAN = RARE / np.sqrt(RARE**2 + 2 * SHARED**2)


def texts(matching: int, others: int) -> list[str]:
    """Texts that match animals, each less than the one before, and others of songs and trees."""
    cats = [f"cats {' '.join(['song'] * (i + 1))}" for i in range(matching)]
    return cats + ["song", "tree"] * (others // 2)


def matches(matching: int, others: int) -> np.ndarray:
    """The match of each of `texts` with animals, best first, worked out one by one."""
    cats, songs = -np.log(np.array([matching, matching + others // 2]) / (matching + others))
    tf = 1 + np.log(np.arange(1, matching + 1))
    return np.r_[cats / np.sqrt(cats**2 + (tf * songs) ** 2), np.zeros(others)]


@pytest.mark.parametrize(("matching", "others"), [(150, 60), (150, 400), (40, 200), (7, 22)])
def test_a_level_is_the_mean_of_the_hundred_best_matches(matching: int, others: int) -> None:
    levels = measure_levels(PRIORITIES, texts(matching, others), PARALLEL)
    expected = matches(matching, others)[:LEVEL_TEXTS].mean()
    assert levels["animals"]["en"] == pytest.approx(expected)


def test_the_order_of_the_texts_does_not_count() -> None:
    told = texts(150, 60)
    levels = measure_levels(PRIORITIES, told, PARALLEL)
    mixed = np.random.default_rng(0).permutation(told).tolist()
    assert measure_levels(PRIORITIES, mixed, PARALLEL)["animals"] == pytest.approx(
        levels["animals"]
    )


def test_a_priority_that_nothing_matches_has_the_median_of_the_other_levels() -> None:
    three = replace(PRIORITIES, items=(*PRIORITIES.items, priority("youth", "club", "동네")))
    levels = measure_levels(three, [*texts(30, 70), *["rent"] * 50], PARALLEL)
    english = [levels[name]["en"] for name in ("animals", "housing", "youth")]
    assert english[0] != english[1]
    assert english[2] == pytest.approx((english[0] + english[1]) / 2)


def test_korean_levels_are_the_english_ones_times_how_much_stronger_korean_matches_are() -> None:
    levels = measure_levels(PRIORITIES, [*texts(150, 60), "rent"], PARALLEL)
    assert levels["animals"]["ko"] / levels["animals"]["en"] == pytest.approx(KOREAN)
    assert levels["housing"]["ko"] / levels["housing"]["en"] == pytest.approx(KOREAN)
    assert levels["housing"]["en"] != pytest.approx(levels["animals"]["en"])


def test_what_was_learned_counts() -> None:
    taught = replace(PRIORITIES, learned={"animals": {"songs": 3.0, "cat": 0.0}})
    # Thirty texts are of songs alone; beside the cats songs are the other side of a right angle.
    beside = np.sqrt(1 - matches(150, 60)[:150] ** 2)
    levels = measure_levels(taught, texts(150, 60), PARALLEL)
    expected = np.sort([*beside, *[1.0] * 30])[-LEVEL_TEXTS:].mean()
    assert levels["animals"]["en"] == pytest.approx(expected)


def test_each_priority_has_a_level_above_nought_in_each_language() -> None:
    levels = measure_levels(PRIORITIES, texts(5, 5), PARALLEL)
    assert list(levels) == ["animals", "housing"]
    for by_language in levels.values():
        assert list(by_language) == ["en", "ko"]
        assert min(by_language.values()) > 0


def test_texts_without_a_word_of_any_priority_are_refused() -> None:
    with pytest.raises(RecommenderError, match="the texts hold no word of any priority"):
        measure_levels(PRIORITIES, ["tree", "song"], PARALLEL)
    for language in PARALLEL:
        silent = PARALLEL | {language: ["trees", "나무"]}
        with pytest.raises(RecommenderError, match=f"no word of any priority in '{language}'"):
            measure_levels(PRIORITIES, texts(5, 5), silent)
