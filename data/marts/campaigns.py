"""Campaign figures from the star schema: only the columns a question needs, summed in DuckDB.

Whoever asks about all campaigns is answered from the sums by day; whoever asks about some,
from their own days; campaigns against one another, from blocks of days.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from core.campaigns.changes import WeeklySeries
from core.campaigns.kpis import Totals
from core.campaigns.periods import Span
from core.campaigns.schemas import (
    CampaignChoice,
    CampaignProfile,
    Choices,
    CurrencyChoice,
    Day,
    Dimension,
    Slice,
    View,
)
from data.marts import campaign_ranking, campaign_slices, campaign_weeks
from data.marts.campaign_profile import profile
from data.marts.campaign_rows import SUMS, Readable, among, condition, source
from data.marts.days import day_of

CAMPAIGNS_OFFERED = 500  # by spend; any other can still be asked for by its label

_LABEL = """CASE WHEN count(*) OVER (PARTITION BY campaign_name) > 1
    THEN campaign_name || ' (' || platform || ', ' || external_id || ')'
    ELSE campaign_name END"""
_LABELLED = f"""(SELECT campaign_id, platform, campaign_type, spent, {_LABEL} AS label
    FROM (SELECT campaign_id, max(spend) AS spent
          FROM (SELECT campaign_id, currency, sum(spend)::DOUBLE AS spend
                FROM agg_campaign_year GROUP BY 1, 2)
          GROUP BY 1)
    JOIN dim_campaign USING (campaign_id))"""


class CampaignMart:
    """Implements :class:`core.campaigns.ports.CampaignFigures` on the warehouse."""

    def __init__(self, warehouse: Readable) -> None:
        self._warehouse = warehouse

    def choices(self) -> Choices | None:
        """What there is to filter by; ``None`` while no row was imported."""
        spans = self._warehouse.rows(
            """SELECT currency, min(first_date_id), max(last_date_id), max(created_at)
               FROM agg_campaign_year
               GROUP BY 1 ORDER BY max(last_date_id) DESC, sum(days) DESC, 1"""
        )
        if not spans:
            return None
        groups = self._warehouse.rows(
            f"SELECT platform, campaign_type, sum(spent), count(*) FROM {_LABELLED} GROUP BY 1, 2"
        )
        return Choices(
            currencies=tuple(
                CurrencyChoice(code, Span(day_of(first), day_of(last)))
                for code, first, last, _ in spans
            ),
            platforms=_by_spend((row[0], row[2]) for row in groups),
            types=_by_spend((row[1], row[2]) for row in groups),
            campaigns=self._labelled("true", [], CAMPAIGNS_OFFERED),
            imported_at=max(row[3] for row in spans),
        )

    def campaigns_with(
        self, labels: Sequence[str], campaign_ids: Sequence[int]
    ) -> tuple[CampaignChoice, ...]:
        """The campaigns that have one of these labels or ids, those with most spend first."""
        by_label, values = among("label", labels)
        by_id, ids = among("campaign_id", campaign_ids)
        return self._labelled(f"({by_label} OR {by_id})", [*values, *ids])

    def _labelled(
        self, holds: str, params: Sequence[Any], limit: int | None = None
    ) -> tuple[CampaignChoice, ...]:
        rows = self._warehouse.rows(
            f"""SELECT campaign_id, label FROM {_LABELLED} WHERE {holds}
                ORDER BY spent DESC, campaign_id {f"LIMIT {limit}" if limit else ""}""",
            params,
        )
        return tuple(CampaignChoice(*row) for row in rows)

    def campaign(self, campaign_id: int) -> CampaignProfile | None:
        """What one campaign is; ``None`` where no campaign has this id."""
        return profile(self._warehouse, campaign_id)

    def first_day(self, view: View) -> date | None:
        """The first day ever that has a row of the view's currency and filters."""
        holds, params = condition(view, Span(date.min, view.span.end))
        sql = f"SELECT min(date_id) FROM {source(view)} WHERE {holds}"
        ((first,),) = self._warehouse.rows(sql, params)
        return day_of(first) if first else None

    def daily(self, view: View) -> list[Day]:
        """Sums by day over the view's span and the days compared with, in order of days."""
        now, params = condition(view, view.span)
        earlier, values = condition(view, view.earlier)
        rows = self._warehouse.rows(
            f"""SELECT date_id, {SUMS} FROM {source(view)}
                WHERE ({now}) OR ({earlier}) GROUP BY 1 ORDER BY 1""",
            [*params, *values],
        )
        return [Day(day_of(row[0]), Totals(*row[1:])) for row in rows]

    def slices(self, view: View, by: Dimension, limit: int) -> tuple[list[Slice], int]:
        """The ``limit`` slices with most spend, and how many slices there are; see the port."""
        if by is Dimension.CAMPAIGN and not view.campaign_ids:
            return campaign_ranking.slices(self._warehouse, view, limit)
        return campaign_slices.slices(self._warehouse, view, by, limit)

    def shows_sample(self, view: View) -> bool:
        """Whether any campaign with rows in the view's span belongs to the sample world."""
        holds, params = condition(view, view.span)
        sql = f"SELECT 1 FROM {source(view)} WHERE {holds} AND is_sample LIMIT 1"
        return bool(self._warehouse.rows(sql, params))

    def weekly(self, view: View, weeks: int, limit: int) -> list[WeeklySeries]:
        """Spend and revenue by week of the campaigns with most spend; see the port."""
        return campaign_weeks.weekly(self._warehouse, view, weeks, limit)


def _by_spend(pairs: Iterable[tuple[Any, float]]) -> tuple[Any, ...]:
    """The distinct first members, by the sum of the second, largest first."""
    sums: dict[Any, float] = {}
    for value, spend in pairs:
        sums[value] = sums.get(value, 0.0) + spend
    return tuple(sorted(sums, key=lambda value: (-sums[value], value or "")))
