"""Responses that tests learn, from small histories of their own."""

from datetime import UTC, date, datetime, timedelta

import numpy as np

from core.campaigns.learned import Material, Response, ResponseMark
from core.campaigns.optimizer.history import History
from ml.response.learning import learn

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FINGERPRINT = "0123456789abcdef"


def mark(generation: int = 3, currency: str = "USD") -> ResponseMark:
    return ResponseMark(currency, generation, FINGERPRINT)


def material(days: int = 70, still: tuple[int, ...] = (), campaigns: int = 3) -> Material:
    """Campaigns whose revenue grows with the root of spend; ``still`` ones spend nothing now."""
    rng = np.random.default_rng(5)
    spend = 100 * np.exp(0.4 * rng.standard_normal((days, campaigns)))
    for column in still:
        spend[-30:, column] = 0.0
    scale = np.linspace(10, 40, campaigns)
    attributed = scale * np.sqrt(spend) * np.exp(0.05 * rng.standard_normal(spend.shape))
    first = date(2026, 9, 1)
    history = History(
        starts=tuple(first + timedelta(days=n) for n in range(days)),
        period_days=1,
        campaign_ids=tuple(str(n + 1) for n in range(campaigns)),
        names=tuple(f"Campaign {n + 1}" for n in range(campaigns)),
        types=("search", "search", "social")[:campaigns] + ("",) * (campaigns - 3),
        currency="USD",
        spend=spend,
        attributed=attributed,
    )
    return Material(history, conversions=420.0)


def learned(generation: int = 3, **told: object) -> Response:
    return learn(material(**told), mark(generation), seed=1, now=NOW)
