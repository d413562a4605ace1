"""A visitor in a real Chromium before the real server, and one in AppTest without either."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as WaitedTooLong
from runs import COUNT_RUNS
from streamlit.testing.v1 import AppTest

from recommender import Recommender
from recommender.building import build_index
from recommender.priorities import Priorities
from recommender.schema import NOT_STATED
from recommender.ui import state
from recommender.ui.shown import Shown

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = (
    "no Chromium found: on Debian or Ubuntu `apt install chromium`, elsewhere "
    "`python3 run.py python -m playwright install chromium`"
)
OPTIONS = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]
expect.set_options(timeout=10_000)
VOID = {"br", "hr", "img", "input", "link", "meta", "source"}

_RAN = "before => window.runs > before"


class Server(NamedTuple):
    """The running questionnaire: its address, and the file that takes what it prints."""

    url: str
    log: Path


class Element(NamedTuple):
    """An element of a piece of HTML: its name, its attributes and its text, white space joined."""

    tag: str
    attributes: dict[str, str | None]
    text: str


class Reader(HTMLParser):
    """HTML to its elements, in the order in which they begin."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(html)
        self.close()
        self.elements = [Element(t, a, " ".join("".join(x).split())) for t, a, x in self._found]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._found.append((tag, dict(attrs), []))
        if tag not in VOID:
            self._open.append((tag, self._found[-1][2]))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1][0] == tag, f"</{tag}> closes <{self._open[-1][0]}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for _, text in self._open:
            text.append(data)


class Visit:
    """One donor's visit, in a browser context of its own."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.requests: list[str] = []
        self.console: list[ConsoleMessage] = []
        self.errors: list[str] = []
        page.context.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("console", lambda message: self.console.append(message))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str = "") -> "Visit":
        """Load a page by its address, and wait until it is drawn."""
        self.page.goto(f"{self.url}/{path}")
        return self.settle()

    def settle(self) -> "Visit":
        """Wait until the script has ended and all that it drew is on the page, and only that."""
        self.page.wait_for_function(
            """() => document.querySelector('h1')
                && document.querySelector('.stPageLink a')
                && document.querySelector('.st-key-masthead [role="radiogroup"]')
                && !document.querySelector('[data-testid="stSkeleton"]')
                && document.querySelector('.wg-card, .wg-rest, .wg-view, [data-testid="stTable"]')
                && document.querySelector('[data-test-script-state="notRunning"]')
                && !document.querySelector('[data-stale="true"]')"""
        )
        return self

    def answer(self, priority: str, step: str) -> None:
        """Click an importance, and wait until the list has followed."""
        self.press(self.choice(priority, step))
        expect(self.choice(priority, step)).to_be_checked()

    def press(self, button: Locator) -> None:
        """Click what the script hears, and wait until it has answered.

        A click is lost where what is drawn meanwhile moves the button away from under it.
        """
        before = self.page.evaluate("window.runs")
        button.click()
        try:
            self.page.wait_for_function(_RAN, arg=before, timeout=10_000)
        except WaitedTooLong:
            button.click()
            self.page.wait_for_function(_RAN, arg=before)
        self.settle()

    def unfold_priorities(self) -> None:
        """Click "More priorities" unless they are open, and wait until they have slid open."""
        more = self.page.get_by_test_id("stExpander").first
        if not more.locator("details[open]").count():
            more.locator("summary").click()
        expect(more.get_by_role("radiogroup").last).to_be_visible()
        self.settle().page.wait_for_function("() => document.getAnimations().length === 0")

    def unfold_facets(self) -> Locator:
        """Click "Leave out or keep", wait until it has slid open, and return it."""
        facets = self.page.get_by_test_id("stExpander").nth(1)
        facets.locator("summary").click()
        expect(facets.get_by_role("button").last).to_be_visible()
        self.settle().page.wait_for_function("() => document.getAnimations().length === 0")
        return facets

    def view(self, name: str) -> None:
        """Press one of the views of the result."""
        group = self.page.locator(".st-key-view")
        self.press(group.get_by_role("radio", name=name, exact=True))
        expect(group.get_by_role("radio", name=name, exact=True)).to_be_checked()

    def choice(self, priority: str, step: str) -> Locator:
        """Return one step of a question's scale."""
        group = self.page.get_by_role("radiogroup", name=priority, exact=True)
        return group.get_by_role("radio", name=step, exact=True)

    def first(self) -> Locator:
        """Return the heading of the first card."""
        return self.page.locator("article.wg-card h3").first

    def tab_to(self, selector: str, presses: int = 100) -> None:
        """Press Tab until what has the focus matches the selector, or is inside what does."""
        for _ in range(presses):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => !!document.activeElement.closest(s)", selector):
                return
        raise AssertionError(f"{presses} presses of Tab never reached {selector}")

    def open_details(self, within: str = "body") -> None:
        """Open everything that is folded, on the page or in its part."""
        folded = f":is({within}) details, details:is({within})"
        opened = self.page.evaluate(
            "s => [...document.querySelectorAll(s)].map(d => { d.open = true }).length", folded
        )
        assert opened


