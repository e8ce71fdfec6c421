"""From impressions to revenue: how much of each step comes through to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from core.campaigns.kpis import Totals, ctr, cvr


class Step(StrEnum):
    """The steps, in their order."""

    IMPRESSIONS = "impressions"
    CLICKS = "clicks"
    CONVERSIONS = "conversions"
    REVENUE = "revenue"


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class Stage:
    """One step in the period and in the one compared with.

    ``rate`` is what comes of one unit of the step before it: a share up to conversions, an
    amount of money for revenue. ``None`` where it is undefined, or nothing is compared.
    """

    step: Step
    now: float | None
    before: float | None
    rate: float | None
    rate_before: float | None


def revenue_per_conversion(figures: Totals) -> float | None:
    """Revenue ÷ conversions; undefined without conversions.

    Undefined, too, where some rows report one of the two only: the ratio would mix them.
    """
    if figures.spend_with_revenue != figures.spend_with_conversions:
        return None
    if figures.revenue is None or not figures.conversions:
        return None
    return figures.revenue / figures.conversions


def funnel(now: Totals, before: Totals | None) -> tuple[Stage, ...]:
    """The four steps with their rates."""
    return tuple(
        Stage(
            step,
            value(now),
            value(before) if before else None,
            rate(now),
            rate(before) if before else None,
        )
        for step, value, rate in _STEPS
    )


_STEPS: tuple[
    tuple[Step, Callable[[Totals], float | None], Callable[[Totals], float | None]], ...
] = (
    (Step.IMPRESSIONS, lambda figures: figures.impressions, lambda _: None),
    (Step.CLICKS, lambda figures: figures.clicks, ctr),
    (Step.CONVERSIONS, lambda figures: figures.conversions, cvr),
    (Step.REVENUE, lambda figures: figures.revenue, revenue_per_conversion),
)
