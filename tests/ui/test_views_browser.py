"""The views of a result in a real browser: by touch and by keyboard, small and large."""

from collections.abc import Callable

import pytest
from axe import violations
from playwright.sync_api import expect

from recommender import Recommender
from recommender.languages import load_language
from recommender.links import encode
from recommender.query import Asked
from recommender.ui import state

pytestmark = pytest.mark.browser
Visits = Callable[..., object]
EN, KO = load_language("en"), load_language("ko")
SIZES = [("en-GB", 390, "light"), ("ko-KR", 1280, "light")]


def beside(v: object, count: int) -> None:
    """Press “Compare” on the first cards."""
    for place in range(count):
        card = v.page.locator(".wg-card").nth(place)
        if card.evaluate("e => e.tagName === 'DETAILS' && !e.open"):
            card.locator("summary").first.click()
        v.press(card.locator(".wg-choice[data-say=compare]"))
    expect(v.page.locator(".wg-remove[data-say=compare]")).to_have_count(count)


@pytest.mark.parametrize(("locale", "width", "scheme"), SIZES)
def test_a_whole_journey_fits_the_screen_and_axe_finds_nothing(
    visit: Visits, locale: str, width: int, scheme: str
) -> None:
    t = KO if locale == "ko-KR" else EN
    v = visit(locale=locale, width=width, scheme=scheme)
    v.press(v.page.locator("article .wg-choice[data-say=why]").nth(1))
    expect(v.page.locator(".wg-reason")).to_be_visible()
    beside(v, 3)
    for view in state.VIEWS[1:]:
        v.view(t(f"view-{view}"))
        if view == state.GIVEN:
            v.page.get_by_role("textbox", name=t("given-label")).fill("pscor")
            v.page.keyboard.press("Enter")
            expect(v.page.locator(".wg-card, .wg-rest").first).to_be_visible()
        v.settle()
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert v.page.evaluate(wide) <= 0
        size = v.page.viewport_size
        assert violations(v.page) == [], view
        v.page.set_viewport_size(size)
    assert [m.text for m in v.console if m.type in ("error", "warning")] == []
    assert v.errors == []
    assert all(url.split("/")[2] == v.url.split("/")[2] for url in v.requests if "//" in url)


def test_why_and_compare_work_by_keyboard_alone(visit: Visits) -> None:
    v = visit()
    v.tab_to(".wg-choice[data-say=why]")
    v.page.keyboard.press("Enter")
    expect(v.page.locator(".wg-reason")).to_be_visible()
    focused = "document.activeElement.dataset.say"
    v.page.wait_for_function(f"{focused} === 'why'")
    v.page.keyboard.press("Tab")
    assert v.page.evaluate(focused) == "compare"
    v.page.keyboard.press("Space")
    expect(v.page.locator(".wg-remove[data-say=compare]")).to_have_count(1)


def test_a_link_opens_the_same_answers_and_leaves_no_trace_in_the_address(
    visit: Visits, model: Recommender
) -> None:
    asked = Asked(answers={"education": 5, "justice": 0}, hide={"lobbies": ("yes",)})
    v = visit(f"?{encode(asked)}")
    expect(v.choice("Education", "5")).to_be_checked()
    expect(v.choice("Justice", "0")).to_be_checked()
    expect(v.choice("Medical aid", EN("answer-skip"))).to_be_checked()
    run = model.recommend(asked.answers, hide=asked.hide)
    expect(v.first()).to_contain_text(run["name"].iloc[0])
    assert "education" not in v.page.url


def test_the_link_of_the_page_is_the_link_that_opens_it(visit: Visits) -> None:
    v = visit()
    v.answer("Medical aid", "5")
    v.view(EN("view-keep"))
    link = v.page.get_by_test_id("stCode").inner_text().strip()
    first = v.page.locator("#results h2").inner_text()
    assert link.startswith(v.url)
    again = visit(link.removeprefix(v.url).lstrip("/"))
    expect(again.choice("Medical aid", "5")).to_be_checked()
    expect(again.page.locator("#results h2")).to_have_text(first)


def test_a_hostile_link_is_said_and_harms_nothing(visit: Visits) -> None:
    v = visit("?v=1&justice=NaN&education=5&medical_aid=1e99&nosuch=3&only.region=%3Cscript%3E")
    expect(v.choice("Education", "5")).to_be_checked()
    expect(v.choice("Justice", EN("answer-skip"))).to_be_checked()
    assert v.errors == []


def test_every_file_can_be_taken_home(visit: Visits, model: Recommender) -> None:
    v = visit()
    v.answer("Education", "5")
    v.view(EN("view-keep"))
    for ending in ("csv", "json", "md"):
        with v.page.expect_download() as download:
            v.page.get_by_role("button", name=EN(f"download-{ending}")).click()
        text = download.value.path().read_text(encoding="utf-8-sig")
        assert model.charities_.charity("pscore")["name"] in text


def test_a_receipt_is_replayed(visit: Visits) -> None:
    v = visit()
    v.answer("Education", "5")
    v.view(EN("view-keep"))
    with v.page.expect_download() as download:
        v.page.get_by_role("button", name=EN("download-json")).click()
    file = {"name": "receipt.json", "mimeType": "application/json"}
    file["buffer"] = download.value.path().read_bytes()
    v.page.locator(".st-key-file-receipt input[type=file]").set_input_files(file)
    expect(v.page.locator(".wg-view[role=status]")).to_contain_text(EN("replay-same", count=45))


GOOD = "charity_id,name,description\none,One School,It runs a school and teaches pupils.\n"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_table_of_ones_own_is_ranked_and_put_away(visit: Visits, width: int) -> None:
    v = visit(width=width)
    v.page.get_by_test_id("stExpander").last.locator("summary").click()
    field = v.page.locator(".st-key-file-upload input[type=file]")
    good = {"name": "mine.csv", "mimeType": "text/csv", "buffer": GOOD.encode()}
    field.set_input_files(good)
    expect(v.page.locator("#results")).to_contain_text(EN("results-own", name="mine.csv"))
    expect(v.page.locator("#results-list, .wg-card, .wg-rest").first).to_contain_text("One School")
    v.settle()
    assert violations(v.page) == []
    v.press(v.page.get_by_role("button", name=EN("own-back")))
    expect(v.page.locator("#results")).not_to_contain_text("mine.csv")


def test_a_hostile_table_is_refused_with_all_that_is_wrong(visit: Visits) -> None:
    v = visit()
    v.page.get_by_test_id("stExpander").last.locator("summary").click()
    bad = "charity_id,name,description,website\na,A,x,javascript:alert(1)\na,<img src=x>,y,\n"
    v.page.locator(".st-key-file-upload input[type=file]").set_input_files(
        {"name": "bad.csv", "mimeType": "text/csv", "buffer": bad.encode()}
    )
    problems = v.page.locator(".wg-problems")
    expect(problems).to_be_visible()
    assert problems.locator("li").count() >= 2
    expect(v.first()).to_be_visible()
    assert v.errors == []
    assert violations(v.page) == []


def test_the_printed_page_says_what_was_asked_and_leaves_the_questions_out(visit: Visits) -> None:
    v = visit()
    v.answer("Education", "5")
    expect(v.page.locator(".wg-asked")).to_be_hidden()
    v.page.emulate_media(media="print")
    expect(v.page.locator(".wg-asked")).to_be_visible()
    expect(v.page.locator(".wg-asked")).to_contain_text("Education")
    expect(v.page.locator(".st-key-questions")).to_be_hidden()
    expect(v.page.locator(".wg-card .wg-actions").first).to_be_hidden()
    assert len(v.page.pdf()) > 10_000
