"""More like this, less like this: buttons on the cards, chips above them, points on both sides."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from streamlit.testing.v1 import AppTest

from recommender import Recommender
from recommender.labels import name
from recommender.languages import load_language

Open = Callable[..., AppTest]
Read = Callable[[AppTest], list]
Visits = Callable[..., object]
EN, KO = load_language("en"), load_language("ko")
FIRST_FOUR = dict.fromkeys(("justice", "resettlement", "medical_aid", "education"), 3)
METHOD, FIND = "recommender/ui/pages/method.py", "recommender/ui/pages/find.py"
MINUS = "\N{MINUS SIGN}"
browser = pytest.mark.browser


def choose(test: AppTest, like: tuple[str, ...] = (), unlike: tuple[str, ...] = ()) -> AppTest:
    """Choose charities, as the buttons do; AppTest has no browser to press them in."""
    test.session_state["like"], test.session_state["unlike"] = list(like), list(unlike)
    return test.run()


def of_class(elements: list, css: str) -> list:
    return [e for e in elements if css in (e.attributes.get("class") or "").split()]


def titles(elements: list) -> list[str]:
    return [e.text.split(": ", 1)[1] for e in elements if e.tag == "h3"]


def number(points: str) -> int:
    """Read points as they are written, with a minus sign and not a hyphen."""
    return int(re.sub(r" points?$|점$", "", points).replace(MINUS, "-").replace(",", ""))


@pytest.mark.parametrize("t", [EN, KO], ids=["en", "ko"])
def test_the_list_is_the_run_with_what_was_chosen(
    app: Open, read: Read, model: Recommender, t: object
) -> None:
    run = model.recommend(FIRST_FOUR, like=["pscore"], unlike=["korea_future"])
    expected = [name(model.charities_.charity(c), t) for c in run.index[:3]]
    test = app(t.code)
    before = titles(read(test))
    elements = read(choose(test, ["pscore"], ["korea_future"]))
    assert titles(elements) == expected != before
    chips = [e.text for e in elements if e.tag == "li" and "×" in e.text]
    assert [chip.split(" ×")[0] for chip in chips] == [
        t("like-chosen", name=short_name(model, "pscore", t)),
        t("unlike-chosen", name=short_name(model, "korea_future", t)),
    ]
    labels = {e.text for e in of_class(elements, "wg-bar-label")}
    assert {t("like-label"), t("unlike-label")} <= labels


def short_name(model: Recommender, charity_id: str, t: object) -> str:
    charity = model.charities_.charity(charity_id)
    return charity["short_name"] or name(charity, t)


@pytest.mark.parametrize("t", [EN, KO], ids=["en", "ko"])
def test_the_points_shown_sum_to_the_total_even_below_nought(
    app: Open, read: Read, model: Recommender, t: object
) -> None:
    test = choose(app(t.code), ["pscore"], ["cfk", "korea_future"])
    for priority in FIRST_FOUR:
        test.get_by_key(f"weight_{priority}").set_value(5 if priority == "justice" else "skip")
    test.session_state["drawn"] = 45
    bodies = [html.value for html in test.run().html if "wg-card" in html.value]
    cards = re.split(r'(?=<(?:article|details) class="wg-card)', "".join(bodies))[1:]
    run = model.recommend({"justice": 5}, like=["pscore"], unlike=["cfk", "korea_future"])
    assert len(cards) == run["rank"].notna().sum()
    against = 0
    for card in cards:
        points = [number(p) for p in re.findall(r'wg-bar-points">([^<]+)<', card)]
        total = re.search(r'class="wg-band [^"]*">[^<]* · ([^<]+)<', card)
        assert total
        assert sum(points) == number(total[1])
        assert points == sorted(points, reverse=True)
        against += sum(n < 0 for n in points)
    assert against > 5
    assert min(run["score"]) < 0
    assert not re.search(r">-\d", "".join(cards))


def test_bars_of_both_signs_have_one_scale(app: Open, read: Read) -> None:
    elements = read(choose(app(), [], ["cfk"]))
    fills = of_class(elements, "wg-fill")
    styles = [dict(re.findall(r"--(\w+): (\d+)", e.attributes["style"])) for e in fills]
    assert len({style["most"] for style in styles}) == 1
    assert all(0 < int(style["points"]) <= int(style["most"]) for style in styles)
    assert of_class(elements, "wg-minus")


def test_the_words_of_what_was_chosen_are_told(app: Open, read: Read) -> None:
    elements = read(choose(app(), ["pscore"], ["korea_future"]))
    assert {EN("like-label"), EN("unlike-label")} <= {e.text for e in elements if e.tag == "dt"}
    terms = [e.text.split()[-1] for e in of_class(elements, "wg-term")]
    assert any(term.startswith(MINUS) for term in terms)
    assert not any(term.startswith("-") or term == f"{MINUS}0" for term in terms)


def test_what_was_chosen_is_pressed_and_named(app: Open, read: Read, model: Recommender) -> None:
    buttons = of_class(read(choose(app(), ["pscore"])), "wg-choice")
    assert len(buttons) == 4 * 10
    pressed = [b for b in buttons if b.attributes["aria-pressed"] == "true"]
    assert [b.attributes["data-of"] for b in pressed] == ["pscore"]
    assert pressed[0].attributes["data-say"] == "like"
    for button in buttons:
        charity = model.charities_.charity(button.attributes["data-of"])
        first = "-first" if button == buttons[0] else ""
        action = EN(f"{button.attributes['data-say']}-action{first}")
        assert button.text == f"{action}: {name(charity, EN)}"


def test_what_was_chosen_stays_until_start_again(app: Open, read: Read) -> None:
    test = app()
    fresh = [e.text for e in read(test)]
    chosen = [e.text for e in read(choose(test, ["pscore"], ["cfk"]))]
    assert chosen != fresh
    assert EN("results-untouched") in fresh
    assert EN("results-untouched") not in chosen
    test.switch_page(METHOD).run()
    test.switch_page(FIND).run()
    assert [e.text for e in read(test)] == chosen
    next(b for b in test.button if b.label == EN("start-again")).click().run()
    assert [e.text for e in read(test)] == fresh


def button(v: object, charity_id: str, part: str) -> Locator:
    return v.page.locator(f'.wg-choice[data-of="{charity_id}"][data-say="{part}"]')


def chips(v: object) -> Locator:
    return v.page.locator(".wg-chips li")


@browser
def test_more_and_less_by_click_reorder_the_list_and_can_be_taken_back(
    visit: Visits, model: Recommender
) -> None:
    v = visit()
    first, second, third = model.recommend(FIRST_FOUR, k=3).index
    names = [name(model.charities_.charity(c), EN) for c in (first, second, third)]
    expect(v.first()).to_contain_text(names[0])
    button(v, third, "like").click()
    expect(v.first()).to_contain_text(names[2])
    expect(button(v, third, "like")).to_have_attribute("aria-pressed", "true")
    expect(chips(v)).to_have_count(1)
    button(v, third, "unlike").click()  # the other button takes the place of the first
    expect(chips(v)).to_have_count(1)
    expect(chips(v)).to_contain_text(EN("unlike-chosen", name="").strip())
    expect(v.first()).not_to_contain_text(names[2])
    v.page.get_by_role("button", name=f"{EN('chosen-remove')}: {names[2]}").click()
    expect(chips(v)).to_have_count(0)
    expect(v.first()).to_contain_text(names[0])
    button(v, second, "like").click()
    expect(chips(v)).to_have_count(1)
    button(v.settle(), second, "like").click()  # pressing again takes it back
    expect(chips(v)).to_have_count(0)
    expect(v.first()).to_contain_text(names[0])
    expect(v.page.get_by_test_id("stException")).to_have_count(0)


@browser
def test_more_by_keyboard_alone_keeps_the_focus_on_the_charity(
    visit: Visits, model: Recommender
) -> None:
    second = model.recommend(FIRST_FOUR, k=2).index[1]
    v = visit()
    v.tab_to(f'.wg-choice[data-say="like"][data-of="{second}"]')
    v.page.keyboard.press("Enter")
    expect(v.first()).to_contain_text(name(model.charities_.charity(second), EN))
    expect(button(v, second, "like")).to_be_focused()
    expect(button(v, second, "like")).to_be_in_viewport()
    v.page.locator(".wg-remove").focus()
    v.page.keyboard.press("Space")
    expect(chips(v)).to_have_count(0)
    expect(v.page.locator("#results")).to_be_focused()


@browser
def test_a_folded_card_is_open_again_in_its_new_place(visit: Visits, model: Recommender) -> None:
    charity = model.recommend(FIRST_FOUR, k=5).index[4]
    v = visit()
    v.page.get_by_role("button", name="what speaks for").click()
    expect(v.page.get_by_text(EN("rest-heading"))).to_have_count(0)
    v.settle().page.locator(f"details.wg-card:has([data-of={charity}]) > summary").click()
    button(v, charity, "unlike").click()
    expect(chips(v)).to_have_count(1)
    expect(button(v, charity, "unlike")).to_be_focused()
    expect(button(v, charity, "unlike")).to_be_visible()
    expect(v.page.locator("details.wg-card[open]")).to_have_count(1)


@browser
def test_a_press_that_names_nothing_changes_nothing(visit: Visits) -> None:
    v = visit()
    before = v.page.locator("#results").inner_text()
    for say, charity in (("like", "nobody"), ("weight_justice", "pscore")):
        v.page.evaluate(
            """([say, of]) => {
              document.body.insertAdjacentHTML('beforeend', '<button id="forged"></button>')
              const forged = document.querySelector('#forged')
              Object.assign(forged.dataset, { say, of })
              forged.click()
              forged.remove()
            }""",
            [say, charity],
        )
        v.page.wait_for_timeout(300)
    assert v.settle().page.locator("#results").inner_text() == before
    expect(v.page.get_by_test_id("stException")).to_have_count(0)


@browser
@pytest.mark.parametrize("locale", ["en-GB", "ko-KR"])
def test_on_a_phone_the_buttons_are_large_enough(visit: Visits, locale: str) -> None:
    v = visit(width=390, locale=locale)
    v.page.get_by_role("textbox").fill("schools, hospitals and food")
    v.page.get_by_role("textbox").blur()
    pills = v.page.locator(".st-key-reading button")
    expect(pills).to_have_count(3)
    v.settle().page.locator(".wg-choice[data-say=like]").first.click()
    expect(chips(v)).to_have_count(1)
    v.settle().open_details(".wg-fold")
    for control in [*v.page.locator(".wg-choice, .wg-remove").all(), *pills.all()]:
        box = control.bounding_box()
        assert box["height"] >= 44
        assert box["width"] >= 44
