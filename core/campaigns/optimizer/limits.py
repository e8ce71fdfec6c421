"""What a budget plan must keep to, checked before any plan is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from core.campaigns.optimizer.allocation import Bounds
from core.campaigns.optimizer.response import ResponseDraws
from core.errors import Invalid
from core.i18n import mark

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class BudgetLimits:
    """What a person asks of a plan.

    ``least`` and ``most`` are multiples of each campaign's current spend, those in
    ``by_campaign`` go before them. ``total`` is money over the horizon, today's where None.
    ``type_most`` caps a type's spend in money; ``largest_step`` is the largest change of a
    campaign as a share of its spend. ``reserve`` is the share of the total kept for
    experiments. ``caution`` goes from 0 (best on average) to 1 (best of the bad tenth).
    """

    least: float = 0.5
    most: float = 1.5
    by_campaign: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    total: float | None = None
    type_most: Mapping[str, float] = field(default_factory=dict)
    largest_step: float | None = None
    reserve: float = 0.0
    caution: float = 0.0


class BadMultiples(Invalid):
    """The smallest spend is above the largest, or below zero."""

    code = "bad_multiples"
    message = mark(
        "The smallest share of today's spend must be zero or more and at most the largest."
    )


class BadTotal(Invalid):
    """The total is no amount of money."""

    code = "bad_total"
    message = mark("The budget must be an amount of money, zero or more.")


class BudgetTooSmall(Invalid):
    """The total is below what the campaigns must spend at least."""

    code = "budget_below_minimums"
    message = mark(
        "The budget of {total} is below {least}, the sum of what the campaigns must spend at "
        "least. Lower the minimums or unlock a campaign."
    )


class BudgetTooLarge(Invalid):
    """The total is above what the campaigns may spend at most."""

    code = "budget_above_maximums"
    message = mark(
        "The budget of {total} is above {most}, the most that the campaigns may spend "
        "together. Raise the maximums, or lower the budget."
    )


class TypeCapTooSmall(Invalid):
    """A type's cap is below what its campaigns must spend at least."""

    code = "type_cap_below_minimums"
    message = mark(
        "The cap of {cap} for {type} is below {least}, what its campaigns must spend at least."
    )


def check_multiples(limits: BudgetLimits) -> None:
    """Raise where a smallest multiple is negative or above its largest, or what is no number."""
    pairs = [(limits.least, limits.most), *limits.by_campaign.values()]
    if not all(isfinite(high) and 0 <= low <= high for low, high in pairs):
        raise BadMultiples(field="min")
    if limits.total is not None and not (isfinite(limits.total) and limits.total >= 0):
        raise BadTotal(field="total")


def bounds(draws: ResponseDraws, limits: BudgetLimits) -> Bounds:
    """The limits in money of each campaign, each type and all; raises what no plan can keep."""
    low, high = _multiples(draws, limits)
    low, high = low * draws.spend, high * draws.spend
    total = draws.spend.sum() if limits.total is None else limits.total
    total *= 1 - limits.reserve
    types = sorted(set(draws.types))
    group = np.array([types.index(one) for one in draws.types])
    caps = np.array([limits.type_most.get(one, np.inf) for one in types])
    _require_room(low, high, total, group, caps, types)
    return Bounds(low, high, total, group, caps)


def asked_multiples(draws: ResponseDraws, limits: BudgetLimits) -> tuple[np.ndarray, np.ndarray]:
    """The multiples (C,) of today's spend between which a person lets each campaign move."""
    pairs = [limits.by_campaign.get(one, (limits.least, limits.most)) for one in draws.campaign_ids]
    low, high = np.array(pairs, dtype=float).T
    if limits.largest_step is not None:
        low = np.maximum(low, 1 - limits.largest_step)
        high = np.minimum(high, 1 + limits.largest_step)
    locked = np.array([one in limits.locked for one in draws.campaign_ids])
    return np.where(locked, 1.0, low), np.where(locked, 1.0, high)


def _multiples(draws: ResponseDraws, limits: BudgetLimits) -> tuple[np.ndarray, np.ndarray]:
    """The same, and no further than spend that was seen."""
    low, high = asked_multiples(draws, limits)
    locked = np.array([one in limits.locked for one in draws.campaign_ids])
    seen = np.maximum(low, np.minimum(high, draws.seen_most))
    return low, np.where(locked, 1.0, seen)


def _require_room(
    low: np.ndarray,
    high: np.ndarray,
    total: float,
    group: np.ndarray,
    caps: np.ndarray,
    types: list[str],
) -> None:
    for number, cap in enumerate(caps):
        least = float(low[group == number].sum())
        if cap < least * (1 - _ROUNDING):
            raise TypeCapTooSmall(
                field="type_most",
                type=types[number],
                cap=round(float(cap), 2),
                least=round(least, 2),
            )
    if total < low.sum() * (1 - _ROUNDING):
        raise BudgetTooSmall(field="total", total=round(total, 2), least=round(float(low.sum()), 2))
    most = sum(
        min(float(high[group == number].sum()), float(cap)) for number, cap in enumerate(caps)
    )
    if total > most * (1 + _ROUNDING):
        raise BudgetTooLarge(field="total", total=round(total, 2), most=round(most, 2))
