"""The three cookies: the session, the form token, the chosen language."""

import hmac
import secrets

from starlette.requests import HTTPConnection
from starlette.responses import Response

from core.accounts import lifetime
from core.accounts.schemas import SignedIn
from core.i18n import LANGUAGES

LANGUAGE = "language"
_YEAR_SECONDS = 365 * 24 * 3600
_TOKEN_BYTES = 32
_TOKEN_LENGTH = 43  # of 32 bytes in URL-safe base64


def session_secret(connection: HTTPConnection, secure: bool) -> str | None:
    """What the session cookie holds, if there is one."""
    return connection.cookies.get(lifetime.cookie_name(secure)) or None


def set_session(response: Response, signed_in: SignedIn, secure: bool) -> None:
    """Hand the secret to the browser, out of reach of scripts and of other sites' posts."""
    response.set_cookie(
        lifetime.cookie_name(secure),
        signed_in.secret,
        expires=signed_in.expires_at,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def clear_session(response: Response, secure: bool) -> None:
    """Take the session cookie back."""
    response.delete_cookie(
        lifetime.cookie_name(secure), path="/", secure=secure, httponly=True, samesite="lax"
    )


def form_token(connection: HTTPConnection, secure: bool) -> str:
    """The browser's form token, or a new one.

    One already there is used again, so that two forms open in two tabs both work.
    """
    held = connection.cookies.get(_token_name(secure), "")
    return held if len(held) == _TOKEN_LENGTH else secrets.token_urlsafe(_TOKEN_BYTES)


def set_form_token(response: Response, token: str, secure: bool) -> None:
    """Give the browser the token that its forms repeat."""
    response.set_cookie(
        _token_name(secure), token, path="/", secure=secure, httponly=True, samesite="strict"
    )


def token_matches(connection: HTTPConnection, sent: str, secure: bool) -> bool:
    """Whether a form repeats the cookie's token, which another site cannot read."""
    held = connection.cookies.get(_token_name(secure), "")
    return len(held) == _TOKEN_LENGTH and hmac.compare_digest(held.encode(), sent.encode())


def chosen_language(connection: HTTPConnection) -> str | None:
    """The language chosen on a form in this browser."""
    code = connection.cookies.get(LANGUAGE)
    return code if code in LANGUAGES else None


def set_language(response: Response, code: str, secure: bool) -> None:
    """Keep the chosen language for a year."""
    response.set_cookie(
        LANGUAGE, code, max_age=_YEAR_SECONDS, path="/", secure=secure, samesite="lax"
    )


def _token_name(secure: bool) -> str:
    return "__Host-csrf" if secure else "csrf"
