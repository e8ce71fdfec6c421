"""Goals: how far a campaign has come towards what it shall reach over its whole run."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.campaigns.goals import KPI_OF
from core.campaigns.kpis import Good, Kpi, Totals
from core.campaigns.models import GoalKpi

CLOSE = 0.10  # a figure within a tenth of what it should be is on track


class Progress(StrEnum):
    """How a goal stands."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    UNKNOWN = "unknown"


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class GoalProgress:
    """A goal beside what was achieved so far.

    ``value`` is ``None`` where it is undefined. ``by_now`` is what should be there by now: the
    target's even share of the days so far for sums, the target itself for ratios.
    """

    goal: GoalKpi
    target: float
    value: float | None
    by_now: float
    progress: Progress

    @property
    def kpi(self) -> Kpi:
        """The KPI that the goal is for."""
        return KPI_OF[self.goal]

    @property
    def share(self) -> float | None:
        """The part of the target that is reached; of CPA, the target's part of the value."""
        if self.value is None:
            return None
        if self.kpi.good is Good.LOWER:
            return self.target / self.value if self.value > 0 else None
        return self.value / self.target


def goal_progress(
    goal: GoalKpi, target: float, totals: Totals | None, start: date, end: date | None, as_of: date
) -> GoalProgress:
    """How a goal stands after the days from ``start`` through ``as_of``.

    A sum without a last day has nothing to be measured by but the target itself; until that
    is reached it counts as on track.
    """
    kpi = KPI_OF[goal]
    value = kpi.value(totals) if totals else None
    by_now = target * _elapsed(start, end, as_of) if kpi.is_sum else target
    return GoalProgress(goal, target, value, by_now, _standing(kpi, target, value, by_now, end))


def _standing(
    kpi: Kpi, target: float, value: float | None, by_now: float, end: date | None
) -> Progress:
    if value is None:
        return Progress.UNKNOWN
    if kpi.good is Good.LOWER:
        if value <= target:
            return Progress.REACHED
        return Progress.ON_TRACK if value <= target * (1 + CLOSE) else Progress.BEHIND
    if value >= target:
        return Progress.REACHED
    if kpi.is_sum and end is None:
        return Progress.ON_TRACK
    return Progress.ON_TRACK if value >= by_now * (1 - CLOSE) else Progress.BEHIND


def _elapsed(start: date, end: date | None, as_of: date) -> float:
    """The share of a run's days that are over, from 0 to 1; 1 where it has no last day."""
    if end is None or as_of >= end:
        return 1.0
    return max(0, (as_of - start).days + 1) / ((end - start).days + 1)
