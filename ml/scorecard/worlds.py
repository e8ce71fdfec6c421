"""Simulated worlds whose truth is known: what campaigns really bring, and what is seen of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter  # type: ignore[attr-defined]  # exported without a stub

from core.campaigns.optimizer.history import CARRY_OVER_PERIODS, History, LiftTest, Outcome

Floats = NDArray[np.float64]

_WEEKLY_ECHO = 0.3  # how alike two weeks of spend are
_FIRST_DAY = date(2023, 1, 2)


@dataclass(frozen=True, slots=True)
class WorldKind:
    """What worlds are drawn from: sizes, noise, and how the truth strays from the model.

    ``attribution_sd`` is the spread of the platforms' log bias. A ``strange`` world has
    saturation that no family of the model describes, longer and delayed carry-over, a bias
    that drifts, noise that echoes, and no promotion column.
    """

    name: str
    campaigns: int
    periods: int
    period_days: int
    horizon_days: int
    attribution_sd: float = 0.35
    spend_cv: float = 0.45
    noise: float = 0.06
    media_share: float = 0.30
    demand_correlation: float = 0.3
    log_return_sd: float = 0.55
    flighting: float = 0.4
    strange: bool = False
    lift_test_error: float | None = None
    has_outcome: bool = True


@dataclass(frozen=True, slots=True)
class Truth:
    """One campaign's true response: carry-over, saturation of carried spend, and scale."""

    retention: float
    delay: float
    saturate: Callable[[Floats], Floats]
    scale: float

    def __call__(self, spend: Floats) -> Floats:
        """Incremental revenue in each period of a spend series (T,)."""
        answer: Floats = self.scale * self.saturate(self._carried(spend))
        return answer

    def _carried(self, spend: Floats) -> Floats:
        one: Floats = lfilter([1 - self.retention], [1.0, -self.retention], spend)
        if not self.delay:
            return one
        late: Floats = lfilter([1 - self.delay], [1.0, -self.delay], one)
        return late

    def ahead(self, spend: Floats, pattern: Floats, multiple: float) -> float:
        """Revenue over a horizon that follows the history, and the carry-over after it."""
        rest = np.zeros(CARRY_OVER_PERIODS)
        path = np.concatenate([spend, multiple * pattern, rest])
        return float(self(path)[len(spend) :].sum())


@dataclass(frozen=True, slots=True)
class World:
    """What is seen of a world, and its truth."""

    kind: WorldKind
    history: History
    truths: tuple[Truth, ...] = field(repr=False)

    def revenue(self, multiples: Floats) -> Floats:
        """True incremental revenue of each campaign (C,) at its multiple of current spend."""
        pattern = self.history.pattern(self.history.horizon_periods(self.kind.horizon_days))
        return np.array(
            [
                truth.ahead(self.history.spend[:, c], pattern[:, c], multiples[c])
                for c, truth in enumerate(self.truths)
            ]
        )

    def uplift(self, multiples: Floats) -> float:
        """True gain of a plan as a share of today's incremental revenue."""
        now = self.revenue(np.ones(len(multiples))).sum()
        return float(self.revenue(multiples).sum() / now - 1)


def draw(kind: WorldKind, seed: int) -> World:
    """A world of a kind; the same seed gives the same world."""
    rng = np.random.default_rng([seed, kind.campaigns, kind.periods])
    days = np.arange(kind.periods) * kind.period_days
    demand = _demand(days, rng)
    promotion = (rng.random(kind.periods) < 0.08 * min(kind.period_days, 2)).astype(float)
    spend = np.column_stack([_spend(kind, demand, rng) for _ in range(kind.campaigns)])
    shares = np.exp(kind.log_return_sd * rng.standard_normal(kind.campaigns))
    truths = [_truth(kind, spend[:, c], shares[c], rng) for c in range(kind.campaigns)]
    media = np.column_stack([truth(spend[:, c]) for c, truth in enumerate(truths)])
    base = demand * (1 + 0.15 * promotion) * _weekdays(kind, rng)
    base *= media.sum() * (1 / kind.media_share - 1) / base.sum()
    level = base + media.sum(axis=1)
    revenue = level + kind.noise * level.mean() * _noise(kind, rng)
    attributed = np.column_stack([_claimed(kind, media[:, c], rng) for c in range(kind.campaigns)])
    starts = tuple(_FIRST_DAY + timedelta(days=int(day)) for day in days)
    controls = np.empty((kind.periods, 0)) if kind.strange else promotion[:, None]
    names = tuple(f"c{c + 1}" for c in range(kind.campaigns))
    history = History(
        starts,
        kind.period_days,
        names,
        names,
        ("search",) * kind.campaigns,
        "EUR",
        spend,
        attributed,
        Outcome(np.maximum(revenue, 0.0), controls, ("promotion",)[: controls.shape[1]])
        if kind.has_outcome
        else None,
        _lift_tests(kind, spend, truths, starts, names, rng),
    )
    return World(kind, history, tuple(truths))


def _demand(days: NDArray[np.int64], rng: np.random.Generator) -> Floats:
    angle = 2 * np.pi * days / 365.25
    season = sum(
        rng.uniform(0.03, 0.2) / order * np.sin(order * angle + rng.uniform(0, 2 * np.pi))
        for order in (1, 2)
    )
    growth = rng.uniform(-0.1, 0.25) * days / days[-1]
    answer: Floats = np.exp(season + growth)
    return answer


