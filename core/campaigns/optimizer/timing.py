"""On which days of the week to spend, and what holidays did to what spend brought.

The shares of the weekdays move within every campaign by the same factors, so that no campaign
gets more than it had. See :mod:`.weekday_fit` for how a campaign's weekdays are learned and
:mod:`.weekdays` for how campaigns are pooled.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from core.campaigns.evidence import RECENT_WEEKS, Asked, DailySeries
from core.campaigns.optimizer import timing_words, weekdays
from core.campaigns.optimizer.basis import over_horizon, too_thin
from core.campaigns.optimizer.calendar import holidays_between
from core.campaigns.optimizer.holiday_effects import HolidayEffect, of_holidays
from core.campaigns.optimizer.pooling import Floats
from core.campaigns.optimizer.shifting import effect
from core.campaigns.optimizer.suggestion import (
    Action,
    Answer,
    Basis,
    Estimate,
    Kind,
    Measure,
    Suggestion,
)
from core.campaigns.optimizer.timing_words import WEEKDAYS
from core.campaigns.optimizer.week_plan import STEP, Plan, Weekly, plan_weeks
from core.campaigns.optimizer.weekday_fit import Factors, fit
from core.campaigns.optimizer.weeks import Weeks, by_week
from core.campaigns.optimizer.worth import Target

MIN_WEEKS = 6
MIN_CONVERSIONS = 100
MOST_COMPARED = 50  # campaigns, by spend
_SMALLEST_GAIN = 0.003  # of what is brought; below, the days are said to hardly differ


def suggest_timing(series: Sequence[DailySeries], asked: Asked) -> Answer:
    """Shares of spend by weekday, or what is missing to tell."""
    chosen = sorted(series, key=lambda one: (-_spend(one), one.campaign_id))[:MOST_COMPARED]
    scope = series[0].campaign if len(series) == 1 else ""
    target = _target(chosen)
    known, coming = _holidays(asked)
    weeks = [one for s in chosen if (one := by_week(s, target, known)) is not None]
    usable = [one for one in weeks if one.usable.any()]
    events = _events(chosen)
    reasons = timing_words.thinness(weeks, events, MIN_WEEKS, MIN_CONVERSIONS)
    if reasons:
        return too_thin(Kind.TIMING, scope, reasons, _basis(chosen, asked) if chosen else None)
    rng = np.random.default_rng(asked.seed)
    value = _value(chosen, target)
    factors = [fit(one, value) for one in usable]
    off, common = weekdays.surprises(factors)
    logs, retention, power = weekdays.draws(factors, common, rng)
    recent = [_recent_spend(one, asked) for one in usable]
    running = [i for i, spend in enumerate(recent) if spend.sum() > 0]
    if not running:
        stopped = [timing_words.nothing_runs()]
        return too_thin(Kind.TIMING, scope, stopped, _basis(chosen, asked))
    week = [
        _weekly(factors[i], recent[i], (logs[:, i], retention[:, i], power[:, i]), asked)
        for i in running
    ]
    plan = plan_weeks(week)
    found = of_holidays(known, off, rng)
    left_out = len(series) - len(running)
    return _suggestion(scope, target, plan, found, coming, left_out, _basis(chosen, asked), asked)


def _weekly(
    factors: Factors, recent: Floats, drawn: tuple[Floats, Floats, Floats], asked: Asked
) -> Weekly:
    """A campaign's week from its recent spend by weekday and its own draws."""
    spend = float(recent.sum())
    brings = _level(factors) * over_horizon(spend, asked)
    return Weekly(recent / spend, spend, brings, *drawn)


def _spend(one: DailySeries) -> float:
    return sum(day.counts.spend for day in one.days)


def _target(series: Sequence[DailySeries]) -> Target:
    """Revenue where it is told and above zero in all, otherwise conversions."""
    days = [day.counts.revenue for one in series for day in one.days]
    return Target.REVENUE if sum(v for v in days if v is not None) > 0 else Target.CONVERSIONS


def _events(series: Sequence[DailySeries]) -> float | None:
    """Conversions in all, ``None`` where no row tells any."""
    told = [d.counts.conversions for one in series for d in one.days]
    known = [conversions for conversions in told if conversions is not None]
    return sum(known) if known else None


