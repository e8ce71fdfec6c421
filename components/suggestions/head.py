"""What suggestions are asked for: a currency and how many days ahead, both in the address."""

from dataclasses import dataclass
from datetime import timedelta

import streamlit as st

from components import campaign_head, filters, queries
from core.accounts.access import Principal
from core.campaigns.evidence import Asked
from core.campaigns.learned import HORIZONS
from core.campaigns.periods import Span
from core.campaigns.schemas import Choices, View
from core.i18n import Language

_USUAL = 28
_DAYS_LOOKED_AT = 365  # of audiences, creatives and days of the week


@dataclass(frozen=True, slots=True)
class Wanted:
    """The currency with the days that its data has, and the days to plan for."""

    currency: str
    data: Span
    horizon_days: int

    @property
    def recent(self) -> Span:
        """The last days of the data, as many as are planned for."""
        first = self.data.end - timedelta(days=self.horizon_days - 1)
        return Span(max(first, self.data.start), self.data.end)

    def asked(self, country: str | None = None) -> Asked:
        """The same for optimizers that look at the last year."""
        first = self.data.end - timedelta(days=_DAYS_LOOKED_AT - 1)
        span = Span(max(first, self.data.start), self.data.end)
        return Asked(self.currency, span, horizon_days=self.horizon_days, country=country)


def show(principal: Principal, generation: int, choices: Choices, t: Language) -> Wanted:
    """How far the data reaches, the mark of sample data, and the filters."""
    fresh = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with st.container(horizontal=True, vertical_alignment="top"):
        days = _horizon(t)
        with st.container(width=220):
            currency = filters.currency_choice(choices.currencies, t)
    wanted = Wanted(currency.code, currency.span, days)
    with fresh:
        _fresh(principal, generation, choices, wanted, t)
    return wanted


def _fresh(
    principal: Principal, generation: int, choices: Choices, wanted: Wanted, t: Language
) -> None:
    st.caption(
        t(
            "Data through {day} · imported {when}",
            day=t.date(wanted.data.end),
            when=t.date(choices.imported_at.date() if choices.imported_at else None),
        ),
        width="content",
    )
    view = View(wanted.recent, wanted.currency)
    if queries.campaign_overview(principal, generation, view).shows_sample:
        campaign_head.sample_mark(t)


def _horizon(t: Language) -> int:
    filters.read_any_language("horizon", HORIZONS, _days, t)
    chosen = st.segmented_control(
        t("Plan for the next"),
        HORIZONS,
        default=_USUAL,
        required=True,
        format_func=lambda days: _days(days, t),
        key="horizon",
        bind="query-params",
    )
    return chosen or _USUAL


def _days(days: int, t: Language) -> str:
    return t.plural("{n} day", "{n} days", days)
