"""What learners did, as a file of xAPI statements; for those who see all learners and all data."""

from datetime import UTC, date, datetime, time

import streamlit as st

from components import viewer
from core.accounts.access import Area, Principal
from core.courses import xapi_queries
from core.i18n import Language
from wiring import services


def show(principal: Principal, t: Language) -> None:
    """A card with a first day and the download; nothing for everybody else."""
    if not (principal.sees_all(Area.DATA) and principal.sees_all(Area.COHORTS)):
        return
    with st.container(border=True):
        st.subheader(t("Learning records"), anchor=False)
        st.caption(
            t(
                "What learners did, as xAPI 1.0.3 statements for a learning record store, one a "
                "line. People stand under a pseudonym."
            )
        )
        since: date | None = st.date_input(
            t("From (UTC); empty: everything"), None, format="YYYY-MM-DD", key="xapi-since"
        )
        st.download_button(
            t("Download statements (.jsonl)"),
            data=viewer.later(Area.DATA, lambda who: _content(who, since)),
            file_name="statements.jsonl",
            mime="application/x-ndjson",
            key="xapi-download",
            on_click="ignore",
            icon=":material/download:",
        )


def _content(principal: Principal, since: date | None) -> bytes:
    """The whole file; who asks is looked at again, for the button stays where it was drawn."""
    xapi_queries.require_all(principal)
    begin = None if since is None else datetime.combine(since, time(), tzinfo=UTC)
    with services().reading() as session:
        return "".join(services().xapi_lines(session, begin)).encode()