def _value(series: Sequence[DailySeries], target: Target) -> float:
    """What one event at least counts: the revenue of a conversion, or 1."""
    if target is Target.CONVERSIONS:
        return 1.0
    days = [day.counts for one in series for day in one.days]
    revenue = sum(d.revenue for d in days if d.revenue is not None)
    conversions = sum(d.conversions or 0.0 for d in days if d.revenue is not None)
    return revenue / max(conversions, 1.0) if conversions else revenue / max(len(days), 1) / 100


def _holidays(asked: Asked) -> tuple[Mapping[date, str], Mapping[date, str]]:
    """The chosen country's holidays of the history, and those of the horizon."""
    if asked.country is None:
        return {}, {}
    end = asked.span.end
    coming = end + timedelta(days=1), end + timedelta(days=asked.horizon_days)
    return (
        holidays_between(asked.country, asked.span.start, end),
        holidays_between(asked.country, *coming),
    )


def _recent_spend(weeks: Weeks, asked: Asked) -> Floats:
    """Spend by weekday over the last four weeks of the span."""
    since = asked.span.end - timedelta(days=7 * RECENT_WEEKS - 1)
    recent = np.array([day >= since for day in weeks.days()]).reshape(-1, 7)
    spend: Floats = np.where(recent, weeks.spend, 0.0).sum(axis=0)
    return spend


def _level(one: Factors) -> float:
    """What a unit of spend brought on average, on usable days."""
    brought = one.weeks.brought[one.weeks.usable].sum()
    return float(brought / one.weeks.spend[one.weeks.usable].sum())


def _basis(series: Sequence[DailySeries], asked: Asked) -> Basis:
    by_day: dict[date, float] = {}
    for one in series:
        for day in one.days:
            by_day[day.date] = by_day.get(day.date, 0.0) + day.counts.spend
    return Basis(
        first_day=min(by_day, default=asked.span.start),
        last_day=max(by_day, default=asked.span.end),
        days=len(by_day),
        conversions=_events(series),
        spend_low=min(by_day.values(), default=None),
        spend_high=max(by_day.values(), default=None),
    )


def _suggestion(
    scope: str,
    target: Target,
    plan: Plan,
    found: Sequence[HolidayEffect],
    coming: Mapping[date, str],
    left_out: int,
    basis: Basis,
    asked: Asked,
) -> Suggestion:
    worth_it = float((plan.change / plan.base).mean()) >= _SMALLEST_GAIN
    return Suggestion(
        kind=Kind.TIMING,
        scope=scope,
        currency=asked.currency,
        actions=_actions(plan),
        effect=effect(
            plan.change,
            plan.base,
            timing_words.effect_of(target, asked.horizon_days),
            is_money=target is Target.REVENUE,
        ),
        why=timing_words.why(target, is_better=worth_it),
        basis=basis,
        limits=[
            *timing_words.limits(STEP, left_out),
            *timing_words.unseen([i for i in range(7) if plan.now[i] <= 0]),
            *timing_words.holidays(asked.country, found, coming),
        ],
        doubts=timing_words.doubts(),
        estimates=[*_estimates(plan), *timing_words.holiday_estimates(found)],
    )


def _actions(plan: Plan) -> list[Action]:
    return [
        Action(
            subject_id=number + 1,
            subject=WEEKDAYS[number],
            now=float(plan.now[number]),
            then=float(plan.then[number]),
            measure=Measure.SHARE,
            why=timing_words.why_share(plan.multiples[:, number]) if plan.now[number] > 0 else None,
        )
        for number in range(7)
    ]


def _estimates(plan: Plan) -> list[Estimate]:
    seen = np.flatnonzero(plan.now > 0)
    best = np.bincount(
        seen[plan.multiples[:, seen].argmax(axis=1)], minlength=7
    ) / len(plan.multiples)  # fmt: skip
    low, high = np.quantile(plan.multiples, (0.05, 0.95), axis=0)
    return [
        Estimate(
            subject_id=int(number) + 1,
            subject=WEEKDAYS[number],
            group="",
            of=timing_words.against_average(),
            measure=Measure.MULTIPLE,
            mean=float(plan.multiples[:, number].mean()),
            p05=float(low[number]),
            p95=float(high[number]),
            p_best=float(best[number]),
        )
        for number in seen
    ]
