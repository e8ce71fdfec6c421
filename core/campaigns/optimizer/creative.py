"""Which creatives to show more: traffic by the chance of being the best, and what wears out.

Creatives are compared within their campaign only. Traffic shares are the probabilities of
being the best (Thompson sampling; Scott, A modern Bayesian look at the multi-armed bandit,
2010), so that what is not known to be worse keeps being tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.campaigns.evidence import RECENT_WEEKS, Asked, PartCounts, of_campaigns
from core.campaigns.optimizer import basis, creative_words, worth
from core.campaigns.optimizer.basis import Thin
from core.campaigns.optimizer.fatigue import Wear, find_wear
from core.campaigns.optimizer.pooling import Floats
from core.campaigns.optimizer.shifting import effect
from core.campaigns.optimizer.suggestion import (
    Action,
    Answer,
    Estimate,
    Kind,
    Measure,
    Remark,
    Suggestion,
)
from core.campaigns.optimizer.worth import Target
from core.i18n import mark

WEEKS_COMPARED = 13  # older impressions say little about today's rates
MIN_CONVERSIONS = 30
MIN_IMPRESSIONS = 1000
MOST_CAMPAIGNS = 8
_SMALLEST_SHARE = 0.01  # below, a creative is stopped


@dataclass(frozen=True, slots=True)
class Compared:
    """The creatives of one campaign; arrays have one entry, or column of draws, for each.

    ``worth`` is what an impression brings, ``shown`` how many impressions the horizon has.
    """

    campaign_id: int
    campaign: str
    parts: Sequence[PartCounts]
    now: Floats
    then: Floats
    worth: Floats
    shown: float
    wear: Sequence[Wear]

    @property
    def change(self) -> Floats:
        """Draws of what the horizon brings more with the new shares."""
        return self.shown * (self.worth @ (self.then - self.now))

    @property
    def base(self) -> Floats:
        """Draws of what the horizon brings with today's shares."""
        return self.shown * (self.worth @ self.now)


def suggest_creatives(parts: Sequence[PartCounts], asked: Asked) -> Answer:
    """Traffic shares for the creatives of each campaign, or what is missing to tell."""
    groups = of_campaigns(parts)
    scope = parts[0].campaign if len(groups) == 1 else ""
    lately = [worth.lately(_running(group), WEEKS_COMPARED) for group in groups.values()]
    target = worth.target_of(lately, MIN_CONVERSIONS)
    looked_at = [_compare(group, target, asked) for group in groups.values()]
    compared = [one for one in looked_at if isinstance(one, Compared)]
    thin = [one for one in looked_at if isinstance(one, Thin)]
    if not compared:
        missing = thin or [creative_words.nothing_imported()]
        return basis.too_thin(Kind.CREATIVE, scope, missing, basis.basis_of(parts, asked))
    return _suggestion(scope, target, compared, thin, asked)


def _running(group: Sequence[PartCounts]) -> list[PartCounts]:
    return [part for part in group if part.total(RECENT_WEEKS).impressions > 0]


def _compare(group: Sequence[PartCounts], target: Target, asked: Asked) -> Compared | Thin:
    running = _running(group)
    lately = worth.lately(running, WEEKS_COMPARED)
    thin = _thinness(group[0].campaign, lately, target)
    if thin is not None:
        return thin
    rng = np.random.default_rng((asked.seed, group[0].campaign_id))
    draws = worth.per_impression(lately, target, rng)
    recent = np.array([part.total(RECENT_WEEKS).impressions for part in running])
    return Compared(
        campaign_id=group[0].campaign_id,
        campaign=group[0].campaign,
        parts=lately,
        now=recent / recent.sum(),
        then=traffic_shares(draws),
        worth=draws,
        shown=basis.over_horizon(float(recent.sum()), asked),
        wear=find_wear(running, rng),
    )


def traffic_shares(draws: Floats) -> Floats:
    """Shares by the probability of being the best; less than 1% is nothing at all."""
    chances = chances_of_best(draws)
    kept = np.where(chances < _SMALLEST_SHARE, 0.0, chances)
    shares: Floats = kept / kept.sum()
    return shares


def chances_of_best(draws: Floats) -> Floats:
    """The probability that each column is the largest of its row."""
    best = np.bincount(draws.argmax(axis=1), minlength=draws.shape[1])
    chances: Floats = best / len(draws)
    return chances


