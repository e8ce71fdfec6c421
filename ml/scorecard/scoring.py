"""Worlds played through, and what they say of the optimizer and of the rules of thumb."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.allocation import Bounds, allocate
from core.campaigns.optimizer.budget import best_plan
from core.campaigns.optimizer.limits import BudgetLimits, bounds
from core.campaigns.optimizer.response import ResponseDraws
from ml.response.fit import fit
from ml.scorecard.rules import RULES
from ml.scorecard.worlds import World, WorldKind, draw

Floats = NDArray[np.float64]

OPTIMIZER = "optimizer"
CAUTIOUS = "optimizer, cautious"
_TRUTH_POINTS = 81

_WEEKLY = WorldKind("weekly", campaigns=5, periods=104, period_days=7, horizon_days=56)
KINDS = (
    _WEEKLY,
    replace(_WEEKLY, name="weekly, wide bias", attribution_sd=0.8),
    WorldKind("daily", campaigns=12, periods=540, period_days=1, horizon_days=28),
    replace(_WEEKLY, name="misspecified", strange=True),
    replace(_WEEKLY, name="attribution only, wide bias", attribution_sd=0.8, has_outcome=False),
    replace(_WEEKLY, name="weekly, lift tests", lift_test_error=0.2),
)


@dataclass(frozen=True, slots=True)
class Played:
    """One plan in one world: its true gain, the best possible, and what was claimed for it.

    Gains are shares of today's incremental revenue; claims are None for rules of thumb.
    """

    method: str
    gain: float
    best: float
    claimed: float | None = None
    low: float | None = None
    high: float | None = None
    cpu_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """What a method did over the worlds of a kind.

    ``pooled_share`` is the sum of true gains over the sum of the best possible ones, with its
    jackknife standard error; ``ahead`` how much gain it has over spending in proportion to
    ROAS on the same worlds, with the standard error of that difference.
    """

    kind: str
    method: str
    worlds: int
    pooled_share: float
    pooled_share_se: float
    median_share: float
    worse_than_today: float
    coverage: float | None
    claim_error: float | None
    ahead: float
    ahead_se: float
    cpu_seconds: float | None


def play(kind: WorldKind, seed: int) -> list[Played]:
    """One world: the optimizer, its cautious step and every rule of thumb."""
    world = draw(kind, seed)
    begun = time.process_time()
    draws = fit(world.history, kind.horizon_days, seed=seed)
    plans = {OPTIMIZER: best_plan(draws, BudgetLimits())}
    cpu = time.process_time() - begun
    plans[CAUTIOUS] = best_plan(draws, BudgetLimits(caution=1.0))
    room = bounds(draws, BudgetLimits())
    best = world.uplift(_best_possible(world, draws, room))
    told = [
        Played(
            method,
            world.uplift(plan.multiples),
            best,
            plan.uplift.mean,
            plan.uplift.p05,
            plan.uplift.p95,
            cpu,
        )
        for method, plan in plans.items()
    ]
    ruled = [
        Played(name, world.uplift(rule(world.history, draws.spend, room) / draws.spend), best)
        for name, rule in RULES.items()
    ]
    return told + ruled


def _best_possible(world: World, draws: ResponseDraws, room: Bounds) -> Floats:
    """The plan of somebody who knows the truth, within the same limits."""
    multiples = np.linspace(0.0, draws.multiples[-1], _TRUTH_POINTS)
    count = len(draws.spend)
    values = np.array([world.revenue(np.full(count, multiple)) for multiple in multiples]).T
    spend = allocate(multiples[None, :] * draws.spend[:, None], values, room)
    answer: Floats = spend / draws.spend
    return answer


def scorecard(
    worlds: int,
    seed: int,
    progress: Callable[[float, str], None],
    kinds: Sequence[WorldKind] = KINDS,
    processes: int = 2,
) -> list[Score]:
    """Play as many worlds of each kind; the same seed plays the same worlds."""
    scores: list[Score] = []
    # A fresh process each, because a forked one would share the parent's open databases.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for number, kind in enumerate(kinds):
            progress(number / len(kinds), kind.name)
            seeds = range(seed, seed + worlds)
            played = list(pool.map(partial(play, kind), seeds))
            scores += summarised(kind.name, played)
    return scores


def summarised(kind: str, played: Sequence[Sequence[Played]]) -> list[Score]:
    """One score for each method, over worlds that all methods played."""
    methods = [one.method for one in played[0]]
    by_method = {
        method: [next(one for one in world if one.method == method) for world in played]
        for method in methods
    }
    naive = np.array([one.gain for one in by_method[next(iter(RULES))]])
    return [_score(kind, method, ones, naive) for method, ones in by_method.items()]


def _score(kind: str, method: str, ones: Sequence[Played], naive: Floats) -> Score:
    gain = np.array([one.gain for one in ones])
    best = np.array([one.best for one in ones])
    ahead = gain - naive
    return Score(
        kind=kind,
        method=method,
        worlds=len(ones),
        pooled_share=float(gain.sum() / best.sum()),
        pooled_share_se=_jackknife(gain, best),
        median_share=float(np.median(gain / best)),
        worse_than_today=float((gain < 0).mean()),
        coverage=_mean(
            one.low <= one.gain <= one.high
            for one in ones
            if one.low is not None and one.high is not None
        ),
        claim_error=_mean(one.claimed - one.gain for one in ones if one.claimed is not None),
        ahead=float(ahead.mean()),
        ahead_se=float(ahead.std(ddof=1) / np.sqrt(len(ahead))) if len(ahead) > 1 else 0.0,
        cpu_seconds=_mean(one.cpu_seconds for one in ones if one.cpu_seconds is not None),
    )


def _mean(values: Iterable[float]) -> float | None:
    held = list(values)
    return float(np.mean(held)) if held else None


def _jackknife(gain: Floats, best: Floats) -> float:
    """Standard error of a ratio of sums, by leaving out each world in turn."""
    n = len(gain)
    if n < 2:
        return 0.0
    without = (gain.sum() - gain) / (best.sum() - best)
    return float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))


def as_rows(scores: Sequence[Score]) -> list[dict[str, Any]]:
    """Scores as plain values."""
    return [asdict(score) for score in scores]
