"""The house style of documents, set once by staff and administrators."""

import streamlit as st

from components import feedback, viewer
from core.accounts.access import Principal
from core.documents import house_setting
from core.documents.house import House, Typeface
from core.i18n import Language
from wiring import services


def show(principal: Principal) -> None:
    """A section that opens; nothing for those who may not set it."""
    if not house_setting.may_set(principal):
        return
    t = viewer.words()
    with services().reading() as session:
        house = house_setting.current(session)
    with st.expander(t("House style of all documents"), icon=":material/palette:"):
        _form(principal, house, t)


def _form(principal: Principal, house: House, t: Language) -> None:
    with st.form("house-style", border=False):
        organisation = st.text_input(t("Organisation"), house.organisation, max_chars=200)
        accent = st.color_picker(t("Colour of headings"), f"#{house.accent}")
        typeface = st.selectbox(
            t("Typeface"),
            [one.value for one in Typeface],
            index=list(Typeface).index(house.typeface),
        )
        logo = st.file_uploader(t("Logo, PNG or JPEG"), type=["png", "jpg", "jpeg"])
        sent = st.form_submit_button(t("Save house style"))
    if not sent:
        return
    with feedback.sentences():
        with services().work() as session:
            house_setting.set_house(
                session,
                principal,
                organisation=organisation,
                accent=accent,
                typeface=typeface,
                logo=logo.getvalue() if logo else None,
            )
        feedback.done(t("New documents are made in this style."))
