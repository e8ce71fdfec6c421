"""A page of campaign figures as a file: every section a sheet, with units in the headings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from components import campaign_head, exports, filters, funnel, queries, viewer
from components.campaign_watch import export as watch_export
from components.exports import Cell, Export, Sheet
from components.labels import currency_unit, dimension_name, slice_name
from core.accounts.access import Area, Principal
from core.campaigns.kpis import KPIS, Kpi, Totals, Unit, relative_change
from core.campaigns.schemas import (
    Breakdown,
    CampaignPage,
    CampaignProfile,
    Choices,
    Dimension,
    Overview,
)
from core.i18n import Language

_ON_CAMPAIGNS = tuple(Dimension)
_ON_CAMPAIGN = (Dimension.AUDIENCE, Dimension.CREATIVE, Dimension.WEEKDAY)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a page is about: the first line of its files, and what it is cut by."""

    name: str
    title: str
    of: Choices | CampaignProfile
    dimensions: tuple[Dimension, ...]
    with_days: bool
    campaign_id: int | None = None


def of_campaigns(generation: int, choices: Choices, overview: Overview, t: Language) -> None:
    """The Export menu of the Campaigns page; the CSV holds the breakdown that is shown."""
    by = st.session_state.get("by") or _ON_CAMPAIGNS[0]
    first = (by, *(one for one in _ON_CAMPAIGNS if one is not by))
    _menu(generation, _Subject(t("Campaigns"), "campaigns", choices, first, False), overview, t)


def of_campaign(generation: int, profile: CampaignProfile, overview: Overview, t: Language) -> None:
    """The Export menu of one campaign's page; the CSV holds its days."""
    title = f"campaign_{profile.campaign_id}"
    subject = _Subject(profile.name, title, profile, _ON_CAMPAIGN, True, profile.campaign_id)
    _menu(generation, subject, overview, t)


def _menu(generation: int, subject: _Subject, overview: Overview, t: Language) -> None:
    span = overview.view.span

    def build(principal: Principal) -> Export:
        page = queries.campaign_page(
            principal, generation, overview.view, subject.dimensions, subject.with_days
        )
        watched = watch_export.sheets(principal, generation, overview.view, subject.campaign_id, t)
        told = (*sheets(page, t), *watched)
        return Export(_head(principal, generation, subject, page, t), told)

    exports.menu(
        f"{subject.title}_{span.start:%Y-%m-%d}_{span.end:%Y-%m-%d}",
        viewer.later(Area.CAMPAIGNS, build),
        t,
    )


def _head(
    principal: Principal, generation: int, subject: _Subject, page: CampaignPage, t: Language
) -> list[tuple[str, str]]:
    """The filters, the days compared and the date of the data, as name and value."""
    overview = page.overview
    find = partial(queries.campaigns_with, principal, generation)
    head = [
        (subject.name, ""),
        *filters.in_words(overview.view, find, t),
        (t("Compared with"), campaign_head.days_compared(overview, t)),
        (t("Data"), campaign_head.freshness(subject.of, overview.view, t)),
    ]
    if overview.shows_sample:
        head.append((t("Sample data"), t("Some of these campaigns are invented.")))
    return head


def sheets(page: CampaignPage, t: Language) -> tuple[Sheet, ...]:
    """Every section of the page, the most asked for first."""
    unit = currency_unit(page.overview.view.currency, t)
    cuts = [_cut(cut, unit, t) for cut in page.breakdowns]
    days = [_days(page, unit, t)] if page.days else []
    return (
        *days,
        *cuts[:1],
        _kpis(page, unit, t),
        _over_time(page.overview, unit, t),
        _funnel(page.overview, t),
        *cuts[1:],
    )


def heading(kpi: Kpi, unit: str, t: Language) -> str:
    """A KPI's name with the unit in which an export holds it."""
    units = {Unit.MONEY: unit, Unit.SHARE: t("share of 1"), Unit.MULTIPLE: "×"}
    return f"{t(kpi.label)} ({units[kpi.unit]})" if kpi.unit in units else t(kpi.label)


def _headings(unit: str, t: Language) -> list[str]:
    return [heading(kpi, unit, t) for kpi in KPIS]


def _cut(cut: Breakdown, unit: str, t: Language) -> Sheet:
    name = dimension_name(cut.by, t)
    rows: list[Sequence[Cell]] = [(name, *_headings(unit, t))]
    rows += [(slice_name(cut.by, one.label, t), *_figures(one.now)) for one in cut.slices]
    return Sheet(name, rows)


def _kpis(page: CampaignPage, unit: str, t: Language) -> Sheet:
    now = page.overview.now
    rows: list[Sequence[Cell]] = [("", *_headings(unit, t)), (t("This period"), *_figures(now))]
    for one in (page.overview, page.other):
        if one.before is not None:
            name = filters.against_name(one.view.against, t)
            rows.append((name, *_figures(one.before)))
            rows.append((f"{name}, {t('change (share of 1)')}", *_changes(now, one.before)))
    return Sheet(t("KPIs"), rows)


def _over_time(overview: Overview, unit: str, t: Language) -> Sheet:
    rows: list[Sequence[Cell]] = [(t("From"), t("To"), *_headings(unit, t))]
    rows += [
        (point.span.start.isoformat(), point.span.end.isoformat(), *_figures(point.now))
        for point in overview.points
    ]
    return Sheet(t("Over time"), rows)


def _funnel(overview: Overview, t: Language) -> Sheet:
    told = funnel.rows(funnel.stages(overview), overview.view.currency, t)
    return Sheet(t("Funnel"), [tuple(told[0]), *(tuple(row.values()) for row in told)])


def _days(page: CampaignPage, unit: str, t: Language) -> Sheet:
    rows: list[Sequence[Cell]] = [(t("Day"), *_headings(unit, t))]
    rows += [(day.date.isoformat(), *_figures(day.figures)) for day in page.days]
    return Sheet(t("Days"), rows)


def _figures(figures: Totals | None) -> list[Cell]:
    """All KPIs as numbers; an undefined one stays empty."""
    return [_rounded(kpi.value(figures)) if figures else None for kpi in KPIS]


def _changes(now: Totals | None, before: Totals) -> list[Cell]:
    values: list[Callable[[Totals], float | None]] = [kpi.value for kpi in KPIS]
    return [_rounded(relative_change(of(now), of(before))) if now else None for of in values]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
