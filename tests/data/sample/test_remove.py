from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from core import clock
from core.accounts.access import Role
from core.accounts.models import User
from core.alerts.models import Alert
from core.alerts.raising import raise_alerts
from core.campaigns.models import Campaign
from core.courses.models import Course, Enrollment, Lesson, LessonCompletion, Module
from core.courses.service import complete_lesson
from core.db import reading, unit_of_work
from core.documents.models import Document, DocumentTemplate, DocumentType
from core.documents.templates import BUILTIN_TEMPLATES
from data.lake import Lake
from data.pipeline.ads import import_ads
from data.sample import remove as removing
from data.sample.load import loaded_world
from data.warehouse.reader import Warehouse
from tests.core.alerts.people import raised
from tests.core.courses.records import course, enrol, lesson_ids, person
from tests.data.sample.worlds import Steps, load, record_counts, remove, write_own_ads

OWN = """SELECT count(*), sum(spend), bool_or(is_sample)
         FROM fact_campaign_performance JOIN dim_campaign USING (campaign_id)"""


@pytest.fixture
def lake(tmp_path):
    return Lake(tmp_path / "lake")


@pytest.fixture
def rosa(world):
    """A real learner beside the made-up ones."""
    with unit_of_work(world[0]) as session:
        return person(session, "Rosa", Role.LEARNER)


def add_own(engine, lake, folder):
    """A course of the person's own with a learner who finished a lesson, and own advertising."""
    with unit_of_work(engine) as session:
        learner = person(session, "Rosa", Role.LEARNER)
        own = course(session, "OWN", [1, 1])
        enrolment = enrol(session, learner, own)
        complete_lesson(session, learner, enrolment.id, lesson_ids(own)[0])
    import_ads(
        lake,
        [write_own_ads(folder)],
        quarantine_dir=folder / "quarantine",
        progress=Steps(),
        now=clock.now(),
    )


def test_after_removal_only_the_persons_own_rows_are_left(engine, lake, tmp_path):
    add_own(engine, lake, tmp_path)
    before = record_counts(engine)

    load(engine, lake)
    assert record_counts(engine)["users"] == before["users"] + 1204
    counts = remove(engine, lake)

    assert before == record_counts(engine)
    assert [(3, Decimal("61.5"), False)] == Warehouse(lake.folder).rows(OWN)
    warehouse = Warehouse(lake.folder)
    for table in ("dim_course", "dim_user", "dim_creative", "dim_audience", "dim_template"):
        column = "0" if table in ("dim_creative", "dim_audience") else "is_sample::INT"
        assert [(0,)] == warehouse.rows(f"SELECT coalesce(sum({column}), 0) FROM {table}")
    assert (1204, 12, 24, len(BUILTIN_TEMPLATES)) == tuple(
        counts[name] for name in ("people", "courses", "campaigns", "templates")
    )


def test_removing_again_changes_nothing(world):
    engine, lake = world
    remove(engine, lake)
    before = record_counts(engine), lake.manifest().tables

    counts = remove(engine, lake)

    assert before == (record_counts(engine), lake.manifest().tables)
    assert {0} == {count for name, count in counts.items() if name != "generation"}


def test_a_removal_that_died_before_the_lake_is_completed(world, monkeypatch):
    engine, lake = world

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(removing, "remove_sample_rows", die)
        with pytest.raises(KeyboardInterrupt):
            remove(engine, lake)
    with reading(engine) as session:
        assert loaded_world(session) is None

    remove(engine, lake)

    assert [(0,)] == Warehouse(lake.folder).rows("SELECT count(*) FROM fact_campaign_performance")


