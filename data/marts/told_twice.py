"""Which days of campaigns two reports tell, from the table that settles them."""

from typing import Any

from core.campaigns.schemas import View
from core.campaigns.told_twice import Sources, ToldTwice
from data.marts.campaign_rows import Readable, among

_ANALYTICS = "google_analytics"


class SourceMart:
    """Implements :class:`core.campaigns.told_twice.SourceFigures` on the warehouse."""

    def __init__(self, warehouse: Readable) -> None:
        self._warehouse = warehouse

    def sources(self, view: View | None = None) -> Sources:
        """Days told twice by platform, most days first, and analytics' own campaigns."""
        holds, params = _condition(view)
        rows = self._warehouse.rows(
            f"""SELECT platform, count(DISTINCT campaign_id), count(*),
                    coalesce(sum(conversions) FILTER (NOT fills), 0)::DOUBLE,
                    count(*) FILTER (fills), coalesce(sum(conversions) FILTER (fills), 0)::DOUBLE
                FROM agg_told_twice WHERE {holds} GROUP BY 1 ORDER BY 3 DESC, 1""",
            params,
        )
        ((alone,),) = self._warehouse.rows(
            """SELECT count(DISTINCT campaign_id)
               FROM agg_campaign_year INNER JOIN dim_campaign USING (campaign_id)
               WHERE platform = ?""",
            [_ANALYTICS],
        )
        return Sources(tuple(ToldTwice(*row) for row in rows), alone)


def _condition(view: View | None) -> tuple[str, list[Any]]:
    if view is None:
        return "true", []
    parts = ["date BETWEEN ? AND ? AND platform_currency = ?"]
    params: list[Any] = [view.span.start, view.span.end, view.currency]
    for column, chosen in (
        ("platform", view.platforms),
        ("platform_campaign_id", view.campaign_ids),
    ):
        if chosen:
            told, values = among(column, chosen)
            parts.append(told)
            params += values
    return " AND ".join(parts), params