def _thinness(campaign: str, lately: Sequence[PartCounts], target: Target) -> Thin | None:
    """Why the creatives of a campaign cannot be compared yet; ``None`` where they can."""
    if len(lately) < 2:
        return creative_words.nothing_to_compare(campaign, len(lately))
    totals = [part.total(reporting="conversions") for part in lately]
    if all(total.conversions is None for total in totals):
        return creative_words.no_conversions_told(campaign)
    conversions = sum(total.conversions or 0.0 for total in totals)
    weeks = len({week.ago for part in lately for week in part.weeks})
    if conversions < MIN_CONVERSIONS:
        return basis.more_conversions(campaign, conversions, MIN_CONVERSIONS, weeks)
    least = min(total.impressions for total in totals)
    if least < MIN_IMPRESSIONS:
        return creative_words.more_impressions(campaign, least, MIN_IMPRESSIONS)
    if target is Target.REVENUE and not worth.tells_revenue(lately):
        return creative_words.no_revenue_told(campaign)
    return None


def _suggestion(
    scope: str,
    target: Target,
    compared: Sequence[Compared],
    thin: Sequence[Thin],
    asked: Asked,
) -> Suggestion:
    ranked = sorted(compared, key=lambda one: (-float(one.change.mean()), one.campaign_id))
    better = [one for one in ranked if one.change.mean() > 0][:MOST_CAMPAIGNS]
    chosen = better or ranked[:1]
    parts = [part for one in chosen for part in one.parts]
    worn = [(one, wear) for one in chosen for wear in one.wear]
    return Suggestion(
        kind=Kind.CREATIVE,
        scope=chosen[0].campaign if len(chosen) == 1 else scope,
        currency=asked.currency,
        actions=[action for one in chosen for action in _actions(one)],
        effect=effect(
            sum((one.change for one in chosen), np.zeros(1)),
            sum((one.base for one in chosen), np.zeros(1)),
            creative_words.effect_of(target, asked.horizon_days),
            is_money=target is Target.REVENUE,
        ),
        why=creative_words.why(target, is_better=bool(better)),
        basis=basis.basis_of(parts, asked),
        limits=[
            *creative_words.limits(len(better), len(compared)),
            *creative_words.apart_in_time(chosen),
            *basis.left_out(thin),
        ],
        doubts=creative_words.doubts([wear for _, wear in worn]),
        estimates=[estimate for one in chosen for estimate in _estimates(one, target)],
    )


def _actions(one: Compared) -> list[Action]:
    chances = chances_of_best(one.worth)
    loss = losses(one.worth)
    return [
        Action(
            subject_id=part.part_id,
            subject=part.name,
            now=float(one.now[i]),
            then=float(one.then[i]),
            measure=Measure.SHARE,
            why=creative_words.why_share(float(chances[i]), float(loss[i])),
            group=one.campaign,
            group_id=one.campaign_id,
        )
        for i, part in enumerate(one.parts)
    ]


def losses(draws: Floats) -> Floats:
    """What showing each alone is expected to cost, as a share of what the best brings."""
    best = draws.max(axis=1, keepdims=True)
    lost: Floats = (best - draws).mean(axis=0) / best.mean()
    return lost


def _estimates(one: Compared, target: Target) -> list[Estimate]:
    """What a thousand impressions bring, and how fast each creative wears out."""
    per_thousand = 1000.0 * one.worth
    low, high = np.quantile(per_thousand, (0.05, 0.95), axis=0)
    chances, loss = chances_of_best(one.worth), losses(one.worth)
    compared = [
        Estimate(
            subject_id=part.part_id,
            subject=part.name,
            group=one.campaign,
            of=creative_words.per_thousand(target),
            measure=Measure.MONEY if target is Target.REVENUE else Measure.COUNT,
            mean=float(per_thousand[:, i].mean()),
            p05=float(low[i]),
            p95=float(high[i]),
            p_best=float(chances[i]),
            loss=float(loss[i]),
        )
        for i, part in enumerate(one.parts)
    ]
    return compared + [_worn(one, wear) for wear in one.wear]


def _worn(one: Compared, wear: Wear) -> Estimate:
    of = Remark(mark("Change of the click rate when impressions double"))
    measured = (of, Measure.SHARE, wear.mean, wear.p05, wear.p95)
    return Estimate(wear.part_id, wear.name, one.campaign, *measured)
