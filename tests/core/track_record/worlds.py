"""Days whose truth is known: with a plan at work in the last of them."""

from datetime import date

import numpy as np

from core.track_record.counterfactual import Observed

FIRST_DAY = date(2025, 3, 3)


def world(
    seed: int, *, effect: float = 0.0, days: int = 240, horizon: int = 28, zeros: bool = False
) -> tuple[Observed, float]:
    """A world and the true share that its plan brought.

    Season and holidays move target and control alike, the level wanders, noise lasts, spend
    rises by a fifth with the plan; what came without it is what is not multiplied.
    """
    rng = np.random.default_rng(seed)
    count = days + horizon
    at = np.arange(count)
    demand = np.exp(
        0.15 * np.sin(2 * np.pi * (at / 365 + rng.uniform()))
        + 0.1 * np.cumsum(rng.normal(0, 0.05, count))
    )
    week = 1 + 0.2 * np.cos(2 * np.pi * at / 7)
    lasting = np.zeros(count)
    for t in range(1, count):
        lasting[t] = 0.6 * lasting[t - 1] + rng.normal(0, 0.03)
    spend = 100 * week[:, None] * rng.lognormal(0, 0.1, (count, 3))
    without = 900 * demand * week * np.power(spend.mean(axis=1) / 100, 0.6) * np.exp(lasting)
    without = without * rng.lognormal(0, 0.05, count)
    target = without.copy()
    target[days:] *= 1 + effect
    if zeros:
        target[::3] = 0.0
    control = 5000 * demand * rng.lognormal(0, 0.04, count)
    seen = Observed(
        first_day=FIRST_DAY,
        first=days,
        last=count - 1,
        target=target,
        spend=spend,
        attributed=np.repeat(target[:, None] / 3, 3, axis=1),
        repeats=True,
        controls={"others": control},
    )
    return seen, effect
