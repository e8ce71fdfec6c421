"""What suggestions are made from: weeks of creatives and audiences, days of campaigns."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from core.campaigns.evidence import Asked, Counts, DailyCounts, DailySeries, PartCounts, Week
from data.marts.campaign_rows import Readable
from data.marts.days import date_id, day_of

# In the order of Counts' fields.
_SUMS = """
    sum(f.impressions)::DOUBLE, sum(f.clicks)::DOUBLE, sum(f.spend)::DOUBLE,
    sum(f.conversions)::DOUBLE, sum(f.conversions_value)::DOUBLE"""

_DAY = "make_date(f.date_id // 10000, f.date_id // 100 % 100, f.date_id % 100)"


class SuggestionMart:
    """Implements :class:`core.campaigns.ports.SuggestionFigures` on the warehouse."""

    def __init__(self, warehouse: Readable) -> None:
        self._warehouse = warehouse

    def creatives(self, asked: Asked) -> Sequence[PartCounts]:
        """Each creative's weeks; see the port."""
        return self._parts("creative", asked)

    def audiences(self, asked: Asked) -> Sequence[PartCounts]:
        """Each audience's weeks; see the port."""
        return self._parts("audience", asked)

    def days(self, asked: Asked) -> Sequence[DailySeries]:
        """Each campaign's days; see the port."""
        condition, params = _where(asked)
        rows = self._warehouse.rows(
            f"""SELECT f.campaign_id, c.campaign_name, f.date_id, {_SUMS}
                FROM fact_campaign_performance f JOIN dim_campaign c USING (campaign_id)
                WHERE {condition} GROUP BY ALL ORDER BY 1, 3""",
            params,
        )
        return [
            DailySeries(
                campaign_id,
                campaign,
                tuple(DailyCounts(day_of(row[2]), Counts(*row[3:])) for row in found),
            )
            for (campaign_id, campaign), found in _grouped(rows, 2)
        ]

    def _parts(self, noun: str, asked: Asked) -> list[PartCounts]:
        """Weeks counted back from the span's end, by what their rows report."""
        condition, params = _where(asked)
        rows = self._warehouse.rows(
            f"""SELECT f.{noun}_id, coalesce(d.name, '–'), f.campaign_id, c.campaign_name,
                       date_diff('day', {_DAY}, ?::DATE) // 7 AS weeks_ago, {_SUMS}
                FROM fact_{noun}_performance f
                JOIN dim_{noun} d USING ({noun}_id)
                JOIN dim_campaign c ON c.campaign_id = f.campaign_id
                WHERE {condition}
                GROUP BY 1, 2, 3, 4, 5, f.conversions IS NULL, f.conversions_value IS NULL
                ORDER BY 3, 1, 5, f.conversions IS NULL, f.conversions_value IS NULL""",
            [asked.span.end, *params],
        )
        return [
            PartCounts(
                part_id,
                name,
                campaign_id,
                campaign,
                tuple(Week(row[4], Counts(*row[5:])) for row in found),
            )
            for (part_id, name, campaign_id, campaign), found in _grouped(rows, 4)
        ]


def _grouped(
    rows: Sequence[tuple[Any, ...]], width: int
) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """Neighbouring rows that agree in their first ``width`` columns, with those columns."""
    for of, found in groupby(rows, key=itemgetter(*range(width))):
        yield of, list(found)


def _where(asked: Asked) -> tuple[str, list[Any]]:
    """The condition on the fact's rows, and the values it binds."""
    condition = "f.currency = ? AND f.date_id BETWEEN ? AND ?"
    params: list[Any] = [asked.currency, date_id(asked.span.start), date_id(asked.span.end)]
    if asked.campaign_ids is not None:
        places = ", ".join("?" * len(asked.campaign_ids)) or "NULL"
        condition += f" AND f.campaign_id IN ({places})"
        params += asked.campaign_ids
    return condition, params