def chromium() -> str | None:
    """Return the path of a Chromium on this machine: the system's, or playwright's own."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        with sync_playwright() as playwright:
            own = playwright.chromium.executable_path
        found = own if Path(own).exists() else None
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; without any they are skipped, or fail if it was required."""
    path = chromium()
    if path is None:
        required = os.environ.get("REQUIRE_BROWSER") == "1"
        (pytest.fail if required else pytest.skip)(MISSING)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The questionnaire, started as run.py starts it."""
    with _started(tmp_path_factory.mktemp("server") / "log.txt") as server:
        yield server


@pytest.fixture(scope="session")
def register_server(
    tmp_path_factory: pytest.TempPathFactory, register_index: Path
) -> Iterator[Server]:
    """The questionnaire about an index, started as run.py starts it."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with _started(log, "--", "--index", str(register_index)) as server:
        yield server


@contextmanager
def _started(log: Path, *more: str) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = ["--server.port", str(port), "--server.headless", "true"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *options, *more], cwd=ROOT, stdout=output, stderr=output
        )
        try:
            _wait_for(url, process, log)
            yield Server(url, log)
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):  # noqa: S310
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"the server didn't start:\n{log.read_text(errors='replace')}")


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Visit]]:
    """Return what opens a page as a visitor with that language, width and colour scheme."""
    yield from _visits(browser, server)


@pytest.fixture
def register_visit(browser: Browser, register_server: Server) -> Iterator[Callable[..., Visit]]:
    """The same, where the page is about an index."""
    yield from _visits(browser, register_server)


def _visits(browser: Browser, server: Server) -> Iterator[Callable[..., Visit]]:
    contexts = []

    def begin(
        path: str = "", *, locale: str = "en-GB", width: int = 1280, scheme: str = "light"
    ) -> Visit:
        size = {"width": width, "height": 844}
        context = browser.new_context(locale=locale, viewport=size, color_scheme=scheme)
        contexts.append(context)
        context.set_default_timeout(20_000)
        context.add_init_script(COUNT_RUNS)
        return Visit(context.new_page(), server.url).open(path)

    yield begin
    for context in contexts:
        context.close()


SIZES = ("under 10k", "10k–100k", "100k–1m", NOT_STATED)
WORK = (
    "It runs a school and teaches pupils.",
    "A clinic treats patients who are poor.",
    "It plants trees along rivers.",
)


@pytest.fixture(scope="session")
def register_index(tmp_path_factory: pytest.TempPathFactory, priorities: Priorities) -> Path:
    """An index of a register of 300, a third of them described by nothing but their names."""
    rows = [
        {
            "charity_id": f"US-EIN-{number:09}",
            "name": f"Xyz {number}",
            "description": f"{WORK[number % 3]} It has {number} members",
            "described_by": "its name and activity code" if number % 3 == 1 else "the charity",
            "country": "US" if number % 5 else "",
            "region": f"{'NORTH EAST'[number % 10]}* [x](y)",
            "size": SIZES[number % 4],
            "status": "closed" if number % 7 == 1 else "active",
        }
        for number in range(300)
    ]
    folder = tmp_path_factory.mktemp("register")
    pd.DataFrame(rows).to_parquet(folder / "register.parquet", index=False)
    build_index(folder / "register.parquet", folder / "us.index", priorities, workers=1)
    return folder / "us.index"


@pytest.fixture(scope="session")
def register(register_index: Path, priorities: Priorities) -> Recommender:
    """The model of that index."""
    return Recommender.open(register_index, priorities=priorities)


@pytest.fixture
def register_app(
    app: Callable[..., AppTest], register_index: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AppTest]:
    """Return what opens the questionnaire about the index."""
    monkeypatch.setenv("WHERE_TO_GIVE_INDEX", str(register_index))
    return app


@pytest.fixture
def app() -> Callable[..., AppTest]:
    """Return what opens the questionnaire in AppTest, as a browser with that locale, by a link.

    What is folded away at first is open, unless asked otherwise: folded, it isn't drawn.
    """

    def begin(locale: str | None = None, *, folded: bool = False, **link: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        test.context = {"locale": locale}
        for key, value in link.items():
            test.query_params[key] = value
        test.run()
        return test if folded or not test.expander else unfolded(test).run()

    return begin


def unfolded(test: AppTest) -> AppTest:
    """Open all that is folded away, from the next run on."""
    for name in (state.MORE_OPEN, state.FACETS_OPEN, state.OWN_OPEN):
        test.session_state[name] = True
    return test


@pytest.fixture
def method_page(app: Callable[..., AppTest]) -> Callable[..., AppTest]:
    """Return what opens the page on how this works in AppTest."""

    def begin(locale: str | None = None) -> AppTest:
        return app(locale).switch_page("recommender/ui/pages/method.py").run()

    return begin


@pytest.fixture
def read() -> Callable[[AppTest], list[Element]]:
    """Return what reads the elements of all HTML that a page draws; style sheets left out."""

    def elements(test: AppTest) -> list[Element]:
        assert not test.exception
        drawn = [html.value for html in test.html if not html.value.startswith("<style>")]
        return [element for html in drawn for element in Reader(html).elements]

    return elements


@pytest.fixture
def another_catalogue(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what puts another model and its charities' sources before the pages."""

    def use(model: Recommender, sources: dict[str, pd.DataFrame] | None = None) -> None:
        other = Shown(model, sources or {}, shipped=True)
        monkeypatch.setattr(state, "shown", lambda: other)

    return use
