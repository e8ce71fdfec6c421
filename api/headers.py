"""Headers that every answer carries, the content security policy first."""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.bundle import STATIC
from core import logs

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)
_OWN_FILES = "/app/static/"  # the icon and the typeface, asked for again in every run
_DOWNLOADS = "/media/"  # what a person made or took; no cache may keep it
_DAY = "public, max-age=86400"
_TWO_YEARS = "max-age=63072000; includeSubDomains"
_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
_REQUEST_ID = re.compile(r"[\w-]{8,64}")


class SecurityHeaders:
    """Sets the headers an answer does not set itself, and gives each request an id."""

    def __init__(self, app: ASGIApp, secure: Callable[[], bool]) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request with its headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope).get("x-request-id"))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in security_headers(self._secure()).items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(_OWN_FILES):
                    headers["Cache-Control"] = _DAY
                elif scope["path"].startswith(_DOWNLOADS):
                    headers["Cache-Control"] = "private, no-store"
                headers["X-Request-ID"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self._app(scope, receive, send_with_headers)


@cache
def security_headers(secure: bool) -> dict[str, str]:
    """The headers by name; ``secure`` adds the order to come back by TLS only."""
    headers = {
        "Content-Security-Policy": content_security_policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if secure:
        headers["Strict-Transport-Security"] = _TWO_YEARS
    return headers


@cache
def content_security_policy() -> str:
    """The strictest policy under which Streamlit, its charts and its tables work."""
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", "blob:", *_inline_script_hashes()])
    return "; ".join(
        [
            "default-src 'none'",
            "base-uri 'self'",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "media-src 'self' blob:",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
        ]
    )


def _inline_script_hashes() -> list[str]:
    """The hashes of the scripts inside the installed Streamlit's own document."""
    document = (STATIC / "index.html").read_text("utf-8")
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(document)
    ]


def _request_id(given: str | None) -> str:
    """A proxy's own id when it looks like one, else a new one."""
    return given if given and _REQUEST_ID.fullmatch(given) else logs.error_id()
