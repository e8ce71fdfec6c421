"""From a history to draws of what each campaign would bring at other levels of spend."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from core.campaigns.optimizer.history import CARRY_OVER_PERIODS, History, LiftTest
from core.campaigns.optimizer.pivot import within
from core.campaigns.optimizer.response import ResponseDraws
from ml.response import baseline, demand, evidence, levels, shapes
from ml.response.curves import carried, grid

Floats = NDArray[np.float64]

ATTRIBUTION_SD = 0.35
_MULTIPLES = np.linspace(0.0, 2.0, 41)  # of current spend; beyond, fewer do
_BEYOND = 12
_CURVE_BYTES = 48 << 20  # all campaigns' kept curves together
_MOST_CURVES = 96
_SEEN_FACTOR = 1.2  # times the 95th percentile of seen spend


MOST_SHARE = 0.6  # of all revenue; more is not believed of advertising


@dataclass(frozen=True, slots=True)
class Known:
    """What the outcome told: its noise a period, and whether its verdict on levels is believed."""

    noise: float | None
    is_believed: bool


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is drawn: chains side by side, sweeps of each, and states kept of each."""

    chains: int = 128
    sweeps: int = 90
    keep: int = 6


def fit(
    history: History,
    horizon_days: int,
    most: float = 2.0,
    attribution_sd: float = ATTRIBUTION_SD,
    seed: int = 0,
    effort: Effort | None = None,
) -> ResponseDraws:
    """Learn the response curves and tabulate them up to ``most`` times the current spend."""
    return fit_horizons(history, (horizon_days,), most, attribution_sd, seed, effort)[0]


def fit_horizons(
    history: History,
    horizons: Sequence[int],
    most: float = 2.0,
    attribution_sd: float = ATTRIBUTION_SD,
    seed: int = 0,
    effort: Effort | None = None,
) -> tuple[ResponseDraws, ...]:
    """Learn once, and tabulate for each of several horizons in days.

    An outcome by which advertising would bring nearly all revenue is not believed: something
    else moved spend and revenue at once. The levels then rest on what is left.
    """
    with threadpool_limits(1):  # of small matrices, threads make more of waiting than of work
        return _fitted(history, horizons, most, attribution_sd, seed, effort)


def _fitted(
    history: History,
    horizons: Sequence[int],
    most: float,
    attribution_sd: float,
    seed: int,
    effort: Effort | None,
) -> tuple[ResponseDraws, ...]:
    rng = np.random.default_rng(seed)
    effort = effort or _effort(len(history.campaign_ids))
    keep = _curves_kept(history)
    shaped = partial(_shaped, history, keep, rng)
    fitted = shaped(history.attributed)
    slow = evidence.changes(history)
    moved = demand.seen(history.attributed, _expected(history, fitted), slow)
    if moved.is_seen:
        fitted = shaped(history.attributed / (1 + moved.index)[:, None])
    told = _evidence(history, fitted, moved, keep, attribution_sd)
    drawn = levels.sample(told, effort.chains, effort.sweeps, effort.keep, rng)
    noise = float(np.sqrt(drawn.noise.mean())) if history.outcome is not None else None
    share = _share_of_revenue(history, drawn)
    is_believed = share is None or share <= MOST_SHARE
    if not is_believed:
        alone = replace(told, revenue=None, curves=None)
        drawn = levels.sample(alone, effort.chains, effort.sweeps, effort.keep, rng)
    known = Known(noise, is_believed)
    return tuple(_tabulated(history, days, most, fitted, drawn, known) for days in horizons)


def _curves_kept(history: History) -> int:
    """Curves of each campaign, so many that all of them have room."""
    room = _CURVE_BYTES / (8 * history.spend.size)
    return int(np.clip(room, 16, _MOST_CURVES))


def _shaped(
    history: History, keep: int, rng: np.random.Generator, attributed: Floats
) -> list[shapes.Shapes]:
    tried, ways = grid(), evidence.changes(history)
    return [
        shapes.fit(history.spend[:, c], attributed[:, c], ways, tried, keep, rng)
        for c in range(len(history.campaign_ids))
    ]


def _expected(history: History, fitted: Sequence[shapes.Shapes]) -> Floats:
    """What the campaigns' curves expect to be attributed, (T, C)."""
    each = [one.respond(history.spend[:, c]).mean(axis=0) for c, one in enumerate(fitted)]
    return np.column_stack(each)


def _share_of_revenue(history: History, drawn: levels.Levels) -> float | None:
    """What part of all revenue the campaigns are said to bring; None without an outcome."""
    if history.outcome is None:
        return None
    known = np.isfinite(history.outcome.revenue)
    claimed = history.attributed[known].sum(axis=0)
    return float((np.exp(-drawn.bias) @ claimed).mean() / history.outcome.revenue[known].sum())


