"""What a visit leaves behind and asks for: nothing outside, nothing in the log, a clean console."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from recommender.languages import load_language

pytestmark = pytest.mark.browser
Visits = Callable[..., object]
EN = load_language("en")


def test_a_whole_visit_asks_no_other_site_for_anything(visit: Visits) -> None:
    v = visit()
    v.answer("Medical aid", "5")
    v.unfold_priorities()
    v.answer("Psychosocial care", "1")
    v.page.get_by_role("button", name="Help for Justice").hover()
    expect(v.page.get_by_role("tooltip")).to_be_visible()
    v.page.get_by_role("textbox").fill("school")
    v.page.get_by_role("textbox").blur()
    expect(v.page.get_by_text(EN("text-label")).first).to_be_visible()
    v.page.get_by_role("button", name="what speaks for").click()
    expect(v.page.get_by_text(EN("rest-heading"))).to_have_count(0)
    v.settle().open_details()
    v.view(EN("view-keep"))
    for key in ("download-csv", "download-json"):
        with v.page.expect_download():
            v.page.get_by_role("button", name=EN(key)).click()
    v.page.get_by_role("radio", name="한국어").click()
    expect(v.page.locator("html")).to_have_attribute("lang", "ko")
    v.settle().page.get_by_test_id("stPageLink-NavLink").last.click()
    expect(v.page.locator("table").first).to_be_visible()
    v.settle().open("method")
    v.page.wait_for_load_state("networkidle")
    assert len(v.requests) > 20
    assert any(url.startswith("ws://") for url in v.requests)
    outside = {url for url in v.requests if urlsplit(url).scheme not in ("data", "blob")}
    hosts = {urlsplit(url).netloc for url in outside}
    assert hosts == {urlsplit(v.url).netloc}


def test_the_console_of_the_start_page_is_clean(visit: Visits) -> None:
    v = visit()
    v.answer("Medical aid", "5")
    v.open_details()
    assert [message.text for message in v.console if message.type in ("error", "warning")] == []
    assert v.errors == []


def test_the_console_of_the_method_page_holds_nothing_of_ours(visit: Visits) -> None:
    # Loaded by its address, Streamlit first looks for its own files below /method, and finds them
    # at the root afterwards: two or three lines of 404, which no setting of ours prevents.
    v = visit("method")
    own = [
        f"{message.text} {message.location['url']}"
        for message in v.console
        if message.type in ("error", "warning")
        and not message.location["url"].startswith(f"{v.url}/method/_stcore/")
    ]
    assert own == []
    assert v.errors == []


def test_the_log_holds_neither_answers_nor_words(visit: Visits, server: object) -> None:
    v = visit()
    v.answer("Medical aid", "5")
    v.page.get_by_role("textbox").fill("zyxwvut tuberculosis")
    v.page.get_by_role("textbox").blur()
    expect(v.page.get_by_text(EN("own-words-unknown", words="zyxwvut"))).to_be_visible()
    v.page.reload()
    v.settle()
    log = server.log.read_text(encoding="utf-8").casefold()
    assert v.url in log  # it is the right file
    for word in ("zyxwvut", "tuberculosis", "medical", "justice", "weight_", "own_words"):
        assert word not in log


def test_nothing_is_kept_in_the_browser(visit: Visits) -> None:
    v = visit()
    v.answer("Medical aid", "5")
    v.page.get_by_role("textbox").fill("zyxwvut")
    v.page.get_by_role("textbox").blur()
    expect(v.page.get_by_text(EN("own-words-unknown", words="zyxwvut"))).to_be_visible()
    kept = v.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    cookies = str(v.page.context.cookies())
    assert "_xsrf" in cookies or cookies == "[]"
    for word in ("zyxwvut", "medical", "own_words", "weight"):
        assert word not in kept + cookies
