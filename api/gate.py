"""In front of everything: who has no session gets the sign-in form and nothing else.

Documents are sent to ``/signin``; everything else is refused. A websocket needs a
session cookie but not a good one: refused, the tab would freeze, while a run of the
script shows that the sign-in has ended.
"""

from collections.abc import Callable
from enum import Enum, auto

from anyio import to_thread
from starlette.datastructures import URL
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api import bundle, cookies
from api.next_page import sign_in_address
from core import clock
from core.accounts import lifetime, service
from wiring import Services

_OPEN = frozenset(
    {
        "/signin",
        "/signout",
        "/setup",
        "/verify",
        "/health",
        "/ready",
        "/favicon.png",
        "/manifest.json",
        "/_stcore/health",
        "/_stcore/host-config",
    }
)
# A link's form and the style sheet: one name below the folder and no more, since what
# no route knows is answered with Streamlit's document.
# A calendar's address is secret by itself: calendars have no cookie.
_OPEN_FOLDERS = ("/invite", "/assets", "/calendar")
_FONTS = "/app/static/"
# Parts of pages: a redirect would be of no use to whoever asks for them.
_PARTS = ("/_stcore/", "/media/", "/component/", "/api/")
# Of use to operators only, who have ways of their own.
_CLOSED = frozenset({"/_stcore/metrics", "/_stcore/agent/openapi.json"})
_SOCKET = "/_stcore/stream"
# Streamlit's own below any folder: its script looks for its server from where it stands.
_STREAMLITS = ("/_stcore/", "/static/")


class Kind(Enum):
    """What a request asks for."""

    OPEN = auto()
    PART = auto()
    DOCUMENT = auto()


def kind_of(method: str, path: str) -> Kind:
    """Open to everybody, a part of a page, or a page; what is not known is a page."""
    if _is_open(path):
        return Kind.OPEN
    if path.startswith(_PARTS) or method not in ("GET", "HEAD"):
        return Kind.PART
    return Kind.DOCUMENT


def is_nowhere(path: str) -> bool:
    """Whether no page can be there: pages have one name, and deeper ones would stay blank."""
    return "/" in path.strip("/") and not any(part in path for part in _STREAMLITS)


def _home() -> Response:
    return RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})


def _is_open(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return (
        path in _OPEN
        or (folder in _OPEN_FOLDERS and name != "")
        or path.startswith(_FONTS)
        or bundle.holds(path)
    )


class Gate:
    """Lets a request through, sends it to a form, or refuses it."""

    def __init__(self, app: ASGIApp, services: Callable[[], Services]) -> None:
        self._app = app
        self._services = services
        self._is_set_up = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or answer for it."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
            return
        if scope["type"] == "http":
            answer = await self._answer(scope)
            if answer is not None:
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        secure = self._services().settings.cookies_are_secure
        has_cookie = cookies.session_secret(HTTPConnection(scope), secure) is not None
        if scope["path"] == _SOCKET and has_cookie:
            await self._app(scope, receive, send)
            return
        await receive()
        await send({"type": "websocket.close", "code": 1008})  # before accepting: 403

    async def _answer(self, scope: Scope) -> Response | None:
        """None for a request that may go on inward."""
        kind = kind_of(scope["method"], scope["path"])
        if kind is Kind.OPEN:
            return None
        secure = self._services().settings.cookies_are_secure
        secret = cookies.session_secret(HTTPConnection(scope), secure)
        is_signed_in = await to_thread.run_sync(self._opens, secret)
        if is_signed_in and scope["path"] not in _CLOSED:
            return _home() if kind is Kind.DOCUMENT and is_nowhere(scope["path"]) else None
        if kind is Kind.PART:
            return PlainTextResponse("Sign in first.", status_code=403)
        return await self._to_a_form(scope)

    async def _to_a_form(self, scope: Scope) -> Response:
        if not self._is_set_up:
            self._is_set_up = await to_thread.run_sync(self._anybody_exists)
        url = URL(scope=scope)
        address = sign_in_address(url.path, url.query) if self._is_set_up else "/setup"
        return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})

    def _opens(self, secret: str | None) -> bool:
        """Whether the cookie opens a session; its use is written down every few minutes."""
        if not secret:
            return False
        services = self._services()
        with services.reading() as session:
            opened = service.open_session(session, secret)
        if opened is None:
            return False
        if lifetime.is_due(opened.last_seen_at, clock.now()):
            services.note_use(opened.principal)
        return True

    def _anybody_exists(self) -> bool:
        with self._services().reading() as session:
            return service.is_set_up(session)
