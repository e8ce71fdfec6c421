"""Which plan the address names, its head, and a new plan's beginning."""

from decimal import Decimal

import streamlit as st

from components import links, queries
from components.campaign_editor import wording
from components.labels import literal, platform_name
from core import clock
from core.accounts.access import Principal
from core.campaigns import service
from core.campaigns.models import CampaignType
from core.campaigns.plan import CampaignPlan, CampaignRecord
from core.campaigns.reported import ReportedCampaign
from core.errors import NotFound
from core.i18n import NO_CURRENCY, Language
from wiring import services

PARAMETER = "plan"
REPORTED = "campaign"
_CURRENCY = "USD"  # until somebody chooses; the one of the report where there is one


def is_new() -> bool:
    """Whether the address names no plan, so that one is to be written."""
    return PARAMETER not in st.query_params


def find(principal: Principal, t: Language) -> CampaignRecord | None:
    """The plan that the address names; where there is none, that is said."""
    asked = st.query_params.get(PARAMETER, "")
    try:
        if not asked.isdecimal() or len(asked) > 18:
            raise NotFound(campaign_id=asked)
        with services().reading() as session:
            return service.get_campaign(session, principal, int(asked))
    except NotFound as missing:
        st.title(t("Campaign plan"), anchor=False)
        st.info(missing.sentence(t), icon=":material/search_off:")
        _back(t)
        return None


def head(record: CampaignRecord, principal: Principal, t: Language) -> None:
    """The plan's name and state, what it is about, and the way to its figures."""
    _back(t)
    plan = record.plan
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(literal(plan.name), anchor=False, width="content")
        st.badge(wording.status_name(record.status, t), color=wording.status_colour(record.status))
        if record.is_sample:
            st.badge(t("Sample data"), icon=":material/science:", color="violet")
    facts = [
        literal(platform_name(plan.platform, t)),
        literal(plan.external_id),
        literal(t.money(plan.budget, plan.currency)),
        wording.run(plan, t),
    ]
    st.caption(" · ".join(facts))
    _figures(plan, principal, t)


def head_of_new(reported: ReportedCampaign | None, t: Language) -> None:
    """The title of a plan that is to be written, and where it starts from."""
    _back(t)
    st.title(t("Plan a campaign"), anchor=False)
    if reported is not None:
        st.caption(
            t(
                "Filled in from the reports of {platform}; add the budget and what is missing.",
                platform=literal(platform_name(reported.platform, t)),
            )
        )


def reported(principal: Principal) -> ReportedCampaign | None:
    """The reported campaign that the address names, to start a plan from."""
    asked = st.query_params.get(REPORTED, "")
    if not asked.isdecimal() or len(asked) > 18:
        return None
    return queries.reported_campaign(principal, queries.generation(), int(asked))


def beginning(source: ReportedCampaign | None) -> CampaignPlan:
    """What the form of a new plan is filled with; the budget is the person's to say."""
    empty = CampaignPlan(
        name="",
        platform="",
        account_id="",
        external_id="",
        campaign_type=CampaignType.SEARCH,
        budget=Decimal(0),
        currency=_CURRENCY,
        start_date=clock.today(),
    )
    return empty if source is None else _from_report(source, empty)


def _from_report(source: ReportedCampaign, empty: CampaignPlan) -> CampaignPlan:
    return CampaignPlan(
        name=source.name,
        platform=source.platform,
        account_id=source.account_id,
        external_id=source.external_id,
        campaign_type=CampaignType(source.campaign_type or empty.campaign_type),
        budget=empty.budget,
        currency=_CURRENCY if source.currency == NO_CURRENCY else source.currency,
        start_date=source.first_day or empty.start_date,
    )


def _figures(plan: CampaignPlan, principal: Principal, t: Language) -> None:
    number = queries.campaign_with_figures(
        principal, queries.generation(), plan.platform, plan.account_id, plan.external_id
    )
    if number is None:
        st.caption(t("No day of this campaign is reported yet."))
    else:
        links.to("campaign", t("Performance"), ":material/monitoring:", campaign=str(number))


def _back(t: Language) -> None:
    links.to("campaign-plans", t("Campaign plans"), ":material/arrow_back:")
