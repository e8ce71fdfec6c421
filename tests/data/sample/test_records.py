from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from core.accounts.models import User
from core.campaigns.goals import Goal, require_sound_goals
from core.campaigns.models import Audience, Campaign, CampaignGoal, Creative
from core.courses.models import (
    Course,
    CourseInstructor,
    Enrollment,
    EnrollmentStatus,
    Lesson,
    LessonCompletion,
    Module,
    Submission,
)
from core.courses.progress import progress
from core.db import Base, reading, unit_of_work
from core.documents.models import DocumentTemplate
from core.documents.templates import BUILTIN_TEMPLATES
from data.sample.records import write_records
from data.sample.world import make_world
from tests.database import sqlite_copy

WORLD = make_world(7, date(2026, 11, 23))


@pytest.fixture(scope="module")
def written(sqlite_template, tmp_path_factory):
    """Records that hold the sample world, for tests that only read."""
    path = tmp_path_factory.mktemp("written") / "app.db"
    with sqlite_copy(sqlite_template, path) as engine:
        with unit_of_work(engine) as session:
            write_records(session, WORLD)
        yield engine


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_the_records_hold_the_whole_world_and_mark_it_as_sample(engine):
    with unit_of_work(engine) as session:
        write_records(session, WORLD)

    with reading(engine) as session:
        counts = {m: count(session, m) for m in (User, Campaign, Course, Enrollment)}
        for model in (User, Campaign, Course, DocumentTemplate):
            assert set(session.scalars(select(model.is_sample))) == {True}
        assert count(session, LessonCompletion) == sum(len(s.completions) for s in WORLD.stories)
        assert count(session, Submission) == sum(len(s.submissions) for s in WORLD.stories)

    assert {User: 1204, Campaign: 24, Course: 12, Enrollment: len(WORLD.stories)} == counts


def test_every_campaign_has_goals_that_a_person_could_have_set(written):
    with reading(written) as session:
        goals: dict[int, list[Goal]] = {}
        for row in session.scalars(select(CampaignGoal)):
            goals.setdefault(row.campaign_id, []).append(Goal(row.kpi, row.target))

    assert 24 == len(goals)
    for of_one in goals.values():
        require_sound_goals(of_one)


def test_nobody_of_the_sample_can_sign_in(written):
    with reading(written) as session:
        assert {None} == set(session.scalars(select(User.password_hash)))


def test_the_document_templates_of_the_product_are_there(written):
    with reading(written) as session:
        slugs = set(session.scalars(select(DocumentTemplate.slug)))

    assert {template.slug for template in BUILTIN_TEMPLATES} == slugs


def test_every_campaign_has_its_creatives_and_audiences(written):
    with reading(written) as session:
        creatives = Counter(session.scalars(select(Creative.campaign_id)))
        audiences = Counter(session.scalars(select(Audience.campaign_id)))

    assert 24 == len(creatives) == len(audiences)
    assert {2, 3} == set(creatives.values())
    assert {1, 2, 3} >= set(audiences.values())


def test_no_campaign_has_spent_more_than_its_budget(written):
    with reading(written) as session:
        budgets = {row.name: row.budget for row in session.scalars(select(Campaign))}

    for campaign in WORLD.campaigns:
        assert campaign.spend.sum() < budgets[campaign.plan.name]


def test_every_course_is_taught_by_one_of_two_instructors(written):
    with reading(written) as session:
        teaching = Counter(session.scalars(select(CourseInstructor.user_id)))

    assert [6, 6] == sorted(teaching.values())


def test_who_completed_is_at_100_percent_in_the_records(written):
    with reading(written) as session:
        required = {}
        rows = session.execute(
            select(Module.course_id, Lesson.id, Lesson.weight)
            .join(Lesson)
            .where(Lesson.is_required)
        )
        for course, lesson, weight in rows:
            required.setdefault(course, {})[lesson] = weight
        done = {}
        for completion in session.scalars(select(LessonCompletion)):
            done.setdefault(completion.enrollment_id, set()).add(completion.lesson_id)
        completed = session.scalars(
            select(Enrollment).where(Enrollment.status == EnrollmentStatus.COMPLETED)
        ).all()

    assert completed
    for one in completed:
        assert 100 == progress(required[one.course_id], done[one.id]).percent


def test_a_code_or_address_that_somebody_kept_gets_a_number(sqlite_engine):
    with unit_of_work(sqlite_engine) as session:
        write_records(session, WORLD)
        for model in (Course, User):
            for row in session.scalars(select(model)):
                row.is_sample = False
        session.query(Campaign).delete()
        write_records(session, WORLD)
        codes = set(session.scalars(select(Course.code).where(Course.is_sample)))
        addresses = set(session.scalars(select(User.email).where(User.is_sample)))

    assert {"SAMPLE-DATA-2", "SAMPLE-ML-2"} <= codes
    assert len(addresses) == 1204
    assert all("-2@" in address for address in addresses)


def test_a_unit_of_work_that_fails_leaves_nothing(engine):
    def die_before_commit():
        with unit_of_work(engine) as session:
            write_records(session, WORLD)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die_before_commit()

    with reading(engine) as session:
        assert {0} == {count(session, table) for table in Base.metadata.sorted_tables}
