"""From a suggestion on a card, or a budget plan, to what is recorded when it is accepted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.limits import BudgetLimits
from core.campaigns.optimizer.planning import BudgetAnswer
from core.campaigns.optimizer.suggestion import Amount, Kind, Measure, Remark, Suggestion
from core.i18n import mark
from core.track_record.remarks import as_plain
from core.track_record.schemas import Change, Gain, Proposal, gain_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Made:
    """How a suggestion was made: from which data, for how long, about which campaigns.

    ``campaign_ids`` are the warehouse's, ``None`` for all; ``data_day`` is the last day told.
    """

    generation: int
    seed: int
    horizon_days: int
    data_day: date
    campaign_ids: tuple[int, ...] | None = None
    is_sample: bool = False


def from_suggestion(
    suggestion: Suggestion, made: Made, gains: Floats | None = None, money: Floats | None = None
) -> Proposal:
    """A card's suggestion; with draws of its gain as a share and in money where there are any."""
    effect = suggestion.effect
    predicted = gain_of(gains, money) if gains is not None else _from_interval(suggestion)
    groups = {one.group_id for one in suggestion.actions if one.group_id is not None}
    about = tuple(sorted(groups)) if groups else made.campaign_ids
    if suggestion.kind is Kind.BUDGET:
        about = tuple(one.subject_id for one in suggestion.actions if one.subject_id is not None)
    return Proposal(
        kind=suggestion.kind,
        scope=suggestion.scope,
        currency=suggestion.currency,
        horizon_days=made.horizon_days,
        predicted=predicted,
        plan=tuple(
            Change(a.subject_id, a.subject, a.now, a.then, a.measure, a.group_id, a.group)
            for a in suggestion.actions
        ),
        generation=made.generation,
        seed=made.seed,
        data_day=made.data_day,
        campaign_ids=about,
        of=as_plain(effect.of),
        constraints=[as_plain(one) for one in suggestion.limits],
        is_sample=made.is_sample,
    )


def from_budget(answer: BudgetAnswer, limits: BudgetLimits, made: Made) -> Proposal:
    """A budget plan of campaigns whose ids are the warehouse's; held ones are no part of it."""
    draws, plan = answer.draws, answer.plan
    gains = draws.uplift(plan.multiples)
    today = draws.at(np.ones(len(draws.spend))).sum(axis=1)
    ids = tuple(int(one) for one in draws.campaign_ids)
    of = Remark(mark("of the incremental revenue of these campaigns over {days} days"),
                {"days": made.horizon_days})  # fmt: skip
    rows = zip(ids, draws.names, draws.spend, plan.spend, strict=True)
    return Proposal(
        kind=Kind.BUDGET,
        scope="",
        currency=draws.currency,
        horizon_days=made.horizon_days,
        predicted=gain_of(gains, gains * today),
        plan=tuple(
            Change(number, name, float(now), float(then), Measure.MONEY)
            for number, name, now, then in rows
        ),
        generation=made.generation,
        seed=made.seed,
        data_day=made.data_day,
        campaign_ids=ids,
        of=as_plain(of),
        constraints=[as_plain(one) for one in _limits(limits)],
        is_sample=made.is_sample,
    )


def _from_interval(suggestion: Suggestion) -> Gain:
    """What a card tells; money follows the share where both are known."""
    effect = suggestion.effect
    unit = effect.money / effect.mean if effect.money is not None and effect.mean else None
    low, high = (None, None) if unit is None else (unit * effect.p05, unit * effect.p95)
    return Gain(effect.mean, effect.p05, effect.p95, effect.p_gain, effect.money, low, high)


def _limits(limits: BudgetLimits) -> list[Remark]:
    told: list[tuple[str, dict[str, Any]]] = [
        (
            mark("Each campaign between {least} and {most} of today's spend."),
            {
                "least": Amount(limits.least, Measure.MULTIPLE),
                "most": Amount(limits.most, Measure.MULTIPLE),
            },
        )
    ]
    if limits.total is not None:
        told.append(
            (mark("In all {total}."), {"total": Amount(limits.total, Measure.MONEY)}),
        )
    if limits.locked:
        told.append((mark("Locked campaigns: {n}."), {"n": len(limits.locked)}))
    if limits.reserve:
        told.append(
            (
                mark("{share} kept for experiments."),
                {"share": Amount(limits.reserve, Measure.SHARE)},
            )
        )
    return [Remark(message, values) for message, values in told]
