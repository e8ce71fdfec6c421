"""What the sample business takes a day, most of it without advertising, and its experiments."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from data.sample.campaigns import CampaignDays
from data.sample.plans import DAYS
from data.sample.response import Days
from data.sample.seasons import days_until, holidays, weekly, yearly

_STREAM = 6
_MEDIA_SHARE = 0.3  # of all revenue; the rest comes by itself
_GROWTH = 0.1  # of the rest, over the whole time
_WEEK = (1.05, 1.02, 1.0, 1.0, 0.98, 0.95, 1.0)
_PROMOTION_DAYS, _PROMOTION_EVERY, _PROMOTED = 4, 36, 0.22
_NOISE = 0.05
_ORDER = 104.0  # USD
_PERIODS_AFTER = 8  # in which a test still shows
_HALF_WIDTH = 0.2  # of a test's 90% interval, as a share of the lift
_NINETY = 1.645  # standard deviations to each side that hold 90% of a normal distribution
_TESTS = (  # campaign, days ago of its first and last day, change of spend
    ("Brand search", 88, 61, -0.5),
    ("Social: change of career", 130, 103, 0.4),
)


@dataclass(frozen=True, slots=True)
class BusinessDays:
    """Total revenue in USD, orders, and whether there was a promotion, a value a day."""

    revenue: Days
    orders: NDArray[np.int64]
    promotion: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LiftTest:
    """What was measured when a campaign's spend was changed; the truth is ``expected``."""

    number: int  # of the campaign
    first: int  # index of the first and last day
    last: int
    spend_change: float
    lift: float
    low: float
    high: float
    expected: float


def play_business(seed: int, until: date, campaigns: list[CampaignDays]) -> BusinessDays:
    """The business's days that end with ``until``; advertising brings what the campaigns earned."""
    rng = np.random.default_rng((seed, _STREAM))
    earned = np.sum([one.earned for one in campaigns], axis=0)
    begun = int(rng.integers(_PROMOTION_EVERY))
    rest, promotion = _rest(days_until(until, DAYS), np.arange(DAYS), begun, earned.mean())
    revenue = np.round(rest * rng.lognormal(0, _NOISE, DAYS) + earned, 2)
    return BusinessDays(revenue, rng.poisson(revenue / _ORDER), promotion)


def play_business_on(
    seed: int, until: date, before: list[CampaignDays], after: list[CampaignDays], days: int
) -> BusinessDays:
    """The ``days`` that follow ``until``; a day's luck depends on the day alone.

    ``after`` are the campaigns of ``before`` played on by as many days.
    """
    begun = int(np.random.default_rng((seed, _STREAM)).integers(_PROMOTION_EVERY))
    usual = np.sum([one.earned for one in before], axis=0).mean()
    earned = np.sum([one.earned[-days:] for one in after], axis=0)
    new = days_until(until + timedelta(days=days), days)
    rest, promotion = _rest(new, DAYS + np.arange(days), begun, usual)
    rngs = [np.random.default_rng((seed, _STREAM + 4, day)) for day in range(days)]
    noise = np.array([rng.lognormal(0, _NOISE) for rng in rngs])
    revenue = np.round(rest * noise + earned, 2)
    orders = np.array([r.poisson(v / _ORDER) for r, v in zip(rngs, revenue, strict=True)])
    return BusinessDays(revenue, orders, promotion)


def _rest(
    days: list[date], number: NDArray[np.int64], begun: int, usual: float
) -> tuple[Days, NDArray[np.int64]]:
    """What comes without advertising before luck, and whether there is a promotion, by day."""
    promotion = ((number + begun) % _PROMOTION_EVERY < _PROMOTION_DAYS).astype(np.int64)
    season = yearly(days, 0.12) * holidays(days) * weekly(days, _WEEK)
    growth = 1.0 + _GROWTH * (number / DAYS - 0.5)
    level = usual * (1.0 - _MEDIA_SHARE) / _MEDIA_SHARE
    rest: Days = level * season * growth * (1.0 + _PROMOTED * promotion)
    return rest, promotion


def incremental(campaign: CampaignDays, spend: Days) -> Days:
    """Revenue that ``spend`` is expected to bring a campaign, a value a day, in USD."""
    return campaign.response.conversions(spend) * campaign.demand * campaign.value


def lift_tests(seed: int, campaigns: list[CampaignDays]) -> list[LiftTest]:
    """The experiments of the world, each measured to a fifth up or down."""
    rng = np.random.default_rng((seed, _STREAM + 1))
    numbers = {one.plan.name: number for number, one in enumerate(campaigns)}
    return [
        _measured(numbers[name], campaigns[numbers[name]], since, until, change, rng)
        for name, since, until, change in _TESTS
    ]


def _measured(
    number: int,
    campaign: CampaignDays,
    since: int,
    until: int,
    change: float,
    rng: np.random.Generator,
) -> LiftTest:
    first, last = DAYS - 1 - since, DAYS - 1 - until
    changed = campaign.spend.copy()
    changed[first : last + 1] *= 1.0 + change
    more = incremental(campaign, changed) - incremental(campaign, campaign.spend)
    expected = float(more[first : last + 1 + _PERIODS_AFTER].sum())
    half = _HALF_WIDTH * abs(expected)
    lift = expected + half / _NINETY * float(rng.normal())
    return LiftTest(number, first, last, change, lift, lift - half, lift + half, expected)
