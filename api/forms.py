"""Reading a posted form: small, from this site, with the token its page was given."""

from typing import ClassVar
from urllib.parse import parse_qsl

from starlette.requests import Request

from api import cookies
from core.errors import AppError
from core.i18n import mark

_MOST_BYTES = 16 * 1024
_MOST_FIELDS = 20
_CONTENT_TYPE = "application/x-www-form-urlencoded"


class FormTooLarge(AppError):
    """More than any of our forms can hold."""

    code = "form_too_large"
    status = 413
    message = mark("This form is too large. Reload the page and fill it in again.")


class FormNotOurs(AppError):
    """A form from another site, or one whose token has gone."""

    code = "form_not_ours"
    status: ClassVar[int] = 403
    message = mark("This form has expired. Reload the page and fill it in again.")


async def read(request: Request, secure: bool) -> dict[str, str]:
    """The form's fields. Raises :class:`FormTooLarge` or :class:`FormNotOurs`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _CONTENT_TYPE or _comes_from_elsewhere(request):
        raise FormNotOurs()
    fields = _fields(await _body(request))
    if not cookies.token_matches(request, fields.get("csrf", ""), secure):
        raise FormNotOurs()
    return fields


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise FormTooLarge()
    return body


def _fields(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise FormTooLarge() from error
    # No database of ours can hold a NUL, and no person types one.
    return {name: value.replace("\0", "") for name, value in pairs}


def _comes_from_elsewhere(request: Request) -> bool:
    """Whether the browser itself says that another site sent the form."""
    return request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
