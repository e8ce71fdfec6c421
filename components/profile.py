"""A person's own account: name, language, password, sign-ins."""

import streamlit as st

from components import feedback, theme, viewer
from core.accounts import passwords, service
from core.accounts.access import Principal
from core.i18n import LANGUAGES
from wiring import services

# In this order: a later name also stands in the user agents of the earlier ones.
_BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def name_and_language(principal: Principal) -> None:
    """A form for the name and the language; "as the browser" follows each browser's own."""
    t = viewer.words()
    choices = [None, *LANGUAGES]
    with st.form("profile"):
        st.subheader(t("You"), anchor=False)
        name = st.text_input(t("Name"), value=principal.name, max_chars=200, required=True)
        st.text_input(t("E-mail address"), value=principal.email, disabled=True)
        code = st.selectbox(
            t("Language"),
            choices,
            index=choices.index(principal.language),
            format_func=lambda code: LANGUAGES[code] if code else t("As the browser"),
        )
        saved = st.form_submit_button(t("Save"), type=theme.call_to_action())
    if saved:
        with feedback.sentences():
            with services().work() as session:
                service.rename(session, principal, name or "")
                service.set_language(session, principal, code)
            feedback.done(t("Saved."))


def password(principal: Principal) -> None:
    """A form for a new password; setting it ends every sign-in, this one too."""
    t = viewer.words()
    with st.form("password", clear_on_submit=True):
        st.subheader(t("Password"), anchor=False)
        st.caption(t("A new password ends every sign-in. You then sign in with it."))
        current = st.text_input(
            t("Current password"), type="password", autocomplete="current-password"
        )
        fresh = st.text_input(
            t("New password"),
            type="password",
            autocomplete="new-password",
            help=t("At least {least} characters.", least=passwords.LEAST_CHARACTERS),
        )
        again = st.text_input(
            t("New password, again"), type="password", autocomplete="new-password"
        )
        changed = st.form_submit_button(t("Change password"))
    if not changed:
        return
    if fresh != again:
        st.error(t("The two new passwords differ."), icon=":material/error:")
        return
    with feedback.sentences():
        _change(principal, current or "", fresh or "")
        viewer.leave()


def _change(principal: Principal, current: str, fresh: str) -> None:
    """Check the current password as a counted try, then set the new one."""
    hasher = services().hasher
    with services().work() as session:
        counted = service.count_try(session, principal.email, viewer.address())
    with services().reading() as session:
        service.confirm_password(session, hasher, principal, current)
    made = passwords.hashed(hasher, fresh, about=(principal.name, principal.email))
    with services().work() as session:
        service.change_password(session, principal, made, counted)


def sign_ins(principal: Principal) -> None:
    """The person's open sign-ins, each with a way to end it."""
    t = viewer.words()
    with services().reading() as session:
        rows = service.own_sessions(session, principal)
    with st.container(border=True):
        st.subheader(t("Where you are signed in"), anchor=False)
        for row in rows:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(_described(row.user_agent), width="stretch")
                st.caption(
                    t(
                        "{address} · last used {moment}",
                        address=row.address,
                        moment=t.moment(row.last_seen_at),
                    ),
                    width="stretch",
                )
                if row.is_current:
                    st.badge(t("This browser"), color="blue")
                elif st.button(t("End"), key=f"end-{row.id}"):
                    with feedback.sentences():
                        with services().work() as session:
                            service.revoke_session(session, principal, row.id)
                        feedback.done(t("The sign-in has ended."))


def _described(user_agent: str) -> str:
    """Browser and system out of a user agent, as far as they are plain to see."""
    browser = next((name for part, name in _BROWSERS.items() if part in user_agent), "?")
    system = next((name for part, name in _SYSTEMS.items() if part in user_agent), "?")
    return f"{browser} · {system}"
