"""Who is served: our own page, on this machine, and nothing beside what is meant to be served."""

import http.client
import json
import sys
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import ROOT, Served, ask, serving, session
from websockets.exceptions import InvalidStatus

MB = 2**20
# Anything that goes out of this machine fails, and says so where the tests look for it.
NO_OUTSIDE = """
import socket
real = socket.socket.connect
def only_here(self, address):
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        print("OUTSIDE", address, flush=True)
        raise OSError("outside")
    return real(self, address)
def no_names(name, *rest, **more):
    print("OUTSIDE", name, flush=True)
    raise OSError("outside")
found = socket.getaddrinfo
def no_other_names(name, *rest, **more):
    if name not in ("127.0.0.1", "localhost", None):
        no_names(name)
    return found(name, *rest, **more)
socket.socket.connect = only_here
socket.getaddrinfo = no_other_names
"""


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The questionnaire, on a machine that reaches no other."""
    log = tmp_path_factory.mktemp("alone") / "log.txt"
    with serving(log, before=NO_OUTSIDE) as served:
        yield served


def refused(served: Served, origin: str | None, host: str | None = None) -> int | None:
    """The status with which a connection is refused, or None."""
    try:
        with session(served.url, origin, host):
            return None
    except InvalidStatus as error:
        return error.response.status_code


def test_our_own_page_and_a_program_without_a_page_are_served(alone: Served) -> None:
    assert refused(alone, alone.url) is None
    assert refused(alone, None) is None


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://127.0.0.1",
        "http://localhost:3000",
        "http://127.0.0.1:{port}.evil.example",
        "http://evil.example@127.0.0.1:{port}",
        "http://evil.example/127.0.0.1:{port}",
        "",
    ],
)
def test_a_page_of_another_site_is_refused_a_connection(alone: Served, origin: str) -> None:
    assert refused(alone, origin.format(port=alone.port)) == 403


def test_a_refusal_asks_no_other_machine_and_says_what_to_do(alone: Served) -> None:
    assert refused(alone, "https://unheard-of.example") == 403
    said = alone.said()
    assert "https://unheard-of.example" in said
    assert "server.corsAllowedOrigins" in said
    assert "OUTSIDE" not in said


def test_what_goes_outside_would_be_seen(tmp_path: Path) -> None:
    lookup = "\nfrom streamlit import net_util; net_util.get_external_ip()"
    with serving(tmp_path / "log.txt", before=NO_OUTSIDE + lookup) as served:
        assert "OUTSIDE" in served.said()


def test_a_foreign_name_that_leads_here_is_refused(alone: Served) -> None:
    # What a rebound name server makes of evil.example: origin and host agree, and lead here.
    host = f"evil.example:{alone.port}"
    assert refused(alone, f"http://{host}", host) == 403
    assert refused(alone, None, host) == 403
    own = f"localhost:{alone.port}"
    assert refused(alone, f"http://{own}", own) is None


def test_a_proxy_that_keeps_the_host_needs_only_its_name(tmp_path: Path) -> None:
    settings = {"STREAMLIT_SERVER_ALLOWED_HOSTS": "give.example"}
    # Without a name to print, a server that listens to all would ask outside for its address.
    options = ["--server.address", "0.0.0.0", "--browser.serverAddress", "give.example"]  # noqa: S104
    log = tmp_path / "log.txt"
    with serving(log, *options, before=NO_OUTSIDE, environment=settings) as served:
        assert refused(served, "https://give.example", "give.example") is None
        assert refused(served, "https://evil.example", "give.example") == 403
        assert refused(served, "https://evil.example", "evil.example") == 403
        assert "OUTSIDE" not in served.said()


def test_pages_that_are_named_may_connect(tmp_path: Path) -> None:
    named = "https://give.example"
    options = ["--server.corsAllowedOrigins", named, "--browser.serverAddress", "give.example"]
    with serving(tmp_path / "log.txt", *options, before=NO_OUTSIDE) as served:
        assert refused(served, named) is None
        assert refused(served, "https://evil.example") == 403
        assert "OUTSIDE" not in served.said()


def listening(pid: int) -> set[str]:
    """The addresses at which a process listens, as Linux writes them."""
    inodes = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            inodes.add(str(link.readlink()).removeprefix("socket:[").removesuffix("]"))
        except OSError:  # closed meanwhile
            continue
    addresses = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                addresses.add(fields[1])
    return addresses


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_listens_to_this_machine_alone(alone: Served) -> None:
    assert listening(alone.pid) == {f"0100007F:{alone.port:04X}"}


def multipart(size: int) -> tuple[bytes, str]:
    """A file of that many bytes as a form sends it, and the header that says so."""
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
    return head + b"a" * size + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"


def token(served: Served) -> str:
    """The page's own token, which the server hands out as a cookie."""
    cookie = ask(served.url, "/_stcore/health").headers["set-cookie"]
    return cookie.partition("=")[2].partition(";")[0]


