"""The history of a plan: who changed what, when, from which value to which."""

from collections.abc import Sequence

import streamlit as st
from pyarrow.lib import Table

from components.campaign_editor import wording
from core.accounts.access import Principal
from core.campaigns import service
from core.campaigns.history import PastChange, currencies
from core.campaigns.plan import CampaignRecord
from core.i18n import MISSING, Language
from wiring import services

_TALL = 420


def show(record: CampaignRecord, principal: Principal, t: Language) -> None:
    """Every change as a row a field, the newest first."""
    with services().reading() as session:
        found = service.history(session, principal, record.campaign_id)
    with st.container(border=True):
        st.subheader(t("History"), anchor=False)
        money = currencies(found, record.plan.currency)
        rows = [row for pair in zip(found, money, strict=True) for row in _rows(*pair, t)]
        if not rows:
            st.caption(
                t(
                    "Not changed since it was planned on {day}.",
                    day=t.date(record.created_at.date()),
                )
            )
            return
        st.dataframe(
            Table.from_pylist(rows),
            hide_index=True,
            height=_TALL if len(rows) > 10 else "content",
            alt=t("Changes of this plan with who made them, the newest first"),
        )
        if len(found) == service.HISTORY_ROWS:
            st.caption(t("The latest {n} changes are shown.", n=t.number(len(found))))


def _rows(past: PastChange, money: tuple[str, str], t: Language) -> Sequence[dict[str, str]]:
    head = {t("When"): t.moment(past.at), t("Who"): past.by or t("somebody who has left")}
    if not past.fields:
        return [head | _cells(t("Planned"), MISSING, MISSING, t)]
    return [
        head
        | _cells(
            wording.field_name(one.field, t),
            wording.value(one.field, one.before, money[0], t),
            wording.value(one.field, one.after, money[1], t),
            t,
        )
        for one in past.fields
    ]


def _cells(field: str, before: str, after: str, t: Language) -> dict[str, str]:
    return {t("Field"): field, t("Before"): before, t("After"): after}
