"""Drawing the forms: one template each, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import cookies, stylesheet
from core import i18n
from core.accounts.errors import InvalidField
from core.errors import AppError
from core.i18n import LANGUAGES, Language
from core.settings import PRODUCT_NAME

_TEMPLATES = Path(__file__).parent / "templates"

# Stricter than the rest of the product: these pages run no script at all.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Language, Cookie",
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """A sentence about a field ("" for the form as a whole)."""

    field: str
    sentence: str


def language_of(request: Request) -> Language:
    """The language chosen by the switch, in this browser before, or by its settings."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        return i18n.language(asked)
    chosen = cookies.chosen_language(request)
    return i18n.language(chosen or i18n.preferred(request.headers.get("accept-language")))


def complaint(error: AppError, t: Language) -> Complaint:
    """The error as a sentence at its field."""
    field = error.field if isinstance(error, InvalidField) else ""
    return Complaint(field, error.sentence(t))


def render(
    request: Request,
    template: str,
    *,
    secure: bool,
    complaints: Sequence[Complaint] = (),
    status: int = 200,
    **values: Any,
) -> Response:
    """A page with its form token, never kept by a cache, speaking the reader's language."""
    t = language_of(request)
    token = cookies.form_token(request, secure)
    body = (
        _environment()
        .get_template(template)
        .render(
            t=t,
            product=PRODUCT_NAME,
            csrf=token,
            complaints=complaints,
            faulty={made.field: made.sentence for made in complaints if made.field},
            languages=_switch(request, t),
            stylesheet=stylesheet.address(),
            **values,
        )
    )
    headers = {**_HEADERS, "Content-Language": t.code}
    response = HTMLResponse(body, status_code=status, headers=headers)
    cookies.set_form_token(response, token, secure)
    if request.query_params.get("lang") in LANGUAGES:
        cookies.set_language(response, t.code, secure)
    return response


def _switch(request: Request, t: Language) -> list[dict[str, Any]]:
    """The languages with the address of this same page in each."""
    rest = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    return [
        {
            "code": code,
            "name": name,
            "current": code == t.code,
            "address": "?" + urlencode([*rest, ("lang", code)]),
        }
        for code, name in LANGUAGES.items()
    ]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
