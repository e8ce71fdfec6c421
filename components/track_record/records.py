"""The accepted suggestions of this moment, or what to do where there are none."""

import streamlit as st

from components import links
from core.accounts.access import Principal
from core.i18n import Language
from core.track_record import service
from core.track_record.schemas import Accepted
from wiring import services


def read(principal: Principal) -> list[Accepted]:
    """The accepted suggestions, the latest first."""
    with services().reading() as session:
        return service.track_record(session, principal)


def empty(t: Language) -> None:
    """What the page is for, while nothing was accepted."""
    st.info(
        t(
            "Nothing was accepted yet. Whoever accepts a suggestion finds it here, and later "
            "what really came of it beside what was predicted."
        ),
        icon=":material/fact_check:",
    )
    links.to("campaigns", t("To the campaigns"), ":material/insights:")
