"""What a visit leaves on the server: nothing in its log at any level, and not one byte on its disk.

`test_privacy` asks the same of the server as it is started; here it talks as much as it can, and
the system fails whatever it tries to write to a file.
"""

import logging
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from served import STREAMLIT, UVICORN, Served, ask, serving, session

from recommender.languages import load_language
from recommender.ui import server as starting

Visits = Callable[..., object]
EN = load_language("en")
CANARY = "zyxwvut"
SECRETS = (CANARY, CANARY.encode().hex(), CANARY.encode().hex(" "), "tuberculosis")
# No file may get a byte: a write fails (its signal is one that Python ignores).
NO_WRITING = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
"""

# Streamlit quietens uvicorn; who starts it may insist, as a logging set-up of their own would.
TALKATIVE = """
from streamlit import config, logger
config.get_config_options()
logger.init_uvicorn_logs()
logger.set_log_level("debug")
logger.set_log_level = lambda level: None
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits as POSIX has them")


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where a process keeps things: folders of this test's own, under the system's names."""
    names = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    return {name: tmp_path_factory.mktemp(name) for name in names}


@pytest.fixture(
    scope="module",
    params=[
        ("", STREAMLIT, "--logger.level", "debug"),
        (TALKATIVE, UVICORN, "--log-level", "trace"),
    ],
    ids=["by streamlit", "by uvicorn"],
)
def server(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    homes: dict[str, Path],
) -> Iterator[Served]:
    """The questionnaire, telling all that it knows, with no file that it can write to."""
    log = tmp_path_factory.mktemp("talkative") / "log.txt"
    environment = {name: str(path) for name, path in homes.items()}
    talk, by, *options = request.param
    before = NO_WRITING + talk
    with serving(log, *options, before=before, environment=environment, by=by) as served:
        yield served


def kept(homes: dict[str, Path]) -> list[Path]:
    return [path for home in homes.values() for path in home.rglob("*")]


def assert_unsaid(served: Served) -> None:
    said = served.said().casefold()
    assert "runtime state" in said  # it does talk
    for secret in SECRETS:
        assert secret not in said


@pytest.mark.browser
def test_a_visit_leaves_no_answer_in_a_talkative_log_and_no_file(
    visit: Visits, server: Served, homes: dict[str, Path]
) -> None:
    v = visit()
    v.answer("Medical aid", "5")
    v.page.get_by_role("textbox").fill(f"{CANARY} tuberculosis")
    v.page.get_by_role("textbox").blur()
    expect(v.page.get_by_text(EN("own-words-unknown", words=CANARY))).to_be_visible()
    v.open(f"?own_words={CANARY}").open(f"method?q={CANARY}")
    v.page.context.close()
    assert_unsaid(server)
    for word in ("medical", "justice", "weight_", "own_words"):
        assert word not in server.said().casefold()
    assert kept(homes) == []


def upload(served: Served, size: int) -> int:
    """Upload a file whose name and content are secrets; the status."""
    cookie = ask(served.url, "/_stcore/health").headers["set-cookie"]
    token = cookie.partition("=")[2].partition(";")[0]
    head = f'--x\r\nContent-Disposition: form-data; name="f"; filename="{CANARY}.csv"\r\n\r\n'
    body = head.encode() + (CANARY.encode() * size)[:size] + b"\r\n--x--\r\n"
    with session(served.url, served.url) as opened:
        return ask(
            served.url,
            f"/_stcore/upload_file/{opened.session_id}/{uuid.uuid4()}",
            "PUT",
            body,
            Content_Type="multipart/form-data; boundary=x",
            Cookie=f"_streamlit_xsrf={token}",
            X_Xsrftoken=token,
        ).status


@pytest.mark.parametrize("size", [100, 5 * 2**20 - 1000], ids=["small", "as large as may be"])
def test_an_upload_is_neither_told_nor_written(
    server: Served, homes: dict[str, Path], size: int
) -> None:
    # Starlette would keep more than 1 MB in a temporary file; here that fails with status 500.
    assert upload(server, size) == 204
    assert_unsaid(server)
    assert kept(homes) == []


def test_a_byte_written_would_be_noticed(tmp_path: Path) -> None:
    kept = str(tmp_path / "kept.txt")
    writing = f"{NO_WRITING}\nimport pathlib; pathlib.Path({kept!r}).write_text('answers')"
    with (
        pytest.raises(AssertionError, match="File too large"),
        serving(tmp_path / "log.txt", before=writing),
    ):
        pass


@pytest.mark.parametrize("name", starting._TALKATIVE)
def test_messages_of_the_connection_are_kept_out_of_the_log(
    name: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    logger = logging.getLogger(name)
    monkeypatch.setattr(logger, "handlers", [caplog.handler])
    monkeypatch.setattr(logger, "propagate", False)
    monkeypatch.setattr(logger, "filters", [])
    with caplog.at_level(logging.DEBUG, name):
        logger.debug("< %s", "before")
        starting._keep_private()
        logger.debug("< %s", CANARY)
        logger.warning("slow")
        logger.info("GET /?own_words=")
    said = ["< before", "slow", "GET /?own_words="]
    assert caplog.messages == (said[:1] if name == "uvicorn.access" else said)
