"""A budget plan as a suggestion, or as the reason why there is none."""

import numpy as np

from core.campaigns.learned import Learned
from core.campaigns.optimizer import budget_words
from core.campaigns.optimizer.budget import BudgetPlan
from core.campaigns.optimizer.curve import next_unit
from core.campaigns.optimizer.limits import BudgetLimits
from core.campaigns.optimizer.response import ResponseDraws
from core.campaigns.optimizer.suggestion import (
    Action,
    Effect,
    Kind,
    Measure,
    Remark,
    Suggestion,
    TooThin,
)
from core.i18n import mark

_MOST_NAMED = 5


def gain_in_money(draws: ResponseDraws, multiples: np.ndarray) -> np.ndarray:
    """What a plan brings over today's (S,), in money over the horizon and after."""
    now = draws.at(np.ones(len(draws.spend))).sum(axis=1)
    gain: np.ndarray = draws.at(multiples).sum(axis=1) - now
    return gain


def effect_of(draws: ResponseDraws, plan: BudgetPlan) -> Effect:
    """What a plan is expected to gain."""
    return Effect(
        plan.uplift.mean,
        plan.uplift.p05,
        plan.uplift.p95,
        plan.p_gain,
        budget_words.effect_of(draws.horizon_days),
        float(gain_in_money(draws, plan.multiples).mean()),
    )


def suggestion(
    learned: Learned, draws: ResponseDraws, plan: BudgetPlan, limits: BudgetLimits
) -> Suggestion:
    """The plan with everything that a card says of it; the largest changes first."""
    brings = next_unit(draws)
    order = np.argsort(-np.abs(plan.spend - draws.spend), kind="stable")
    return Suggestion(
        kind=Kind.BUDGET,
        scope="",
        currency=draws.currency,
        actions=[
            Action(
                subject_id=int(draws.campaign_ids[c]),
                subject=draws.names[c],
                now=float(draws.spend[c]),
                then=float(plan.spend[c]),
                measure=Measure.MONEY,
                why=budget_words.why_move(brings[c]),
            )
            for c in order
        ],
        effect=effect_of(draws, plan),
        why=budget_words.why(plan, limits),
        basis=learned.lesson.basis,
        limits=[
            *budget_words.binding(plan.binding, draws, limits),
            *budget_words.left_out(learned),
        ],
        doubts=budget_words.doubts(draws, learned),
        estimates=budget_words.estimates(draws),
    )


def too_thin(learned: Learned) -> TooThin:
    """Why no budget can be divided, and what it takes."""
    named = learned.held[:_MOST_NAMED]
    least = Remark(mark("A budget is divided among at least two campaigns with enough history."))
    of = mark("{campaign}: {what}")
    return TooThin(
        Kind.BUDGET,
        "",
        [least, *(Remark(of, {"campaign": one.name, "what": one.why}) for one in named)],
        [Remark(of, {"campaign": one.name, "what": one.needs}) for one in named],
        learned.lesson.basis,
    )
