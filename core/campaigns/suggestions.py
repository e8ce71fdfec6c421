"""What people do with suggestions: ask for them, try plans of their own, have more learned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.audit import trail
from core.campaigns.evidence import Asked
from core.campaigns.learned import Learned, ResponseMark
from core.campaigns.optimizer import OPTIMIZERS, Sources
from core.campaigns.optimizer.budget import BudgetPlan, Interval
from core.campaigns.optimizer.budget_card import gain_in_money
from core.campaigns.optimizer.experiment import Experiment, next_experiment
from core.campaigns.optimizer.limits import BudgetLimits, asked_multiples, bounds
from core.campaigns.optimizer.planning import NothingToDivide, planned, without_held
from core.campaigns.optimizer.response import ResponseDraws
from core.campaigns.optimizer.suggestion import Answer, Kind
from core.campaigns.ports import SuggestionFigures
from core.campaigns.response_ports import Responses
from core.errors import Conflict
from core.i18n import mark
from core.jobs import queue
from core.jobs.models import Job, JobKind

MOST_TESTED = 40


class LearningAlready(Conflict):
    """A job that learns is open already."""

    code = "learning_already"
    message = mark("Learning is under way already. Wait until that is done.")


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """What a plan made by hand is expected to bring over today's spend.

    ``spend`` is its total over the horizon, ``uplift`` a share of today's revenue caused by
    these campaigns, ``gain`` the same in money.
    """

    spend: float
    uplift: Interval
    gain: Interval
    p_gain: float


@dataclass(frozen=True, slots=True)
class TestAdvice:
    """The test worth most, and among how many of the campaigns it was looked for.

    ``free`` campaigns may be changed, ``locked`` ones may not; only ``looked_at`` were weighed.
    """

    __test__ = False  # pytest would take the name for a collection of tests

    test: Experiment | None
    looked_at: int
    free: int
    locked: int


def suggest(principal: Principal, figures: SuggestionFigures, kind: Kind, asked: Asked) -> Answer:
    """The suggestion of one optimizer."""
    principal.require(Area.CAMPAIGNS)
    return OPTIMIZERS[kind](Sources(figures), asked)


def newest_response(
    principal: Principal, responses: Responses, currency: str
) -> ResponseMark | None:
    """The latest response that was learned in a currency."""
    principal.require(Area.CAMPAIGNS)
    return responses.newest(currency)


def read_response(
    principal: Principal, responses: Responses, response: ResponseMark, horizon_days: int
) -> Learned:
    """One horizon of a response. Raises ``ResponseDamaged`` or ``ResponseGone``."""
    principal.require(Area.CAMPAIGNS)
    return responses.read(response, horizon_days)


def plan_budget(principal: Principal, learned: Learned, limits: BudgetLimits) -> BudgetPlan:
    """The best plan within the limits; the errors of :mod:`.optimizer.limits` say why none is.

    Raises ``NothingToDivide`` where too little could be learned.
    """
    principal.require(Area.CAMPAIGNS)
    if learned.draws is None:
        raise NothingToDivide(held=learned.held)
    return planned(learned.draws, learned.held_spend, limits)


def suggest_test(principal: Principal, learned: Learned, limits: BudgetLimits) -> TestAdvice:
    """The lift test of most value within the limits; none where none helps or may be made.

    It is looked for among the :data:`MOST_TESTED` campaigns that spend most and may be changed.
    The errors of :mod:`.optimizer.limits` say where the limits themselves cannot be kept.
    """
    principal.require(Area.CAMPAIGNS)
    draws = learned.draws
    if draws is None:
        return TestAdvice(None, 0, 0, 0)
    limits = without_held(limits, sum(learned.held_spend))
    bounds(draws, limits)
    free = [c for c, one in enumerate(draws.campaign_ids) if one not in limits.locked]
    chosen = sorted(sorted(free, key=lambda c: -draws.spend[c])[:MOST_TESTED])
    locked = len(draws.campaign_ids) - len(free)
    if not chosen:
        return TestAdvice(None, 0, 0, locked)
    part = draws.only(chosen)
    test = next_experiment(part, _of_part(draws, part, chosen, limits))
    return TestAdvice(test, len(chosen), len(free), locked)


def _of_part(
    draws: ResponseDraws, part: ResponseDraws, chosen: Sequence[int], limits: BudgetLimits
) -> BudgetLimits:
    """The limits of some campaigns while the others spend as today."""
    others = np.setdiff1d(np.arange(len(draws.spend)), np.array(chosen))
    if not len(others):
        return limits
    low, high = asked_multiples(part, limits)
    spent = dict.fromkeys(set(draws.types), 0.0)
    for c in others:
        spent[draws.types[c]] += float(draws.spend[c])
    least = dict.fromkeys(set(draws.types), 0.0)
    for c, kind in enumerate(part.types):
        least[kind] += float(low[c] * part.spend[c])
    caps = {kind: max(cap - spent[kind], least[kind]) for kind, cap in limits.type_most.items()
            if kind in least}  # fmt: skip
    total = limits.total
    if total is not None:
        within = float((low * part.spend).sum()), float((high * part.spend).sum())
        left = total * (1 - limits.reserve) - sum(spent.values())
        total = float(np.clip(left, *within)) / (1 - limits.reserve)
    return replace(limits, type_most=caps, total=total)


def try_plan(draws: ResponseDraws, multiples: Mapping[str, float]) -> OwnPlan:
    """What a plan made by hand would bring; who is not named spends as today."""
    asked = np.array([multiples.get(one, 1.0) for one in draws.campaign_ids], dtype=float)
    uplift = draws.uplift(asked)
    return OwnPlan(
        float((asked * draws.spend).sum()),
        Interval.of(uplift),
        Interval.of(gain_in_money(draws, asked)),
        float((uplift > 0).mean()),
    )


def request_learning(session: Session, principal: Principal) -> Job:
    """Queue learning from the data as it is now. Raises :class:`LearningAlready`."""
    principal.require(Area.CAMPAIGNS)
    if queue.any_open(session, [JobKind.FIT_RESPONSE]):
        raise LearningAlready
    job = queue.enqueue(session, JobKind.FIT_RESPONSE, {}, created_by=principal.user_id)
    trail.record(session, principal.user_id, f"job.{job.kind.value}", f"job/{job.id}")
    return job
