"""Whether a certificate is valid: a form that everybody may use, answered by its code alone."""

from collections.abc import Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import rendering
from api.rendering import Complaint
from core.courses import certificates
from core.courses.certificates import Verified
from wiring import Services


def routes(services: Callable[[], Services]) -> list[Route]:
    """``/verify``; every code that is not good looks the same."""

    async def verify(request: Request) -> Response:
        return await _verify(request, services())

    return [Route("/verify", verify)]


async def _verify(request: Request, services: Services) -> Response:
    typed = request.query_params.get("code", "")
    found = await to_thread.run_sync(_found, services, typed) if typed.strip() else None
    t = rendering.language_of(request)
    is_unknown = bool(typed.strip()) and found is None
    unknown = t("No certificate has this code. Check each letter of it.")
    return rendering.render(
        request,
        "verify.html",
        secure=services.settings.cookies_are_secure,
        complaints=[Complaint("code", unknown)] if is_unknown else [],
        status=404 if is_unknown else 200,
        code=typed[:100],
        found=found,
        day=t.date(found.completed_on, "long") if found else "",
    )


def _found(services: Services, typed: str) -> Verified | None:
    with services.reading() as session:
        return certificates.verify(session, typed)