def _effort(count: int) -> Effort:
    """Less for each campaign where there are many, so that cost stays linear in them."""
    return Effort() if count <= 60 else Effort(chains=48, sweeps=40, keep=4)


def _evidence(
    history: History,
    fitted: list[shapes.Shapes],
    moved: demand.Demand,
    keep: int,
    attribution_sd: float,
) -> levels.Evidence:
    spent = history.spend.sum(axis=0)
    log_return = np.log(history.attributed.sum(axis=0) / spent)
    tests = [_lift(history, test, fitted) for test in history.lift_tests]
    if history.outcome is None:
        return levels.Evidence(log_return, keep, attribution_sd, lift_tests=tests)
    known = np.isfinite(history.outcome.revenue)
    told = np.stack([one.respond(history.spend[:, c])[:, known] for c, one in enumerate(fitted)])
    told *= (1 + moved.index)[known]
    revenue = history.outcome.revenue[known]
    project = baseline.fit(history, known, revenue, told.mean(axis=1).T, moved)
    return levels.Evidence(
        log_return, keep, attribution_sd, project(revenue), project(told), project.freedom, tests
    )


def _lift(history: History, test: LiftTest, fitted: list[shapes.Shapes]) -> levels.LiftEvidence:
    """What each curve foresees of a test over its window and the periods after it."""
    campaign = list(history.campaign_ids).index(test.campaign_id)
    inside = within(history.starts, test.start, test.end)
    first = int(np.argmax(inside))
    last = first + int(inside.sum()) + CARRY_OVER_PERIODS
    spend = np.append(history.spend[:, campaign], np.zeros(CARRY_OVER_PERIODS))
    changed = spend.copy()
    changed[: len(inside)][inside] *= 1 + test.spend_change
    gap = fitted[campaign].respond(changed) - fitted[campaign].respond(spend)
    error = max((test.lift_p95 - test.lift_p05) / (2 * 1.645), 1e-9)
    return levels.LiftEvidence(campaign, gap[:, first:last].sum(axis=1), test.lift, error)


def _tabulated(
    history: History,
    horizon_days: int,
    most: float,
    fitted: list[shapes.Shapes],
    drawn: levels.Levels,
    known: Known,
) -> ResponseDraws:
    pattern = history.pattern(history.horizon_periods(horizon_days))
    seen_most = _seen_most(history.spend, pattern)
    multiples = _multiples(min(most, float(seen_most.max())))
    real = np.exp(-drawn.bias)
    revenue = np.empty((*drawn.bias.shape, len(multiples)))
    roi = np.empty(drawn.bias.shape)
    for c, one in enumerate(fitted):
        ahead, whole = _ahead(history.spend[:, c], pattern[:, c], multiples, one)
        revenue[:, c] = ahead[drawn.shape[:, c]] * real[:, c, None]
        roi[:, c] = whole[drawn.shape[:, c]] * real[:, c] / history.spend[:, c].sum()
    return ResponseDraws(
        campaign_ids=history.campaign_ids,
        names=history.names,
        types=history.types,
        currency=history.currency,
        horizon_days=horizon_days,
        spend=pattern.sum(axis=0),
        multiples=multiples,
        seen_most=seen_most,
        revenue=revenue,
        roi=roi,
        period_days=history.period_days,
        noise=known.noise,
        outcome_believed=known.is_believed,
    )


def _ahead(
    spend: Floats, pattern: Floats, multiples: Floats, fitted: shapes.Shapes
) -> tuple[Floats, Floats]:
    """Each curve's revenue ahead, with carry-over, at each multiple (K, J), and of all history."""
    rest = np.zeros(CARRY_OVER_PERIODS)
    own = np.append(pattern, rest)

    def at_work(retention: float) -> Floats:
        left = carried(spend, retention)[-1] * retention ** np.arange(1, len(own) + 1)
        path: Floats = left + multiples[:, None] * carried(own, retention)
        return path / shapes.unit(spend, retention)

    answers = fitted.curves.respond(at_work).sum(axis=2) * fitted.level[:, None]
    return answers, fitted.respond(np.append(spend, rest)).sum(axis=1)


def _multiples(most: float) -> Floats:
    """Where responses are tabulated: close together up to twice today's spend."""
    if most <= _MULTIPLES[-1]:
        return _MULTIPLES
    return np.append(_MULTIPLES, np.geomspace(_MULTIPLES[-1], most, _BEYOND + 1)[1:])


def _seen_most(spend: Floats, pattern: Floats) -> Floats:
    """The multiple at which mean spend a period reaches 1.2 x the 95th percentile seen, or 1."""
    mean = pattern.mean(axis=0)
    bound = _SEEN_FACTOR * np.percentile(spend, 95, axis=0)
    answer: Floats = np.maximum(1.0, np.divide(bound, mean, out=np.ones_like(mean), where=mean > 0))
    return answer
