"""When something breaks, a visitor is told that and nothing more; the log has the rest."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from served import Served, ask, serving, session

from recommender.ui import headers

CANARY = "zyxwvut-inside"
# The real server over the real app, with two of its parts broken.
BROKEN = f"""
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from recommender.ui import shell
def broken(*_):
    raise ZeroDivisionError("{CANARY}")
shell.run = broken
MemoryMediaFileStorage.get_file = broken
"""


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The questionnaire, unable to draw its page or to hand out a file."""
    log = tmp_path_factory.mktemp("failing") / "log.txt"
    with serving(log, before=BROKEN) as served:
        yield served


@pytest.mark.browser
def test_a_visitor_sees_neither_message_nor_place_of_an_error(
    browser: Browser, failing: Served
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(failing.url)
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible(timeout=20_000)
    seen = alert.inner_text() + page.content()
    for word in (CANARY, "ZeroDivisionError", "Traceback", "app.py", "line "):
        assert word not in seen
    context.close()


def test_the_connection_carries_neither_message_nor_place(failing: Served) -> None:
    with session(failing.url) as opened:
        sent = opened.sent
    assert b"encountered an error" in sent
    for word in (CANARY, "ZeroDivisionError", "Traceback", "shell", "<string>"):
        assert word.encode() not in sent


def test_the_log_has_what_the_visitor_has_not(failing: Served) -> None:
    with session(failing.url):
        pass
    plain = re.sub(r"\x1b\[[\d;]*m", "", failing.said())  # the log is coloured
    assert f"ZeroDivisionError: {CANARY}" in plain
    assert "in broken" in plain


def test_a_failing_server_says_so_with_all_headers(failing: Served) -> None:
    answer = ask(failing.url, "/media/x")
    assert (answer.status, answer.body) == (500, b"Internal Server Error")
    for name, value in headers.sent().items():
        assert answer.headers[name.lower()] == value
    assert CANARY in failing.said()
