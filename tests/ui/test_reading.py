"""What a donor's own words are read as: shown, taken away, given back, and never a secret."""

from collections.abc import Callable

import pandas as pd
import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from recommender import Recommender
from recommender.labels import label
from recommender.languages import load_language
from recommender.ranking import whole_points

Open = Callable[..., AppTest]
Read = Callable[[AppTest], list]
EN, KO = load_language("en"), load_language("ko")
WORDS = "schools, hospitals and food"
METHOD, FIND = "recommender/ui/pages/method.py", "recommender/ui/pages/find.py"


def write(test: AppTest, text: str) -> AppTest:
    return test.text_area[0].set_value(text).run()


def pills(test: AppTest) -> list:
    return [group for group in test.button_group if group.key == "reading"]


def take_away(test: AppTest, priority: str) -> AppTest:
    (group,) = pills(test)
    return group.set_value([name for name in group.value if name != priority]).run()


def first(run: pd.DataFrame) -> list[tuple[str, str]]:
    """The first charities of a run with their points, as the open cards tell them."""
    said = [EN("card-points-of", points=whole_points(score)) for score in run["score"][:3]]
    return [
        (f"wg-{charity_id}", points) for charity_id, points in zip(run.index, said, strict=False)
    ]


def opened(read: Read, test: AppTest) -> list[tuple[str, str]]:
    """The open cards with their points."""
    elements = read(test)
    ids = [e.attributes["id"] for e in elements if e.tag == "h3"]
    bands = [e.text for e in elements if "wg-band" in (e.attributes.get("class") or "")]
    return [(card, band.split(" · ")[1]) for card, band in zip(ids, bands, strict=False)]


def skip_all(test: AppTest, model: Recommender) -> AppTest:
    for priority in model.agenda_:
        test.get_by_key(f"weight_{priority}").set_value("skip")
    return test.run()


@pytest.mark.parametrize(
    ("locale", "text", "priority"),
    [
        ("en-GB", "I want to feed hungry families", "food_nutrition"),
        ("ko-KR", "아픈 아이를 치료하는 병원", "medical_aid"),
    ],
)
def test_words_are_shown_as_what_they_are_read_as(
    app: Open, model: Recommender, locale: str, text: str, priority: str
) -> None:
    t = load_language(locale[:2])
    assert priority in model.read(text)
    test = write(app(locale), text)
    (group,) = pills(test)
    assert group.label == t("reading-label")
    assert group.options == [label(p, model.priorities_, t) for p in model.read(text).index]
    assert group.value == list(model.read(text).index)
    assert t("reading-explained") in [caption.value for caption in test.caption]


@pytest.mark.parametrize("text", ["", "zyxwvut"])
def test_words_that_say_nothing_clear_are_read_as_nothing(app: Open, text: str) -> None:
    test = write(app(), text)
    assert not pills(test)
    assert EN("reading-explained") not in [caption.value for caption in test.caption]


def test_what_is_taken_away_is_left_to_the_words(app: Open, read: Read, model: Recommender) -> None:
    shares = model.read(WORDS).to_dict()
    assert len(shares) == 3
    rest = {p: share for p, share in shares.items() if p != "medical_aid"}
    everything, less = model.recommend(text=WORDS), model.recommend(text=WORDS, reading=rest)
    assert first(everything) != first(less)
    test = write(skip_all(app(), model), WORDS)
    assert opened(read, test) == first(everything)
    take_away(test, "medical_aid")
    assert opened(read, test) == first(less)
    assert pills(test)[0].value == list(rest)
    pills(test)[0].set_value(list(shares)).run()
    assert opened(read, test) == first(everything)


def test_words_can_be_read_as_nothing_but_words(app: Open, read: Read, model: Recommender) -> None:
    test = write(skip_all(app(), model), WORDS)
    pills(test)[0].set_value([]).run()
    assert opened(read, test) == first(model.recommend(text=WORDS, reading={}))
    assert {e.text for e in read(test) if e.attributes.get("class") == "wg-bar-label"} == {
        EN("text-label")
    }


