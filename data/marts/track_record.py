"""What accepted suggestions are judged by: days of campaigns and of the whole business."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.suggestion import Kind
from core.campaigns.periods import Span
from core.track_record.ports import BusinessSeries, CampaignKey, CampaignSeries
from data.marts.campaign_rows import Readable
from data.marts.days import date_id, day_of

Floats = NDArray[np.float64]

# What a plan shares out: creatives are shown more often, audiences are given more money.
_PARTS = {Kind.CREATIVE: ("creative", "impressions"), Kind.AUDIENCE: ("audience", "spend")}


class TrackMart:
    """Implements :class:`core.track_record.ports.TrackFigures` on the warehouse."""

    def __init__(self, warehouse: Readable) -> None:
        self._warehouse = warehouse

    def last_day(self, currency: str, campaign_ids: Collection[int] | None) -> date | None:
        """The last day with a row of these campaigns; see the port."""
        ((last,),) = self._warehouse.rows(
            f"""SELECT max(date_id) FROM fact_campaign_performance
                WHERE currency = ? AND {_among(campaign_ids)}""",
            [currency],
        )
        return day_of(last) if last else None

    def campaigns(self, campaign_ids: Collection[int]) -> Sequence[CampaignKey]:
        """Keys of campaigns; see the port."""
        rows = self._warehouse.rows(
            f"""SELECT campaign_id, campaign_name, platform, account_id, external_id,
                       campaign_type, is_sample
                FROM dim_campaign WHERE {_among(campaign_ids)} ORDER BY 1"""
        )
        return [CampaignKey(*row) for row in rows]

    def series(
        self, currency: str, span: Span, campaign_ids: Collection[int] | None
    ) -> CampaignSeries:
        """Days of the span; see the port."""
        rows = self._warehouse.rows(
            f"""SELECT CASE WHEN {_among(campaign_ids)} THEN campaign_id END AS asked, date_id,
                       sum(spend)::DOUBLE, sum(conversions_value)::DOUBLE,
                       sum(conversions)::DOUBLE,
                       coalesce(bool_or(conversions_value IS NULL AND spend > 0), false),
                       coalesce(bool_or(conversions IS NULL AND spend > 0), false)
                FROM fact_campaign_performance
                WHERE currency = ? AND date_id BETWEEN ? AND ? GROUP BY 1, 2""",
            [currency, date_id(span.start), date_id(span.end)],
        )
        return _laid_out(rows, span)

    def business(self, currency: str, span: Span) -> BusinessSeries | None:
        """The business over the same days; see the port."""
        rows = self._warehouse.rows(
            """SELECT date_id, revenue::DOUBLE, controls FROM fact_business_outcome
               WHERE currency = ? AND period_days = 1 AND date_id BETWEEN ? AND ?""",
            [currency, date_id(span.start), date_id(span.end)],
        )
        if not rows:
            return None
        revenue = np.full(span.days, np.nan)
        controls: dict[str, Floats] = {}
        for number, value, told in rows:
            at = (day_of(number) - span.start).days
            revenue[at] = np.nan if value is None else value
            for name, amount in (told or {}).items():
                known = controls.setdefault(name, np.full(span.days, np.nan))
                known[at] = np.nan if amount is None else float(amount)
        return BusinessSeries(revenue, controls)

    def parts(self, kind: Kind, currency: str, span: Span) -> Mapping[tuple[int, int], float]:
        """What each campaign gave to its part; see the port."""
        noun, measure = _PARTS[kind]
        rows = self._warehouse.rows(
            f"""SELECT campaign_id, {noun}_id, sum({measure})::DOUBLE
                FROM fact_{noun}_performance
                WHERE currency = ? AND date_id BETWEEN ? AND ? GROUP BY 1, 2""",
            [currency, date_id(span.start), date_id(span.end)],
        )
        return {(campaign, part): value or 0.0 for campaign, part, value in rows}


def _among(campaign_ids: Collection[int] | None) -> str:
    """Whole numbers of ours, so that nothing has to be bound; many of them make a long list."""
    if campaign_ids is None:
        return "true"
    return f"campaign_id IN ({', '.join(str(int(one)) for one in campaign_ids) or 'NULL'})"


def _laid_out(rows: Sequence[tuple[Any, ...]], span: Span) -> CampaignSeries:
    ids = sorted({row[0] for row in rows if row[0] is not None})
    column = {campaign: at for at, campaign in enumerate(ids)}
    spend, attributed = np.zeros((2, span.days, len(ids)))
    revenue, conversions, others = np.zeros((3, span.days))
    for asked, number, spent, earned, converted, no_revenue, no_conversions in rows:
        at = (day_of(number) - span.start).days
        if asked is None:
            others[at] += earned or 0.0
            continue
        spend[at, column[asked]] = spent or 0.0
        attributed[at, column[asked]] = earned or 0.0
        revenue[at] += np.nan if no_revenue else earned or 0.0
        conversions[at] += np.nan if no_conversions else converted or 0.0
    return CampaignSeries(span.start, tuple(ids), spend, attributed, revenue, conversions, others)
