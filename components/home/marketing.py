"""Home for whoever sees campaigns: the headline figures and the three largest changes."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from components import account_goals, campaign_head, kpi_row, links, queries
from components.home import incoming
from components.labels import literal
from core.accounts.access import Principal
from core.campaigns.changes import MEASURES, MIN_WEEKS, Change, Findings, Measure, why
from core.campaigns.kpis import HEADLINE, ROAS, written
from core.campaigns.periods import Period, named
from core.campaigns.schemas import View
from core.i18n import Language

_NARROWEST_CARD = 250


def show(principal: Principal, t: Language) -> None:
    """The last four weeks in the most recent currency, and what changed in them."""
    generation = queries.generation()
    choices = queries.campaign_choices(principal, generation)
    st.subheader(t("Campaigns"), anchor=False)
    if choices is None:
        if not incoming.is_expected(principal):  # else its progress is above
            campaign_head.what_to_import(principal, t)
        return
    currency = choices.currencies[0]
    view = View(named(Period.FOUR_WEEKS, currency.span.end), currency.code)
    overview = queries.campaign_overview(principal, generation, view)
    campaign_head.under_title(choices, overview, t)
    st.caption(campaign_head.compared(overview, t))
    kpi_row.show(overview, t, groups=(HEADLINE,))
    account_goals.standings(principal, generation, t)
    found = queries.campaign_changes(principal, generation, view)
    changed = tuple(change.campaign_id for change in found.changes)
    names = queries.campaigns_with(principal, generation, campaign_ids=changed) if changed else ()
    _changes(found, {one.campaign_id: one.label for one in names}, currency.code, t)
    links.to("campaigns", t("All campaigns"), ":material/arrow_forward:")


def _changes(found: Findings, labels: Mapping[int, str], currency: str, t: Language) -> None:
    st.subheader(t("What changed most in four weeks"), anchor=False)
    if not found.changes:
        st.info(_nothing(found, t), icon=":material/check_circle:")
        return
    with st.grid(3, min_column_width=_NARROWEST_CARD, border=True) as grid:
        for change in found.changes:
            with grid.cell():
                _card(change, labels[change.campaign_id], currency, t)


def _card(change: Change, label: str, currency: str, t: Language) -> None:
    """One change: the campaign, what happened, from what to what, and why it is not noise."""
    st.markdown(f"**{literal(label)}**")
    st.metric(
        t(MEASURES[change.measure]),
        t.percent(change.effect, 0, signed=True),
        _from_to(change, currency, t),
        delta_color=_color(change),
        delta_arrow="up" if change.effect > 0 else "down",
        chart_data=change.weeks,
        chart_type="area",
    )
    st.caption(why(change, t))
    address = {"campaign": str(change.campaign_id)}
    links.to("campaign", t("Look closer"), ":material/search:", **address)


def _color(change: Change) -> Literal["gray", "green", "red"]:
    if change.is_good is None:
        return "gray"
    return "green" if change.is_good else "red"


def _from_to(change: Change, currency: str, t: Language) -> str:
    if change.measure is Measure.ROAS:
        before, now = (written(ROAS, value, currency, t) for value in (change.before, change.now))
    else:
        before, now = (t.short_money(value, currency) for value in (change.before, change.now))
    return t("from {before} to {now}", before=before, now=now)


def _nothing(found: Findings, t: Language) -> str:
    """Says honestly that there is no news, or that it is too early to tell."""
    if not found.judged:
        return t(
            "Too early to tell: a campaign needs {n} whole weeks of data before a change "
            "can be told from noise.",
            n=t.number(MIN_WEEKS),
        )
    return t.plural(
        "Nothing changed beyond noise. {n} campaign was judged by its own usual variation.",
        "Nothing changed beyond noise. {n} campaigns were judged by their own usual variation.",
        found.judged,
    )