def test_other_words_are_read_anew(app: Open, model: Recommender) -> None:
    test = take_away(write(app(), WORDS), "medical_aid")
    write(test, f"{WORDS} for children")
    assert pills(test)[0].value == list(model.read(f"{WORDS} for children").index)
    assert "medical_aid" in pills(test)[0].value
    take_away(test, "medical_aid")
    write(write(test, ""), WORDS)
    assert pills(test)[0].value == list(model.read(WORDS).index)


def test_what_was_taken_away_stays_so(app: Open) -> None:
    test = take_away(write(app(), WORDS), "medical_aid")
    kept = pills(test)[0].value
    test.get_by_key("weight_justice").set_value(5).run()
    assert pills(test)[0].value == kept
    test.get_by_key("language").set_value("ko").run()
    assert pills(test)[0].value == kept
    test.switch_page(METHOD).run()
    assert not pills(test)
    test.switch_page(FIND).run()
    assert pills(test)[0].value == kept


def test_start_again_forgets_words_and_reading(app: Open, read: Read) -> None:
    test = app()
    fresh = [e.text for e in read(test)]
    take_away(write(test, WORDS), "medical_aid")
    assert [e.text for e in read(test)] != fresh
    next(b for b in test.button if b.label == EN("start-again")).click().run()
    assert not pills(test)
    assert [e.text for e in read(test)] == fresh
    assert len(pills(write(test, WORDS))[0].value) == 3


@pytest.mark.parametrize("t", [EN, KO], ids=["en", "ko"])
def test_a_misspelt_word_is_shown_with_the_word_it_is_read_as(
    app: Open, model: Recommender, t: object
) -> None:
    text = "help for refugges"
    ((written, meant),) = model.corrections(text).items()
    assert written == "refugges"
    test = write(app(t.code), text)
    said = t("own-words-corrected", written=written, read=meant)
    assert [text.value for text in test.text] == [said]
    assert written in said
    assert meant in said


@pytest.mark.browser
def test_a_click_takes_a_reading_away_and_gives_it_back(
    visit: Callable, model: Recommender
) -> None:
    text = "I want to feed hungry families"
    v = visit()
    v.page.get_by_role("textbox").fill(text)
    v.page.get_by_role("textbox").blur()
    pill = v.page.get_by_role("button", name="Food and nutrition")
    expect(pill).to_have_attribute("aria-pressed", "true")
    v.settle()
    scores = [said(v)]
    for pressed in ("false", "true"):
        pill.click()
        expect(pill).to_have_attribute("aria-pressed", pressed)
        v.page.wait_for_function(
            "was => was !== "
            "[...document.querySelectorAll('.wg-head')].map(head => head.innerText).join()",
            arg=scores[-1],
        )
        scores.append(said(v.settle()))
    assert scores[0] == scores[2] != scores[1]


def said(v: object) -> str:
    return ",".join(v.page.locator(".wg-head").all_inner_texts())


def test_own_words_take_the_place_of_what_nobody_answered(
    app: Open, read: Read, model: Recommender
) -> None:
    test = app()
    first_four = [p for p in model.agenda_ if test.get_by_key(f"weight_{p}").value == 3]
    assert len(first_four) == 4
    write(test, "tuberculosis")
    assert [test.get_by_key(f"weight_{p}").value for p in first_four] == ["skip"] * 4
    assert opened(read, test) == first(model.recommend(text="tuberculosis"))
    write(test, "")
    assert [test.get_by_key(f"weight_{p}").value for p in first_four] == [3] * 4


def test_what_was_answered_stays_beside_own_words(app: Open, model: Recommender) -> None:
    test = app()
    test.get_by_key("weight_justice").set_value(4).run()
    test.get_by_key("weight_education").set_value("skip").run()
    write(test, "tuberculosis")
    assert test.get_by_key("weight_justice").value == 4
    assert test.get_by_key("weight_resettlement").value == "skip"
    write(test, "")
    assert test.get_by_key("weight_resettlement").value == 3
    assert test.get_by_key("weight_education").value == "skip"
    assert test.get_by_key("weight_justice").value == 4
