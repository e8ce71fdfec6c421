"""Draws of responses made by hand, for the rules that plan with them."""

import numpy as np

from core.campaigns.optimizer.response import ResponseDraws

MULTIPLES = np.linspace(0, 2, 41)


def made(
    worth: tuple[float, ...] = (1.0, 2.0, 4.0),
    doubt: tuple[float, ...] = (0.2, 0.2, 0.2),
    noise: float | None = 50.0,
    draws: int = 400,
) -> ResponseDraws:
    """Campaigns that spend 100 and bring worth x square root of spend, give or take their doubt."""
    rng = np.random.default_rng(1)
    scale = np.array(worth) * np.exp(np.array(doubt) * rng.standard_normal((draws, len(worth))))
    spend = np.full(len(worth), 100.0)
    revenue = scale[:, :, None] * np.sqrt(MULTIPLES[None, None, :] * 100.0)
    names = tuple(f"c{number}" for number in range(len(worth)))
    return ResponseDraws(
        names,
        names,
        tuple(("search", "social", "search")[number % 3] for number in range(len(worth))),
        "EUR",
        28,
        spend,
        MULTIPLES,
        np.full(len(worth), 2.0),
        revenue,
        scale,
        1,
        noise,
    )
