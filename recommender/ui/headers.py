"""What a browser is told beside every answer, and whose pages may open a connection.

Streamlit sends no Content-Security-Policy, and each connection with another site's `Origin` makes
it ask an outside server for its own address. Both are mended here, around all that it answers.
"""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ..errors import RecommenderError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_LOG = logging.getLogger(__name__)
_INDEX = Path(st.__file__).parent / "static" / "index.html"

# Ours needs none of these, so no script in it gets any.
_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
_FIXED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _OFF),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",  # which charities a donor sees is no name server's business
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
}
_CACHING = "no-store"  # of a result's files, for one: not to be left on a shared computer


def policy(index: Path = _INDEX) -> str:
    """Return the Content-Security-Policy: everything comes from this server, or not at all.

    Inline scripts of Streamlit's own page are named by their hashes, so that no other runs. Inline
    styles have to be let through: its style sheets are made in the browser.

    Parameters
    ----------
    index : Path
        The page that Streamlit serves at every address.

    Raises
    ------
    RecommenderError
        If that page is missing, or is not as this policy expects it.
    """
    scripts = " ".join(f"'sha256-{_digest(script)}'" for script in inline_scripts(index))
    return "; ".join(
        (
            "default-src 'none'",
            # blob: our components come so; Streamlit's own scripts look for WebAssembly.
            f"script-src 'self' 'wasm-unsafe-eval' blob: {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def inline_scripts(index: Path) -> list[str]:
    """Return the scripts that stand in a page itself.

    Raises
    ------
    RecommenderError
        If there are none, or if the page needs something that the policy would block: a script
        from another server, or one in an attribute.
    """
    try:
        found = _Scripts(index.read_text(encoding="utf-8"))
    except OSError as error:
        raise _changed(index, f"it can't be read ({error.strerror})") from error
    if found.unfit:
        raise _changed(index, "; ".join(found.unfit))
    if not found.inline:
        raise _changed(index, "no inline script; one was expected")
    return found.inline


def _changed(index: Path, found: str) -> RecommenderError:
    return RecommenderError(
        f"{index}: {found}. The page's security policy is written for the Streamlit that "
        f"requirements.txt pins; this is {st.__version__}. Install the pinned one "
        "(python3 run.py does), or read recommender/ui/headers.py and mend the policy."
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class _Scripts(HTMLParser):
    """The inline scripts of a page, and what else in it would have to be allowed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.inline: list[str] = []
        self.unfit: list[str] = []
        self._inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = given.get("src") or given.get("href") or ""
        if tag in ("script", "link") and urlsplit(address).netloc:
            self.unfit.append(f"a {tag} from {address}; only this server's were expected")
        if tag == "base" or any(name.startswith("on") for name in given):
            self.unfit.append(f"unexpected {self.get_starttag_text()}")
        self._inside = tag == "script" and "src" not in given
        if self._inside:
            self.inline.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.inline[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"


@cache
def sent() -> Mapping[str, str]:
    """Return the headers of every answer.

    Raises
    ------
    RecommenderError
        If Streamlit's page is not as the policy expects it.
    """
    return {"Content-Security-Policy": policy(), **_FIXED}


class Guard:
    """Around the whole app: adds the headers to HTTP, and refuses foreign pages a connection.

    Parameters
    ----------
    app : callable
        The ASGI application inside.
    """

    def __init__(self, app: Application) -> None:
        self._app = app
        self._headers = [(name.lower().encode(), text.encode()) for name, text in sent().items()]
        self._names = {name for name, _ in self._headers}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or serve one connection."""
        if scope["type"] == "websocket" and not _welcome(scope):
            await send({"type": "websocket.close", "code": 1008})  # before "accept": a plain 403
            return

        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._with(message.get("headers", []))
            await send(message)

        await self._app(scope, receive, adding)

    def _with(self, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        kept = [(name, text) for name, text in given if name.lower() not in self._names]
        if not any(name.lower() == b"cache-control" for name, _ in kept):
            kept.append((b"cache-control", _CACHING.encode()))
        return [*kept, *self._headers]


def _welcome(scope: Scope) -> bool:
    """Whether a connection is of our own page, of one that is named, or of no page at all."""
    given = {name.lower(): text.decode("latin-1") for name, text in scope["headers"]}
    origin, host = given.get(b"origin"), given.get(b"host")
    if origin is None or not st.get_option("server.enableCORS"):
        return True  # no browser, or a server whose owner wants every page
    welcome = urlsplit(origin).netloc == host or origin in st.get_option(
        "server.corsAllowedOrigins"
    )
    if not welcome:
        _LOG.warning(
            "Refused a connection to a page of %r: this server was asked as %r. Behind a proxy, "
            "let it keep the Host header, or name the page in server.corsAllowedOrigins.",
            origin,
            host,
        )
    return welcome


async def failed(_: Request, __: Exception) -> Response:
    """Answer when the server itself failed; Starlette sends this from outside the guard."""
    return PlainTextResponse("Internal Server Error", 500, {"Cache-Control": _CACHING, **sent()})


def middleware() -> list[Middleware]:
    """Return what stands around the app; the server's start fails here rather than later.

    Raises
    ------
    RecommenderError
        If Streamlit's page is not as the policy expects it.
    """
    sent()
    return [Middleware(Guard)]
