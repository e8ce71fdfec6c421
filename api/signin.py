"""Signing in and out."""

from collections.abc import Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api import cookies, forms, rendering
from api.next_page import safe_next
from core.accounts import service
from core.accounts.client_address import client_address
from core.accounts.errors import TooManyTries
from core.accounts.schemas import SignedIn
from core.errors import AppError
from wiring import Services


def routes(services: Callable[[], Services]) -> list[Route]:
    """``/signin`` and ``/signout``."""

    async def sign_in(request: Request) -> Response:
        return await _sign_in(request, services())

    async def sign_out(request: Request) -> Response:
        return await _sign_out(request, services())

    return [
        Route("/signin", sign_in, methods=["GET", "POST"]),
        Route("/signout", sign_out, methods=["GET", "POST"]),
    ]


async def _sign_in(request: Request, services: Services) -> Response:
    if request.method != "POST":
        return await _sign_in_form(request, services)
    email = ""
    try:
        fields = await forms.read(request, services.settings.cookies_are_secure)
        email = fields.get("email", "")
        signed_in = await to_thread.run_sync(
            _checked, request, services, email, fields.get("password", "")
        )
    except AppError as error:
        return _refused(request, services, error, email)
    return admitted(services, signed_in, safe_next(request.query_params.get("next")))


async def _sign_in_form(request: Request, services: Services) -> Response:
    """The form; whoever is signed in already goes on, and an empty installation is set up."""
    state = await to_thread.run_sync(_state, request, services)
    if state == "open":
        return _see(safe_next(request.query_params.get("next")))
    if state == "empty":
        return _see("/setup")
    return _form(request, services, "")


def _state(request: Request, services: Services) -> str:
    secret = cookies.session_secret(request, services.settings.cookies_are_secure)
    with services.reading() as session:
        if secret and service.principal_of(session, secret):
            return "open"
        return "closed" if service.is_set_up(session) else "empty"


def _checked(request: Request, services: Services, email: str, password: str) -> SignedIn:
    """Count the try, compare outside any unit of work that others wait for, open a session."""
    address = address_of(request, services)
    with services.work() as session:
        counted = service.count_try(session, email, address)
    with services.reading() as session:
        verified = service.verify(session, services.hasher, email, password)
    with services.work() as session:
        return service.start_session(
            session,
            verified,
            address=address,
            user_agent=request.headers.get("user-agent", ""),
            lifetime_hours=services.settings.session_hours,
            counted=counted,
            former_secret=cookies.session_secret(request, services.settings.cookies_are_secure),
        )


def _refused(request: Request, services: Services, error: AppError, email: str) -> Response:
    response = _form(request, services, email, error)
    if isinstance(error, TooManyTries):
        response.headers["Retry-After"] = str(error.data["seconds"])
    return response


def _form(
    request: Request, services: Services, email: str, error: AppError | None = None
) -> Response:
    t = rendering.language_of(request)
    return rendering.render(
        request,
        "signin.html",
        secure=services.settings.cookies_are_secure,
        complaints=[rendering.complaint(error, t)] if error else [],
        status=error.status if error else 200,
        email=email,
    )


async def _sign_out(request: Request, services: Services) -> Response:
    secure = services.settings.cookies_are_secure
    if request.method != "POST":
        return rendering.render(request, "signout.html", secure=secure)
    try:
        await forms.read(request, secure)
    except AppError as error:
        complaints = [rendering.complaint(error, rendering.language_of(request))]
        return rendering.render(
            request, "signout.html", secure=secure, complaints=complaints, status=error.status
        )
    secret = cookies.session_secret(request, secure)
    if secret:
        await to_thread.run_sync(_end, services, secret)
    response = _see("/signin")
    cookies.clear_session(response, secure)
    return response


def _end(services: Services, secret: str) -> None:
    with services.work() as session:
        service.sign_out(session, secret)


def admitted(services: Services, signed_in: SignedIn, target: str) -> Response:
    """On to the page first asked for, with the session's cookie."""
    response = _see(target)
    cookies.set_session(response, signed_in, services.settings.cookies_are_secure)
    return response


def address_of(request: Request, services: Services) -> str:
    """Whose address the request came from."""
    return client_address(
        request.client.host if request.client else None,
        request.headers.get("x-forwarded-for"),
        services.settings.trusted_proxies,
    )


def _see(target: str) -> Response:
    return RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})
