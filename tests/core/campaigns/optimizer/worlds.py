"""Simulated exports whose truth is known, and a source that holds what a test made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from core.campaigns.evidence import Asked, Counts, DailyCounts, DailySeries, PartCounts, Week
from core.campaigns.periods import Span

SPAN = Span(date(2026, 5, 25), date(2026, 11, 22))  # 26 whole weeks, Monday to Sunday
ASKED = Asked("USD", SPAN)


@dataclass(frozen=True)
class Held:
    """Implements the port with values in memory."""

    made_creatives: Sequence[PartCounts] = ()
    made_audiences: Sequence[PartCounts] = ()
    made_days: Sequence[DailySeries] = ()

    def creatives(self, asked: Asked) -> Sequence[PartCounts]:
        return self.made_creatives

    def audiences(self, asked: Asked) -> Sequence[PartCounts]:
        return self.made_audiences

    def days(self, asked: Asked) -> Sequence[DailySeries]:
        return self.made_days


@dataclass(frozen=True)
class Truth:
    """What one impression of each creative brings in expectation."""

    worth: np.ndarray


def creatives(
    rng: np.random.Generator,
    *,
    count: int = 3,
    weeks: int = 20,
    shown: int = 5000,
    apart: float = 0.3,
    noise: float = 0.1,
    campaign_id: int = 1,
) -> tuple[list[PartCounts], Truth]:
    """One campaign's creatives under a common season; ``noise`` is theirs alone, by week."""
    click = 0.03 * np.exp(rng.normal(0, apart, count))
    convert = 0.05 * np.exp(rng.normal(0, apart, count))
    value = 60 * np.exp(rng.normal(0, apart / 2, count))
    share = rng.dirichlet(np.full(count, 4.0))
    season = np.exp(rng.normal(0, 0.2, weeks))
    parts = []
    for i in range(count):
        rows = []
        for ago in range(weeks):
            seen = int(shown * share[i] * rng.lognormal(0, 0.3)) + 1
            rate = click[i] * season[ago] * rng.lognormal(-(noise**2) / 2, noise)
            clicks = int(rng.binomial(seen, min(0.9, rate)))
            sales = int(rng.binomial(clicks, convert[i]))
            revenue = float(rng.gamma(2 * sales, value[i] / 2)) if sales else 0.0
            rows.append(Week(ago, Counts(seen, clicks, 0.5 * clicks, float(sales), revenue)))
        part_id = 10 * campaign_id + i
        name = f"Creative {part_id}"
        parts.append(PartCounts(part_id, name, campaign_id, f"Campaign {campaign_id}", tuple(rows)))
    return parts, Truth(click * convert * value)


def audiences(
    rng: np.random.Generator,
    *,
    campaigns: int = 4,
    segments: int = 4,
    weeks: int = 20,
    spend: float = 1500.0,
    apart: float = 0.3,
    own: float = 0.2,
    noise: float = 0.1,
) -> tuple[list[PartCounts], dict[int, float]]:
    """Campaigns with two or three of the segments each, and what a unit of spend truly brings.

    ``apart`` is how far segments differ in all campaigns, ``own`` in each; logarithms.
    """
    level = np.log(0.02) + rng.normal(0, 0.5, campaigns)
    factor = rng.normal(0, apart, segments)
    parts, truth = [], {}
    for campaign in range(campaigns):
        chosen = rng.choice(segments, int(rng.integers(2, min(segments, 3) + 1)), replace=False)
        share = rng.dirichlet(np.full(len(chosen), 3.0))
        value = 50 * np.exp(rng.normal(0, 0.3))
        for position, segment in enumerate(chosen):
            rate = np.exp(level[campaign] + factor[segment] + rng.normal(0, own))
            worth = value * np.exp(rng.normal(0, 0.15))
            rows = []
            for ago in range(weeks):
                cost = spend * share[position] * rng.lognormal(0, 0.3)
                sales = int(rng.poisson(rate * cost * rng.lognormal(-(noise**2) / 2, noise)))
                revenue = float(rng.gamma(2 * sales, worth / 2)) if sales else 0.0
                rows.append(Week(ago, Counts(100 * cost, 2 * cost, cost, float(sales), revenue)))
            part_id = 100 * campaign + int(segment)
            name, of = f"Segment {segment}", f"Campaign {campaign + 1}"
            parts.append(PartCounts(part_id, name, campaign + 1, of, tuple(rows)))
            truth[part_id] = rate * worth
    return parts, truth


