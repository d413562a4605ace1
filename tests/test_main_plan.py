"""The command `plan`, and a plan's sentences."""

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from command_line import Run, refused, runs

from recommender import Recommender
from recommender.languages import codes, load_language
from recommender.lots import by_lot
from recommender.plan_words import gift_said, not_given_said, notes, summary_said

Fit = Callable[[list[dict[str, str]]], Recommender]
TWO = ["-p", "justice=5", "-p", "education=2"]
SCHOOLS = "Runs schools and teaches children."


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys, "plan")


def test_a_plan_is_printed_with_a_sentence_for_each_amount(run: Run) -> None:
    done = run(*TWO, "--budget", "70 EUR", "--minimum", "15 EUR")
    assert done.status == 0
    assert done.out.startswith("€70.00 of €70.00 would go to 3 charities. Nothing is paid here.\n")
    assert "€20.00 to Emancipate North Koreans (ENoK): all €20.00 for “Education”." in done.out
    assert "of €50.00 for “Justice” (shared by 2)." in done.out
    assert done.err == ""


def test_a_plan_is_printed_in_korean(run: Run) -> None:
    done = run(*TWO, "--budget", "70000 KRW", "--lang", "ko", "--most", "1")
    assert done.status == 0
    assert "₩70,000 가운데 1개 단체에 나눌 금액은 ₩50,000입니다." in done.out
    assert "“정의와 책임 규명” 몫 ₩50,000 전부" in done.out
    assert "“교육” 몫 ₩20,000: 금액을 받을 수 있는 단체가 1곳까지인데" in done.out


def test_the_csv_sums_to_what_is_given(run: Run) -> None:
    done = run(*TWO, "--budget", "100 EUR", "--most", "1", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["currency"] for row in rows} == {"EUR"}
    assert sum(Decimal(row["amount"]) for row in rows) == Decimal("71.43")
    assert "€28.57 for “Education” stays with you: only 1 charity may get a gift" in done.err


def test_the_json_is_the_plan(run: Run, model: Recommender) -> None:
    done = run(*TWO, "--budget", "12.345 KWD", "--format", "json")
    shown = json.loads(done.out)
    plan = model.plan(model.recommend({"justice": 5, "education": 2}), "12.345 KWD")
    assert shown.pop("version")
    assert shown == json.loads(json.dumps(plan.as_object()))
    assert sum(Decimal(gift["amount"]) for gift in shown["gifts"]) == Decimal("12.345")


def test_a_plan_is_of_the_first_rows_and_says_so(run: Run, tmp_path: Path) -> None:
    done = run(*TWO, "--budget", "100 EUR", "-k", "3")
    assert "This plan looks at 3 of 45 charities" in done.out
    assert "€28.57 for “Education” stays with you" in done.out
    assert "This plan looks at" not in run(*TWO, "--budget", "100 EUR").out


def test_nothing_asked_is_said(run: Run) -> None:
    done = run("--budget", "100 EUR")
    assert done.status == 0
    assert done.out == load_language("en")("plan-nothing-asked") + "\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--budget", "-3 EUR", "--most", "0"], ["2 problems", "'-3'", "most"]),
        (["--budget", "3 EURO"], ["unknown currency 'EURO'", "EUR"]),
        (["--budget", "3 EUR", "--minimum", "4 EUR"], ["raise the budget or lower the minimum"]),
    ],
)
def test_a_mistake_is_one_message(run: Run, options: list[str], words: list[str]) -> None:
    refused(run(*TWO, *options), *words)


@pytest.mark.parametrize("code", codes())
def test_every_reason_has_its_sentence(fitted: Fit, code: str) -> None:
    t = load_language(code)
    model = fitted(
        [
            {"name": "Shut", "description": SCHOOLS, "status": "closed"},
            {"name": "Halted", "description": SCHOOLS, "status": "paused"},
            {"name": "Zzz", "description": SCHOOLS},
        ]
    )
    answers = {"education": 5, "reunification_family": 1}
    plan = model.plan(model.recommend(answers), "7 JPY", most=2)
    said = notes(model, plan, t)
    assert len(said) == len(set(said)) == (4 if plan.uneven else 3)
    assert any("Shut" in one for one in said)
    assert any("Halted" in one for one in said)
    assert not_given_said(model, plan, plan.share("reunification_family"), t) == said[0]
    assert plan.money(1).said(t) in said[0]
    assert plan.given.said(t) in summary_said(plan, t)


@pytest.mark.parametrize("code", codes())
def test_the_amounts_of_a_sentence_are_those_of_the_gift(model: Recommender, code: str) -> None:
    t = load_language(code)
    answers = {"justice": 5, "resettlement": 4, "education": 3, "psychosocial": 2}
    plan = model.plan(model.recommend(answers), "1000 EUR")
    assert any(len(gift.parts) > 1 for gift in plan.gifts)
    for gift in plan.gifts:
        said = gift_said(model, plan, gift, t)
        for units in (gift.amount, *gift.parts.values()):
            assert plan.money(units).said(t) in said
        for part in gift.parts:
            assert plan.money(plan.share(part).amount).said(t) in said


def test_too_small_a_share_and_too_small_a_budget_are_told_apart(fitted: Fit) -> None:
    t = load_language("en")
    model = fitted([{"description": SCHOOLS}, {"description": "Feeds hungry families with food."}])
    run = model.recommend({"education": 4, "food_nutrition": 1})
    plan = model.plan(run, "10 EUR", minimum="5 EUR")
    assert notes(model, plan, t) == [
        "€2.00 for “Food and nutrition” stays with you: it is less than the smallest gift, €5.00, "
        "and no charity with another gift fits well with it."
    ]
    plan = model.plan(run, "1 JPY")
    assert notes(model, plan, t) == [
        "Nothing falls to “Food and nutrition”: its share is less than JP¥1."
    ]
    plan = model.plan(run, "10 EUR", most=1)
    assert "only 1 charity may get a gift, and it does not fit" in notes(model, plan, t)[0]


def test_equals_that_get_different_amounts_are_named(fitted: Fit) -> None:
    model = fitted([{"name": n, "description": SCHOOLS} for n in ("Aye", "Bee", "Cee")])
    plan = model.plan(model.recommend({"education": 5}), "1 EUR")
    assert [gift.amount for gift in plan.gifts] == [34, 33, 33]
    assert [gift.charity_id for gift in plan.gifts] == sorted(model.catalogue_.index, key=by_lot)
    first = load_language("en").listed([gift.name for gift in plan.gifts])
    assert notes(model, plan, load_language("en")) == [
        f"{first} match equally, but not everything can be divided equally: "
        "those whose lots come first get more."
    ]
