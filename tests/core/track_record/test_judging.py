"""Verdicts on both databases: when the days are told, once, with whether the plan was followed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from core import clock
from core.accounts.access import Principal, Role
from core.audit import trail
from core.campaigns.optimizer.suggestion import Kind, Measure
from core.campaigns.periods import Span
from core.db import reading, unit_of_work
from core.jobs.models import Job, JobKind
from core.track_record import service
from core.track_record.closing import ask_for_judging, judge_due
from core.track_record.judging import judge
from core.track_record.models import AcceptedStatus
from core.track_record.ports import CampaignSeries
from core.track_record.schemas import Accepted, Change
from tests.core.alerts.people import somebody
from tests.core.track_record.figures import Figures, nothing_told
from tests.core.track_record.proposals import accepted, proposal

PLAN = tuple(Change(i, f"C{i}", 2000.0, 2800.0, Measure.MONEY) for i in (1, 2, 3))


@pytest.fixture
def mia(engine: Engine) -> Principal:
    return somebody(engine, "Mia", Role.MARKETER)


def accept(engine: Engine, who: Principal, seed: int = 1) -> Accepted:
    with unit_of_work(engine) as session:
        service.accept(session, who, proposal(plan=PLAN, campaign_ids=(1, 2, 3), seed=seed))
    return records(engine, who)[0]


def records(engine: Engine, who: Principal) -> list[Accepted]:
    with reading(engine) as session:
        return service.track_record(session, who)


def test_a_plan_is_judged_when_its_last_day_is_told_and_not_before(
    engine: Engine, mia: Principal
) -> None:
    record = accept(engine, mia)
    early = Figures(record.last_day - timedelta(days=1))
    with clock.moved(timedelta(days=28)):
        assert {"judged": 0, "waiting": 1} == judge_due(engine, early)
    with clock.moved(timedelta(days=29)):
        assert {"judged": 1, "waiting": 0} == judge_due(engine, Figures(record.last_day))
    (judged,) = records(engine, mia)
    assert AcceptedStatus.JUDGED is judged.status
    assert judged.realised is not None
    assert judged.realised.p05 < 0.1 < judged.realised.p95
    assert judged.judged_at is not None
    assert judged.judged_at.date() == clock.today() + timedelta(days=29)


def test_a_verdict_is_kept_whatever_the_data_says_later(engine: Engine, mia: Principal) -> None:
    record = accept(engine, mia)
    judge_due(engine, Figures(record.last_day))
    (first,) = records(engine, mia)
    assert {"judged": 0, "waiting": 0} == judge_due(engine, Figures(record.last_day, effect=0.9))
    assert [first] == records(engine, mia)
    with reading(engine) as session:
        told = [one.action for one in trail.about(session, f"suggestion/{record.id}")]
    assert ["suggestion.accepted", "suggestion.judged"] == told


def test_judging_is_asked_for_only_where_something_waits(engine: Engine, mia: Principal) -> None:
    def waiting() -> list[JobKind]:
        with reading(engine) as session:
            return list(session.scalars(select(Job.kind)))

    ask_for_judging(engine)
    assert [] == waiting()
    accept(engine, mia)
    ask_for_judging(engine)
    ask_for_judging(engine)
    assert [JobKind.JUDGE_SUGGESTIONS] == waiting()


def judged_now(**values: object) -> Accepted:
    return accepted(plan=PLAN, campaign_ids=(1, 2, 3), **values)


def test_what_was_spent_tells_whether_the_plan_was_followed() -> None:
    """Spend of the world stays at about 2,800 over the horizon."""
    record = judged_now()
    assert (judge(record, Figures(record.last_day), []).reached or 0) > 0.8
    stayed = tuple(replace(one, then=one.now * 0.5) for one in PLAN)
    assert judge(replace(record, plan=stayed), Figures(record.last_day), []).reached == 0.0


def test_shares_of_parts_are_compared_within_their_campaign() -> None:
    plan = tuple(
        Change(i, f"A{i}", 0.5, then, Measure.SHARE, 7, "Brand") for i, then in ((1, 0.8), (2, 0.2))
    )
    record = judged_now()
    record = replace(record, kind=Kind.CREATIVE, plan=plan)
    told = judge(record, Figures(record.last_day, given={(7, 1): 75.0, (7, 2): 25.0}), [])
    assert (0.75, 0.25) == told.done
    assert told.reached == pytest.approx(1 - 0.1 / 0.6)
    assert (None, None) == judge(record, Figures(record.last_day), []).done


def test_shares_by_weekday_add_up_to_one() -> None:
    moves = (0.03, -0.03, 0, 0, 0, 0, 0)
    plan = tuple(
        Change(n, str(n), 1 / 7, 1 / 7 + moved, Measure.SHARE) for n, moved in enumerate(moves, 1)
    )
    record = replace(judged_now(), kind=Kind.TIMING, plan=plan, campaign_ids=None)
    done = judge(record, Figures(record.last_day), []).done
    assert sum(one or 0.0 for one in done) == pytest.approx(1.0)


def test_other_plans_on_the_same_campaigns_are_named() -> None:
    record = judged_now()
    same = replace(record, id=2)
    elsewhere = replace(record, id=3, campaign_ids=(9,))
    later = replace(record, id=4, first_day=record.last_day + timedelta(days=1),
                    last_day=record.last_day + timedelta(days=28))  # fmt: skip
    told = judge(record, Figures(record.last_day), [record, same, elsewhere, later])
    assert (2,) == told.overlaps


def test_too_short_a_history_is_said_to_be_so() -> None:
    record = judged_now()
    told = judge(record, Figures(record.last_day, days=20), [])
    assert told.realised is None
    assert told.why_not is not None
    assert told.why_not["values"]["least"] == 56


def test_platforms_that_tell_no_revenue_give_no_verdict() -> None:
    class Silent(Figures):
        def series(self, currency: str, span: Span, campaign_ids: object) -> CampaignSeries:
            return nothing_told(span)

    record = judged_now()
    told = judge(record, Silent(record.last_day), [])
    assert (None, None) == (told.realised, told.place)
    assert told.why_not is not None
