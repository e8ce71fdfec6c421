"""Plays the campaigns: a plan of spend becomes impressions, clicks, conversions and revenue."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from data.sample.plans import DAYS, PLANS, TRAITS, Plan, Story, Traits
from data.sample.response import Days, Response
from data.sample.seasons import days_until, holidays, weekly, yearly

_AFTERGLOW_DAYS = 14  # a campaign that ended is still reported while it brings conversions
_GROWTH = 0.15  # of daily spend, over the whole time
_STREAM = 1  # keeps these random numbers apart from the learners'


@dataclass(frozen=True, slots=True)
class CampaignDays:
    """One campaign as it was played, a value for each of the world's days.

    Money in USD. ``conversions`` and ``revenue`` are NaN where tracking failed, ``earned`` is
    the revenue all the same; ``reported`` says on which days the ad platform has a row at all.
    Revenue is expected to be ``response.conversions(spend) * demand * value``.
    """

    plan: Plan
    daily_budget: float
    response: Response
    reported: NDArray[np.bool_]
    spend: Days
    impressions: NDArray[np.int64]
    clicks: NDArray[np.int64]
    conversions: Days
    revenue: Days
    earned: Days
    demand: Days
    value: float


def play_campaigns(seed: int, until: date) -> list[CampaignDays]:
    """Play every plan over the days that end with ``until``; the same arguments, the same days."""
    days = days_until(until, DAYS)
    return [
        _play(plan, days, np.random.default_rng((seed, _STREAM, number)))
        for number, plan in enumerate(PLANS)
    ]


def _play(plan: Plan, days: list[date], rng: np.random.Generator) -> CampaignDays:
    traits = TRAITS[plan.kind]
    budget = plan.daily_budget * rng.lognormal(0, 0.08)
    value = plan.value * rng.uniform(0.95, 1.05)
    response = _response(traits, budget, plan.roas * rng.lognormal(0, 0.05), value)
    spend = _spend(plan, traits, budget, days, rng)
    impressions = _impressions(traits, budget, spend, days, rng)
    luck = rng.lognormal(0, 0.10, DAYS)  # good days are good for clicks and conversions alike
    attention = _story(plan.stories, "ctr") * luck
    rate = traits.ctr * rng.lognormal(0, 0.12)
    clicks = np.minimum(rng.poisson(impressions * rate * attention), impressions)
    demand = yearly(days, 0.12) * holidays(days) * _story(plan.stories, "cvr") * attention
    conversions = rng.poisson(response.conversions(spend) * demand).astype(np.float64)
    revenue = np.round(value * rng.gamma(8.0 * np.maximum(conversions, 1e-9)) / 8.0, 2)
    started = np.arange(DAYS) >= DAYS - 1 - plan.first
    running = np.arange(DAYS) <= DAYS - 1 - plan.last + _AFTERGLOW_DAYS
    reported = started & running & ((spend > 0) | (conversions > 0))
    gap = _between(*plan.tracking_gap) if plan.tracking_gap else np.zeros(DAYS, dtype=bool)
    earned = revenue.copy()
    conversions[gap] = revenue[gap] = np.nan
    told = (reported, spend, impressions, clicks, conversions, revenue)
    return CampaignDays(plan, budget, response, *told, earned, demand, value)


def _response(traits: Traits, budget: float, roas: float, value: float) -> Response:
    """The response that returns ``roas`` when the daily budget is spent day after day."""
    half = traits.saturation * budget
    reached = 1.0 / (1.0 + traits.saturation**traits.shape)
    return Response(traits.retention, half, traits.shape, budget * roas / value / reached)


def _spend(
    plan: Plan, traits: Traits, budget: float, days: list[date], rng: np.random.Generator
) -> Days:
    growth = 1.0 + _GROWTH * (np.arange(DAYS) / DAYS - 0.5)
    season = np.sqrt(yearly(days, 0.12) * holidays(days))
    wanted = budget * growth * season * weekly(days, traits.week) * _wander(rng)
    wanted *= _story(plan.stories, "spend")
    wanted[~_between(plan.first, plan.last)] = 0.0
    for pause in plan.pauses:
        wanted[_between(*pause)] = 0.0
    return np.round(wanted, 2)


def _wander(rng: np.random.Generator) -> Days:
    """A factor around one that drifts from day to day, as pacing by a platform does."""
    steps = rng.normal(0, 0.05, DAYS)
    level = np.empty(DAYS)
    now = 0.0
    for day, step in enumerate(steps):
        now = 0.7 * now + step
        level[day] = now
    return np.exp(level)


def _impressions(
    traits: Traits, budget: float, spend: Days, days: list[date], rng: np.random.Generator
) -> NDArray[np.int64]:
    """Impressions bought; they cost more when much is bought, and before Christmas."""
    crowded = np.array([1.2 if day.month in (11, 12) else 1.0 for day in days])
    pressure = np.power(np.maximum(spend / budget, 0.05), 0.12)
    price = traits.cpm * crowded * pressure * rng.lognormal(0, 0.06, DAYS)
    return np.round(spend / price * 1000).astype(np.int64)


def _story(stories: tuple[Story, ...], what: str) -> Days:
    factor = np.ones(DAYS)
    for story in stories:
        if story.what == what:
            factor[_between(story.since, story.until)] = story.factor
    return factor


def _between(since: int, until: int) -> NDArray[np.bool_]:
    """The days from ``since`` to ``until`` days before the last, both included."""
    ago = np.arange(DAYS - 1, -1, -1)
    return (ago <= since) & (ago >= until)
