"""The first administrator's form, and the form behind an invitation's link."""

from collections.abc import Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api import cookies, forms, rendering
from api.signin import address_of, admitted
from core.accounts import passwords, service
from core.accounts.errors import AlreadySetUp, InvitationGone
from core.accounts.schemas import Invited, SessionDetails, SignedIn, Verified
from core.errors import AppError
from core.jobs import queue
from core.jobs.models import JobKind
from wiring import Services


def routes(services: Callable[[], Services]) -> list[Route]:
    """``/setup`` and ``/invite/<token>``."""

    async def set_up(request: Request) -> Response:
        return await _set_up(request, services())

    async def accept(request: Request) -> Response:
        return await _accept(request, services())

    return [
        Route("/setup", set_up, methods=["GET", "POST"]),
        Route("/invite/{token}", accept, methods=["GET", "POST"]),
    ]


async def _set_up(request: Request, services: Services) -> Response:
    secure = services.settings.cookies_are_secure
    if await to_thread.run_sync(_is_set_up, services):
        return RedirectResponse("/signin", status_code=303)
    if request.method != "POST":
        return _set_up_form(request, secure, {})
    fields: dict[str, str] = {}
    try:
        fields = await forms.read(request, secure)
        signed_in = await to_thread.run_sync(_made, request, services, fields)
    except AlreadySetUp:
        return RedirectResponse("/signin", status_code=303)
    except AppError as error:
        return _set_up_form(request, secure, fields, error)
    return admitted(services, signed_in, "/")


def _is_set_up(services: Services) -> bool:
    with services.reading() as session:
        return service.is_set_up(session)


def _made(request: Request, services: Services, fields: dict[str, str]) -> SignedIn:
    """The first administrator, signed in, and the sample world asked for if they want it."""
    name, email = fields.get("name", ""), fields.get("email", "")
    made = passwords.hashed(services.hasher, fields.get("password", ""), about=(name, email))
    with services.work() as session:
        user_id = service.set_up_first_administrator(session, name, email, made)
        if fields.get("sample") == "1":
            queue.enqueue(session, JobKind.LOAD_SAMPLE, {}, user_id)
        return service.start_session(
            session, Verified(user_id, made), **_browser(request, services)
        )


def _set_up_form(
    request: Request, secure: bool, fields: dict[str, str], error: AppError | None = None
) -> Response:
    t = rendering.language_of(request)
    return rendering.render(
        request,
        "setup.html",
        secure=secure,
        complaints=[rendering.complaint(error, t)] if error else [],
        status=error.status if error else 200,
        name=fields.get("name", ""),
        email=fields.get("email", ""),
        sample=fields.get("sample") == "1",
        least=passwords.LEAST_CHARACTERS,
    )


async def _accept(request: Request, services: Services) -> Response:
    secure = services.settings.cookies_are_secure
    token = request.path_params["token"]
    try:
        person = await to_thread.run_sync(_invited, services, token)
    except InvitationGone as error:
        return _gone(request, secure, error)
    if request.method != "POST":
        return _accept_form(request, secure, person)
    try:
        fields = await forms.read(request, secure)
        signed_in = await to_thread.run_sync(
            _accepted, request, services, token, person, fields.get("password", "")
        )
    except InvitationGone as error:
        return _gone(request, secure, error)
    except AppError as error:
        return _accept_form(request, secure, person, error)
    return admitted(services, signed_in, "/")


def _invited(services: Services, token: str) -> Invited:
    with services.reading() as session:
        return service.invited(session, token)


def _accepted(
    request: Request, services: Services, token: str, person: Invited, password: str
) -> SignedIn:
    """The link used up, the password set, the person signed in."""
    made = passwords.hashed(services.hasher, password, about=(person.name, person.email))
    with services.work() as session:
        user_id = service.accept_invitation(session, token, made)
        return service.start_session(
            session, Verified(user_id, made), **_browser(request, services)
        )


def _accept_form(
    request: Request, secure: bool, person: Invited, error: AppError | None = None
) -> Response:
    t = rendering.language_of(request)
    return rendering.render(
        request,
        "invite.html",
        secure=secure,
        complaints=[rendering.complaint(error, t)] if error else [],
        status=error.status if error else 200,
        name=person.name,
        email=person.email,
        least=passwords.LEAST_CHARACTERS,
    )


def _gone(request: Request, secure: bool, error: AppError) -> Response:
    t = rendering.language_of(request)
    return rendering.render(
        request,
        "message.html",
        secure=secure,
        status=error.status,
        heading=t("This link does not work"),
        sentence=error.sentence(t),
        way_out="/signin",
        way_out_label=t("Sign in"),
    )


def _browser(request: Request, services: Services) -> SessionDetails:
    """What a session remembers about where it was opened."""
    return {
        "address": address_of(request, services),
        "user_agent": request.headers.get("user-agent", ""),
        "lifetime_hours": services.settings.session_hours,
        "former_secret": cookies.session_secret(request, services.settings.cookies_are_secure),
    }
