"""Plays the sample campaigns on, past the world's last day, true to the same response.

A day's luck depends on the campaign and the day alone, so that a week and another week are
the same as a fortnight. What people decided changes spend; all else follows from that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from core.campaigns.models import CampaignStatus
from data.sample.campaigns import CampaignDays
from data.sample.mixes import Mix, effects
from data.sample.plans import DAYS, TRAITS, Plan
from data.sample.response import Days
from data.sample.seasons import holidays, weekly, yearly

_STREAM = 9
_RECENT = 28  # days whose rates go on
_WANDER = 0.05
_LUCK = 0.10
_GROWN = 1.075  # what daily spend has grown to by the world's last day


@dataclass(frozen=True, slots=True)
class Budget:
    """From ``since`` on, the campaign with this number spends so much a day, in USD."""

    number: int
    since: date
    daily: float


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """From ``since`` on, spend of these campaigns is multiplied by weekday, Monday to Sunday."""

    numbers: frozenset[int]
    since: date
    factors: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided since the world's last day, in the order of its days."""

    budgets: Sequence[Budget] = ()
    weeks: Sequence[WeekPlan] = ()
    mixes: Sequence[Mix] = ()


def play_on(
    seed: int, until: date, campaigns: Sequence[CampaignDays], days: int, decided: Decided
) -> list[CampaignDays]:
    """The campaigns over the :data:`DAYS` that end ``days`` after ``until``.

    ``reported`` holds for the new days only; the old ones are as they were.
    """
    new = [until + timedelta(days=ahead) for ahead in range(1, days + 1)]
    return [_on(seed, number, one, new, decided) for number, one in enumerate(campaigns)]


def _on(
    seed: int, number: int, played: CampaignDays, new: list[date], decided: Decided
) -> CampaignDays:
    rngs = [np.random.default_rng((seed, _STREAM, number, at)) for at in range(len(new))]
    spend = np.concatenate([played.spend, _spend(number, played, new, decided, rngs)])
    demand = _demand(played.plan, new, rngs)
    more_clicks, more_conversions = effects(seed, number, played, new, decided.mixes)
    expected = played.response.conversions(spend)[DAYS:] * demand * more_conversions
    conversions = np.array([float(r.poisson(e)) for r, e in zip(rngs, expected, strict=True)])
    revenue = np.array(
        [
            round(played.value * float(r.gamma(8.0 * max(c, 1e-9))) / 8.0, 2)
            for r, c in zip(rngs, conversions, strict=True)
        ]
    )
    impressions = np.round(spend[DAYS:] * _ratio(played.impressions, played.spend)).astype(np.int64)
    rate = _ratio(played.clicks, played.impressions)
    drawn = zip(rngs, impressions * rate * more_clicks, strict=True)
    clicks = np.minimum([r.poisson(mean) for r, mean in drawn], impressions)
    reported = np.zeros(DAYS, dtype=bool)
    reported[DAYS - len(new) :] = (spend[DAYS:] > 0) | (conversions > 0)
    return replace(
        played,
        reported=reported,
        spend=spend[-DAYS:],
        impressions=np.concatenate([played.impressions, impressions])[-DAYS:],
        clicks=np.concatenate([played.clicks, clicks])[-DAYS:],
        conversions=np.concatenate([played.conversions, conversions])[-DAYS:],
        revenue=np.concatenate([played.revenue, revenue])[-DAYS:],
        earned=np.concatenate([played.earned, revenue])[-DAYS:],
        demand=np.concatenate([played.demand, demand * more_conversions])[-DAYS:],
    )


def _spend(
    number: int,
    played: CampaignDays,
    new: list[date],
    decided: Decided,
    rngs: list[np.random.Generator],
) -> Days:
    plan = played.plan
    profile = weekly(new, TRAITS[plan.kind].week)
    season = np.sqrt(yearly(new, 0.12) * holidays(new))
    runs = plan.last <= 0 and plan.status is CampaignStatus.ACTIVE
    natural = played.daily_budget * _GROWN * season * _story(plan, "spend") * runs
    for budget in decided.budgets:
        if budget.number == number:
            natural = np.where([day >= budget.since for day in new], budget.daily, natural)
    for week in decided.weeks:
        if number in week.numbers:
            factor = np.array([week.factors[day.weekday()] for day in new])
            natural = natural * np.where([day >= week.since for day in new], factor, 1.0)
    wander = np.array([rng.lognormal(0, _WANDER) for rng in rngs])
    spend: Days = np.round(natural * profile * wander, 2)
    return spend


def _demand(plan: Plan, new: list[date], rngs: list[np.random.Generator]) -> Days:
    luck = np.array([rng.lognormal(0, _LUCK) for rng in rngs])
    going_on = _story(plan, "cvr") * _story(plan, "ctr")
    demand: Days = yearly(new, 0.12) * holidays(new) * going_on * luck
    return demand


def _story(plan: Plan, what: str) -> float:
    """What changed and was not over on the world's last day, goes on."""
    factors = [one.factor for one in plan.stories if one.what == what and one.until == 0]
    return float(np.prod(factors)) if factors else 1.0


def _ratio(of: Days | np.ndarray, by: Days | np.ndarray) -> float:
    """Sums of the recent days over one another."""
    return float(of[-_RECENT:].sum() / max(float(by[-_RECENT:].sum()), 1e-9))
