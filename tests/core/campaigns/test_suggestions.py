"""Who may ask for suggestions and for learning, and what plans of one's own bring."""

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import Engine

from core import clock
from core.accounts.access import Principal, Role
from core.accounts.models import User
from core.audit import trail
from core.campaigns.all_together import join
from core.campaigns.learned import Learned
from core.campaigns.optimizer import budget_card
from core.campaigns.optimizer.budget import Interval
from core.campaigns.optimizer.limits import BudgetLimits, BudgetTooSmall
from core.campaigns.optimizer.planning import NothingToDivide
from core.campaigns.optimizer.suggestion import Effect, Kind, Remark, Suggestion, TooThin
from core.campaigns.optimizer.wording import as_plain, as_remark, say
from core.campaigns.suggestions import (
    LearningAlready,
    newest_response,
    plan_budget,
    read_response,
    request_learning,
    suggest_test,
    try_plan,
)
from core.db import reading, unit_of_work
from core.errors import Forbidden
from core.i18n import language
from core.jobs import queue
from core.jobs.models import JobKind
from tests.core.campaigns.optimizer.draws import made
from tests.ml.response.responses import learned as response
from tests.ml.response.responses import mark

OTHERS = [Role.STAFF, Role.INSTRUCTOR, Role.LEARNER]


def person(role: Role) -> Principal:
    return Principal(1, "Ada", "ada@example.org", frozenset({role}))


@pytest.fixture(scope="module")
def known() -> Learned:
    return response().horizons[28]


@pytest.fixture
def asked(engine: Engine) -> Engine:
    """A database that knows the person who asks."""
    with unit_of_work(engine) as session:
        session.add(User(id=1, email="ada@example.org", name="Ada", created_at=clock.now()))
    return engine


class NoResponses:
    """A store that nobody may reach."""

    def newest(self, currency: str) -> None:
        raise AssertionError("asked before the right was")

    def read(self, response: object, horizon_days: int) -> Learned:
        raise AssertionError("asked before the right was")


@pytest.mark.parametrize("role", OTHERS)
def test_only_who_sees_campaigns_is_answered(role: Role, known: Learned) -> None:
    who = person(role)
    for ask in (
        lambda: newest_response(who, NoResponses(), "USD"),
        lambda: read_response(who, NoResponses(), mark(), 28),
        lambda: plan_budget(who, known, BudgetLimits()),
        lambda: suggest_test(who, known, BudgetLimits()),
    ):
        with pytest.raises(Forbidden):
            ask()


@pytest.mark.parametrize("role", OTHERS)
def test_only_who_sees_campaigns_has_more_learned(asked: Engine, role: Role) -> None:
    with pytest.raises(Forbidden), unit_of_work(asked) as session:
        request_learning(session, person(role))


def test_learning_is_queued_once_leaves_a_trace_and_is_seen_by_every_marketer(
    asked: Engine,
) -> None:
    with unit_of_work(asked) as session:
        job = request_learning(session, person(Role.MARKETER))
    with pytest.raises(LearningAlready), unit_of_work(asked) as session:
        request_learning(session, person(Role.ADMIN))
    other = Principal(2, "Eve", "eve@example.org", frozenset({Role.MARKETER}))
    staff = Principal(3, "Sam", "sam@example.org", frozenset({Role.STAFF}))
    with reading(asked) as session:
        (entry,) = trail.about(session, f"job/{job.id}")
        kinds = [JobKind.FIT_RESPONSE]
        seen = [[one.id for one in queue.recent(session, who, kinds)] for who in (other, staff)]
    assert ("job.fit_response", [[job.id], []]) == (entry.action, seen)


def test_a_plan_spends_what_today_spends_and_says_what_each_campaign_is_moved_for(
    known: Learned,
) -> None:
    plan = plan_budget(person(Role.MARKETER), known, BudgetLimits())
    card = budget_card.suggestion(known, known.draws, plan, BudgetLimits())
    assert sum(one.then for one in card.actions) == pytest.approx(sum(known.draws.spend))
    assert card.effect.money == pytest.approx(
        float(budget_card.gain_in_money(known.draws, plan.multiples).mean())
    )
    moves = [abs(one.then - one.now) for one in card.actions]
    assert moves == sorted(moves, reverse=True)
    assert card.basis.days == 70
    assert "One more unit of spend brings" in say(card.actions[0].why, language("en"), "USD")


