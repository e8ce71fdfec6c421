"""Shares a campaign's days among its creatives, or among its audiences, to the last click."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.sample.campaigns import CampaignDays
from data.sample.response import Days

_APART = 0.25  # how much rates of a campaign's parts differ, as the sd of their logarithm
_TIRING = 0.8  # how much more often the first creative was clicked when nobody knew it

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PartDays:
    """One creative's or audience's days; NaN where the campaign's tracking failed."""

    name: str
    impressions: Counts
    clicks: Counts
    spend: Days
    conversions: Days
    revenue: Days


def shared(
    campaign: CampaignDays, names: Sequence[str], rng: np.random.Generator, *, tires: bool
) -> list[PartDays]:
    """The parts whose figures add up to the campaign's on every day.

    Where a part ``tires``, the first one is clicked less the more it was shown.
    """
    count = len(names)
    weights = rng.dirichlet(np.full(count, 6.0))
    impressions = _drawn(campaign.impressions, np.tile(weights, (len(campaign.spend), 1)), rng)
    clicked = impressions * rng.lognormal(0, _APART, count)
    if tires:
        seen = np.cumsum(impressions[:, 0]) / max(1, int(impressions[:, 0].sum()))
        clicked[:, 0] *= (1.0 + _TIRING) / (1.0 + 2.0 * _TIRING * seen)
    clicks = np.minimum(_drawn(campaign.clicks, clicked, rng), impressions)
    clicks[:, -1] += campaign.clicks - clicks.sum(axis=1)
    converted = (clicks + 0.01) * rng.lognormal(0, _APART, count)
    known = np.nan_to_num(campaign.conversions).astype(np.int64)
    conversions = _drawn(known, converted, rng)
    spend = _split(campaign.spend, impressions)
    revenue = _split(np.nan_to_num(campaign.revenue), conversions)
    unknown = np.isnan(campaign.conversions)[:, None]
    conversions_told = np.where(unknown, np.nan, conversions)
    revenue_told = np.where(unknown, np.nan, revenue)
    return [
        PartDays(
            name, impressions[:, at], clicks[:, at], spend[:, at],
            conversions_told[:, at], revenue_told[:, at],
        )
        for at, name in enumerate(names)
    ]  # fmt: skip


def _drawn(totals: Counts, weights: NDArray[np.float64], rng: np.random.Generator) -> Counts:
    """Each day's total drawn among the parts, by weights that need not add up to one."""
    positive = weights + 1e-12
    drawn: Counts = rng.multinomial(totals, positive / positive.sum(axis=1, keepdims=True))
    return drawn


def _split(totals: Days, counts: Counts) -> NDArray[np.float64]:
    """Each day's amount in proportion to counts, in whole cents that add up to it."""
    whole = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    cents = np.floor(np.round(totals * 100)[:, None] * counts / whole)
    cents[:, -1] += np.round(totals * 100) - cents.sum(axis=1)
    split: NDArray[np.float64] = cents / 100
    return split
