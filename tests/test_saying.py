"""What a comparison says in sentences, in both languages, agrees with what it holds."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import Recommender, load_priorities
from recommender.flip import Flip
from recommender.languages import codes, load_language
from recommender.saying import (
    fact_said,
    flip_said,
    gap_said,
    rating_said,
    signed,
    standing_said,
    tenths,
    why_said,
)

Fit = Callable[[list[dict[str, str]]], Recommender]

MINUS = "\N{MINUS SIGN}"
EN, KO = load_language("en"), load_language("ko")
LANGUAGE = pytest.mark.parametrize("code", codes())
CHARITY = st.sampled_from(["link", "khf", "cfk", "hrnk", "pscore", "nkdb"])
ANSWERS = st.dictionaries(
    st.sampled_from(["justice", "education", "medical_aid"]), st.integers(1, 5), min_size=1
)


def test_the_gap_is_told_by_part(model: Recommender) -> None:
    why = model.why_not(model.recommend({"justice": 5, "education": 2}), "pscore", "korea_future")
    points = why.parts["points"]
    assert why.points == points.sum()
    assert gap_said(model, why, EN) == (
        f"Korea Future stands above PSCORE by {why.points} points: "
        f"Justice {points['justice']} and Education {MINUS}{-points['education']}."
    )
    assert gap_said(model, why.turned(), EN) == gap_said(model, why, EN)
    assert gap_said(model, why, KO) == (
        f"코리아퓨처의 점수가 성통만사보다 {why.points}점 높습니다"
        f"(정의와 책임 규명 {points['justice']}점 및 교육 {MINUS}{-points['education']}점)."
    )


@given(ANSWERS, st.lists(CHARITY, min_size=2, max_size=2, unique=True))
def test_the_parts_that_are_said_sum_to_the_points(
    model: Recommender, answers: dict, pair: list[str]
) -> None:
    why = model.why_not(model.recommend(answers), *pair)
    said = why_said(model, why, EN)
    if why.level:
        assert len(said) == 1
    elif why.points:
        total, parts = said[0].split(" by ")[1].split(":")
        numbers = [int(n.replace(MINUS, "-")) for n in re.findall(rf"{MINUS}?\d+", parts)]
        assert sum(numbers) == int(total.split()[0]) == abs(why.points)
    else:
        assert said[0].endswith("by less than a point.")
    assert any(s.startswith("Too close to call") for s in said) == why.too_close
    assert (EN("compare-no-flip") in said) == (why.flip is None and not why.level)


def test_who_stands_above_is_said_first(model: Recommender) -> None:
    run = model.recommend({"justice": 5})
    for pair in (("pscore", "korea_future"), ("korea_future", "pscore")):
        said = gap_said(model, model.why_not(run, *pair), EN)
        assert said.startswith("Korea Future stands above PSCORE by")


def test_one_point_is_singular(model: Recommender) -> None:
    why = model.why_not(model.recommend({"justice": 5}), "pscore", "korea_future")
    one = replace(why, parts=why.parts.assign(points=1))
    assert " by 1 point: " in gap_said(model, one, EN)


def test_less_than_a_point_is_said_as_such(model: Recommender) -> None:
    why = model.why_not(model.recommend({"justice": 5}), "pscore", "korea_future")
    near = replace(why, parts=why.parts.assign(points=0))
    assert gap_said(model, near, EN) == "Korea Future stands above PSCORE by less than a point."
    assert gap_said(model, near, KO) == (
        "코리아퓨처의 점수가 성통만사보다 높지만, 차이는 1점이 되지 않습니다."
    )


def test_ties_are_said_as_ties(fitted: Fit) -> None:
    model = fitted([{"description": d} for d in ("A school.", "A school.", "A law.", "A law.")])
    run = model.recommend({"education": 5})
    assert why_said(model, model.why_not(run, "c0", "c1"), EN) == [
        "Xyz 0 and Xyz 1 have the same score: they are tied."
    ]
    assert why_said(model, model.why_not(run, "c2", "c3"), EN) == [
        "Nothing was found for Xyz 2 and Xyz 3: they are tied without a rank."
    ]


@pytest.mark.parametrize(
    ("flip", "said"),
    [
        (None, "No change of a single rating would bring them level."),
        (
            Flip("education", 2, 4.3456),
            "They would be level if you rated Education about 4.3 instead of 2.",
        ),
        (Flip("education", 2, 5.0), "They would be level if you rated Education 5 instead of 2."),
        (
            Flip("education", 0, 4.3456),
            "They would be level if you rated Education about 4.3 instead of 0.",
        ),
        (
            Flip("education", None, 4.3456),
            "They would be level if you also rated Education about 4.3.",
        ),
        (
            Flip("education", 2, 2.0041),
            "They would be level if you rated Education about 2.004 instead of 2.",
        ),
        (
            Flip("education", 2, 2.00004),
            "The slightest change to your rating of Education would bring them level.",
        ),
    ],
)
def test_a_flip_is_said_in_as_few_digits_as_tell(
    model: Recommender, flip: Flip | None, said: str
) -> None:
    assert flip_said(model, flip, EN) == said


def test_a_flip_is_said_in_korean(model: Recommender) -> None:
    assert flip_said(model, Flip("education", 2, 4.3456), KO) == (
        "교육에 2점 대신 약 4.3점을 주면 점수가 같아집니다."
    )
    assert flip_said(model, Flip("education", None, 5.0), KO) == (
        "교육에도 5점을 주면 점수가 같아집니다."
    )


@given(st.none() | st.integers(0, 5), st.floats(0, 5))
def test_a_rating_is_never_said_to_be_what_it_is_now(rating: int | None, at: float) -> None:
    said = rating_said(Flip("a", rating, at), EN)
    if said:
        number = float(said.removeprefix("about "))
        assert number != (rating or 0)
        assert abs(number - at) <= 0.05 + 1e-9
        assert said.startswith("about ") or abs(number - at) < 1e-6
    else:
        assert abs(at - (rating or 0)) < 0.001


@LANGUAGE
def test_a_standing_says_rank_and_fit_or_that_it_is_not_there(
    model: Recommender, code: str
) -> None:
    t = load_language(code)
    run = model.recommend({"justice": 5}, k=2)
    there, gone = model.compare(run, ["korea_future", "pscore"]).standings
    assert standing_said(there, "X", t) == f"1  X  ·  {t('band-good')}"
    assert standing_said(gone, "X", t).startswith("–  X  ·  ")
    assert standing_said(gone, "X", t).endswith(t("compare-unlisted"))


@LANGUAGE
def test_every_fact_of_every_charity_can_be_said(model: Recommender, code: str) -> None:
    t, run, ids = load_language(code), model.recommend(), model.catalogue_.index
    for first in range(0, len(ids) - 1, 2):
        for fact, row in model.compare(run, ids[first : first + 2], code).facts.iterrows():
            for cell in row.drop("differs"):
                assert fact_said(str(fact), cell, t).strip()


def test_facts_are_said_as_the_language_does() -> None:
    assert fact_said("founded", "2004", KO) == "2004년"
    assert fact_said("last_evidence", "2019-09", EN) == "September 2019"
    assert fact_said("lobbies", "not stated", EN) == "not stated"
    assert fact_said("lobbies", "no", KO) == "아니요"
    assert fact_said("base", "Seoul | Busan", EN) == "Seoul | Busan"


def test_numbers_take_their_minus() -> None:
    assert [signed(n, EN) for n in (-3, 0, 12)] == [f"{MINUS}3", "0", "12"]
    assert [tenths(x, EN) for x in (-0.0312, -1e-9, 0.5)] == [f"{MINUS}3.1", "0.0", "50.0"]


def test_every_priority_can_be_named_in_a_flip(model: Recommender) -> None:
    for priority in load_priorities().ids:
        for t in (EN, KO):
            assert model.priorities_[priority].label[t.code] in flip_said(
                model, Flip(priority, None, 1.5), t
            )
