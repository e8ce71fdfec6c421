"""What a campaign will spend on the days ahead, from its own days.

It is a local level (Harvey 1989, section 2.2): each day's spend is a level, times
the day of the week's usual share, plus noise, and the level itself wanders. How much it
wanders is not known; the answers under a grid of possibilities are weighted by how common each
is and how well it would have foretold the days seen. So a steady campaign gets a narrow
interval and one whose level moves gets a wide one, wider the further its end lies ahead.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

_WEEKS_OF_EVEN_DAYS = 2  # that a day of the week is taken to have been like any other
_WANDERING = np.array([0.0, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0])  # noise is 1
_PRIOR = np.array([0.2, *[0.1] * 8])  # a level that nobody touches often stands still
_HALVINGS = 24

Floats = NDArray[np.float64]


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
