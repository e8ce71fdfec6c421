"""The forms' one style sheet, in the colours of the theme."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_ROOT = Path(__file__).parent.parent
_YEAR = "public, immutable, max-age=31536000"

# What the forms call a colour, and what .streamlit/config.toml calls it.
_TOKENS = {
    "background": "backgroundColor",
    "secondary": "secondaryBackgroundColor",
    "text": "textColor",
    "border": "borderColor",
    "link": "linkColor",
    "primary": "primaryColor",
    "focus": "primaryColor",
    "fault": "redColor",
}
# The theme has no name for secondary text, a control's edge and words on the primary colour.
_OWN = {
    "light": {"muted": "#596577", "control": "#7A8698", "on-primary": "#FFFFFF"},
    "dark": {"muted": "#A3AEBD", "control": "#748194", "on-primary": "#0B1016"},
}


async def serve(request: Request) -> Response:
    """The style sheet under its present address; another name is not there."""
    if request.url.path != address():
        return PlainTextResponse("Not found", status_code=404)
    return Response(text(), media_type="text/css", headers={"Cache-Control": _YEAR})


@cache
def address() -> str:
    """Where browsers find it; the name changes with the content, so that they may keep it."""
    return f"/assets/forms.{hashlib.sha256(text().encode()).hexdigest()[:12]}.css"


@cache
def text() -> str:
    """Custom properties for light and for dark, then the rules."""
    rules = (Path(__file__).parent / "static" / "forms.css").read_text("utf-8")
    return (
        f":root {{\n{_properties('light')}}}\n\n"
        f"@media (prefers-color-scheme: dark) {{\n:root {{\n{_properties('dark')}}}\n}}\n\n{rules}"
    )


def colours(kind: str) -> dict[str, str]:
    """The forms' colours in the "light" or the "dark" theme, as hex strings."""
    theme = _config()["theme"][kind]
    found = {name: theme[key] for name, key in _TOKENS.items()}
    return {**found, "sidebar": theme["sidebar"]["backgroundColor"], **_OWN[kind]}


def _properties(kind: str) -> str:
    return "".join(f"  --{name}: {value};\n" for name, value in colours(kind).items())


@cache
def _config() -> dict[str, Any]:
    return tomllib.loads((_ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
