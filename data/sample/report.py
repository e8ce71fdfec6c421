"""Writes what was played as the files that connectors and a shop would deliver."""

import csv
import math
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from core.campaigns.optimizer.suggestion import Kind
from data.sample.business import BusinessDays, lift_tests, play_business, play_business_on
from data.sample.campaigns import CampaignDays
from data.sample.creatives import creatives_of
from data.sample.details import PartDays
from data.sample.mixes import Mix, Parts, parts_ahead, parts_of
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

_PART = (
    "date", "platform", "account_id", "campaign_id", "campaign_name", "currency",
    "impressions", "clicks", "spend", "conversions", "conversions_value",
)  # fmt: skip
_LIFT = (
    "campaign_id", "platform", "account_id", "start", "end", "spend_change",
    "lift", "lift_p05", "lift_p95", "currency",
)  # fmt: skip
_BUSINESS = ("date", "revenue", "orders", "promotion", "currency")
DETAIL_DAYS = 182  # platforms tell of advertisements and audiences for half a year


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


def write_details(
    folder: Path, seed: int, campaigns: list[CampaignDays], until: date
) -> list[Path]:
    """Write the last half-year by creative and by audience; gives the two files."""
    parts = [parts_of(seed, number, campaign) for number, campaign in enumerate(campaigns)]
    return _write_parts(folder, seed, campaigns, parts, until)


def write_details_ahead(
    folder: Path,
    seed: int,
    loaded: date,
    before: list[CampaignDays],
    after: list[CampaignDays],
    until: date,
    mixes: Sequence[Mix],
) -> list[Path]:
    """Write the days after ``loaded`` by creative and by audience, as the mixes share them."""
    new = days_until(until, (until - loaded).days)
    parts = [
        parts_ahead(seed, number, *each, new, mixes)
        for number, each in enumerate(zip(before, after, strict=True))
    ]
    return _write_parts(folder, seed, after, parts, until)


def _write_parts(
    folder: Path,
    seed: int,
    campaigns: list[CampaignDays],
    parts: Sequence[Sequence[Parts]],
    until: date,
) -> list[Path]:
    days = [day.isoformat() for day in days_until(until, DAYS)]
    rows: dict[Kind, list[tuple[object, ...]]] = {Kind.CREATIVE: [], Kind.AUDIENCE: []}
    for number, (campaign, of_campaign) in enumerate(zip(campaigns, parts, strict=True)):
        kinds = dict(creatives_of(seed, number, campaign.plan))
        for each in of_campaign:
            for part in each.days:
                is_creative = each.kind is Kind.CREATIVE
                told = (part.name, kinds[part.name]) if is_creative else (part.name,)
                rows[each.kind] += _part_rows(number, campaign, part, days, told)
    creative = (*_PART, "creative_name", "creative_type")
    audience = (*_PART, "audience_name")
    return [
        _write(folder / "sample-creatives.csv", creative, rows[Kind.CREATIVE]),
        _write(folder / "sample-audiences.csv", audience, rows[Kind.AUDIENCE]),
    ]


def write_business(
    folder: Path, seed: int, campaigns: list[CampaignDays], until: date
) -> list[Path]:
    """Write what the business took a day, and its lift tests; gives the two files."""
    days = [day.isoformat() for day in days_until(until, DAYS)]
    taken = _taken(days, play_business(seed, until, campaigns))
    tests = [
        (
            external_id(test.number),
            campaigns[test.number].plan.account[0],
            account_id(campaigns[test.number].plan),
            days[test.first],
            days[test.last],
            test.spend_change,
            *(f"{value:.2f}" for value in (test.lift, test.low, test.high)),
            CURRENCY,
        )
        for test in lift_tests(seed, campaigns)
    ]
    return [
        _write(folder / "sample-business.csv", _BUSINESS, taken),
        _write(folder / "sample-lift-tests.csv", _LIFT, tests),
    ]


def write_business_ahead(
    folder: Path,
    seed: int,
    loaded: date,
    before: list[CampaignDays],
    after: list[CampaignDays],
    until: date,
) -> Path:
    """Write what the business took on the days after ``loaded``, up to ``until``."""
    count = (until - loaded).days
    days = [day.isoformat() for day in days_until(until, count)]
    taken = _taken(days, play_business_on(seed, loaded, before, after, count))
    return _write(folder / "sample-business-ahead.csv", _BUSINESS, taken)


def _taken(days: Sequence[str], business: BusinessDays) -> list[tuple[object, ...]]:
    figures = zip(days, business.revenue, business.orders, business.promotion, strict=True)
    return [(day, f"{took:.2f}", n, promoted, CURRENCY) for day, took, n, promoted in figures]


def _part_rows(
    number: int,
    campaign: CampaignDays,
    part: PartDays,
    days: Sequence[str],
    told: tuple[str, ...],
) -> list[tuple[object, ...]]:
    plan = campaign.plan
    head = (plan.account[0], account_id(plan), external_id(number), plan.name, CURRENCY)
    return [
        (
            days[int(day)],
            *head,
            int(part.impressions[day]),
            int(part.clicks[day]),
            f"{part.spend[day]:.2f}",
            _or_empty(part.conversions[day], 0),
            _or_empty(part.revenue[day], 2),
            *told,
        )
        for day in campaign.reported.nonzero()[0]
        if day >= DAYS - DETAIL_DAYS
    ]


def _write(path: Path, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path
