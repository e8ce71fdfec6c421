"""The filters of the Campaigns page; they live in the URL, so that a link shares the view."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from components.labels import currency_name, platform_name, type_name
from core.campaigns.periods import Against, Period, Span, named
from core.campaigns.schemas import (
    CampaignChoice,
    CampaignProfile,
    Choices,
    CurrencyChoice,
    View,
)
from core.i18n import LANGUAGES, Language, language, mark

_NARROWEST = 160
# Filters that hold one value.
_SINGLE = (
    "period",
    "against",
    "currency",
    "by",
    "capacity",
    "watch",
    "figure",
    "horizon",
    "country",
)
Find = Callable[[Sequence[str], Sequence[int]], Sequence[CampaignChoice]]
"""Finds campaigns by label or by id, also those that are not offered."""

_AGAINST = {
    Against.BEFORE: mark("Period before"),
    Against.YEAR: mark("Last year"),
}
_PERIODS = {
    Period.WEEK: mark("7d"),
    Period.FOUR_WEEKS: mark("28d"),
    Period.QUARTER: mark("90d"),
    Period.YEAR: mark("12m"),
    Period.CUSTOM: mark("Custom"),
}


def show(choices: Choices, find: Find, t: Language) -> View:
    """Draw the filters and give the view they mean.

    A value in the URL that does not exist is left out; an empty filter means everything.
    """
    when = st.container(horizontal=True, vertical_alignment="top")
    with st.grid(3 + (len(choices.currencies) > 1), min_column_width=_NARROWEST):
        platforms = several(
            t("Platform"), t("All platforms"), "platform", choices.platforms, platform_name, t
        )
        types = several(t("Type"), t("All types"), "type", choices.types, type_name, t)
        campaigns = _campaigns(choices, find, t)
        currency = currency_choice(choices.currencies, t)
    with when:
        span, against = _span(currency.span, t), _against(t)
    return View(span, currency.code, platforms, types, campaigns, against)


def of_campaign(profile: CampaignProfile, t: Language) -> View:
    """The filters of one campaign's page: its days, and its currency where it has several."""
    when = st.container(horizontal=True, vertical_alignment="top")
    with when:
        place = st.container(width="content")
        currency = currency_choice(profile.currencies, t)
    with place, st.container(horizontal=True, vertical_alignment="top"):
        span, against = _span(currency.span, t), _against(t)
    return View(span, currency.code, campaign_ids=(profile.campaign_id,), against=against)


def in_words(view: View, find: Find, t: Language) -> list[tuple[str, str]]:
    """The filters as name and value, for the head of an export."""
    chosen = find((), view.campaign_ids) if view.campaign_ids else ()
    return [
        (t("Period"), f"{t.date(view.span.start)} – {t.date(view.span.end)}"),
        (t("Currency"), currency_name(view.currency, t)),
        (
            t("Platform"),
            ", ".join(platform_name(p, t) for p in view.platforms) or t("All platforms"),
        ),
        (t("Type"), ", ".join(type_name(kind, t) for kind in view.types) or t("All types")),
        (t("Campaign"), ", ".join(one.label for one in chosen) or t("All campaigns")),
    ]


def _span(data: Span, t: Language) -> Span:
    """The days looked at: a named period up to the data's last day, or days of one's own."""
    read_any_language("period", list(Period), lambda period, to: to(_PERIODS[period]), t)
    period = st.segmented_control(
        t("Period"),
        list(Period),
        default=Period.FOUR_WEEKS,
        required=True,
        format_func=lambda period: t(_PERIODS[period]),
        key="period",
        bind="query-params",
    )
    if period is not Period.CUSTOM:
        return named(period or Period.FOUR_WEEKS, data.end)
    return _own_days(data, t)


def _against(t: Language) -> Against:
    """What the days are compared with."""
    read_any_language("against", list(Against), lambda against, to: to(_AGAINST[against]), t)
    chosen = st.segmented_control(
        t("Compared with"),
        list(Against),
        default=Against.BEFORE,
        required=True,
        format_func=lambda against: t(_AGAINST[against]),
        help=t("Last year: as many days, up to the same day a year earlier."),
        key="against",
        bind="query-params",
    )
    return chosen or Against.BEFORE


def against_name(against: Against, t: Language) -> str:
    """What figures are compared with, by name."""
    return t(_AGAINST[against])


def _own_days(data: Span, t: Language) -> Span:
    """Days of one's own; in the URL from the start, so that a link keeps them as time goes on."""
    usual = Span(max(named(Period.FOUR_WEEKS, data.end).start, data.start), data.end)
    if "days" not in st.session_state and "days" not in st.query_params:
        st.session_state["days"] = (usual.start, usual.end)
        st.query_params["days"] = [usual.start.isoformat(), usual.end.isoformat()]
    days = st.date_input(
        t("From and to"),
        [],
        min_value=data.start,
        max_value=data.end,
        format="YYYY-MM-DD",
        key="days",
        bind="query-params",
        width=270,
    )
    # While somebody picks, only the first day is there; a link may name the later one first.
    return Span(min(days), max(days)) if isinstance(days, tuple) and days else usual


def several(
    label: str,
    everything: str,
    key: str,
    options: Sequence[Any],
    name: Callable[[Any, Language], str],
    t: Language,
) -> tuple[Any, ...]:
    """Those of the options that are chosen, in their order; none is everything."""
    read_any_language(key, options, name, t)
    chosen = st.multiselect(
        label,
        options,
        format_func=lambda option: name(option, t),
        placeholder=everything,
        key=key,
        bind="query-params",
    )
    return tuple(option for option in options if option in chosen)


def _campaigns(choices: Choices, find: Find, t: Language) -> tuple[int, ...]:
    """The chosen campaigns; a link may name others than those offered."""
    known = {choice.label for choice in choices.campaigns}
    others = sorted(set(st.query_params.get_all("campaign")) - known)
    offered = [*choices.campaigns, *(find(others, ()) if others else ())]
    chosen: list[CampaignChoice] = st.multiselect(
        t("Campaign"),
        offered,
        format_func=lambda choice: choice.label,
        placeholder=t("All campaigns"),
        key="campaign",
        bind="query-params",
    )
    return tuple(choice.campaign_id for choice in chosen)


def currency_choice(offered: Sequence[CurrencyChoice], t: Language) -> CurrencyChoice:
    """The currency looked at; amounts in different currencies are never added."""
    if len(offered) == 1:
        return offered[0]
    read_any_language("currency", offered, lambda c, to: currency_name(c.code, to), t)
    return st.selectbox(
        t("Currency"),
        offered,
        format_func=lambda choice: currency_name(choice.code, t),
        help=t("Amounts in different currencies are never added."),
        key="currency",
        bind="query-params",
    )


def read_any_language(
    key: str, options: Sequence[Any], name: Callable[[Any, Language], str], t: Language
) -> None:
    """Let a link made in one language open in another: the URL holds the names as shown.

    Only on a first visit; afterwards the widget's own state leads.
    """
    linked = set(st.query_params.get_all(key))
    if key in st.session_state or linked <= {name(option, t) for option in options}:
        return
    known = {name(option, language(code)): option for code in LANGUAGES for option in options}
    found = [known[text] for text in sorted(linked) if text in known]
    if found:
        st.session_state[key] = found[0] if key in _SINGLE else found
