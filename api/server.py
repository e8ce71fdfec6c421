"""Routes, middleware and life of the web process, for :mod:`app` to put together."""

import gc
import importlib
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route
from streamlit import config

import wiring
from api import (
    bundle,
    calendars,
    certificates,
    health,
    signin,
    sockets,
    stylesheet,
    welcome,
    worker_process,
)
from api.bundle import CompressedBundle
from api.gate import Gate
from api.headers import SecurityHeaders
from core import logs
from wiring import Services

_ROOT = Path(__file__).parent.parent


def keep_cookie_secret(services: Services) -> None:
    """Sign Streamlit's cookies with this installation's key, not with one made anew each start.

    Without it a tab that outlives a restart could upload nothing until it is reloaded,
    and replicas would refuse one another's cookies.
    """
    config.set_option("server.cookieSecret", services.cookie_secret)


def routes(services: Callable[[], Services]) -> list[BaseRoute]:
    """Everything that answers beside Streamlit."""
    return [
        *health.routes(services),
        *calendars.routes(services),
        *certificates.routes(services),
        *signin.routes(services),
        *welcome.routes(services),
        Route("/assets/{name}", stylesheet.serve),
    ]


def middleware(services: Callable[[], Services]) -> list[Middleware]:
    """From the outside inward: headers, the compressed bundle, the gate."""
    return [
        Middleware(SecurityHeaders, secure=lambda: services().settings.cookies_are_secure),
        Middleware(CompressedBundle, folder=lambda: _bundle_folder(services())),
        Middleware(Gate, services=services),
    ]


def lifespan(
    services: Callable[[], Services], preload: Sequence[str]
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Prepare the records, load the named modules, and run the worker while serving."""

    @asynccontextmanager
    async def life(_app: Any) -> AsyncIterator[None]:
        wired = services()
        logs.configure(wired.settings.log_level)
        await to_thread.run_sync(wiring.prepare, wired)
        _load(preload)
        sockets.send_at_once()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(to_thread.run_sync, bundle.compress_all, _bundle_folder(wired))
            if wired.settings.run_worker:
                script, parent = str(_ROOT / "manage.py"), str(os.getpid())
                command = [sys.executable, script, "worker", "--parent", parent]
                tasks.start_soon(worker_process.kept_running, command, _ROOT)
            try:
                yield
            finally:
                tasks.cancel_scope.cancel()

    return life


def _load(modules: Sequence[str]) -> None:
    """Import what pages need, then take it all out of the garbage collector's rounds.

    None of it is ever freed, and a full collection that walks it takes some 10 ms.
    """
    for name in modules:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def _bundle_folder(services: Services) -> Path:
    return services.settings.home / "cache" / "bundle"