def test_too_little_to_learn_from_is_no_plan_but_a_reason() -> None:
    thin = response(days=20).horizons[28]
    with pytest.raises(NothingToDivide):
        plan_budget(person(Role.MARKETER), thin, BudgetLimits())
    answer = budget_card.too_thin(thin)
    assert isinstance(answer, TooThin)
    assert "Campaign 1: 36 more days with spend." == say(answer.needs[0], language("en"), "USD")


def test_today_s_spend_gains_nothing_and_more_everywhere_gains(known: Learned) -> None:
    same = try_plan(known.draws, {})
    assert (Interval(0.0, 0.0, 0.0), 0.0) == (same.uplift, same.p_gain)
    more = try_plan(known.draws, dict.fromkeys(known.draws.campaign_ids, 1.5))
    assert more.spend == pytest.approx(1.5 * known.draws.spend.sum())
    assert more.uplift.p05 > 0
    assert more.gain.mean > 0


def test_a_remark_that_was_made_plain_is_the_same_again(known: Learned) -> None:
    plan = plan_budget(person(Role.MARKETER), known, BudgetLimits())
    card = budget_card.suggestion(known, known.draws, plan, BudgetLimits(reserve=0.1))
    remarks = [*card.limits, *card.doubts, card.why, *(one.why for one in card.actions)]
    assert remarks == [as_remark(as_plain(one)) for one in remarks]


def of_kind(kind: Kind, money: float | None) -> Suggestion:
    effect = Effect(0.2, 0.1, 0.3, 0.99, Remark("of it"), money)
    thin = budget_card.too_thin(response(days=20).horizons[28])
    return Suggestion(kind, "", "USD", (), effect, Remark("why"), thin.basis)


def test_gains_of_some_campaigns_are_weighed_by_their_part_of_all_and_never_added() -> None:
    budget = np.full(500, 0.1)
    others = {
        Kind.AUDIENCE: of_kind(Kind.AUDIENCE, 100.0),  # a fifth of 500
        Kind.CREATIVE: of_kind(Kind.CREATIVE, None),  # not about revenue
        Kind.TIMING: budget_card.too_thin(response(days=20).horizons[28]),
    }
    joined = join(budget, others, attributed=1000.0, seed=1)
    assert joined.alone[Kind.AUDIENCE].mean == pytest.approx(0.1)
    assert (None, None) == (joined.alone[Kind.CREATIVE], joined.alone[Kind.TIMING])
    assert joined.together.gain.mean == pytest.approx(1.1 * 1.1 - 1, abs=0.01)
    unknown = join(budget, others, attributed=None, seed=1)
    assert unknown.together.gain.mean == pytest.approx(0.1)


def test_a_test_is_told_with_how_many_campaigns_were_weighed(known: Learned) -> None:
    draws = made(worth=(2.0,) * 45, doubt=(0.3,) * 45)
    wide, who = replace(known, draws=draws, held_spend=(50.0,)), person(Role.MARKETER)
    locked = frozenset(draws.campaign_ids[:2])
    advice = suggest_test(who, wide, BudgetLimits(locked=locked, total=4600.0, reserve=0.05))
    assert (40, 43, 2) == (advice.looked_at, advice.free, advice.locked)
    assert advice.test is not None
    assert advice.test.campaign_id not in locked
    none = suggest_test(who, wide, BudgetLimits(locked=frozenset(draws.campaign_ids)))
    assert (None, 0, 45) == (none.test, none.looked_at, none.locked)


def test_limits_that_no_plan_keeps_are_named_for_a_test_too(known: Learned) -> None:
    with pytest.raises(BudgetTooSmall):
        suggest_test(person(Role.MARKETER), known, BudgetLimits(total=1.0))
