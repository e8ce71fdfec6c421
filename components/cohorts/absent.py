"""What is said where there is no course whose learners the person may see."""

import streamlit as st

from components import links
from core.accounts.access import Area, Principal, Role
from core.i18n import Language


def show(principal: Principal, t: Language) -> None:
    """Why there is none and, for those who can bring some in, the way there."""
    if not principal.sees_all(Area.COHORTS):
        st.info(t("You do not teach a course yet. A member of staff can name you as instructor."))
        return
    if Role.ADMIN in principal.roles:
        st.info(t("There are no courses yet. Import them, or load the sample world."))
    else:
        st.info(t("There are no courses yet. Import them on the Data page."))
    if principal.may_open(Area.DATA):
        links.to("data", t("Open the Data page"), ":material/upload:")
