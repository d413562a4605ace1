"""The pages on a narrow screen: everything fits, and the bar at the bottom leads to the results."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from recommender.languages import load_language

pytestmark = pytest.mark.browser
Visits = Callable[..., object]
EN = load_language("en")

# What is wider than the window, as text to read in a failure. What only screen readers get is cut
# to a pixel, so it can't be; a table may scroll inside a frame that fits.
WIDER = """() => {
  const main = document.querySelector('[data-testid="stMain"]')
  const edge = document.documentElement.clientWidth
  const scrolls = [document.scrollingElement, main].filter(e => e.scrollWidth > e.clientWidth)
  const out = [...main.querySelectorAll(':not(table, table *)')].filter(e => {
    const box = e.getBoundingClientRect()
    return box.width > 1 && (box.right > edge + 0.5 || box.left < -0.5)
  })
  return [...scrolls, ...out].map(e => e.outerHTML.slice(0, 120))
}"""


@pytest.mark.parametrize(("locale", "width"), [("en-GB", 390), ("ko-KR", 390), ("en-GB", 320)])
def test_nothing_is_wider_than_a_phone(visit: Visits, locale: str, width: int) -> None:
    v = visit(width=width, locale=locale)
    v.unfold_priorities()
    v.page.get_by_role("textbox").fill("schools, hospitals, food refugges zyxwvut")
    v.page.get_by_role("textbox").blur()
    expect(v.page.get_by_test_id("stText")).to_have_count(2)
    for chosen, part in enumerate(("like", "unlike", "like"), 1):
        v.settle().page.locator(f"article [data-say={part}][aria-pressed=false]").last.click()
        expect(v.page.locator(".wg-chips li")).to_have_count(chosen)
    v.settle().open_details()
    assert v.page.evaluate(WIDER) == []
    v.open("method")
    assert v.page.evaluate(WIDER) == []


@pytest.mark.parametrize(("locale", "width"), [("en-GB", 390), ("ko-KR", 320)])
def test_the_facets_fit_a_phone(register_visit: Visits, locale: str, width: int) -> None:
    v = register_visit(locale=locale, width=width)
    facets = v.unfold_facets()
    for chosen, name in enumerate(("country", "size"), 1):
        v.press(facets.locator(f".st-key-facet_{name} button").first)
        expect(v.page.locator(".wg-left .wg-remove")).to_have_count(chosen)
    v.settle().open_details(".wg-left")
    v.open_details("article.wg-card:first-child")
    assert v.page.evaluate(WIDER) == []


def test_the_bar_says_how_many_fit_and_leads_to_them(visit: Visits) -> None:
    v = visit(width=390)
    heading = v.page.locator("#results")
    bar = v.page.locator(".wg-jump")
    expect(heading).not_to_be_in_viewport()
    expect(bar).to_be_in_viewport()
    said = v.page.locator("#results h2").inner_text()
    assert said
    expect(bar).to_contain_text(said)
    bar.click()
    expect(heading).to_be_in_viewport()
    v.page.wait_for_function(
        "() => document.querySelector('#results').getBoundingClientRect().top < 300"
    )
    assert heading.bounding_box()["y"] >= 0
    v.settle()
    expect(v.choice("Justice", "3")).to_be_checked()


def test_the_bar_works_by_keyboard_and_brings_the_focus_along(visit: Visits) -> None:
    v = visit(width=390)
    v.tab_to(".wg-jump")
    v.page.keyboard.press("Enter")
    expect(v.page.locator("#results")).to_be_in_viewport()
    v.tab_to(".wg-card", presses=2)


def test_the_answers_survive_the_bar_and_the_way_back(visit: Visits) -> None:
    v = visit(width=390)
    v.answer("Justice", "5")
    v.page.locator(".wg-jump").click()
    expect(v.page.locator("#results")).to_be_in_viewport()
    v.page.go_back()
    v.settle()
    expect(v.choice("Justice", "5")).to_be_checked()


def test_the_bar_ends_with_the_questions(visit: Visits) -> None:
    v = visit(width=390)
    v.page.get_by_test_id("stMain").evaluate("e => e.scrollTo(0, e.scrollHeight)")
    expect(v.page.get_by_role("button", name="what speaks for")).to_be_in_viewport()
    expect(v.page.locator(".wg-jump")).not_to_be_in_viewport()


def test_the_bar_never_covers_what_has_the_focus(visit: Visits) -> None:
    """WCAG 2.2, 2.4.11: of what is focused, some part is always seen."""
    v = visit(width=390)
    covered = """() => {
      const e = document.activeElement, bar = document.querySelector('.wg-jump')
      const inside = e === document.body || e === bar
      const [of, over] = [e.getBoundingClientRect(), bar.getBoundingClientRect()]
      return !inside && of.top >= over.top && of.bottom <= over.bottom
        ? e.outerHTML.slice(0, 120) : ''
    }"""
    seen = set()
    for _ in range(40):
        v.page.keyboard.press("Tab")
        seen.add(v.page.evaluate("document.activeElement.textContent"))
        assert v.page.evaluate(covered) == ""
    assert len(seen) > 20


def test_on_a_wide_screen_there_is_no_bar(visit: Visits) -> None:
    expect(visit(width=1280).page.locator(".wg-jump")).to_be_hidden()


@pytest.mark.parametrize("locale", ["en-GB", "ko-KR"])
def test_every_scale_keeps_to_one_row(visit: Visits, locale: str) -> None:
    v = visit(width=360, locale=locale)
    v.unfold_priorities()
    rows = """() => [...document.querySelectorAll('.st-key-questions [role=radiogroup]')].map(
        g => new Set([...g.querySelectorAll('[role=radio]')].map(r => r.offsetTop)).size)"""
    assert v.page.evaluate(rows) == [1] * 12
