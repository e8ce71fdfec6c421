"""Who looks at this page, in which language; asked anew in every run, fragment and callback."""

import functools
import html
from collections.abc import Callable
from typing import ParamSpec, TypeVar
from urllib.parse import quote, urlsplit

import streamlit as st

from core import clock, i18n
from core.accounts import lifetime, service
from core.accounts.access import Area, Principal
from core.accounts.client_address import client_address
from core.accounts.schemas import OpenedSession
from core.errors import Forbidden
from core.i18n import Language
from wiring import services

P = ParamSpec("P")
R = TypeVar("R")

_PRINCIPAL = "viewer"
_LANGUAGE = "language"
_PLACE = "place"
_LOOKED_AT = "looked_at"
LANGUAGE_COOKIE = "language"


def open_session() -> Principal | None:
    """The person of this browser's session, read from the records; None when it has ended.

    An ended session leaves nothing behind in the tab, and neither does another
    person's after somebody else signed in from the same browser.
    """
    opened = _opened()
    if opened is None:
        _forget()
        return None
    held = st.session_state.get(_PRINCIPAL)
    if held is not None and held.user_id != opened.principal.user_id:
        st.session_state.clear()
    st.session_state[_PRINCIPAL] = opened.principal
    st.session_state[_LANGUAGE] = opened.principal.language or _browser_language()
    if lifetime.is_due(opened.last_seen_at, clock.now()):
        services().note_use(opened.principal)
    return opened.principal


def principal() -> Principal:
    """The person this run is for; a tab whose session has ended shows that instead."""
    held: Principal | None = st.session_state.get(_PRINCIPAL) or open_session()
    if held is None:
        signed_out()
        st.stop()
    return held


def words() -> Language:
    """The language of this tab."""
    code: str = st.session_state.get(_LANGUAGE) or _browser_language()
    return i18n.language(code)


def page(area: Area) -> Principal:
    """The person, if they may open the area; otherwise a plain sentence and nothing more."""
    who = principal()
    who.require(area)
    _arrive()
    return who


def is_first_look(subject: str) -> bool:
    """Whether this tab shows the subject for the first time since it came to its page."""
    looked_at: set[str] = st.session_state.setdefault(_LOOKED_AT, set())
    if subject in looked_at:
        return False
    looked_at.add(subject)
    return True


def look_again(subject: str) -> None:
    """Count the next look at the subject as the first one again."""
    st.session_state.get(_LOOKED_AT, set()).discard(subject)


def _arrive() -> None:
    """Forget what this tab looked at on another page."""
    place = urlsplit(st.context.url or "").path
    if st.session_state.get(_PLACE) != place:
        st.session_state[_PLACE] = place
        st.session_state.pop(_LOOKED_AT, None)


def checked(area: Area) -> Callable[[Callable[P, R]], Callable[P, R | None]]:
    """Ask again who it is before a fragment's or a callback's body.

    Put it below ``@st.fragment``. A fragment's rerun skips the script and a callback
    runs before it, so without this a tab would go on working after its session was
    ended. A tab that has lost its session runs the script again and shows that; one
    that has lost the role raises ``Forbidden``.
    """

    def decorate(body: Callable[P, R]) -> Callable[P, R | None]:
        @functools.wraps(body)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | None:
            who = open_session()
            if who is None:
                st.rerun()
            who.require(area)
            return body(*args, **kwargs)

        return guarded

    return decorate


def later(area: Area, body: Callable[[Principal], R]) -> Callable[[], R]:
    """A body for outside the script, such as a deferred download; it too asks who it is.

    The session's secret is read now, while the script runs, and looked up when the body
    runs. Raises ``Forbidden`` there when the session has ended or the role is gone.
    """
    secret, wired = _secret(), services()

    def guarded() -> R:
        with wired.reading() as session:
            opened = service.open_session(session, secret) if secret else None
        if opened is None:
            raise Forbidden(area=area.value)
        opened.principal.require(area)
        return body(opened.principal)

    return guarded


def address() -> str:
    """The address this tab is used from, for slowing wrong tries down."""
    return client_address(
        st.context.ip_address or "127.0.0.1",  # Streamlit gives None for this machine
        st.context.headers.get("X-Forwarded-For"),
        services().settings.trusted_proxies,
    )


def sign_out() -> None:
    """End this browser's session and show every tab of it so."""
    secret = _secret()
    if secret:
        with services().work() as session:
            service.sign_out(session, secret)
    leave()


def leave() -> None:
    """Forget everything this tab holds and run again, after the session has ended."""
    _forget()
    st.rerun()


def signed_out() -> None:
    """Say that the session has ended, with the way back to this very page."""
    here = urlsplit(st.context.url or "/")
    page = st.Page(
        _signed_out_notice,
        title=words()("You are signed out"),
        url_path=here.path.strip("/") or "signed-out",
    )
    # A navigation of this page alone takes the former one's pages off the sidebar.
    st.navigation([page], position="hidden").run()


def _signed_out_notice() -> None:
    t = words()
    st.title(t("You are signed out"))
    st.write(t("Your sign-in has ended. Sign in to go on where you were."))
    # A link button would open a second tab.
    colour = st.get_option(f"theme.{st.context.theme.type or 'light'}.linkColor")
    label, address = html.escape(t("Sign in")), html.escape(_sign_in_address())
    st.html(f'<a href="{address}" style="color:{colour};font-weight:600">{label}</a>')


def _opened() -> OpenedSession | None:
    secret = _secret()
    if not secret:
        return None
    with services().reading() as session:
        return service.open_session(session, secret)


def _secret() -> str | None:
    name = lifetime.cookie_name(services().settings.cookies_are_secure)
    return st.context.cookies.get(name)


def _forget() -> None:
    st.session_state.clear()


def _browser_language() -> str:
    chosen = st.context.cookies.get(LANGUAGE_COOKIE)
    if chosen in i18n.LANGUAGES:
        return chosen
    return i18n.preferred(st.context.headers.get("Accept-Language"))


def _sign_in_address() -> str:
    here = urlsplit(st.context.url or "/")
    target = (here.path or "/") + (f"?{here.query}" if here.query else "")
    return f"/signin?next={quote(target, safe='')}"
