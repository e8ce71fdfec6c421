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


@dataclass(frozen=True, slots=True)
class Traits:
    """What is true of a campaign's parts: what each is given, and how well it does.

    ``shares`` (n,) of impressions add up to one; ``clicked`` and ``converted`` (n,) say how much
    more often than others a part is clicked, and a click converts.
    """

    shares: Days
    clicked: Days
    converted: Days


def shared(
    campaign: CampaignDays, names: Sequence[str], rng: np.random.Generator, *, tires: bool
) -> tuple[list[PartDays], Traits]:
    """The parts whose figures add up to the campaign's on every day, and what is true of them.

    Where a part ``tires``, the first one is clicked less the more it was shown.
    """
    count = len(names)
    weights = rng.dirichlet(np.full(count, 6.0))
    impressions = _drawn(campaign.impressions, np.tile(weights, (len(campaign.spend), 1)), rng)
    appeal = rng.lognormal(0, _APART, count)
    clicked = impressions * appeal
    if tires:
        seen = np.cumsum(impressions[:, 0]) / max(1, int(impressions[:, 0].sum()))
        clicked[:, 0] *= (1.0 + _TIRING) / (1.0 + 2.0 * _TIRING * seen)
    clicks = np.minimum(_drawn(campaign.clicks, clicked, rng), impressions)
    clicks[:, -1] += campaign.clicks - clicks.sum(axis=1)
    worth = rng.lognormal(0, _APART, count)
    converted = (clicks + 0.01) * worth
    known = np.nan_to_num(campaign.conversions).astype(np.int64)
    conversions = _drawn(known, converted, rng)
    spend = _split(campaign.spend, impressions)
    revenue = _split(np.nan_to_num(campaign.revenue), conversions)
    unknown = np.isnan(campaign.conversions)[:, None]
    conversions_told = np.where(unknown, np.nan, conversions)
    revenue_told = np.where(unknown, np.nan, revenue)
    parts = [
        PartDays(
            name, impressions[:, at], clicks[:, at], spend[:, at],
            conversions_told[:, at], revenue_told[:, at],
        )
        for at, name in enumerate(names)
    ]  # fmt: skip
    if tires:
        appeal = appeal.copy()
        appeal[0] *= (1.0 + _TIRING) / (1.0 + 2.0 * _TIRING)  # as tired as on the last day
    return parts, Traits(weights, appeal, worth)


def shared_ahead(
    campaign: CampaignDays,
    names: Sequence[str],
    traits: Traits,
    shares: NDArray[np.float64],
    rngs: Sequence[np.random.Generator],
) -> list[PartDays]:
    """The same for the last days alone, one generator a day, with each day's ``shares`` (T, n)."""
    count = len(rngs)
    drawn = [
        _day(campaign, len(campaign.spend) - count + at, traits, shares[at], rng)
        for at, rng in enumerate(rngs)
    ]
    before = np.zeros((len(campaign.spend) - count, len(names)))
    impressions, clicks, spend, conversions, revenue = (
        np.concatenate([before, np.array([day[what] for day in drawn])]) for what in range(5)
    )
    return [
        PartDays(
            name, impressions[:, at].astype(np.int64), clicks[:, at].astype(np.int64),
            spend[:, at], conversions[:, at], revenue[:, at],
        )
        for at, name in enumerate(names)
    ]  # fmt: skip


def _day(
    campaign: CampaignDays, day: int, traits: Traits, shares: Days, rng: np.random.Generator
) -> tuple[NDArray[np.float64], ...]:
    one = slice(day, day + 1)
    impressions = _drawn(campaign.impressions[one], shares[None, :], rng)
    clicks = _drawn(campaign.clicks[one], impressions * traits.clicked, rng)
    clicks = np.minimum(clicks, impressions)
    clicks[:, int(np.argmax((impressions - clicks)[0]))] += campaign.clicks[day] - clicks.sum()
    told = np.nan_to_num(campaign.conversions[one]).astype(np.int64)
    conversions = _drawn(told, (clicks + 0.01) * traits.converted, rng)
    spend = _split(campaign.spend[one], impressions)
    revenue = _split(np.nan_to_num(campaign.revenue[one]), conversions)
    return impressions[0], clicks[0], spend[0], conversions[0], revenue[0]


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
