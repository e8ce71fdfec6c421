"""Changing campaigns and what belongs to them: locked, with history, published."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import Engine, delete, func, select

from core.accounts.access import Principal, Role
from core.accounts.models import User
from core.campaigns import parts
from core.campaigns.goals import Goal, GoalAboveAll
from core.campaigns.history import FieldChange
from core.campaigns.models import CampaignStatus, GoalKpi
from core.campaigns.parts import PartOf, PartPlan
from core.campaigns.plan import (
    CampaignChanged,
    CampaignExists,
    CampaignPlan,
    CampaignRecord,
    EndsBeforeStart,
)
from core.campaigns.service import (
    change_campaign,
    change_status,
    create_campaign,
    get_campaign,
    history,
)
from core.db import reading, unit_of_work
from core.errors import Conflict, Forbidden, NotFound
from core.jobs import lease
from core.jobs.models import Job, JobKind, JobStatus
from tests.core.campaigns.records import PLAN, person

ROAS_3 = Goal(GoalKpi.ROAS, Decimal(3))
CPA_9 = Goal(GoalKpi.CPA, Decimal("9.5"))
BANNER = PartPlan("Blue banner", {"size": "300 × 250"}, "banner")


@pytest.fixture
def mia(engine: Engine) -> Principal:
    return person(engine, "Mia")


@pytest.fixture
def leo(engine: Engine) -> Principal:
    return person(engine, "Leo")


@pytest.fixture
def kept(engine: Engine, mia: Principal) -> CampaignRecord:
    """A campaign with one goal, as it was created."""
    with unit_of_work(engine) as session:
        return create_campaign(session, mia, replace(PLAN, goals=(ROAS_3,)))


def changed(engine: Engine, who: Principal, record: CampaignRecord, **what: object) -> None:
    """Change fields of the plan as the person saw them in ``record``."""
    plan: CampaignPlan = replace(record.plan, **what)
    with unit_of_work(engine) as session:
        change_campaign(session, who, record.campaign_id, plan, record.version)


def read(engine: Engine, who: Principal, record: CampaignRecord) -> CampaignRecord:
    with reading(engine) as session:
        return get_campaign(session, who, record.campaign_id)


def fields(engine: Engine, who: Principal, record: CampaignRecord) -> list[FieldChange]:
    """Every changed field in the campaign's history, the newest change first."""
    with reading(engine) as session:
        return [one for past in history(session, who, record.campaign_id) for one in past.fields]


def waiting(engine: Engine) -> int:
    with reading(engine) as session:
        query = select(func.count()).where(Job.kind == JobKind.SYNC, Job.status == JobStatus.QUEUED)
        return session.scalar(query) or 0


def test_a_change_is_kept_with_who_when_and_each_field_before_and_after(engine, mia, leo, kept):
    changed(engine, leo, kept, budget=Decimal(2000), end_date=None, goals=(CPA_9,))

    with reading(engine) as session:
        newest, oldest = history(session, mia, kept.campaign_id)
    assert [(2, "Leo"), (1, "Mia")] == [(one.version, one.by) for one in (newest, oldest)]
    assert () == oldest.fields
    assert (
        FieldChange("budget", "1500.25", "2000"),
        FieldChange("end_date", "2026-05-31", None),
        FieldChange("goal.roas", "3", None),
        FieldChange("goal.cpa", None, "9.5"),
    ) == newest.fields
    assert newest.at == read(engine, mia, kept).updated_at


def test_a_changed_campaign_reads_back_as_changed(engine, mia, kept):
    changed(engine, mia, kept, name="  Summer ", industry=" ", goals=(CPA_9, ROAS_3))

    now = read(engine, mia, kept)
    assert replace(PLAN, name="Summer", goals=(ROAS_3, CPA_9)) == now.plan
    assert 2 == now.version


def test_saving_what_is_there_already_writes_nothing(engine, mia, kept):
    changed(engine, mia, kept, budget=Decimal("1500.2500"), name=" Spring courses")

    assert 1 == read(engine, mia, kept).version


def test_a_change_based_on_an_old_version_is_refused_and_changes_nothing(engine, mia, leo, kept):
    changed(engine, leo, kept, budget=Decimal(2000))
    with pytest.raises(CampaignChanged):
        changed(engine, mia, kept, budget=Decimal(9))

    assert Decimal(2000) == read(engine, mia, kept).plan.budget


def test_of_two_people_who_save_at_the_same_moment_one_is_told(engine, mia, leo, kept):
    ready = Barrier(2, timeout=20)

    def save(who: Principal) -> str:
        try:
            with unit_of_work(engine) as session:
                ready.wait()
                record = get_campaign(session, who, kept.campaign_id)
                if engine.dialect.name == "postgresql":  # SQLite lets one in at a time
                    ready.wait()
                plan = replace(PLAN, name=who.name)
                change_campaign(session, who, kept.campaign_id, plan, kept.version)
                return record.plan.name
        except CampaignChanged:
            return "told"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(save, (mia, leo)))
    assert ["Spring courses", "told"] == outcomes
    assert 2 == read(engine, mia, kept).version


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ({"end_date": date(2026, 2, 1)}, EndsBeforeStart),
        ({"goals": (Goal(GoalKpi.CVR, Decimal(2)),)}, GoalAboveAll),
    ],
)
def test_a_change_that_breaks_a_rule_is_refused(engine, mia, kept, what, error):
    with pytest.raises(error):
        changed(engine, mia, kept, **what)


def test_a_campaign_cannot_take_the_place_of_another(engine, mia, kept):
    with unit_of_work(engine) as session:
        create_campaign(session, mia, replace(PLAN, external_id="78"))
    with pytest.raises(CampaignExists):
        changed(engine, mia, kept, external_id="78")


