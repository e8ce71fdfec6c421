"""From impressions to revenue: a bar a step, what comes through, and the same as a table."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.charts import card
from components.charts.campaign_funnel import figure, rate_text, stage_name, value_text
from components.charts.figure import Figure
from core.campaigns.funnel import Stage, Step, funnel
from core.campaigns.kpis import Totals, relative_change
from core.campaigns.schemas import Overview
from core.i18n import MISSING, Language, mark

_NARROWEST = 200
_RATES = {
    Step.CLICKS: (mark("Clicks per impression (CTR)"), mark("clicks ÷ impressions")),
    Step.CONVERSIONS: (
        mark("Conversions per click (CVR)"),
        mark("conversions ÷ clicks where conversions are reported"),
    ),
    Step.REVENUE: (mark("Revenue per conversion"), mark("revenue ÷ conversions")),
}


def show(overview: Overview, t: Language, draw: Callable[[Figure, str], None]) -> None:
    """The funnel in a card; ``draw`` draws it with the engine that the page uses."""
    steps, currency = stages(overview), overview.view.currency

    def table() -> None:
        _table(steps, currency, t)

    card.show(
        t("From impressions to revenue"),
        figure(steps, currency, t),
        "funnel",
        t,
        draw=draw,
        table=table,
    )
    revenue = steps[-1]
    st.caption(
        t(
            "On the scale of the bars ten times as many are one step further. Revenue: {revenue}, "
            "{rate} for each conversion.",
            revenue=value_text(revenue.step, revenue.now, currency, t),
            rate=rate_text(revenue.step, revenue.rate, currency, t),
        )
    )


def rates(overview: Overview, t: Language) -> None:
    """What comes of each step, a card each, against what is compared with."""
    with st.grid(len(_RATES), min_column_width=_NARROWEST):
        for stage in stages(overview):
            if stage.step in _RATES:
                _card(stage, overview.view.currency, t)


def _card(stage: Stage, currency: str, t: Language) -> None:
    label, formula = _RATES[stage.step]
    change = relative_change(stage.rate, stage.rate_before)
    st.metric(
        t(label),
        rate_text(stage.step, stage.rate, currency, t),
        None if change is None else t.percent(change, 1, signed=True),
        help=t(formula),
        border=True,
        height="stretch",
    )


def rows(steps: Sequence[Stage], currency: str, t: Language) -> list[dict[str, str]]:
    """The steps as texts; the same on the page and in an export."""
    return [
        {
            t("Step"): stage_name(stage.step, t),
            t("This period"): value_text(stage.step, stage.now, currency, t),
            t("For each of the step before"): rate_text(stage.step, stage.rate, currency, t),
            t("Compared with"): value_text(stage.step, stage.before, currency, t),
            t("Change"): t.percent(relative_change(stage.now, stage.before), 1, signed=True),
        }
        for stage in steps
    ]


def _table(steps: Sequence[Stage], currency: str, t: Language) -> None:
    told = rows(steps, currency, t)
    names = list(told[0])[1:]
    st.dataframe(
        told,
        hide_index=True,
        column_config={name: st.column_config.TextColumn(alignment="right") for name in names},
        placeholder=MISSING,
        alt=t("From impressions to revenue"),
    )


def stages(overview: Overview) -> tuple[Stage, ...]:
    """The steps of a view."""
    return funnel(overview.now or Totals(), overview.before)
