"""A person's calendar of due work: as a file, and as an address that calendars read."""

import streamlit as st

from components import feedback, viewer
from core.accounts.access import Area, Principal
from core.courses import calendar
from core.i18n import Language, language
from wiring import services


def show(principal: Principal, t: Language) -> None:
    """A button that opens what there is to do with the calendar."""
    with st.popover(t("Calendar"), icon=":material/calendar_month:"):
        st.markdown(t("Work that is due, as a calendar other programs read (iCalendar)."))
        _download(t)
        _address(principal, t)


def _download(t: Language) -> None:
    wired, code = services(), t.code

    def content(principal: Principal) -> bytes:
        with wired.reading() as session:
            base_url = wired.settings.base_url
            return calendar.own_calendar(session, principal, base_url, language(code))

    st.download_button(
        t("Download as a file (.ics)"),
        data=viewer.later(Area.MY_COURSES, content),
        file_name="due.ics",
        mime="text/calendar",
        key="calendar-file",
        on_click="ignore",
        icon=":material/download:",
    )


def _address(principal: Principal, t: Language) -> None:
    """The secret address, with the ways to make it, renew it and end it."""
    wired = services()
    with wired.reading() as session:
        part = calendar.address_part(session, principal, wired.calendar_key)
    if part is not None:
        st.caption(t("Subscribe to this address. Whoever has it reads what is due to you."))
        st.code(f"{wired.settings.base_url.rstrip('/')}/calendar/{part}.ics", language=None)
    label = t("Make an address") if part is None else t("Replace it by a new one")
    if st.button(label, key="calendar-make", icon=":material/link:"):
        with feedback.sentences():
            with wired.work() as session:
                calendar.make_address(session, principal)
            feedback.done(t("The calendar has a new address."))
    if part is not None and st.button(
        t("End this address"), key="calendar-revoke", icon=":material/link_off:"
    ):
        with feedback.sentences():
            with wired.work() as session:
                calendar.revoke_address(session, principal)
            feedback.done(t("The address is ended."))
