"""A lesson that a learner finishes is a fact of the warehouse from the next sync on."""

from sqlalchemy import Engine

from core import clock
from core.accounts.access import Role
from core.courses.service import complete_lesson
from core.courses.study_models import StudyTime
from core.db import unit_of_work
from data.pipeline.records import pseudonym
from data.pipeline.sync import sync
from tests.core.courses.records import course, enrol, lesson_ids, person
from tests.data.reports import Desk

KEY = b"a key of the installation"
ENGAGEMENT = """
    SELECT user_id, course_id, date_id, lessons_completed, time_spent_minutes
    FROM fact_user_engagement
"""


def publish(desk: Desk, engine: Engine) -> int:
    return sync(
        desk.lake, engine, pseudonym_key=KEY, progress=lambda _share, _step: None, now=clock.now()
    )


def test_a_finished_lesson_is_a_fact_after_the_next_sync(desk: Desk, engine: Engine) -> None:
    with unit_of_work(engine) as session:
        ana = person(session, "Ana", Role.LEARNER)
        taught = course(session, "A1", [1, 1])
        enrolment = enrol(session, ana, taught)
    publish(desk, engine)
    assert [] == desk.warehouse.rows(ENGAGEMENT)

    with unit_of_work(engine) as session:
        complete_lesson(session, ana, enrolment.id, lesson_ids(taught)[0])
    publish(desk, engine)

    day = int(clock.today().strftime("%Y%m%d"))
    assert [(pseudonym(ana.user_id, KEY), taught.id, day, 1, None)] == desk.warehouse.rows(
        ENGAGEMENT
    )


def test_counted_time_is_part_of_the_fact_of_its_day(desk: Desk, engine: Engine) -> None:
    with unit_of_work(engine) as session:
        ana = person(session, "Ana", Role.LEARNER)
        taught = course(session, "A1", [1, 1])
        enrolment = enrol(session, ana, taught)
        today = clock.today()
        for lesson, seconds in zip(lesson_ids(taught), (100, 260), strict=True):
            session.add(
                StudyTime(enrollment_id=enrolment.id, lesson_id=lesson, day=today, seconds=seconds)
            )
        complete_lesson(session, ana, enrolment.id, lesson_ids(taught)[0])
    publish(desk, engine)

    ((_, _, _, lessons, minutes),) = desk.warehouse.rows(ENGAGEMENT)
    assert (1, 6) == (lessons, minutes)
