"""A donor's visit in a real Chromium: keyboard, languages, evidence, downloads, Back, reload."""

import json
from collections.abc import Callable

import pandas as pd
import pytest
from playwright.sync_api import expect

from recommender import Recommender
from recommender.labels import name
from recommender.languages import load_language

pytestmark = pytest.mark.browser
Visits = Callable[..., object]
EN, KO = load_language("en"), load_language("ko")
FIRST_FOUR = ("justice", "resettlement", "medical_aid", "education")
FOCUSED = "getComputedStyle(document.activeElement)"


@pytest.fixture
def first_name(model: Recommender) -> Callable[..., str]:
    """Return what tells the first name of the list if the first four are 3 but for these.

    Own words take the place of those that nobody answered.
    """

    def first(t=EN, text: str = "", **changed: int | None) -> str:
        answers = dict.fromkeys(FIRST_FOUR, None if text else 3) | changed
        charity = model.recommend(answers, text=text, k=1).index[0]
        return name(model.charities_.charity(charity), t)

    return first


def test_an_answer_by_keyboard_alone_changes_the_list(visit: Visits, first_name: Callable) -> None:
    before, after = first_name(), first_name(justice=5)
    assert before != after
    v = visit()
    expect(v.first()).to_contain_text(before)
    v.tab_to('[role="radiogroup"][aria-label="Justice"]')
    assert v.page.evaluate(f"{FOCUSED}.outlineStyle !== 'none' || {FOCUSED}.boxShadow !== 'none'")
    v.page.keyboard.press("End")
    for _ in range(7):
        if v.page.evaluate("document.activeElement.textContent") == "5":
            break
        v.page.keyboard.press("ArrowRight")
    v.page.keyboard.press("Space")
    expect(v.first()).to_contain_text(after)
    v.settle()
    expect(v.choice("Justice", "5")).to_be_checked()
    expect(v.choice("Justice", "5")).to_be_focused()


def test_words_by_keyboard_alone_change_the_list(visit: Visits, first_name: Callable) -> None:
    words = "tutoring English to students"
    assert first_name() != first_name(text=words)
    v = visit()
    v.tab_to("textarea")
    v.page.keyboard.type(words)
    v.page.keyboard.press("Tab")
    expect(v.first()).to_contain_text(first_name(text=words))


