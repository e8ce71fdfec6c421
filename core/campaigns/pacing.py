"""Pacing: what a campaign has spent, should have spent by now, and will have spent at its end.

The projection is a local level (Harvey 1989, section 2.2): each day's spend is a level, times
the day of the week's usual share, plus noise, and the level itself wanders. How much it
wanders is not known; the answers under a grid of possibilities are weighted by how common each
is and how well it would have foretold the days seen. So a steady campaign gets a narrow
interval and one whose level moves gets a wide one, wider the further its end lies ahead.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from core.i18n import mark

MIN_DAYS = 14
HISTORY_DAYS = 56
SHARE_WITHIN = 0.90  # of outcomes that the interval is to hold
NEARLY_SURE = 0.95
UNDERSPENT = 0.90  # of the budget: less at the end is worth a word
_WEEKS_OF_EVEN_DAYS = 2  # that a day of the week is taken to have been like any other
_WANDERING = np.array([0.0, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0])  # noise is 1
_PRIOR = np.array([0.2, *[0.1] * 8])  # a level that nobody touches often stands still
_HALVINGS = 24

Floats = NDArray[np.float64]


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


@dataclass(frozen=True, slots=True)
class Coming:
    """Spend of the days ahead, as a mixture over the ways the level may wander.

    ``means``, ``deviations`` and ``weights`` have one value a way; ``day`` is a usual day's.
    """

    means: Floats
    deviations: Floats
    weights: Floats
    freedom: float
    day: float

    @property
    def mean(self) -> float:
        """The expected spend, never below zero."""
        return max(0.0, float(self.weights @ self.means))

    def below(self, amount: float) -> float:
        """The probability of spending at most ``amount``."""
        gaps = amount - self.means
        with np.errstate(divide="ignore", invalid="ignore"):
            scaled = np.where(
                self.deviations > 0, gaps / self.deviations, np.copysign(np.inf, gaps)
            )
        return min(1.0, float(self.weights @ stdtr(self.freedom, scaled)))

    def quantile(self, share: float) -> float:
        """The amount that is not exceeded with probability ``share``, never below zero."""
        reach = float(stdtrit(self.freedom, 0.9999)) * self.deviations
        low, high = float((self.means - reach).min()), float((self.means + reach).max())
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.below(middle) < share else (low, middle)
        return max(0.0, high)


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


def project(spend: Floats, last_day: date, days: int) -> Coming:
    """Spend over the ``days`` after ``last_day``, from the daily spend up to it, oldest first."""
    n = len(spend)
    share = _day_shares(spend, last_day)
    weekday = last_day.weekday()
    seen = share[(weekday + np.arange(1 - n, 1)) % 7]
    ahead = share[(weekday + np.arange(1, days + 1)) % 7]
    level, doubt, noise, weights = _levels(spend, seen)
    rest = np.cumsum(ahead[::-1])  # what follows a day, itself included, the last day first
    total = float(rest[-1])
    wandered = _WANDERING * float((rest**2).sum()) + total
    return Coming(
        means=total * level,
        deviations=np.sqrt(noise * (doubt * total**2 + wandered)),
        weights=weights,
        freedom=float(max(3, n - 7)),
        day=max(0.0, float(weights @ level)),
    )


def _day_shares(spend: Floats, last_day: date) -> Floats:
    """Spend of each day of the week, Monday first, relative to the mean; shrunk towards it."""
    mean = float(spend.mean())
    if mean <= 0:
        return np.ones(7)
    weekdays = (last_day.weekday() + np.arange(1 - len(spend), 1)) % 7
    sums = np.bincount(weekdays, weights=spend, minlength=7)
    counts = np.bincount(weekdays, minlength=7)
    shares = (sums / mean + _WEEKS_OF_EVEN_DAYS) / (counts + _WEEKS_OF_EVEN_DAYS)
    even: Floats = shares / shares.mean()
    return even


def _levels(spend: Floats, share: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """A Kalman filter for each way the level may wander.

    The noise of a day grows with its share, so that a level that stands still is the sum of
    the spend ÷ the sum of the shares.
    Gives, by way: the level now, its variance in units of the noise's, the noise's variance,
    and the weight of that way by its likelihood.
    """
    ways = len(_WANDERING)
    days, own = spend / share, 1.0 / share
    level, doubt = np.full(ways, days[0]), np.full(ways, own[0])
    squares, logs = np.zeros(ways), np.zeros(ways)
    for day, noisy in zip(days[1:], own[1:], strict=True):
        doubt = doubt + _WANDERING
        spread = doubt + noisy
        error = day - level
        squares += error**2 / spread
        logs += np.log(spread)
        level = level + doubt / spread * error
        doubt = doubt * noisy / spread
    count = len(days) - 1
    noise = squares / count
    if not noise.all():  # the same amount every day
        return level, doubt, noise, _PRIOR
    likelihood = np.log(_PRIOR) - 0.5 * (count * np.log(noise) + logs)
    weight = np.exp(likelihood - likelihood.max())
    return level, doubt, noise, weight / weight.sum()