def test_a_move_is_in_the_history(engine, mia, kept):
    with unit_of_work(engine) as session:
        change_status(session, mia, kept.campaign_id, CampaignStatus.ACTIVE, 1)

    assert [FieldChange("status", "draft", "active")] == fields(engine, mia, kept)


def test_a_change_outlives_the_account_of_who_made_it(engine, mia, leo, kept):
    changed(engine, leo, kept, budget=Decimal(2000))
    with unit_of_work(engine) as session:
        session.execute(delete(User).where(User.id == leo.user_id))
        assert [None, "Mia"] == [one.by for one in history(session, mia, kept.campaign_id)]


def test_changes_are_published_by_one_job_that_waits(engine, mia, kept):
    changed(engine, mia, kept, budget=Decimal(2000))
    assert 1 == waiting(engine)

    with unit_of_work(engine) as session:
        lease.claim(session, "worker")
    changed(engine, mia, read(engine, mia, kept), budget=Decimal(3000))
    assert 1 == waiting(engine)


def test_no_worker_starts_the_waiting_publication_before_the_change_is_written(
    postgres_engine: Engine,
) -> None:
    mia = person(postgres_engine, "Mia")
    with unit_of_work(postgres_engine) as session:
        record = create_campaign(session, mia, PLAN)
    with unit_of_work(postgres_engine) as session:
        plan = replace(PLAN, budget=Decimal(9))
        change_campaign(session, mia, record.campaign_id, plan, record.version)
        with unit_of_work(postgres_engine) as worker:
            assert lease.claim(worker, "worker") is None
    with unit_of_work(postgres_engine) as worker:
        assert lease.claim(worker, "worker") is not None


def test_creatives_and_audiences_come_change_and_go_with_history(engine, mia, kept):
    number = kept.campaign_id
    with unit_of_work(engine) as session:
        parts.add_part(session, mia, number, PartOf.CREATIVE, BANNER)
        parts.add_part(session, mia, number, PartOf.AUDIENCE, PartPlan(" Founders "))
        (made,) = parts.parts(session, mia, number, PartOf.CREATIVE)
        new = replace(BANNER, name="Red banner")
        parts.change_part(session, mia, number, PartOf.CREATIVE, made.part_id, new, BANNER)
        (group,) = parts.parts(session, mia, number, PartOf.AUDIENCE)
        parts.remove_part(session, mia, number, PartOf.AUDIENCE, group.part_id, group.plan)

    told = "banner · size: 300 × 250"
    assert [
        FieldChange("audience", "Founders", None),
        FieldChange("creative", f"Blue banner · {told}", f"Red banner · {told}"),
        FieldChange("audience", None, "Founders"),
        FieldChange("creative", None, f"Blue banner · {told}"),
    ] == fields(engine, mia, kept)
    assert 5 == read(engine, mia, kept).version


def test_a_creative_that_somebody_changed_since_is_neither_changed_nor_removed(
    engine, mia, leo, kept
):
    number = kept.campaign_id
    with unit_of_work(engine) as session:
        parts.add_part(session, mia, number, PartOf.CREATIVE, BANNER)
        (made,) = parts.parts(session, mia, number, PartOf.CREATIVE)
    what = (number, PartOf.CREATIVE, made.part_id)
    with unit_of_work(engine) as session:
        parts.change_part(session, leo, *what, replace(BANNER, kind="video"), BANNER)
    with unit_of_work(engine) as session, pytest.raises(CampaignChanged):
        parts.change_part(session, mia, *what, replace(BANNER, name="Red"), BANNER)
    with unit_of_work(engine) as session, pytest.raises(CampaignChanged):
        parts.remove_part(session, mia, *what, BANNER)


@pytest.mark.parametrize(
    ("of", "plan", "error"),
    [
        (PartOf.CREATIVE, PartPlan("", {}, "banner"), parts.BadName),
        (PartOf.CREATIVE, PartPlan("Six seconds", {}, " "), parts.BadKind),
        (PartOf.CREATIVE, BANNER, parts.PartExists),
        (PartOf.AUDIENCE, PartPlan("x" * 201), parts.BadName),
    ],
)
def test_a_part_that_breaks_a_rule_is_refused(engine, mia, kept, of, plan, error):
    with unit_of_work(engine) as session:
        parts.add_part(session, mia, kept.campaign_id, PartOf.CREATIVE, BANNER)
    with unit_of_work(engine) as session, pytest.raises(error):
        parts.add_part(session, mia, kept.campaign_id, of, plan)


def test_what_is_not_there_is_not_found(engine, mia, kept):
    with reading(engine) as session:
        with pytest.raises(NotFound):
            history(session, mia, 4711)
        with pytest.raises(NotFound):
            parts.remove_part(session, mia, kept.campaign_id, PartOf.CREATIVE, 4711, BANNER)


@pytest.mark.parametrize("role", [Role.STAFF, Role.INSTRUCTOR, Role.LEARNER])
def test_others_than_admins_and_marketers_change_nothing(engine, mia, kept, role):
    sam, number = person(engine, "Sam", role), kept.campaign_id
    with unit_of_work(engine) as session:
        for action in (
            lambda: change_campaign(session, sam, number, PLAN, 1),
            lambda: change_status(session, sam, number, CampaignStatus.ACTIVE, 1),
            lambda: history(session, sam, number),
            lambda: parts.parts(session, sam, number, PartOf.CREATIVE),
            lambda: parts.creative_kinds(session, sam),
            lambda: parts.add_part(session, sam, number, PartOf.CREATIVE, BANNER),
        ):
            with pytest.raises(Forbidden):
                action()


def test_a_conflict_is_a_conflict_for_every_edge():
    assert issubclass(CampaignChanged, Conflict)
