"""The list of plans, and of campaigns that are reported and not planned yet."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from pyarrow.lib import Table

from components import links, queries
from components.campaign_editor import wording
from components.labels import currency_name, platform_name, type_name
from core.accounts.access import Principal
from core.campaigns import service
from core.campaigns.models import CampaignStatus
from core.campaigns.plan import CampaignRecord
from core.campaigns.reported import ReportedCampaign, still_without_record
from core.i18n import MISSING, NO_CURRENCY, Language
from wiring import services

_NAME = 205  # pixels: with it a row fits a window of 1280
_MANY = 12  # rows; longer tables scroll
_TALL = 460  # pixels


def head(t: Language) -> None:
    """The title, and the way to a new plan."""
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.title(t("Campaign plans"), width="content", anchor=False)
        links.to("campaign-plan", t("Plan a campaign"), ":material/add:")
    st.caption(
        t("What campaigns are meant to cost, run and reach. Figures are measured against it.")
    )


def records(principal: Principal) -> list[CampaignRecord]:
    """Every plan."""
    with services().reading() as session:
        return service.list_campaigns(session, principal)


def not_planned(principal: Principal) -> list[ReportedCampaign]:
    """Campaigns that are reported and have no plan, as of now."""
    reported = queries.reported_without_record(principal, queries.generation())
    with services().reading() as session:
        return still_without_record(session, principal, reported)


def plans(found: Sequence[CampaignRecord], t: Language) -> None:
    """The plans that match what is searched for."""
    if not found:
        st.info(
            t("No campaign is planned yet. Plan one, or start from a campaign that is reported."),
            icon=":material/edit_calendar:",
        )
        return
    matching = _matching(found, t)
    if not matching:
        st.info(t("No plan matches. Try a part of the name, or take a state away."))
        return
    st.caption(t.plural("{n} plan", "{n} plans", len(matching)))
    rows = [_plan_row(one, t) for one in matching]
    alt = t("Plans of campaigns with their state, budget and goals")
    _table(rows, t("Open"), 62, t("Budget"), alt, t)


def reported(found: Sequence[ReportedCampaign], t: Language) -> None:
    """Campaigns without a plan, each with the way to plan it; nothing where all have one."""
    if not found:
        return
    with st.container(border=True):
        st.subheader(t("Reported, not planned yet"), anchor=False)
        st.caption(t("Planning one takes over its platform, account, number, name and first day."))
        rows = [_reported_row(one, t) for one in found]
        alt = t("Reported campaigns that have no plan")
        _table(rows, t("Plan this campaign"), 150, t("Spend"), alt, t)


def _matching(found: Sequence[CampaignRecord], t: Language) -> list[CampaignRecord]:
    with st.grid(2, min_column_width=220):
        text = st.text_input(
            t("Find"), key="q", bind="query-params", placeholder=t("Name or number"), max_chars=200
        )
        statuses = st.multiselect(
            t("State"),
            list(CampaignStatus),
            format_func=lambda status: wording.status_name(status, t),
            placeholder=t("All states"),
            key="plan_state",
        )
    sought = (text or "").strip().casefold()
    return [
        one
        for one in found
        if (not statuses or one.status in statuses)
        and (sought in one.plan.name.casefold() or sought in one.plan.external_id.casefold())
    ]


def _plan_row(record: CampaignRecord, t: Language) -> dict[str, str]:
    plan = record.plan
    return {
        "open": links.plan_address(record.campaign_id),
        t("Name"): plan.name + (f" ({t('Sample')})" if record.is_sample else ""),
        t("State"): wording.status_name(record.status, t),
        t("Budget"): t.money(plan.budget, plan.currency),
        t("Run"): wording.run(plan, t),
        t("Goals"): wording.goals(plan, t),
        t("Platform"): platform_name(plan.platform, t),
        t("Type"): type_name(plan.campaign_type, t),
    }


def _reported_row(one: ReportedCampaign, t: Language) -> dict[str, str]:
    days = MISSING
    if one.first_day and one.last_day:
        days = f"{t.date(one.first_day)} – {t.date(one.last_day)}"
    return {
        "open": links.new_plan_address(one.campaign_id),
        t("Name"): one.name,
        t("Platform"): platform_name(one.platform, t),
        t("Account number"): one.account_id,
        t("Type"): type_name(one.campaign_type, t),
        t("Spend"): _spend(one, t),
        t("Reported days"): days,
    }


def _spend(one: ReportedCampaign, t: Language) -> str:
    written = t.money(one.spend, one.currency)
    no_currency = one.spend is not None and one.currency == NO_CURRENCY
    return f"{written} ({currency_name(NO_CURRENCY, t)})" if no_currency else written


def _table(
    rows: list[dict[str, str]], action: str, width: int, amount: str, alt: str, t: Language
) -> None:
    columns: dict[str, Any] = {
        "open": st.column_config.LinkColumn(
            t("Page"), display_text=action, width=width, pinned=True
        ),
        t("Name"): st.column_config.TextColumn(width=_NAME),
        amount: st.column_config.TextColumn(alignment="right"),
    }
    st.dataframe(
        Table.from_pylist(rows),
        hide_index=True,
        height=_TALL if len(rows) > _MANY else "content",
        column_config=columns,
        alt=alt,
    )
