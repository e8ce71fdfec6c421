"""The use case of a budget plan: what can be learned from is fitted, the rest keeps its spend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.campaigns.optimizer.budget import BudgetPlan, Interval, best_plan
from core.campaigns.optimizer.history import History
from core.campaigns.optimizer.limits import (
    BudgetLimits,
    BudgetTooLarge,
    BudgetTooSmall,
    check_multiples,
)
from core.campaigns.optimizer.response import ResponseDraws
from core.campaigns.optimizer.screening import Held, disbelieved, screen
from core.campaigns.optimizer.suggestion import Remark
from core.campaigns.optimizer.wording import say
from core.errors import Invalid
from core.i18n import NO_CURRENCY, Language, mark

Respond = Callable[[History, int, float], ResponseDraws]
"""Fits a history: what its campaigns bring over so many days, up to a multiple of spend."""

LEAST_CAMPAIGNS = 2


class NothingToDivide(Invalid):
    """Fewer than two campaigns have a history that can be learned from."""

    code = "nothing_to_divide"
    message = mark(
        "A budget is divided among at least two campaigns with a history to learn from. {reasons}"
    )

    def sentence(self, language: Language) -> str:
        """The sentence with what each campaign lacks."""
        held: tuple[Held, ...] = self.data["held"]
        told = [f"{one.name}: {say(one.why, language, NO_CURRENCY)}" for one in held[:5]]
        return language(self.message, reasons=" ".join(told))


@dataclass(frozen=True, slots=True)
class BudgetAnswer:
    """A plan with the draws it was made from, and the campaigns that keep their spend.

    ``remark`` says what of the evidence was left out, and why.
    """

    plan: BudgetPlan
    draws: ResponseDraws
    held: tuple[Held, ...]
    held_spend: tuple[float, ...]
    remark: Remark | None = None

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain values: every campaign once, with its return on spend."""
        told = self.plan.as_dict(self.draws)
        told["allocation"] += [
            {"campaign_id": one.campaign_id, "current_spend": spend, "suggested_spend": spend}
            for one, spend in zip(self.held, self.held_spend, strict=True)
        ]
        told["binding"] += [{"limit": one.code, "of": one.campaign_id} for one in self.held]
        if self.remark is not None:
            told["binding"].append({"limit": "outcome_left_out", "of": "outcome"})
        returns = [Interval.of(self.draws.roi[:, c]) for c in range(len(self.draws.campaign_ids))]
        told["roi"] = [
            {"campaign_id": name, "mean": one.mean, "p05": one.p05, "p95": one.p95}
            for name, one in zip(self.draws.campaign_ids, returns, strict=True)
        ]
        return told


def plan_budget(
    history: History, horizon_days: int, limits: BudgetLimits, respond: Respond
) -> BudgetAnswer:
    """Fit what can be fitted and find the best plan within the limits."""
    check_multiples(limits)
    periods = history.horizon_periods(horizon_days)
    screened = screen(history, periods)
    ids = list(history.campaign_ids)
    now = history.pattern(periods).sum(axis=0)
    held_spend = tuple(float(now[ids.index(one.campaign_id)]) for one in screened.held)
    if len(screened.usable.campaign_ids) < LEAST_CAMPAIGNS:
        raise NothingToDivide(held=screened.held)
    draws = respond(screened.usable, horizon_days, reach(limits))
    plan = planned(draws, held_spend, limits)
    remark = screened.remark or disbelieved(draws)
    return BudgetAnswer(plan, draws, screened.held, held_spend, remark)


def planned(draws: ResponseDraws, held_spend: Sequence[float], limits: BudgetLimits) -> BudgetPlan:
    """The best plan within the limits, of whose total held campaigns take their part first.

    A total that cannot be kept is named with what held campaigns spend in it.
    """
    check_multiples(limits)
    held = sum(held_spend)
    try:
        return best_plan(draws, without_held(limits, held))
    except (BudgetTooSmall, BudgetTooLarge) as refused:
        amounts = {key: value for key, value in refused.data.items() if key != "field"}
        of_all = {key: round(value + held, 2) for key, value in amounts.items()}
        raise type(refused)(**{**refused.data, **of_all}) from refused


def reach(limits: BudgetLimits) -> float:
    """The largest multiple of today's spend that the limits may ask about; at least 2."""
    asked = [high for _, high in limits.by_campaign.values()]
    return float(max(2.0, limits.most, *asked)) if asked else max(2.0, limits.most)


def without_held(limits: BudgetLimits, held: float) -> BudgetLimits:
    """The limits of those that are not held: what these spend is not there to be divided."""
    if limits.total is None:
        return limits
    return replace(limits, total=limits.total - held)