@pytest.mark.parametrize("path", ["", "method"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_lies_over_the_links_and_the_language(visit: Visits, path: str, width: int) -> None:
    v = visit(path, width=width)
    masthead = v.page.locator(".st-key-masthead")
    links, languages = masthead.get_by_role("link"), masthead.get_by_role("radio")
    expect(links).to_have_count(2)
    expect(languages).to_have_count(2)
    for control in [*links.all(), *languages.all()]:
        control.click(trial=True, timeout=2000)


def test_the_questions_stay_beside_the_results_on_a_wide_screen(visit: Visits) -> None:
    v = visit()
    v.page.get_by_test_id("stMain").evaluate("e => e.scrollTo(0, 2000)")
    expect(v.first()).not_to_be_in_viewport()
    expect(v.choice("Justice", "3")).to_be_in_viewport()


def test_a_click_changes_the_language_of_everything(visit: Visits, first_name: Callable) -> None:
    v = visit()
    html = v.page.locator("html")
    expect(html).to_have_attribute("lang", "en")
    v.answer("Medical aid", "5")
    v.page.get_by_role("radio", name="한국어").click()
    expect(html).to_have_attribute("lang", "ko")
    expect(v.page.get_by_role("heading", level=1)).to_have_text(KO("title"))
    expect(v.choice("의료 지원", "5")).to_be_checked()
    expect(v.choice("교육", KO("answer-skip"))).to_be_visible()
    expect(v.first()).to_contain_text(first_name(KO, medical_aid=5))
    v.page.get_by_role("link", name=KO("page-method")).click()
    expect(v.page.get_by_role("heading", level=1)).to_have_text(KO("method-heading"))
    v.page.get_by_role("radio", name="English").click()
    expect(html).to_have_attribute("lang", "en")
    expect(v.page.get_by_role("heading", level=1)).to_have_text(EN("method-heading"))


@pytest.mark.parametrize(("path", "heading"), [("", "title"), ("method", "method-heading")])
def test_a_korean_browser_starts_in_korean(visit: Visits, path: str, heading: str) -> None:
    v = visit(path, locale="ko-KR")
    expect(v.page.locator("html")).to_have_attribute("lang", "ko")
    expect(v.page.get_by_role("heading", level=1)).to_have_text(KO(heading))


def test_the_tab_of_a_korean_visit_has_a_korean_title(visit: Visits) -> None:
    expect(visit(locale="ko-KR").page).to_have_title(KO("title"))


def test_the_first_card_quotes_its_evidence(visit: Visits, model: Recommender) -> None:
    run = model.recommend(dict.fromkeys(FIRST_FOUR, 3), k=1)
    description = model.charities_.charity(run.index[0])["description"]
    card = visit().page.locator("article.wg-card").first
    quotes = card.locator("blockquote")
    assert quotes.count() >= 1
    for quote in quotes.all():
        marks = quote.locator("mark")
        expect(marks.first).to_be_visible()
        assert all(words in description for words in marks.all_inner_texts())
        assert quote.locator("p[lang]").inner_text() in description


@pytest.mark.parametrize("key", ["card-terms", "card-facts"])
def test_what_is_folded_opens_and_closes_by_keyboard(visit: Visits, key: str) -> None:
    v = visit()
    folded = v.page.locator("article.wg-card details").filter(has_text=EN(key)).first
    inside = folded.locator("dl")
    expect(inside).to_be_hidden()
    for _ in range(100):
        v.tab_to("article.wg-card summary")
        if folded.locator("summary").evaluate("e => e === document.activeElement"):
            break
    v.page.keyboard.press("Enter")
    expect(inside).to_be_visible()
    assert len(inside.inner_text()) > 100
    v.page.keyboard.press("Space")
    expect(inside).to_be_hidden()


def test_the_words_that_counted_add_up_to_the_points_of_the_card(visit: Visits) -> None:
    v = visit()
    v.open_details()
    card = v.page.locator("article.wg-card").first
    words = card.locator("details").filter(has_text=EN("card-terms"))
    said = dict(
        zip(
            card.locator(".wg-bar-label").all_inner_texts(),
            (int(n.split()[0]) for n in card.locator(".wg-bar-points").all_inner_texts()),
            strict=True,
        )
    )
    labels = words.locator("dt").all_inner_texts()
    assert set(labels) >= set(said)  # what adds less than half a point has no bar
    for label, told in zip(labels, words.locator("dd").all_inner_texts(), strict=True):
        points = [float(term.split()[-1]) for term in told.split(" · ")]
        assert points == sorted(points, reverse=True)
        assert sum(points) == pytest.approx(said.get(label, 0), abs=1 + 0.05 * len(points))


def test_the_files_hold_what_the_page_shows(visit: Visits, model: Recommender) -> None:
    v = visit()
    v.answer("Medical aid", "5")
    v.answer("Education", EN("answer-skip"))
    run = model.recommend(dict.fromkeys(FIRST_FOUR, 3) | {"medical_aid": 5, "education": None})
    kept = {}
    v.view(EN("view-keep"))
    for key in ("download-csv", "download-json"):
        with v.page.expect_download() as caught:
            v.page.get_by_role("button", name=EN(key)).click()
        kept[caught.value.suggested_filename] = caught.value.path()
    table = pd.read_csv(kept["where-to-give.csv"])
    assert table["charity_id"].tolist() == list(run.index)
    result = json.loads(kept["where-to-give.json"].read_text(encoding="utf-8"))
    assert [entry["charity_id"] for entry in result["ranking"]] == list(run.index)
    assert result["answers"]["medical_aid"] == 5
    assert result["answers"]["education"] is None
    for entry in result["ranking"]:
        assert sum(entry["contributions"].values()) == pytest.approx(entry["score"], abs=1e-9)


def test_what_is_unfolded_shows_its_facts_and_stays_so_after_an_answer(visit: Visits) -> None:
    v = visit()
    v.answer("Justice", "5")
    shown = [v.page.locator("article.wg-card details"), v.page.locator(".wg-rest details")]
    names = [fold.last.get_attribute("data-fold") for fold in shown]
    folds = [v.page.locator(f'details[data-fold="{name}"]') for name in names]
    for fold in folds:
        expect(fold.locator("[data-facts] dt")).to_have_count(0)
        fold.locator("summary").click()
        expect(fold.locator("[data-facts] dt").first).to_be_visible()
    v.answer("Justice", "4")
    for fold in folds:
        expect(fold).to_have_attribute("open", "")
        expect(fold.locator("[data-facts] dt").first).to_be_attached()
    folds[1].locator("summary").click()
    v.answer("Justice", "5")
    expect(folds[0]).to_have_attribute("open", "")
    expect(folds[1]).not_to_have_attribute("open", "")


@pytest.mark.parametrize("way", ["link", "Back"])
def test_answers_survive_a_visit_to_the_method_page(
    visit: Visits, first_name: Callable, way: str
) -> None:
    v = visit()
    v.answer("Medical aid", "5")
    v.unfold_priorities()
    v.answer("Psychosocial care", "1")
    v.page.get_by_role("textbox").fill("school")
    v.page.get_by_role("textbox").blur()
    expected = first_name(medical_aid=5, psychosocial=1, text="school")
    expect(v.first()).to_contain_text(expected)
    v.settle().page.get_by_role("link", name=EN("page-method")).click()
    expect(v.page.get_by_role("heading", level=1)).to_have_text(EN("method-heading"))
    v.settle()
    if way == "Back":
        v.page.go_back()
    else:
        v.page.get_by_role("link", name=EN("page-answers")).click()
    expect(v.page.get_by_role("heading", level=1)).to_have_text(EN("title"))
    expect(v.choice("Medical aid", "5")).to_be_checked()
    expect(v.page.get_by_role("textbox")).to_have_value("school")
    v.unfold_priorities()
    expect(v.choice("Psychosocial care", "1")).to_be_checked()
    expect(v.first()).to_contain_text(expected)


def test_start_again_puts_everything_back(visit: Visits, first_name: Callable) -> None:
    v = visit()
    v.answer("Medical aid", "5")
    v.unfold_priorities()
    v.answer("Psychosocial care", "1")
    v.page.get_by_role("textbox").fill("zyxwvut")
    v.page.get_by_role("textbox").blur()
    expect(v.page.get_by_text(EN("own-words-unknown", words="zyxwvut"))).to_be_visible()
    v.page.get_by_role("button", name=EN("start-again")).click()
    expect(v.choice("Medical aid", "3")).to_be_checked()
    expect(v.page.get_by_role("textbox")).to_have_value("")
    expect(v.page.get_by_text("zyxwvut")).to_have_count(0)
    expect(v.page.get_by_test_id("stExpander").locator("details[open]")).to_have_count(0)
    v.unfold_priorities()
    expect(v.choice("Psychosocial care", EN("answer-skip"))).to_be_checked()
    expect(v.first()).to_contain_text(first_name())


def test_a_reload_starts_anew(visit: Visits, first_name: Callable) -> None:
    v = visit()
    v.answer("Medical aid", "5")
    expect(v.first()).to_contain_text(first_name(medical_aid=5))
    v.page.reload()
    v.settle()
    expect(v.choice("Medical aid", "3")).to_be_checked()
    expect(v.first()).to_contain_text(first_name())
    expect(v.page.get_by_test_id("stException")).to_have_count(0)


def test_no_answer_ever_stands_in_the_address(visit: Visits) -> None:
    v = visit()
    v.answer("Medical aid", "5")
    v.page.get_by_role("textbox").fill("zyxwvut")
    v.page.get_by_role("textbox").blur()
    expect(v.page.get_by_text(EN("own-words-unknown", words="zyxwvut"))).to_be_visible()
    assert v.page.url == f"{v.url}/"
