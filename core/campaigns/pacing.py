"""Pacing: what a campaign has spent, should have spent by now, and will have spent at its end."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from core.campaigns.projection import Coming, Floats, project
from core.i18n import mark

MIN_DAYS = 14
HISTORY_DAYS = 56
SHARE_WITHIN = 0.90  # of outcomes that the interval is to hold
NEARLY_SURE = 0.95
UNDERSPENT = 0.90  # of the budget: less at the end is worth a word


class Unpaced(StrEnum):
    """Why there is no pacing."""

    NO_BUDGET = "no_budget"
    NO_END = "no_end"
    NOT_STARTED = "not_started"
    TOO_FEW_DAYS = "too_few_days"
    OTHER_CURRENCY = "other_currency"


WHY_UNPACED = {
    Unpaced.NO_BUDGET: mark("No budget is written down for this campaign."),
    Unpaced.NO_END: mark("The campaign has no last day, so there is no end to project to."),
    Unpaced.NOT_STARTED: mark("The data ends before the campaign's first day."),
    Unpaced.TOO_FEW_DAYS: mark("Too early to tell: the campaign has spent on {days} days so far, "
                               "and a projection needs {needed}."),
    Unpaced.OTHER_CURRENCY: mark("The spend is in another currency than the budget."),
}  # fmt: skip


class Standing(StrEnum):
    """What the projection says of the budget."""

    OVER = "over"
    UNDER = "under"
    ON_TRACK = "on_track"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Flight:
    """What was planned: a budget for the days from ``start`` to ``end``, both included."""

    budget: float | None
    start: date
    end: date | None


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class NoPacing:
    """Why a campaign has no pacing; ``spent`` where it is known all the same."""

    why: Unpaced
    days: int = 0
    spent: float | None = None


@dataclass(frozen=True)
class Pacing:
    """Spend against budget, in the budget's currency.

    ``expected`` is what an even spread of the budget would have spent through ``as_of``;
    ``projected`` is spend at the end with its 90% interval; ``day_to_land`` is what a day
    should spend from now on to land on the budget, ``None`` when no day is left.
    """

    budget: float
    spent: float
    expected: float
    projected: float
    low: float
    high: float
    p_over: float
    day_now: float
    day_to_land: float | None
    days_left: int
    as_of: date
    end: date

    @property
    def standing(self) -> Standing:
        """Over or under only where that is nearly sure; under means by more than a tenth."""
        if self.spent > self.budget or (self.days_left and self.p_over >= NEARLY_SURE):
            return Standing.OVER
        if not self.days_left:
            return Standing.ENDED
        return Standing.UNDER if self.high < UNDERSPENT * self.budget else Standing.ON_TRACK


def pace(flight: Flight, first_day: date, spend: Floats) -> Pacing | NoPacing:
    """The pacing of a campaign; ``spend`` is by day from ``first_day`` to the data's last day.

    Days without rows are zeros: the platforms leave out days on which nothing ran.
    """
    as_of = first_day + timedelta(days=len(spend) - 1)
    if flight.budget is None or flight.budget <= 0:
        return NoPacing(Unpaced.NO_BUDGET)
    if not len(spend) or as_of < flight.start:
        return NoPacing(Unpaced.NOT_STARTED)
    until = min(as_of, flight.end) if flight.end else as_of
    own = _between(spend, first_day, flight.start, until)
    spent = float(own.sum())
    if flight.end is None:
        return NoPacing(Unpaced.NO_END, spent=spent)
    running = np.trim_zeros(own, "f")
    days_left = max(0, (flight.end - as_of).days)
    if days_left and len(running) < MIN_DAYS:
        return NoPacing(Unpaced.TOO_FEW_DAYS, days=len(running), spent=spent)
    coming = project(running[-HISTORY_DAYS:], until, days_left) if days_left else None
    return _pacing(flight.budget, flight.start, flight.end, until, spent, days_left, coming)


def _pacing(
    budget: float,
    start: date,
    end: date,
    as_of: date,
    spent: float,
    days_left: int,
    coming: Coming | None,
) -> Pacing:
    left = budget - spent
    elapsed = ((as_of - start).days + 1) / ((end - start).days + 1)
    tail = (1 - SHARE_WITHIN) / 2
    return Pacing(
        budget=budget,
        spent=spent,
        expected=budget * elapsed,
        projected=spent + (coming.mean if coming else 0.0),
        low=spent + (coming.quantile(tail) if coming else 0.0),
        high=spent + (coming.quantile(1 - tail) if coming else 0.0),
        p_over=1.0 - coming.below(left) if coming and left >= 0 else float(left < 0),
        day_now=coming.day if coming else 0.0,
        day_to_land=max(0.0, left) / days_left if days_left else None,
        days_left=days_left,
        as_of=as_of,
        end=end,
    )


def _between(spend: Floats, first_day: date, start: date, end: date) -> Floats:
    """The days from ``start`` to ``end``; those before the data are zeros by themselves."""
    low = max(0, (start - first_day).days)
    return spend[low : max(low, (end - first_day).days + 1)]
