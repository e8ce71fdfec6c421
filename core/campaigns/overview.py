"""The use case behind the Campaigns page: one view's figures against earlier ones."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from functools import reduce

from core.accounts.access import Area, Principal
from core.campaigns.kpis import Totals
from core.campaigns.periods import Span
from core.campaigns.ports import CampaignFigures
from core.campaigns.schemas import (
    Breakdown,
    CampaignChoice,
    Choices,
    Day,
    Dimension,
    Overview,
    Point,
    View,
)

BREAKDOWN_ROWS = 100


def read_choices(principal: Principal, figures: CampaignFigures) -> Choices | None:
    """What the person may filter by; ``None`` while nothing was imported."""
    principal.require(Area.CAMPAIGNS)
    return figures.choices()


def find_campaigns(
    principal: Principal,
    figures: CampaignFigures,
    labels: Sequence[str] = (),
    campaign_ids: Sequence[int] = (),
) -> tuple[CampaignChoice, ...]:
    """The campaigns that have one of these labels or ids."""
    principal.require(Area.CAMPAIGNS)
    return tuple(figures.campaigns_with(labels, campaign_ids))


def read_overview(principal: Principal, figures: CampaignFigures, view: View) -> Overview:
    """A view's totals, those of the days compared with, and the course of both."""
    principal.require(Area.CAMPAIGNS)
    days = figures.daily(view)
    first_day = figures.first_day(view)
    before = view.earlier if _comparable(view, first_day) else None
    earlier = before.bins if before else (None,) * len(view.span.bins)
    points = tuple(
        Point(
            bin_, _course(days, bin_, first_day), _course(days, then, first_day) if then else None
        )
        for bin_, then in zip(view.span.bins, earlier, strict=True)
    )
    return Overview(
        view,
        total(days, view.span),
        total(days, before) if before else None,
        points,
        figures.shows_sample(view),
    )


def read_breakdown(
    principal: Principal,
    figures: CampaignFigures,
    view: View,
    by: Dimension,
    limit: int = BREAKDOWN_ROWS,
) -> Breakdown:
    """The view cut by a dimension, the most expensive slices first."""
    principal.require(Area.CAMPAIGNS)
    slices, count = figures.slices(view, by, limit)
    return Breakdown(by, tuple(slices), count, _comparable(view, figures.first_day(view)))


def _comparable(view: View, first_day: date | None) -> bool:
    """Whether the view's own rows reach back over all the days compared with."""
    return first_day is not None and view.earlier.start >= first_day


def _course(days: Sequence[Day], span: Span, first_day: date | None) -> Totals | None:
    """Sum of a bin for a line over time; ``None`` before the first row and after the last.

    Between them a day without rows is a day on which nothing ran: the platforms leave such
    days out of their exports. So it counts as zero, of what is reported on other days.
    """
    found = total(days, span)
    if found or not days or first_day is None:
        return found
    if span.end < first_day or span.start > days[-1].date:
        return None
    conversions = any(day.figures.conversions is not None for day in days)
    revenue = any(day.figures.revenue is not None for day in days)
    return Totals(conversions=0.0 if conversions else None, revenue=0.0 if revenue else None)


def total(days: Sequence[Day], span: Span) -> Totals | None:
    """Sum of the days inside the span; ``None`` when there are none."""
    first = bisect_left(days, span.start, key=lambda day: day.date)
    past = bisect_right(days, span.end, key=lambda day: day.date)
    if first == past:
        return None
    return reduce(lambda one, other: one + other, (day.figures for day in days[first:past]))