def _weekdays(kind: WorldKind, rng: np.random.Generator) -> Floats:
    if kind.period_days > 1:
        return np.ones(kind.periods)
    week = np.exp(0.12 * rng.standard_normal(7))
    return week[np.arange(kind.periods) % 7]


def _spend(kind: WorldKind, demand: Floats, rng: np.random.Generator) -> Floats:
    """Spend that varies, partly with demand, and in some campaigns stops and starts."""
    echo = _WEEKLY_ECHO ** (kind.period_days / 7)
    own = lfilter([np.sqrt(1 - echo**2)], [1, -echo], rng.standard_normal(kind.periods))
    index = (np.log(demand) - np.log(demand).mean()) / np.log(demand).std()
    correlation = kind.demand_correlation
    mixed = correlation * index + np.sqrt(1 - correlation**2) * own
    sd = np.sqrt(np.log1p(kind.spend_cv**2))
    level = np.exp(0.7 * rng.standard_normal()) * 1000.0
    spend: Floats = level * np.exp(sd * mixed - sd**2 / 2)
    if rng.random() < kind.flighting:
        spend *= _flights(kind, rng)
    return spend


def _flights(kind: WorldKind, rng: np.random.Generator) -> Floats:
    on = np.ones(kind.periods)
    weeks = max(1, 7 // kind.period_days) if kind.period_days < 7 else 1
    at = int(rng.integers(4, 16)) * weeks
    recent = kind.periods - 2 * kind.horizon_days // kind.period_days
    while at < recent:
        pause = int(rng.integers(2, 7)) * weeks
        on[at : min(at + pause, recent)] = 0.0
        at += pause + int(rng.integers(6, 20)) * weeks
    return on


def _truth(kind: WorldKind, spend: Floats, share: float, rng: np.random.Generator) -> Truth:
    low, high = (0.0, 0.6) if kind.period_days == 7 else (0.3, 0.85)
    if kind.strange:
        low, high = low + 0.25, high + 0.1
    retention = rng.uniform(low, high)
    delay = rng.uniform(0.2, 0.5) if kind.strange else 0.0
    shape = Truth(retention, delay, _saturation(kind, spend, rng), 1.0)
    scale = share * spend.sum() / max(shape(spend).sum(), 1e-12)
    return Truth(retention, delay, shape.saturate, scale)


def _saturation(
    kind: WorldKind, spend: Floats, rng: np.random.Generator
) -> Callable[[Floats], Floats]:
    mean = spend[spend > 0].mean()
    if kind.strange:
        ceiling, bend = mean * rng.uniform(0.8, 3.0), rng.uniform(0.5, 1.0)
        choices: list[Callable[[Floats], Floats]] = [
            lambda x: np.tanh(x / ceiling) ** bend,
            lambda x: np.arctan(x / ceiling),
            lambda x: np.log1p(np.sqrt(x / ceiling)),
        ]
    else:
        half, shape = mean * rng.uniform(0.5, 2.5), rng.uniform(1.0, 2.2)
        power = rng.uniform(0.4, 0.85)
        choices = [
            lambda x: x / (x + half),
            lambda x: x**shape / (x**shape + half**shape),
            lambda x: 1 - np.exp(-x / half),
            lambda x: np.log1p(x / half),
            lambda x: (x / mean) ** power,
        ]
    return choices[int(rng.integers(len(choices)))]


def _noise(kind: WorldKind, rng: np.random.Generator) -> Floats:
    noise = rng.standard_normal(kind.periods)
    if kind.strange:
        noise = lfilter([np.sqrt(1 - 0.5**2)], [1, -0.5], noise)
    return noise


def _claimed(kind: WorldKind, media: Floats, rng: np.random.Generator) -> Floats:
    """What the platform claims of what a campaign brought: biased, and noisy."""
    bias = kind.attribution_sd * rng.standard_normal()
    drift = 0.25 * rng.standard_normal() * np.linspace(-1, 1, kind.periods) if kind.strange else 0.0
    noise = np.exp(0.1 * rng.standard_normal(kind.periods))
    claimed: Floats = media * np.exp(bias + drift) * noise
    return claimed


def _lift_tests(
    kind: WorldKind,
    spend: Floats,
    truths: list[Truth],
    starts: tuple[date, ...],
    names: tuple[str, ...],
    rng: np.random.Generator,
) -> tuple[LiftTest, ...]:
    if kind.lift_test_error is None:
        return ()
    return tuple(
        _lift_test(kind, spend[:, c], truth, starts, names[c], rng)
        for c, truth in enumerate(truths)
    )


def _lift_test(
    kind: WorldKind,
    spend: Floats,
    truth: Truth,
    starts: tuple[date, ...],
    name: str,
    rng: np.random.Generator,
) -> LiftTest:
    """A test of half more spend over four weeks in which the campaign ran."""
    length = max(1, 28 // kind.period_days)
    at = kind.periods - length - 12
    while spend[at : at + length].min() <= 0 and at > 0:
        at -= 1
    extra = np.append(spend, np.zeros(CARRY_OVER_PERIODS))
    changed = extra.copy()
    changed[at : at + length] *= 1.5
    window = slice(at, at + length + CARRY_OVER_PERIODS)
    lift = float((truth(changed) - truth(extra))[window].sum())
    error = (kind.lift_test_error or 0.0) * abs(lift)
    measured = lift + error * float(rng.standard_normal())
    end = starts[at + length - 1] + timedelta(days=kind.period_days - 1)
    return LiftTest(
        name, starts[at], end, 0.5, measured, measured - 1.645 * error, measured + 1.645 * error
    )
