"""Which audiences to spend more on, within each campaign.

An audience that looks good over all campaigns may only have run in the good ones. So what is
due to the audience is learned from comparisons within campaigns (:mod:`.segment_rates`), and
where that differs from the plain figure the suggestion says so. Audiences of one name are
taken to be the same audience in different campaigns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.campaigns.evidence import RECENT_WEEKS, Asked, PartCounts, of_campaigns
from core.campaigns.optimizer import audience_words, basis, segments, worth
from core.campaigns.optimizer.basis import Thin
from core.campaigns.optimizer.pooling import Floats
from core.campaigns.optimizer.segments import Segment
from core.campaigns.optimizer.shifting import best_shares, effect, elasticities, gain
from core.campaigns.optimizer.suggestion import Action, Answer, Kind, Measure, Suggestion
from core.campaigns.optimizer.worth import Target

MIN_CONVERSIONS = 30
MOST_CAMPAIGNS = 8  # that one suggestion changes
MOST_COMPARED = 50  # by spend
STEP = 0.3  # an audience's spend changes by at most this share of itself
_SMALLEST_MOVE = 0.005


@dataclass(frozen=True, slots=True)
class Shift:
    """A campaign's audiences that run, with their shares of spend.

    ``returns`` are draws of what a unit of spend brings, ``change`` and ``base`` of what the
    horizon brings more with the new shares, and without them.
    """

    campaign_id: int
    campaign: str
    parts: Sequence[PartCounts]
    now: Floats
    then: Floats
    returns: Floats
    change: Floats
    base: Floats


def suggest_audiences(parts: Sequence[PartCounts], asked: Asked) -> Answer:
    """Shares of spend for the audiences of each campaign, or what is missing to tell."""
    spending = [part for part in parts if part.total(reporting="conversions").spend > 0]
    by_spend = _by_spend(of_campaigns(spending))
    groups = dict(by_spend[:MOST_COMPARED])
    beyond = [group for _, group in by_spend[MOST_COMPARED:]]
    scope = parts[0].campaign if len({part.campaign_id for part in parts}) == 1 else ""
    target = worth.target_of(groups.values(), MIN_CONVERSIONS)
    verdicts = [(group, _thinness(group, target)) for group in groups.values()]
    thin = [verdict for _, verdict in verdicts if verdict is not None]
    judged = [group for group, verdict in verdicts if verdict is None]
    if not judged:
        missing = thin or [audience_words.nothing_imported(bool(parts))]
        return basis.too_thin(Kind.AUDIENCE, scope, missing, basis.basis_of(parts, asked))
    rng = np.random.default_rng(asked.seed)
    compared = [part for group in groups.values() for part in group]
    rates = segments.rates_of(compared, rng)
    numbers = {part.part_id: number for number, part in enumerate(compared)}
    elasticity = elasticities(rng)
    shifts = []
    for group in judged:
        running = _running(group)
        returns = rates.rates[:, [numbers[part.part_id] for part in running]]
        if target is Target.REVENUE:
            returns = returns * worth.values(running, rng)
        shifts.append(_shift(running, returns, elasticity, asked))
    found = segments.describe(compared, rates)
    unseen = audience_words.beyond(len(groups), len(beyond), sum(map(len, beyond)))
    answer = _suggestion(scope, target, shifts, found, thin, asked)
    return replace(answer, limits=[*answer.limits, *unseen])


def _by_spend(groups: dict[int, list[PartCounts]]) -> list[tuple[int, list[PartCounts]]]:
    return sorted(groups.items(), key=lambda item: -sum(p.total().spend for p in item[1]))


def _running(group: Sequence[PartCounts]) -> list[PartCounts]:
    return [part for part in group if part.total(RECENT_WEEKS).spend > 0]


def _thinness(group: Sequence[PartCounts], target: Target) -> Thin | None:
    """Why a campaign's audiences cannot be compared yet; ``None`` where they can."""
    running, campaign = _running(group), group[0].campaign
    if len(running) < 2:
        return audience_words.nothing_to_compare(campaign, len(running))
    conversions = sum(part.total().conversions or 0.0 for part in running)
    if conversions < MIN_CONVERSIONS:
        weeks = len({week.ago for part in running for week in part.weeks})
        return basis.more_conversions(campaign, conversions, MIN_CONVERSIONS, weeks)
    if target is Target.REVENUE and not worth.tells_revenue(running):
        return audience_words.no_revenue_told(campaign)
    return None


def _shift(
    running: Sequence[PartCounts], returns: Floats, elasticity: Floats, asked: Asked
) -> Shift:
    """The new shares of one campaign and what they are expected to bring."""
    spend = np.array([part.total(RECENT_WEEKS).spend for part in running])
    now = spend / spend.sum()
    then = best_shares(now, returns.mean(axis=0), STEP)
    total = basis.over_horizon(float(spend.sum()), asked)
    return Shift(
        campaign_id=running[0].campaign_id,
        campaign=running[0].campaign,
        parts=running,
        now=now,
        then=then,
        returns=returns,
        change=total * gain(now, then, returns, elasticity),
        base=total * (returns @ now),
    )


def _suggestion(
    scope: str,
    target: Target,
    shifts: Sequence[Shift],
    found: Sequence[Segment],
    thin: Sequence[Thin],
    asked: Asked,
) -> Suggestion:
    ranked = sorted(shifts, key=lambda one: (-float(one.change.mean()), one.campaign_id))
    better = [one for one in ranked if np.abs(one.then - one.now).max() >= _SMALLEST_MOVE]
    chosen = better[:MOST_CAMPAIGNS] or ranked[:1]
    return Suggestion(
        kind=Kind.AUDIENCE,
        scope=chosen[0].campaign if len(chosen) == 1 else scope,
        currency=asked.currency,
        actions=[action for one in chosen for action in _actions(one)],
        effect=effect(
            sum((one.change for one in chosen), np.zeros(1)),
            sum((one.base for one in chosen), np.zeros(1)),
            audience_words.effect_of(target, asked.horizon_days),
            is_money=target is Target.REVENUE,
        ),
        why=audience_words.why(target, is_better=bool(better)),
        basis=basis.basis_of([part for one in chosen for part in one.parts], asked),
        limits=[
            *audience_words.limits(STEP, len(shifts) - len(chosen)),
            *basis.left_out(thin),
        ],
        doubts=audience_words.doubts(found),
        estimates=audience_words.estimates(found),
    )


def _actions(one: Shift) -> list[Action]:
    multiples = one.returns / (one.returns @ one.now)[:, None]
    low, high = np.quantile(multiples, (0.05, 0.95), axis=0)
    return [
        Action(
            subject_id=part.part_id,
            subject=part.name,
            now=float(one.now[i]),
            then=float(one.then[i]),
            measure=Measure.SHARE,
            why=audience_words.why_share(
                float(multiples[:, i].mean()), float(low[i]), float(high[i])
            ),
            group=one.campaign,
            group_id=one.campaign_id,
        )
        for i, part in enumerate(one.parts)
    ]
