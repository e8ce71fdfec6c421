"""Campaign figures as a document reads them, each with the query it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.campaigns.periods import Span


@dataclass(frozen=True, slots=True)
class Scope:
    """Which figures: a period, campaigns (none named means all), and one currency."""

    period: Span
    campaign_ids: tuple[int, ...]
    currency: str


@dataclass(frozen=True, slots=True)
class Measures:
    """Sums over some days and campaigns, exact; ``None`` is *not reported*, never zero.

    Not every platform reports conversions or revenue. The three ``…_with_…`` sums cover
    only rows that do, so that a ratio never divides one set of campaigns by another.
    """

    impressions: int | None = None
    clicks: int | None = None
    spend: Decimal | None = None
    conversions: Decimal | None = None
    revenue: Decimal | None = None
    spend_with_revenue: Decimal | None = None
    spend_with_conversions: Decimal | None = None
    clicks_with_conversions: int | None = None

    @property
    def roas(self) -> Decimal | None:
        """Return on ad spend: revenue for each unit of spend."""
        return ratio(self.revenue, self.spend_with_revenue)

    @property
    def cpa(self) -> Decimal | None:
        """Cost per acquisition: spend for each conversion, in the currency."""
        return ratio(self.spend_with_conversions, self.conversions)

    @property
    def ctr(self) -> Decimal | None:
        """Click-through rate: clicks for each impression (0–1)."""
        return ratio(self.clicks, self.impressions)

    @property
    def cvr(self) -> Decimal | None:
        """Conversion rate: conversions for each click (a share)."""
        return ratio(self.conversions, self.clicks_with_conversions)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day's sums."""

    day: date
    spend: Decimal | None
    revenue: Decimal | None


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """One campaign's sums over the period."""

    campaign_id: int
    name: str
    platform: str
    measures: Measures
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures came from: the query, its parameters, and a hash of the rows it gave."""

    query: str
    parameters: tuple[Any, ...]
    rows: int
    rows_sha256: str


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """Everything a campaign report reads, all from one lake generation.

    ``data_from`` and ``data_until`` are the first and last day the chosen campaigns have in
    this currency at all. ``previous`` is ``None`` when the data does not reach back to the
    start of the period before: half a period would mislead. ``sources`` has the keys
    totals, previous, daily, campaigns and coverage.
    """

    generation: int
    data_from: date | None
    data_until: date | None
    totals: Measures
    previous: Measures | None
    daily: tuple[DayFigures, ...]
    campaigns: tuple[CampaignFigures, ...]
    other_currencies: tuple[str, ...]
    sources: Mapping[str, Source]


def ratio(part: int | Decimal | None, whole: int | Decimal | None) -> Decimal | None:
    """``part / whole``, or ``None`` when either is unknown or the whole is zero."""
    if part is None or not whole:
        return None
    return Decimal(part) / Decimal(whole)