def upload(served: Served, session_id: str, body: object, kind: str, **headers: str) -> int:
    """Send a file past the page; the status."""
    path = f"/_stcore/upload_file/{session_id}/{uuid.uuid4()}"
    return ask(served.url, path, "PUT", body, Content_Type=kind, **headers).status


def test_an_upload_needs_the_token_of_the_page(alone: Served) -> None:
    given = token(alone)
    body, kind = multipart(100)
    with session(alone.url) as (session_id, _):
        assert upload(alone, session_id, body, kind) == 403
        assert upload(alone, session_id, body, kind, Cookie=f"_streamlit_xsrf={given}") == 403
        assert upload(alone, session_id, body, kind, X_Xsrftoken=given) == 403
        both = {"X_Xsrftoken": given, "Cookie": f"_streamlit_xsrf={given}"}
        assert upload(alone, session_id, body, kind, **both) == 204
        assert upload(alone, str(uuid.uuid4()), body, kind, **both) == 400


def test_a_session_that_has_ended_takes_no_file(alone: Served) -> None:
    given = token(alone)
    body, kind = multipart(100)
    both = {"X_Xsrftoken": given, "Cookie": f"_streamlit_xsrf={given}"}
    with session(alone.url) as opened:
        pass
    assert upload(alone, opened.session_id, body, kind, **both) == 400


@pytest.mark.parametrize("said", [True, False], ids=["says its length", "says no length"])
def test_the_server_itself_refuses_what_is_too_large(alone: Served, said: bool) -> None:
    given = token(alone)
    both = {"X_Xsrftoken": given, "Cookie": f"_streamlit_xsrf={given}"}
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    limit = settings["server"]["maxUploadSize"] * MB
    with session(alone.url) as (session_id, _):
        for size, statuses in [(limit - 1000, {204}), (limit + 2 * MB, {413})]:
            body, kind = multipart(size)
            pieces = body if said else (body[i : i + 65536] for i in range(0, len(body), 65536))
            try:
                assert upload(alone, session_id, pieces, kind, **both) in statuses
            except (BrokenPipeError, ConnectionResetError, http.client.HTTPException):
                assert 204 not in statuses  # it hung up before all was sent


SECRETS = ("app.py", "recommender/ui/server.py", "data/charities.csv", ".streamlit/config.toml")


def escapes() -> Iterator[str]:
    """Paths that would leave what is served, for each place that serves files."""
    for start in ("/", "/static/", "/media/", "/component/", "/app/static/", "/_stcore/"):
        for up in (
            "",
            "../",
            "../../../../",
            "..%2f..%2f",
            "%2e%2e/",
            "..\\",
            "%252e%252e%252f",
            "//",
        ):
            yield from (f"{start}{up}{name}" for name in SECRETS)
        yield f"{start}../../../../../../../../etc/passwd"
        yield f"{start}..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd"
    yield "/_stcore/bidi-components/choices/../../app.py"
    yield "/_stcore/bidi-components/choices/..%2f..%2fapp.py"
    yield "/component/choices/choices.js"
    yield f"{ROOT}/app.py"
    yield f"/static/{ROOT}/app.py"


def test_no_path_leads_to_a_file_of_ours(alone: Served) -> None:
    page = ask(alone.url, "/").body
    for path in escapes():
        answer = ask(alone.url, path)
        # An unknown address is a page of the app; it says nothing of a file.
        assert answer.status in (301, 400, 404) or answer.body == page, path
        assert b"charity_id" not in answer.body, path
        assert b"root:" not in answer.body, path


def test_a_folder_is_not_listed(alone: Served) -> None:
    page = ask(alone.url, "/").body
    for folder in ("/static", "/static/js", "/static/media", "/media", "/component", "/_stcore"):
        answer = ask(alone.url, folder)
        assert answer.status == 404 or answer.body == page
        assert ask(alone.url, f"{folder}/").status in (301, 404)


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "POST", "PATCH", "DELETE", "FOO"])
@pytest.mark.parametrize("path", ["/", "/method", "/static/js", "/_stcore/health", "/media/x"])
def test_what_is_read_can_only_be_read(alone: Served, method: str, path: str) -> None:
    answer = ask(alone.url, path, method, Cookie="canary")
    assert answer.status in (404, 405)
    assert b"canary" not in answer.body  # as TRACE would have it


def test_what_streamlit_offers_beside_the_page_is_off(alone: Served) -> None:
    answer = ask(
        alone.url, "/_stcore/agent/interact", "POST", b"{}", Content_Type="application/json"
    )
    assert answer.status in (403, 404, 503)
    assert json.loads(answer.body)
    assert ask(alone.url, "/_stcore/script-health-check").body == ask(alone.url, "/").body