@dataclass(frozen=True)
class Weekdays:
    """What working spend truly brings by campaign and weekday, and each one's spend there.

    ``works[i, j]`` is the part of spend on weekday i that works on weekday j; what is brought
    grows with a campaign's ``power`` of the spend that works.
    """

    worth: np.ndarray
    spend: np.ndarray  # over the last four weeks
    works: np.ndarray
    power: np.ndarray  # (campaigns, 1)

    def gain(self, then: np.ndarray) -> float:
        """What shares of spend by campaign and weekday bring more, as a share of today's."""
        total = self.spend.sum(axis=1, keepdims=True)
        now, later = self.spend @ self.works, (total * then) @ self.works
        brings = now * self.worth
        return float((brings * ((later / now) ** self.power - 1)).sum() / brings.sum())


def days(
    rng: np.random.Generator,
    *,
    campaigns: int = 3,
    weeks: int = 20,
    sales: float = 12.0,
    apart: float = 0.2,
    own: float = 0.1,
    shock: float = 0.1,
    carry: float = 0.0,
    powers: tuple[float, float] = (1.0, 1.0),
    dip: Sequence[date] = (),
) -> tuple[list[DailySeries], Weekdays]:
    """Campaigns with about ``sales`` conversions a day, worth about 40 each.

    Weekdays differ by ``apart`` for all campaigns and by ``own`` for each; ``shock`` is what a
    day has by chance in all campaigns (all logarithms). Spend keeps working with ``carry``
    from day to day, and what it brings grows with a power of it within ``powers``.
    On days of ``dip`` it brings half.
    """
    dates = [SPAN.end - timedelta(days=n) for n in range(7 * weeks - 1, -1, -1)]
    weekday = np.array([day.weekday() for day in dates])
    common = rng.normal(0, apart, 7)
    by_day = np.exp(rng.normal(0, shock, len(dates)) - shock**2 / 2)
    by_day *= np.exp(np.repeat(rng.normal(0, 0.2, weeks), 7))
    by_day *= np.where([day in dip for day in dates], 0.5, 1.0)
    series, worth, spends = [], np.zeros((campaigns, 7)), np.zeros((campaigns, 7))
    drawn = np.ones((campaigns, 1))
    for campaign in range(campaigns):
        level, power = 0.05 * np.exp(rng.normal(0, 0.3)), rng.uniform(*powers)
        factor = np.exp(common + rng.normal(0, own, 7))
        share = rng.dirichlet(np.full(7, 20.0)) * 7
        usual = sales / level
        spend = usual * share[weekday] * rng.lognormal(0, 0.15, len(dates))
        working = carried(spend, carry)
        expected = level * usual * (working / usual) ** power * factor[weekday] * by_day
        sold = rng.poisson(expected)
        revenue = [float(rng.gamma(2 * n, 20.0)) if n else 0.0 for n in sold]
        rows = [
            DailyCounts(day, Counts(100, 10, float(cost), float(n), money))
            for day, cost, n, money in zip(dates, spend, sold, revenue, strict=True)
        ]
        spends[campaign] = np.bincount(weekday[-28:], spend[-28:], minlength=7)
        pattern = (spends[campaign] @ repeated(carry)) / (4 * usual)
        drawn[campaign] = power
        worth[campaign] = 40 * level * factor * pattern ** (power - 1)
        series.append(DailySeries(campaign + 1, f"Campaign {campaign + 1}", tuple(rows)))
    return series, Weekdays(worth, spends, repeated(carry), drawn)


def carried(spend: np.ndarray, carry: float) -> np.ndarray:
    """Spend as it works when each day keeps ``carry`` of the day before."""
    working, level = np.empty_like(spend), float(spend.mean())
    for n, amount in enumerate(spend):
        level = (1 - carry) * amount + carry * level
        working[n] = level
    return working


def repeated(carry: float) -> np.ndarray:
    """The same for a week that repeats, as a matrix from weekday to weekday."""
    week = np.eye(7)
    return np.array([carried(np.tile(week[i], 40) * 1.0, carry)[-7:] for i in range(7)])
