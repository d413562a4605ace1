"""axe finds nothing: WCAG 2.2 AA and good practice, both pages, languages, widths and schemes."""

from collections.abc import Callable

import pytest
from axe import violations
from playwright.sync_api import expect

from recommender.languages import load_language

pytestmark = pytest.mark.browser
Visits = Callable[..., object]
each_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])


# With the journeys of test_views_browser, each two of language, width and scheme stand together.
@pytest.mark.parametrize(
    ("locale", "width", "scheme"), [("en-GB", 1280, "dark"), ("ko-KR", 390, "dark")]
)
def test_axe_finds_nothing_on_either_page(
    visit: Visits, locale: str, width: int, scheme: str
) -> None:
    v = visit(locale=locale, width=width, scheme=scheme)
    dark = v.page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme")
    assert dark == scheme
    v.unfold_priorities()
    v.page.get_by_role("textbox").fill("schools, hospitals, refugges zyxwvut")
    v.page.get_by_role("textbox").blur()
    expect(v.page.get_by_test_id("stText")).to_have_count(2)
    v.press(v.page.locator(".st-key-reading button").last)
    expect(v.page.locator(".st-key-reading [aria-pressed=false]")).to_have_count(1)
    for part in ("like", "unlike"):
        v.press(v.page.locator(f"article .wg-choice[data-say={part}]").nth(1))
        expect(v.page.locator(f".wg-remove[data-say={part}]")).to_have_count(1)
    v.settle().open_details("article.wg-card:first-child")
    v.open_details(".wg-fold > :first-child")
    assert violations(v.page) == []
    v.open("method")
    assert violations(v.page) == []


@each_scheme
def test_axe_finds_nothing_where_charities_are_left_out(
    register_visit: Visits, scheme: str
) -> None:
    v = register_visit(locale="ko-KR", width=390, scheme=scheme)
    facets = v.unfold_facets()
    for chosen, name in enumerate(("country", "size"), 1):
        v.press(facets.locator(f".st-key-facet_{name} button").first)
        expect(v.page.locator(".wg-left .wg-remove")).to_have_count(chosen)
    v.settle().open_details(".wg-left")
    v.open_details("article.wg-card:first-child")
    assert violations(v.page) == []


def test_axe_finds_nothing_when_nothing_is_asked(visit: Visits) -> None:
    v = visit()
    t = load_language("en")
    for priority in ("Justice", "Resettlement", "Medical aid", "Education"):
        v.answer(priority, t("answer-skip"))
    expect(v.page.get_by_text(t("results-nothing-asked"))).to_be_visible()
    v.page.mouse.move(0, 500)
    assert violations(v.page) == []


@each_scheme
def test_the_chosen_step_is_legible_under_the_mouse(visit: Visits, scheme: str) -> None:
    v = visit(scheme=scheme)
    resting = v.choice("Justice", "3").evaluate("e => getComputedStyle(e).backgroundColor")
    v.choice("Justice", "3").hover()
    v.page.wait_for_function(
        "([e, was]) => getComputedStyle(e).backgroundColor !== was",
        arg=[v.choice("Justice", "3").element_handle(), resting],
    )
    v.page.wait_for_function("() => document.getAnimations().length === 0")
    assert violations(v.page) == []


def test_the_results_have_a_heading_that_screen_readers_find(visit: Visits) -> None:
    v = visit()
    said = v.page.locator("#results").inner_text().splitlines()[0]
    expect(v.page.get_by_role("heading", name=said, level=2)).to_have_count(1)


def test_screen_readers_are_told_when_the_list_changed(visit: Visits) -> None:
    v = visit()
    live = v.page.locator('#results [role="status"], #results [aria-live="polite"]').first
    before = live.inner_text()
    v.answer("Medical aid", "5")
    expect(live).not_to_have_text(before)


def test_every_mark_tells_its_language_and_every_link_its_charity(visit: Visits) -> None:
    v = visit(locale="ko-KR")
    card = v.page.locator("article.wg-card").first
    assert card.locator("blockquote p[lang]").count() == card.locator("blockquote").count()
    name = card.locator("h3").evaluate("e => e.lastChild.textContent")
    for control in card.locator("summary, .wg-actions :is(a, button)").all():
        assert name in control.evaluate("e => e.textContent")
