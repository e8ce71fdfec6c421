"""A campaign's days as weeks from Monday to Sunday, and which of them can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from core.campaigns.evidence import DailySeries
from core.campaigns.optimizer.pooling import Floats
from core.campaigns.optimizer.worth import Target


@dataclass(frozen=True, slots=True)
class Weeks:
    """One campaign by week (Monday first) and day: ``(weeks, 7)``; unseen days have no spend."""

    campaign_id: int
    first: date
    spend: Floats
    brought: Floats
    usable: NDArray[np.bool_]

    def days(self) -> list[date]:
        """The date of every entry, row by row."""
        return [self.first + timedelta(days=n) for n in range(self.spend.size)]


def by_week(series: DailySeries, target: Target, left_out: Mapping[date, str]) -> Weeks | None:
    """A campaign's days as whole weeks, pieces of a day added up; ``None`` without any day.

    Usable are days with spend that tell the target and are not ``left_out``, in weeks that
    brought something on at least two such days' spend.
    """
    told = [day for day in series.days if getattr(day.counts, target.value) is not None]
    if not told:
        return None
    first = min(day.date for day in told)
    first -= timedelta(days=first.weekday())
    count = (max(day.date for day in told) - first).days // 7 + 1
    spend, brought = np.zeros((count, 7)), np.zeros((count, 7))
    for day in told:
        place = divmod((day.date - first).days, 7)
        spend[place] += day.counts.spend
        brought[place] += getattr(day.counts, target.value)
    usable = spend > 0
    for holiday in left_out:
        place = divmod((holiday - first).days, 7)
        if 0 <= place[0] < count:
            usable[place] = False
    total = np.where(usable, brought, 0.0).sum(axis=1)
    usable &= ((total > 0) & (usable.sum(axis=1) >= 2))[:, None]
    return Weeks(series.campaign_id, first, np.maximum(spend, 0.0), brought, usable)
