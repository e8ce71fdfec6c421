"""The data held on a person: theirs to take out, and to ask the erasure of."""

import io

import streamlit as st

from components import feedback, viewer
from components.labels import literal
from core import clock
from core.accounts.access import Area, Principal
from core.i18n import Language
from core.personal_data import service
from wiring import services


def show(principal: Principal, t: Language) -> None:
    """A card with the download, and the request to be erased or where it stands."""
    with services().reading() as session:
        asked = service.asked(session, principal)
    with st.container(border=True):
        st.subheader(t("Your data"), anchor=False)
        st.caption(
            t(
                "Every row that is held on you, as JSON in a zip, with a file that says what is "
                "in it. That you took it out is noted in the audit trail."
            )
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                t("Download your data (.zip)"),
                data=viewer.later(Area.PROFILE, lambda who: _content(who, t)),
                file_name=f"my-data_{clock.today():%Y-%m-%d}.zip",
                mime="application/zip",
                key="own-data",
                on_click="ignore",
                icon=":material/download:",
            )
            if asked is None:
                st.button(t("Ask for erasure"), on_click=_ask, key="ask-erasure")
            else:
                st.button(t("Take the request back"), on_click=_take_back, key="keep-data")
        if asked is not None:
            st.info(
                t(
                    "You asked on {day} to be erased. Staff see the request; nothing is erased "
                    "until they do it.",
                    day=t.date(asked.requested_at.date()),
                ),
                icon=":material/person_remove:",
            )


def _content(principal: Principal, t: Language) -> bytes:
    """The zip; the audit entry is written before it is given out."""
    out = io.BytesIO()
    with services().reading() as session:
        rows = service.export_own(session, principal, out, t)
    with services().work() as session:
        service.note_export(session, principal.user_id, principal.user_id, rows)
    return out.getvalue()


@viewer.checked(Area.PROFILE)
def _ask() -> None:
    t = viewer.words()
    with feedback.sentences():
        with services().work() as session:
            service.ask_for_erasure(session, viewer.principal())
        feedback.later(t("Your request stands; staff see it."))


@viewer.checked(Area.PROFILE)
def _take_back() -> None:
    t = viewer.words()
    with feedback.sentences():
        with services().work() as session:
            service.take_back(session, viewer.principal())
        feedback.later(t("The request is taken back."))


def waiting(principal: Principal, t: Language) -> None:
    """For staff: who wants to be erased; nothing while nobody does."""
    with services().reading() as session:
        found = service.waiting(session, principal)
    if not found:
        return
    with st.container(border=True):
        st.subheader(t("Requests for erasure"), anchor=False)
        st.caption(t("These people want everything held on them to be erased."))
        for one in found:
            day = t.date(one.requested_at.date())
            st.markdown(f"- {literal(one.name)} · {t('asked {day}', day=day)}")