def test_a_sample_course_in_which_a_real_person_learns_becomes_their_own(world, rosa):
    engine, lake = world
    with unit_of_work(engine) as session:
        sample = session.scalars(select(Course).where(Course.code == "SAMPLE-ML")).one()
        enrolment = enrol(session, rosa, sample)
        enrolment.campaign_id = session.scalars(select(Campaign.id)).first()
        lesson = session.scalars(
            select(Lesson.id).join(Module).where(Module.course_id == sample.id)
        ).first()
        complete_lesson(session, rosa, enrolment.id, lesson)

    counts = remove(engine, lake)

    assert (1, 11) == (counts["kept_courses"], counts["courses"])
    with reading(engine) as session:
        kept = session.scalars(select(Course)).one()
        left = session.scalars(select(Enrollment)).one()
        assert ("SAMPLE-ML", False) == (kept.code, kept.is_sample)
        assert (rosa.user_id, None) == (left.user_id, left.campaign_id)
        assert [lesson] == session.scalars(select(LessonCompletion.lesson_id)).all()
    warehouse = Warehouse(lake.folder)
    assert [("SAMPLE-ML", False)] == warehouse.rows("SELECT code, is_sample FROM dim_course")
    assert [(1,)] == warehouse.rows("SELECT sum(lessons_completed) FROM fact_user_engagement")

    load(engine, lake)
    with reading(engine) as session:
        codes = set(session.scalars(select(Course.code)))
    assert {"SAMPLE-ML", "SAMPLE-ML-2"} <= codes


def test_a_sample_person_whom_somebody_gave_a_password_stays(world):
    engine, lake = world
    with unit_of_work(engine) as session:
        marketer = session.scalars(
            select(User).join(User.role_rows).where(User.role_rows.any(role=Role.MARKETER))
        ).one()
        marketer.password_hash = "$2b$not-a-real-hash"

    assert 1 == remove(engine, lake)["kept_people"]

    with reading(engine) as session:
        left = session.scalars(select(User)).one()
        assert (marketer.email, False) == (left.email, left.is_sample)


def test_a_template_stays_as_long_as_a_real_document_was_made_from_it(world, rosa):
    engine, lake = world
    with unit_of_work(engine) as session:
        template = session.scalars(select(DocumentTemplate)).first()
        session.add(document(template, rosa.user_id))

    counts = remove(engine, lake)

    assert (1, len(BUILTIN_TEMPLATES) - 1) == (counts["kept_templates"], counts["templates"])
    with reading(engine) as session:
        left = session.scalars(select(DocumentTemplate)).one()
        assert (template.slug, False) == (left.slug, left.is_sample)
        assert 1 == len(session.scalars(select(Document)).all())


def test_a_document_of_made_up_figures_stays_with_its_person_and_stays_marked(world, rosa):
    engine, lake = world
    with unit_of_work(engine) as session:
        template = session.scalars(select(DocumentTemplate)).first()
        invented = session.scalars(select(User.id).where(User.is_sample)).first()
        session.add(document(template, rosa.user_id, is_sample=True))
        session.add(document(template, invented, is_sample=True))

    counts = remove(engine, lake)

    assert (1, 1) == (counts["documents"], counts["kept_templates"])
    with reading(engine) as session:
        left = session.scalars(select(Document)).one()
        assert (rosa.user_id, True) == (left.owner_id, left.is_sample)
    told = "SELECT document_id, is_sample FROM dim_document"
    assert [(left.id, True)] == Warehouse(lake.folder).rows(told)


def document(template, owner_id, is_sample=False):
    return Document(
        is_sample=is_sample,
        template_id=template.id,
        owner_id=owner_id,
        document_type=DocumentType.REPORT,
        title="October",
        language="en",
        variables={},
        file_name="october.docx",
        size_bytes=1,
        sha256="0" * 64,
        lake_generation=1,
        figures=[],
        generation_time_seconds=Decimal("1.5"),
        quality_score=Decimal("0.9"),
        quality_parts={},
        created_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


def test_alerts_of_made_up_campaigns_go_and_others_stay(world):
    engine, lake = world
    alerts = [raised("goal:1", is_sample=True), raised("goal:2", is_sample=False)]
    with unit_of_work(engine) as session:
        raise_alerts(session, alerts)
    remove(engine, lake)
    with reading(engine) as session:
        assert ["goal:2"] == list(session.scalars(select(Alert.key)))
