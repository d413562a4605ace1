"""The page on how this works: its example is the model's own, and its rules are all there."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from recommender import Recommender
from recommender.background import load_backgrounds
from recommender.feedback import STRONGEST
from recommender.labels import label, name
from recommender.languages import load_language
from recommender.profiles import LEVEL_TEXTS
from recommender.ranking import GOOD_MATCH, LIKE_WEIGHT, POINT, TEXT_WEIGHT, UNLIKE_WEIGHT
from recommender.reading import MOST
from recommender.weighting import RAREST

Open = Callable[..., AppTest]
EXAMPLE = {"resettlement": 5, "education": 2}
FIRST = ("formula", "example", "bands", "private", "limits", "neutral")
each_language = pytest.mark.parametrize("code", ["en", "ko"])


def written(test: AppTest) -> list[str]:
    """Everything the page says in running text."""
    assert not test.exception
    return [element.value for element in test.markdown]


@each_language
def test_the_example_is_the_breakdown_of_the_model(
    method_page: Open, model: Recommender, code: str
) -> None:
    t = load_language(code)
    run = model.recommend(EXAMPLE)
    expected = model.breakdown(run, run.index[0])
    (table,) = method_page(code).table
    assert list(table.value.index) == [label(part, model.priorities_, t) for part in expected.index]
    for shown, column in zip(table.value, expected, strict=True):
        cells = [float(cell) for cell in table.value[shown]]
        assert cells == pytest.approx(expected[column].tolist(), abs=5e-5), column
    points = [int(n) for n in table.value.iloc[:, -1]]
    assert sum(points) == round(float(run["score"].iloc[0]) * POINT) > 0


@each_language
def test_the_example_names_the_first_of_the_list(
    method_page: Open, model: Recommender, code: str
) -> None:
    t = load_language(code)
    first = model.charities_.charity(model.recommend(EXAMPLE).index[0])
    assert any(name(first, t) in text.replace("\\", "") for text in written(method_page(code)))


@each_language
def test_formula_privacy_limits_and_neutrality_are_told(method_page: Open, code: str) -> None:
    t = load_language(code)
    test = method_page(code)
    assert test.title[0].value == t("method-heading")
    assert [header.value for header in test.header] == [
        *(t(f"method-{part}-heading") for part in FIRST),
        t("audit-heading"),
        t("methods-heading"),
        t("method-quality-heading"),
    ]
    formulas = test.code[0].value.splitlines()
    assert formulas[:3] == [t("method-formula"), t("method-match"), t("method-tfidf")]
    assert formulas[4:] == [t("method-profile")]
    text = "\n".join(written(test))
    for key in ("private", "limit-quality", "limit-size", "limit-evidence", "limit-paused"):
        assert t(f"method-{key}") in text
    for key in ("order", "names", "size", "all"):
        assert t(f"method-neutral-{key}") in text


def test_the_numbers_in_the_text_are_those_of_the_library(
    method_page: Open, model: Recommender
) -> None:
    t = load_language("en")
    text = "\n".join(written(method_page()))
    number = t.number
    assert t("method-step-own", weight=number(TEXT_WEIGHT), most=number(MOST)) in text
    like, unlike = number(LIKE_WEIGHT), number(-UNLIKE_WEIGHT)
    assert t("method-step-like", like=like, unlike=unlike, strongest=number(STRONGEST)) in text
    nonprofits = number(load_backgrounds()["en"].documents)
    assert t("method-step-level", texts=number(LEVEL_TEXTS), nonprofits=nonprofits) in text
    rare = {"background": number(model.background_weight), "rarest": number(round(1 / RAREST))}
    assert t("method-step-rare", all=number(45), nonprofits=nonprofits, **rare) in text
    taught = {"learned": number(4), "offered": number(12), "nonprofits": nonprofits}
    assert t("method-step-learned", **taught) in text
    assert t("method-step-points", point=t.number(POINT)) in text
    bands = model.evaluate().bands
    counted = bands["right"].to_dict() | {f"{b}all": n for b, n in bands["charities"].items()}
    assert t("method-bands", match=t.number(GOOD_MATCH), **counted) in text


def test_the_example_is_the_same_whatever_the_visitor_answered(app: Open) -> None:
    test = app()
    test.get_by_key("weight_justice").set_value(0).run()
    page = "recommender/ui/pages/method.py"
    assert (
        test.switch_page(page)
        .run()
        .table[0]
        .value.equals(app().switch_page(page).run().table[0].value)
    )


def test_a_visit_to_this_page_keeps_answers_and_words(app: Open, model: Recommender) -> None:
    test = app()
    test.get_by_key("weight_justice").set_value(5)
    test.get_by_key("weight_psychosocial").set_value(1)
    test.text_area[0].set_value("school").run()
    test.switch_page("recommender/ui/pages/method.py").run()
    assert not test.text_area
    test.switch_page("recommender/ui/pages/find.py").run()
    assert test.get_by_key("weight_justice").value == 5
    assert test.get_by_key("weight_psychosocial").value == 1
    assert test.text_area[0].value == "school"
