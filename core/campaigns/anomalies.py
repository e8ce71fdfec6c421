"""Anomalies: days on which a campaign lay outside what its own history led to expect.

Every campaign's spend, conversions, revenue, CPA and ROAS of the last days are compared with
:mod:`core.campaigns.expected`. Among so many comparisons some look odd by chance alone, so the
false discovery rate of all of them together is held by Benjamini and Hochberg's procedure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from core.campaigns.expected import Floats, Foretold, Scale, chances, foretell
from core.campaigns.kpis import CONVERSIONS, CPA, REVENUE, ROAS, SPEND, Kpi

JUDGED_DAYS = 7
FALSE_DISCOVERY_RATE = 0.05
SMALLEST_EFFECT = 0.2  # a day within 20% of the expected is not worth a line, however certain

WATCHED: Mapping[str, tuple[Kpi, Scale]] = {
    "spend": (SPEND, Scale.LOG),
    "conversions": (CONVERSIONS, Scale.COUNT),
    "revenue": (REVENUE, Scale.ROOT),
    "cpa": (CPA, Scale.LOG),
    "roas": (ROAS, Scale.LOG),
}


@dataclass(frozen=True, slots=True)
class DailyBlock:
    """Campaigns by consecutive days in one currency, the last day last.

    Arrays are campaign by day. A day on which nothing ran is 0; NaN is what nobody knows: a
    day after the campaign's account was last reported, before its own first row, or a figure
    its platform does not report. ``spend_converting`` and ``spend_earning`` are the spend of
    the rows that report conversions and revenue.
    """

    campaign_ids: tuple[int, ...]
    names: tuple[str, ...]
    sample: tuple[bool, ...]
    last_day: date
    spend: Floats
    conversions: Floats
    revenue: Floats
    spend_converting: Floats
    spend_earning: Floats

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the columns."""
        count = self.spend.shape[1]
        return tuple(self.last_day - timedelta(days=ago) for ago in range(count - 1, -1, -1))

    def values(self, kpi: str) -> Floats:
        """A watched KPI's values; ratios are NaN on days without what they divide by."""
        if kpi == "cpa":
            return _ratio(self.spend_converting, self.conversions)
        if kpi == "roas":
            return _ratio(self.revenue, self.spend_earning)
        found: Floats = getattr(self, kpi)
        return found


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class Anomaly:
    """A day outside the expected; ``low`` to ``high`` hold 95 of 100 ordinary days.

    ``is_first`` is false where the day before was outside in the same direction too.
    """

    campaign_id: int
    name: str
    is_sample: bool
    kpi: str
    day: date
    value: float
    expected: float
    low: float
    high: float
    p_value: float
    is_first: bool

    @property
    def is_above(self) -> bool:
        """Whether the day lay above the expected, else below."""
        return self.value > self.expected


@dataclass(frozen=True)
class Anomalies:
    """The anomalies, the least likely first, and how many series were judged.

    ``tails`` are the degrees of freedom learned for each KPI, for drawing one series alone.
    """

    found: tuple[Anomaly, ...]
    judged: int
    first_day: date
    last_day: date
    tails: Mapping[str, float]


def find_anomalies(block: DailyBlock, judged_days: int = JUDGED_DAYS) -> Anomalies:
    """Which of the last days of which series are beyond noise, over all of them together."""
    weekday = block.days[0].weekday()
    foretold = {
        kpi: foretell(block.values(kpi), weekday, scale) for kpi, (_, scale) in WATCHED.items()
    }
    last = slice(-judged_days, None)
    p_values = {kpi: chances(one.error[:, last], one.tail) for kpi, one in foretold.items()}
    odd = _beyond_noise(p_values)
    found = [
        anomaly
        for kpi, one in foretold.items()
        for anomaly in _told(block, kpi, one, odd[kpi], p_values[kpi])
    ]
    judged = sum(int(np.isfinite(p).any(axis=1).sum()) for p in p_values.values())
    return Anomalies(
        found=tuple(sorted(found, key=lambda one: (one.p_value, one.campaign_id, one.kpi))),
        judged=judged,
        first_day=block.days[-judged_days:][0],
        last_day=block.last_day,
        tails={kpi: one.tail for kpi, one in foretold.items()},
    )


@dataclass(frozen=True)
class ExpectedCourse:
    """One campaign's KPI by day with its usual range; ``None`` where a day has none."""

    kpi: str
    days: tuple[date, ...]
    values: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


def expected_course(block: DailyBlock, kpi: str, tail: float, days: int) -> ExpectedCourse:
    """The last ``days`` of a block of one campaign, with what was to be expected of each."""
    values = block.values(kpi)
    one = foretell(values, block.days[0].weekday(), WATCHED[kpi][1], tail)
    return ExpectedCourse(
        kpi,
        block.days[-days:],
        *(_plain(array[0, -days:]) for array in (values, one.low, one.high)),
    )


def _told(
    block: DailyBlock, kpi: str, one: Foretold, odd: NDArray[np.bool_], p_value: Floats
) -> Sequence[Anomaly]:
    values, judged = block.values(kpi), odd.shape[1]
    last = slice(-judged, None)
    value, expected = values[:, last], one.expected[:, last]
    with np.errstate(invalid="ignore"):
        worth = odd & (np.abs(value - expected) > SMALLEST_EFFECT * np.abs(expected))
    side = np.where(worth, np.sign(value - expected), 0.0)
    days = block.days[last]
    return [
        Anomaly(
            campaign_id=block.campaign_ids[row],
            name=block.names[row],
            is_sample=block.sample[row],
            kpi=kpi,
            day=days[column],
            value=float(value[row, column]),
            expected=float(expected[row, column]),
            low=float(one.low[row, column - judged]),
            high=float(one.high[row, column - judged]),
            p_value=float(p_value[row, column]),
            is_first=column == 0 or bool(side[row, column - 1] != side[row, column]),
        )
        for row, column in np.argwhere(worth).tolist()
    ]


def _beyond_noise(p_values: Mapping[str, Floats]) -> Mapping[str, NDArray[np.bool_]]:
    """Those that Benjamini and Hochberg (1995) keep, of all KPIs, campaigns and days at once."""
    every = np.concatenate([p[np.isfinite(p)] for p in p_values.values()])
    ranked = np.sort(every)
    passing = ranked <= FALSE_DISCOVERY_RATE * np.arange(1, len(ranked) + 1) / max(len(ranked), 1)
    limit = ranked[np.nonzero(passing)[0][-1]] if passing.any() else -1.0
    with np.errstate(invalid="ignore"):
        return {kpi: p <= limit for kpi, p in p_values.items()}


def _ratio(top: Floats, bottom: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio: Floats = np.where(bottom > 0, top / bottom, np.nan)
    return ratio


def _plain(values: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else float(value) for value in values)
