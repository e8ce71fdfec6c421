"""What people do with suggestions: ask for them, try plans of their own, have more learned."""

from collections.abc import Mapping
from dataclasses import dataclass

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
from core.campaigns.optimizer.limits import BudgetLimits
from core.campaigns.optimizer.planning import NothingToDivide, planned
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


def suggest_test(principal: Principal, learned: Learned) -> Experiment | None:
    """The lift test of most value; None where none helps or its worth cannot be told.

    It is looked for among the :data:`MOST_TESTED` campaigns that spend most.
    """
    principal.require(Area.CAMPAIGNS)
    if learned.draws is None:
        return None
    by_spend = np.argsort(-learned.draws.spend, kind="stable")[:MOST_TESTED]
    return next_experiment(learned.draws.only(sorted(map(int, by_spend))), BudgetLimits())


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
