"""A person's due work for their calendar, under an address that is secret by itself."""

from collections.abc import Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from core import i18n
from core.courses import calendar
from core.errors import NotFound
from wiring import Services

_ENDING = ".ics"
_HEADERS = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}


def routes(services: Callable[[], Services]) -> list[Route]:
    """``/calendar/<secret>.ics``; every address that is not good looks the same."""

    async def read(request: Request) -> Response:
        name: str = request.path_params["name"]
        try:
            content = await to_thread.run_sync(_content, services(), name)
        except NotFound:
            return PlainTextResponse("Not found", status_code=404, headers=_HEADERS)
        return Response(content, media_type="text/calendar", headers=_HEADERS)

    return [Route("/calendar/{name}", read)]


def _content(services: Services, name: str) -> bytes:
    if not name.endswith(_ENDING):
        raise NotFound(calendar=True)
    with services.reading() as session:
        secret = name.removesuffix(_ENDING)
        principal = calendar.reader_of(session, secret, services.calendar_key)
        t = i18n.language(principal.language or i18n.DEFAULT)
        return calendar.own_calendar(session, principal, services.settings.base_url, t)
