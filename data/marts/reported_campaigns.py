"""Which campaigns are known from reports, and which of them have no record yet."""

from typing import Any

from core.campaigns.reported import ReportedCampaign
from data.marts.campaign_rows import Readable
from data.marts.days import day_of

MOST = 2000  # campaigns without a record, by spend

# Only the facts of campaigns in question are read, and only their own currency is summed.
_REPORTED = """
    WITH asked AS (SELECT * FROM dim_campaign WHERE {condition}),
    run AS (
        SELECT campaign_id, min(date_id) AS first_day, max(date_id) AS last_day,
            sum(f.spend) FILTER (f.currency = asked.currency)::DOUBLE AS spend
        FROM fact_campaign_performance AS f
        INNER JOIN asked USING (campaign_id)
        GROUP BY campaign_id
    )
    SELECT campaign_id, platform, account_id, account_name, external_id, campaign_name,
        campaign_type, currency, first_day, last_day, spend
    FROM asked LEFT JOIN run USING (campaign_id)
    ORDER BY spend DESC NULLS LAST, campaign_id
    LIMIT ?"""


class ReportedCampaignMart:
    """Implements :class:`core.campaigns.ports.ReportedCampaigns` on the warehouse."""

    def __init__(self, warehouse: Readable) -> None:
        self._warehouse = warehouse

    def without_record(self) -> list[ReportedCampaign]:
        """Campaigns that have no record, those with most spend first; see the port."""
        sql = _REPORTED.format(condition="record_id IS NULL")
        return [_campaign(row) for row in self._warehouse.rows(sql, [MOST])]

    def one(self, campaign_id: int) -> ReportedCampaign | None:
        """A campaign of the warehouse; ``None`` where it knows none of this number."""
        sql = _REPORTED.format(condition="campaign_id = ?")
        found = self._warehouse.rows(sql, [campaign_id, 1])
        return _campaign(found[0]) if found else None

    def with_figures(self, platform: str, account_id: str, external_id: str) -> int | None:
        """The number of the campaign of these keys when a day of it is reported."""
        known = self._warehouse.rows(
            """SELECT campaign_id FROM dim_campaign
               WHERE platform = ? AND account_id = ? AND external_id = ?""",
            [platform, account_id, external_id],
        )
        reported = "SELECT 1 FROM fact_campaign_performance WHERE campaign_id = ? LIMIT 1"
        return next((one for (one,) in known if self._warehouse.rows(reported, [one])), None)


def _campaign(row: tuple[Any, ...]) -> ReportedCampaign:
    first, last = row[8:10]
    return ReportedCampaign(
        campaign_id=row[0],
        platform=row[1],
        account_id=row[2],
        account_name=row[3],
        external_id=row[4],
        name=row[5],
        campaign_type=row[6],
        currency=row[7],
        first_day=day_of(first) if first else None,
        last_day=day_of(last) if last else None,
        spend=row[10],
    )
