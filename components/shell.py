"""The Streamlit script: who is it, what may they open, draw the page they asked for."""

from functools import partial

import streamlit as st

import pages
from components import feedback, viewer
from components.labels import literal
from core.accounts.access import Principal
from core.i18n import Language
from core.settings import PRODUCT_NAME

ICON = "/app/static/icon.png"  # by its address: a file would be fetched anew in every run


def main() -> None:
    """One run: the gate first, then navigation over what this person may open, then the page."""
    st.set_page_config(page_icon=ICON, layout="wide")
    principal = viewer.open_session()
    if principal is None:
        viewer.signed_out()
        return
    t = viewer.words()
    st.logo(ICON, size="large")
    page = st.navigation(_sections(t, principal), expanded=True)
    st.set_page_config(page_title=f"{page.title} · {PRODUCT_NAME}")
    _account(t, principal)
    feedback.show()
    page.run()


def _sections(t: Language, principal: Principal) -> dict[str, list[st.Page]]:
    """The pages by section, in the order of PAGES.

    One that the person may not open is out of sight, and a sentence stands in its place:
    its own code is not run.
    """
    sections: dict[str, list[st.Page]] = {}
    for entry in pages.PAGES:
        is_theirs = principal.may_open(entry.area)
        page = st.Page(
            entry.show if is_theirs else partial(_refused, t, principal),
            title=t(entry.title),
            icon=entry.icon,
            url_path=entry.url_path,
            default=entry is pages.PAGES[0],
            visibility="visible" if is_theirs and entry.is_listed else "hidden",
        )
        sections.setdefault(t(entry.section), []).append(page)
    return sections


def _refused(t: Language, principal: Principal) -> None:
    """Why there is nothing to see here."""
    said = (
        t("This page is not for your role.")
        if principal.roles
        else t("You have no role yet. Ask an administrator.")
    )
    st.info(said, icon=":material/lock:")


def _account(t: Language, principal: Principal) -> None:
    """Who is signed in, and the way out, at the foot of the sidebar."""
    with st.sidebar, st.container(vertical_alignment="bottom"):
        st.caption(literal(principal.name))
        if st.button(t("Sign out"), icon=":material/logout:", type="tertiary"):
            viewer.sign_out()


main()
