"""Whether the process lives, and whether it can serve."""

from collections.abc import Callable

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.migrations import schema
from wiring import Services

_NO_STORE = {"Cache-Control": "no-store"}


def routes(services: Callable[[], Services]) -> list[Route]:
    """``/health`` and ``/ready``."""

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=_NO_STORE)

    async def ready(_request: Request) -> Response:
        problem = await to_thread.run_sync(missing, services())
        if problem:
            return JSONResponse({"status": problem}, status_code=503, headers=_NO_STORE)
        return JSONResponse({"status": "ok"}, headers=_NO_STORE)

    return [Route("/health", health), Route("/ready", ready)]


def missing(services: Services) -> str | None:
    """What keeps this process from serving, without names or addresses; None when nothing does."""
    try:
        is_current = schema.is_current(services.engine)
    except SQLAlchemyError:
        return "records unreachable"
    return None if is_current else "migrations missing"
