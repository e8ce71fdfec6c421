"""The form of a plan: filled from a plan, gives the plan as it was typed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from components import theme
from components.campaign_editor import wording
from components.labels import platform_name, type_name
from core import clock
from core.campaigns.goals import KPI_OF, Goal
from core.campaigns.kpis import Unit
from core.campaigns.models import CampaignType, GoalKpi
from core.campaigns.plan import CampaignPlan, currencies
from core.i18n import Language

PLATFORMS = ("google_ads", "facebook_ads", "microsoft_ads", "linkedin_ads", "tiktok_ads")
_NARROWEST = 240
_DECIMALS = {Unit.MONEY: 2, Unit.MULTIPLE: 2, Unit.SHARE: 2, Unit.COUNT: 0}


def show(name: str, plan: CampaignPlan, action: str, t: Language) -> tuple[CampaignPlan, bool]:
    """Draw the form filled from ``plan``; what is typed, and whether it was sent just now.

    ``name`` begins the keys of its widgets: another name is a form of its own.
    """
    with st.form(name, enter_to_submit=False):
        st.subheader(t("Plan"), anchor=False)
        with st.grid(2, min_column_width=_NARROWEST):
            typed = _what(name, plan, t) | _how_much(name, plan, t)
        description = st.text_area(
            wording.field_name("description", t),
            plan.description or "",
            height=90,
            key=f"{name}-description",
        )
        goals = _goals(name, plan, t)
        sent = st.form_submit_button(action, type=theme.call_to_action(), icon=":material/save:")
    return replace(plan, **typed, description=description or None, goals=goals), sent


def _what(name: str, plan: CampaignPlan, t: Language) -> dict[str, Any]:
    def text(field: str, limit: int, **options: Any) -> str:
        label, key = wording.field_name(field, t), f"{name}-{field}"
        value: str = getattr(plan, field) or ""
        return st.text_input(label, value, max_chars=limit, key=key, **options) or ""

    return {
        "name": text("name", 200),
        "campaign_type": _choice(
            name, "campaign_type", list(CampaignType), plan.campaign_type, type_name, t
        ),
        "platform": _platform(name, plan, t),
        "account_id": text("account_id", 100),
        "external_id": text(
            "external_id",
            100,
            help=t(
                "Under which reports name the campaign. While the platform has given none, "
                "write one of your own and change it later."
            ),
        ),
        "industry": text("industry", 100) or None,
    }


def _how_much(name: str, plan: CampaignPlan, t: Language) -> dict[str, Any]:
    budget = st.number_input(
        wording.field_name("budget", t),
        value=float(plan.budget) or None,
        min_value=0.0,
        step=1.0,
        format="%.2f",
        key=f"{name}-budget",
        help=t("For the whole run."),
    )
    currency = _choice(
        name,
        "currency",
        sorted({*currencies(clock.today()), plan.currency}),
        plan.currency,
        lambda code, _: code,
        t,
    )
    return {
        "budget": _exact(budget, plan.budget),
        "currency": currency,
        "start_date": _day(name, "start_date", plan.start_date, t) or plan.start_date,
        "end_date": _day(
            name, "end_date", plan.end_date, t, help=t("Empty: it runs until somebody ends it.")
        ),
    }


def _platform(name: str, plan: CampaignPlan, t: Language) -> str:
    offered = list(dict.fromkeys([plan.platform, *PLATFORMS])) if plan.platform else PLATFORMS
    chosen: str | None = st.selectbox(
        wording.field_name("platform", t),
        offered,
        format_func=lambda code: platform_name(code, t),
        accept_new_options=True,
        key=f"{name}-platform",
        help=t("Choose one, or type the name of another."),
    )
    if chosen is not None and chosen in offered:
        return chosen
    return "_".join((chosen or "").lower().split())


def _choice(name: str, field: str, options: Any, value: Any, say: Any, t: Language) -> Any:
    return st.selectbox(
        wording.field_name(field, t),
        options,
        index=options.index(value),
        format_func=lambda one: say(one, t),
        key=f"{name}-{field}",
    )


def _day(
    name: str, field: str, value: date | None, t: Language, help: str | None = None
) -> date | None:
    chosen = st.date_input(
        wording.field_name(field, t),
        value,
        format="YYYY-MM-DD",
        key=f"{name}-{field}",
        help=help,
    )
    return chosen if isinstance(chosen, date) else None


def _goals(name: str, plan: CampaignPlan, t: Language) -> tuple[Goal, ...]:
    st.markdown(f"**{t('Goals over the whole run')}**")
    st.caption(t("Leave empty what has no goal. Amounts are in the campaign's currency."))
    targets = {goal.kpi: goal.target for goal in plan.goals}
    with st.grid(4, min_column_width=150):
        typed = {kpi: target_field(name, kpi, targets.get(kpi), t) for kpi in GoalKpi}
    return tuple(Goal(kpi, target) for kpi, target in typed.items() if target is not None)


def target_field(name: str, kpi: GoalKpi, before: Decimal | None, t: Language) -> Decimal | None:
    """A field for one goal; rates are typed in percent and kept as shares."""
    unit = KPI_OF[kpi].unit
    factor = 100 if unit is Unit.SHARE else 1
    sign = {Unit.SHARE: " (%)", Unit.MULTIPLE: " (×)"}.get(unit, "")
    typed = st.number_input(
        wording.goal_name(kpi, t) + sign,
        value=None if before is None else float(before * factor),
        min_value=0.0,
        step=1.0 if unit is Unit.COUNT else 0.1,
        format=f"%.{_DECIMALS[unit]}f",
        key=f"{name}-goal-{kpi}",
        help=t(KPI_OF[kpi].formula),
    )
    if typed is None:
        return None
    return _exact(typed, (before or Decimal(0)) * factor) / factor


def _exact(typed: float | None, before: Decimal) -> Decimal:
    """The amount as it was typed; one left alone keeps digits that a float cannot hold."""
    if typed is None:
        return Decimal(0)
    return before if typed == float(before) else Decimal(str(typed))
