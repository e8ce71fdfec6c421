"""What a budget suggestion is learned from: spend and revenue by campaign and period."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CARRY_OVER_PERIODS = 8  # counted after a horizon, and after a lift test


@dataclass(frozen=True, slots=True)
class LiftTest:
    """A measured effect of changing a campaign's spend.

    Spend was changed by ``spend_change`` (0.5 is half more, -1 a holdout) of the campaign's
    own on the days from ``start`` to ``end``. ``lift`` is the incremental revenue measured
    over the window and eight periods after it, with its 90% interval.
    """

    campaign_id: str
    start: date
    end: date
    spend_change: float
    lift: float
    lift_p05: float
    lift_p95: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the whole business took in: ``revenue`` (T,) and ``controls`` (T, K) with names.

    Periods the file does not tell are NaN in ``revenue``.
    """

    revenue: Floats = field(repr=False)
    controls: Floats = field(repr=False)
    control_names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class History:
    """Spend and attributed revenue of C campaigns over T periods of equal length, no gaps.

    ``spend`` and ``attributed`` are (T, C) in one currency; a period without a row is one
    without spend. ``attributed`` is what the platforms claim. ``starts`` are first days.
    """

    starts: Sequence[date]
    period_days: int
    campaign_ids: Sequence[str]
    names: Sequence[str]
    types: Sequence[str]
    currency: str
    spend: Floats = field(repr=False)
    attributed: Floats = field(repr=False)
    outcome: Outcome | None = None
    lift_tests: Sequence[LiftTest] = ()

    @property
    def periods(self) -> int:
        """How many periods there are (T)."""
        return len(self.starts)

    @property
    def last_day(self) -> date:
        """The last day of the last period."""
        return self.starts[-1] + timedelta(days=self.period_days - 1)

    def horizon_periods(self, horizon_days: int) -> int:
        """A horizon in whole periods, at least one."""
        return max(1, round(horizon_days / self.period_days))

    def pattern(self, horizon_periods: int) -> Floats:
        """Spend of the last periods as (horizon, C), the pattern that the next one follows.

        A history that is shorter than the horizon is repeated, and scaled to its own mean.
        """
        if horizon_periods <= self.periods:
            return self.spend[-horizon_periods:]
        repeated = np.resize(self.spend, (horizon_periods, self.spend.shape[1]))
        mean = np.maximum(repeated.mean(axis=0), 1e-300)
        scaled: Floats = repeated * (self.spend.mean(axis=0) / mean)
        return scaled
