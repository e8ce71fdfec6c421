"""What a request sees when a fault nobody named reaches the edge."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from api import rendering
from api.headers import security_headers
from core import logs, surroundings
from core.jobs.errors import Unexpected
from wiring import Services


def unexpected(services: Callable[[], Services]) -> Callable[[Request, Exception], Response]:
    """A handler that logs the fault under an id and shows the id in a plain sentence."""

    def handle(request: Request, error: Exception) -> Response:
        made = logs.report(error, "request_failed", method=request.method, path=request.url.path)
        told = surroundings.named(error) or Unexpected(id=made)
        t = rendering.language_of(request)
        secure = services().settings.cookies_are_secure
        response = rendering.render(
            request,
            "message.html",
            secure=secure,
            status=told.status,
            heading=t("Something went wrong"),
            sentence=told.sentence(t),
            way_out="/",
            way_out_label=t("Back to the start"),
        )
        # Starlette answers for a fault outside every middleware, this module's headers included.
        for name, value in security_headers(secure).items():
            response.headers.setdefault(name, value)
        return response

    return handle
