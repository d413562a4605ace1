"""The giving plan on the page: amounts as they are typed, and what is said of what is none."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from recommender import Recommender
from recommender.languages import load_language
from recommender.plan_words import summary_said
from recommender.ui import state

Open = Callable[..., AppTest]
Read = Callable[[AppTest], list]
EN, KO = load_language("en"), load_language("ko")
ANSWERS = {"justice": 5, "education": 2}


@pytest.fixture
def plan(app: Open, model: Recommender) -> Callable[..., AppTest]:
    """Return what asks for a plan with some fields filled in."""

    def begin(locale: str = "en-GB", currency: str = "EUR", **typed: str) -> AppTest:
        test = app(locale)
        for priority in model.agenda_:
            test.session_state[state.weight_key(priority)] = ANSWERS.get(priority, "skip")
        test.session_state[state.VIEW] = state.PLAN
        test.run()
        test.selectbox(key=state.CURRENCY).set_value(currency).run()
        for key, text in typed.items():
            test.text_input(key=key).set_value(text)
        return test.run()

    return begin


def drawn(elements: list) -> list[str]:
    return [e.text for e in elements]


def planned(elements: list) -> bool:
    return any("wg-plan" in (e.attributes.get("class") or "").split() for e in elements)


@pytest.mark.parametrize(
    ("typed", "currency", "amount"),
    [
        ("100", "EUR", "100 EUR"),
        ("1,000", "EUR", "1000 EUR"),
        ("1,250.50", "GBP", "1250.50 GBP"),
        ("\uff11\uff10\uff10\uff10", "KRW", "1000 KRW"),
        (" 50,000 ", "KRW", "50000 KRW"),
        ("30.125", "KWD", "30.125 KWD"),
    ],
)
def test_an_amount_is_read_as_its_language_writes_it(
    plan: Callable[..., AppTest],
    read: Read,
    model: Recommender,
    typed: str,
    currency: str,
    amount: str,
) -> None:
    elements = read(plan(currency=currency, budget=typed))
    expected = model.plan(model.recommend(ANSWERS), amount, most=5)
    assert summary_said(expected, EN) in drawn(elements)


@pytest.mark.parametrize("typed", ["10,50", "1.000,50", "1e3", "-5", "0", "ten", "NaN", "1 000"])
@pytest.mark.parametrize("field", [state.BUDGET, state.MINIMUM])
def test_what_may_mean_another_amount_makes_no_plan(
    plan: Callable[..., AppTest], read: Read, typed: str, field: str
) -> None:
    elements = read(plan(**{field: typed}))
    assert not planned(elements)
    said = EN(
        "plan-not-an-amount",
        label=EN(f"plan-{field}"),
        currency="EUR",
        decimals=2,
        example="100.00",
    )
    assert said in drawn(elements)


def test_all_that_is_no_amount_is_said_at_once(plan: Callable[..., AppTest], read: Read) -> None:
    said = drawn(read(plan(budget="x", minimum="y")))
    assert [line.partition(":")[0] for line in said if "expected an amount" in line] == [
        EN("plan-budget"),
        EN("plan-minimum"),
    ]


@pytest.mark.parametrize(("t", "locale"), [(EN, "en-GB"), (KO, "ko-KR")], ids=["en", "ko"])
def test_decimals_that_a_currency_lacks_are_the_reason(
    plan: Callable[..., AppTest], read: Read, t: object, locale: str
) -> None:
    elements = read(plan(locale, "KRW", budget="100.50"))
    figures = {"currency": "KRW", "decimals": 0, "example": "50000"}
    assert t("plan-not-an-amount", label=t("plan-budget"), **figures) in drawn(elements)


def test_another_currency_changes_an_amount_that_nobody_typed_and_no_other(
    plan: Callable[..., AppTest], read: Read
) -> None:
    test = plan("en-GB", "KRW")
    assert test.text_input(key=state.BUDGET).value == "50000"
    assert planned(read(test))
    test.text_input(key=state.BUDGET).set_value("70000").run()
    test.selectbox(key=state.CURRENCY).set_value("EUR").run()
    assert test.text_input(key=state.BUDGET).value == "70000"
    assert planned(read(test))


def test_an_amount_that_was_typed_stays_though_it_is_an_example_elsewhere(
    plan: Callable[..., AppTest],
) -> None:
    test = plan(budget="50000")
    test.selectbox(key=state.CURRENCY).set_value("USD").run()
    assert test.text_input(key=state.BUDGET).value == "50000"


def test_work_that_is_paused_says_so_at_its_amount(
    plan: Callable[..., AppTest], read: Read, model: Recommender
) -> None:
    test = plan()
    for priority in model.agenda_:
        test.session_state[state.weight_key(priority)] = 5 if priority == "medical_aid" else "skip"
    elements = read(test.run())
    said = [e.text for e in elements if "wg-gift-status" in (e.attributes.get("class") or "")]
    given = model.plan(model.recommend({"medical_aid": 5}), "100 EUR", most=5).gifts
    paused = [g for g in given if model.charities_.charity(g.charity_id)["status"] == "paused"]
    assert len(said) >= len(paused) > 0
    assert EN("status-paused").lower() in " ".join(said).lower()


def test_a_smallest_gift_above_the_budget_is_said(plan: Callable[..., AppTest], read: Read) -> None:
    elements = read(plan(budget="10", minimum="20"))
    assert EN("plan-minimum-above") in drawn(elements)
    assert not planned(elements)
