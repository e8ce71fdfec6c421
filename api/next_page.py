"""The page first asked for, carried through the sign-in without leading anywhere else."""

from urllib.parse import quote, urlsplit

HOME = "/"
_LONGEST = 2000
_FORMS = ("/signin", "/signout", "/setup", "/invite", "/language")


def safe_next(target: str | None) -> str:
    """The target when it is a path of this site that is not a form, else the home page.

    A browser takes backslashes for slashes and drops control characters, so that
    ``/\\evil`` and ``/<tab>/evil`` would leave the site: both are refused.
    """
    if not target or len(target) > _LONGEST or not target.startswith("/"):
        return HOME
    if target.startswith("//") or "\\" in target or not target.isprintable():
        return HOME
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or parts.path.startswith("//"):
        return HOME
    if any(parts.path == form or parts.path.startswith(f"{form}/") for form in _FORMS):
        return HOME
    return target


def sign_in_address(path: str, query: str) -> str:
    """Where to sign in, so that afterwards ``path?query`` is shown."""
    target = safe_next(f"{path}?{query}" if query else path)
    return "/signin" if target == HOME else f"/signin?next={quote(target, safe='')}"
