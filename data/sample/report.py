"""Writes the played campaigns as the file an advertising connector would deliver."""

import csv
import math
from datetime import date
from pathlib import Path

from data.sample.campaigns import CampaignDays
from data.sample.plans import DAYS, Plan
from data.sample.seasons import days_until

CURRENCY = "USD"
_COLUMNS = (
    "source_relation",
    "date_day",
    "platform",
    "account_id",
    "account_name",
    "campaign_id",
    "campaign_name",
    "currency",
    "impressions",
    "clicks",
    "spend",
    "conversions",
    "conversions_value",
)


def account_id(plan: Plan) -> str:
    """The account's number at its platform; no real account is called so."""
    return f"sample-{plan.account[0]}"


def external_id(number: int) -> str:
    """The number under which the platform reports the campaign."""
    return f"sample-{number + 1:02d}"


def write_ads_report(path: Path, campaigns: list[CampaignDays], until: date) -> int:
    """Write one unified ad report, a row a campaign and day; gives the number of rows.

    Where tracking failed, conversions and their value are empty, never zero.
    """
    days = [day.isoformat() for day in days_until(until, DAYS)]
    rows = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for number, campaign in enumerate(campaigns):
            for row in _rows(number, campaign, days):
                writer.writerow(row)
                rows += 1
    return rows


def _rows(number: int, campaign: CampaignDays, days: list[str]) -> list[tuple[object, ...]]:
    plan = campaign.plan
    platform, account_name = plan.account
    head = (account_id(plan), account_name, external_id(number), plan.name, CURRENCY)
    return [
        (
            "sample",
            days[day],
            platform,
            *head,
            int(campaign.impressions[day]),
            int(campaign.clicks[day]),
            f"{campaign.spend[day]:.2f}",
            _or_empty(campaign.conversions[day], 0),
            _or_empty(campaign.revenue[day], 2),
        )
        for day in campaign.reported.nonzero()[0]
    ]


def _or_empty(value: float, digits: int) -> str:
    return "" if math.isnan(value) else f"{value:.{digits}f}"
