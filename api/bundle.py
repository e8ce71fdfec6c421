"""Streamlit's own bundle, compressed once and kept.

Streamlit ships it plain, and compressing it anew for each visit costs 0.2 s.
"""

import gzip
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit
import structlog
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

STATIC = Path(streamlit.__file__).parent / "static"

_PREFIX = "/static/"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_YEAR = "public, immutable, max-age=31536000"  # the names carry a hash of the content
_BEST = 9


class CompressedBundle:
    """Answers for the bundle's scripts and styles with gzip; everything else goes on inward.

    ``folder`` names where compressed files are kept between starts; in memory they
    come to about 6 MB when every chunk was asked for.
    """

    def __init__(self, app: ASGIApp, folder: Callable[[], Path]) -> None:
        self._app = app
        self._folder = folder
        self._held: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or hand it on."""
        if scope["type"] != "http" or not self._is_ours(scope):
            await self._app(scope, receive, send)
            return
        name = scope["path"].removeprefix(_PREFIX)
        if name not in self._held:
            self._held[name] = await to_thread.run_sync(compressed, name, self._folder())
        headers = {
            "Content-Encoding": "gzip",
            "Cache-Control": _YEAR,
            "Vary": "Accept-Encoding",
        }
        body = self._held[name]
        response = Response(body, media_type=_TYPES[Path(name).suffix], headers=headers)
        await response(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        return (
            scope["method"] == "GET"
            and scope["path"].startswith(_PREFIX)
            and "gzip" in Headers(scope=scope).get("accept-encoding", "")
            and scope["path"].removeprefix(_PREFIX) in names()
        )


def holds(path: str) -> bool:
    """Whether a request's path names a file of the bundle."""
    return path.startswith(_PREFIX) and path.removeprefix(_PREFIX) in _files()


@cache
def names() -> frozenset[str]:
    """The scripts and styles of the bundle, as they stand after ``/static/``."""
    return frozenset(name for name in _files() if Path(name).suffix in _TYPES)


@cache
def _files() -> frozenset[str]:
    root = STATIC / "static"
    return frozenset(
        path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()
    )


def compressed(name: str, folder: Path) -> bytes:
    """A file of the bundle, compressed; made once for each version of Streamlit."""
    kept = folder / streamlit.__version__ / f"{name}.gz"
    if kept.is_file():
        return kept.read_bytes()
    made = gzip.compress((STATIC / "static" / name).read_bytes(), _BEST, mtime=0)
    _keep(kept, made)
    return made


def compress_all(folder: Path) -> None:
    """Compress whatever is not yet, so that nobody waits for it later; about two seconds once."""
    for name in sorted(names()):
        compressed(name, folder)


def _keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; a full disk only costs the work again next time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    except OSError as error:
        structlog.get_logger().warning("bundle_not_kept", path=str(path), reason=error.strerror)
