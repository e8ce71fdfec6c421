"""Where a question about campaigns finds its rows, and the conditions that a view means.

Every source has the same columns, so that one query serves all: date_id, currency, platform,
campaign_type, is_sample and the sums; those that know single campaigns also campaign_id and
campaign_name, and those of parts of campaigns part_id and part_name.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from core.campaigns.periods import Span
from core.campaigns.schemas import Dimension, View
from data.marts.days import date_id


class Readable(Protocol):
    """The part of the warehouse that campaign figures are read from."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of one query against one generation."""


# In the order of Totals' fields.
SUMS = """
    sum(impressions)::BIGINT, sum(clicks)::BIGINT, sum(spend)::DOUBLE, sum(conversions)::DOUBLE,
    sum(conversions_value)::DOUBLE, coalesce(sum(spend_with_conversions), 0)::DOUBLE,
    coalesce(sum(clicks_with_conversions), 0)::BIGINT,
    coalesce(sum(spend_with_value), 0)::DOUBLE"""

DAY = "make_date(date_id // 10000, date_id // 100 % 100, date_id % 100)"

MEASURES = """impressions, clicks, spend, conversions, conversions_value,
    spend_with_conversions, clicks_with_conversions, spend_with_value"""

OF_FACT = """impressions, clicks, spend, conversions, conversions_value,
    CASE WHEN conversions IS NOT NULL THEN spend END AS spend_with_conversions,
    CASE WHEN conversions IS NOT NULL THEN clicks END AS clicks_with_conversions,
    CASE WHEN conversions_value IS NOT NULL THEN spend END AS spend_with_value"""

_OF_CAMPAIGN = "f.campaign_id, c.campaign_name, c.platform, c.campaign_type, c.is_sample"
_CAMPAIGNS = f"""(SELECT {_OF_CAMPAIGN}, f.date_id, f.currency, {OF_FACT}
    FROM agg_campaign_day AS f JOIN dim_campaign AS c USING (campaign_id))"""


def _parts(part: str) -> str:
    key = f"{part}_id"
    return f"""(SELECT {_OF_CAMPAIGN}, f.{key} AS part_id, p.name AS part_name,
        f.date_id, f.currency, {OF_FACT}
        FROM fact_{part}_performance AS f JOIN dim_campaign AS c USING (campaign_id)
        LEFT JOIN dim_{part} AS p USING ({key}))"""


_PARTS = {
    Dimension.AUDIENCE: _parts("audience"),
    Dimension.CREATIVE: _parts("creative"),
}


def source(view: View, by: Dimension | None = None) -> str:
    """The rows to sum for a view, cut by a dimension where one is given."""
    if by in _PARTS:
        return _PARTS[by]
    return _CAMPAIGNS if view.campaign_ids or by is Dimension.CAMPAIGN else "agg_day"


def condition(view: View, span: Span) -> tuple[str, list[Any]]:
    """What holds for a view's rows in ``span``, and the values it binds."""
    parts = ["currency = ? AND date_id BETWEEN ? AND ?"]
    params: list[Any] = [view.currency, date_id(span.start), date_id(span.end)]
    for column, chosen in (
        ("platform", view.platforms),
        ("campaign_type", view.types),
        ("campaign_id", view.campaign_ids),
    ):
        if chosen:
            holds, values = among(column, chosen)
            parts.append(holds)
            params += values
    return " AND ".join(parts), params


def among(column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """A condition that holds where the column has one of the values, of which one may be NULL."""
    given = [value for value in values if value is not None]
    options = [f"{column} IN ({', '.join('?' * len(given))})"] if given else []
    if len(given) < len(values):
        options.append(f"{column} IS NULL")
    return f"({' OR '.join(options) or 'false'})", given
