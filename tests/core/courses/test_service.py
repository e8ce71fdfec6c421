from decimal import Decimal

import pytest
from sqlalchemy import event, func, select

from core.accounts.access import Role
from core.courses.errors import EnrolmentEnded
from core.courses.finishing import LESSON_COMPLETED
from core.courses.models import EnrollmentStatus, LessonCompletion
from core.courses.progress import Progress
from core.courses.publishing import WITHIN
from core.courses.service import (
    complete_lesson,
    courses_to_choose,
    my_courses,
    taught_courses,
)
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from core.events.models import Event
from core.i18n import language
from core.jobs.models import Job, JobKind
from tests.core.courses.records import course, enrol, lesson_ids, person, teaches


@pytest.fixture
def school(engine):
    """Two courses, two learners in the first, one of them in the second, one instructor."""
    with unit_of_work(engine) as session:
        school = {
            "ana": person(session, "Ana", Role.LEARNER),
            "ben": person(session, "Ben", Role.LEARNER),
            "ina": person(session, "Ina", Role.INSTRUCTOR),
            "staff": person(session, "Sam", Role.STAFF),
            "marketer": person(session, "Mia", Role.MARKETER),
            "first": course(session, "A1", [1, 2, 1], optional=1),
            "second": course(session, "B1", [1, 1]),
        }
        school["ana in first"] = enrol(session, school["ana"], school["first"])
        school["ben in first"] = enrol(session, school["ben"], school["first"])
        school["ben in second"] = enrol(session, school["ben"], school["second"])
        teaches(session, school["ina"], school["first"])
    return school


def completions(engine):
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(LessonCompletion))


def test_a_finished_lesson_moves_progress_and_is_told_as_an_event(engine, school):
    lesson = lesson_ids(school["first"])[1]

    with unit_of_work(engine) as session:
        after = complete_lesson(session, school["ana"], school["ana in first"].id, lesson)

    assert after == Progress(50, 1, 3, Decimal(2), Decimal(4))
    with reading(engine) as session:
        told = session.scalars(select(Event)).one()
    assert (told.type, told.data) == (
        LESSON_COMPLETED,
        {"course_id": school["first"].id, "lesson_id": lesson},
    )


def test_finishing_a_lesson_again_changes_nothing(engine, school):
    lesson = lesson_ids(school["first"])[0]
    for _ in range(2):
        with unit_of_work(engine) as session:
            complete_lesson(session, school["ana"], school["ana in first"].id, lesson)

    assert completions(engine) == 1
    with reading(engine) as session:
        assert len(session.scalars(select(Event)).all()) == 1


def test_a_failed_unit_of_work_leaves_neither_completion_nor_event(engine, school):
    lesson = lesson_ids(school["first"])[0]

    def die_before_commit():
        with unit_of_work(engine) as session:
            complete_lesson(session, school["ana"], school["ana in first"].id, lesson)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die_before_commit()

    assert completions(engine) == 0
    with reading(engine) as session:
        assert session.scalars(select(Event)).all() == []


def test_nobody_finishes_a_lesson_for_somebody_else(engine, school):
    lesson = lesson_ids(school["first"])[0]
    for other in ("ben", "ina", "staff"):
        with unit_of_work(engine) as session, pytest.raises(NotFound):
            complete_lesson(session, school[other], school["ana in first"].id, lesson)


def test_a_lesson_of_another_course_cannot_be_finished(engine, school):
    lesson = lesson_ids(school["second"])[0]

    with unit_of_work(engine) as session, pytest.raises(NotFound):
        complete_lesson(session, school["ana"], school["ana in first"].id, lesson)


def test_an_ended_enrolment_takes_no_more_lessons_and_says_so(engine, school):
    with unit_of_work(engine) as session:
        session.merge(school["ana in first"]).status = EnrollmentStatus.WITHDRAWN
    lesson = lesson_ids(school["first"])[0]

    with unit_of_work(engine) as session, pytest.raises(EnrolmentEnded) as raised:
        complete_lesson(session, school["ana"], school["ana in first"].id, lesson)

    assert raised.value.sentence(language("es")).startswith("Esta inscripción ha terminado")


def test_my_courses_are_the_persons_own_with_their_arithmetic(engine, school):
    with unit_of_work(engine) as session:
        optional = lesson_ids(school["first"])[3]
        complete_lesson(session, school["ben"], school["ben in first"].id, optional)
        own = my_courses(session, school["ben"])

    assert {"A1", "B1"} == {one.course.code for one in own}
    first = next(one for one in own if one.course.code == "A1")
    assert first.progress == Progress(0, 0, 3, Decimal(0), Decimal(4))


def test_a_marketer_has_no_courses_area(engine, school):
    with reading(engine) as session:
        for ask in (my_courses, taught_courses, courses_to_choose):
            with pytest.raises(Forbidden):
                ask(session, school["marketer"])


def test_an_instructor_sees_only_the_courses_they_teach(engine, school):
    with reading(engine) as session:
        taught = taught_courses(session, school["ina"])

        chosen = courses_to_choose(session, school["ina"])

    assert [("A1", 2)] == [(one.course.code, one.total) for one in taught]
    assert [one.course for one in taught] == chosen
    assert {EnrollmentStatus.ACTIVE: 2} == taught[0].enrolled


def test_staff_see_every_course_and_a_learner_sees_no_cohort(engine, school):
    with reading(engine) as session:
        assert {"A1", "B1"} == {one.course.code for one in taught_courses(session, school["staff"])}
        with pytest.raises(Forbidden):
            taught_courses(session, school["ana"])


def test_my_courses_takes_the_same_number_of_queries_for_one_course_and_for_five(engine, school):
    def queries():
        seen = []
        event.listen(engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
        with reading(engine) as session:
            my_courses(session, school["ana"])
        return len([sql for sql in seen if sql.startswith("SELECT")])

    one = queries()
    with unit_of_work(engine) as session:
        for number in range(4):
            enrol(session, school["ana"], course(session, f"C{number}", [1]))

    assert (9, 9) == (one, queries())


def test_a_class_at_work_asks_for_one_renewal_of_the_data_within_ten_minutes(engine, school):
    for learner, lesson in ("ana", 0), ("ana", 1), ("ben", 0):
        with unit_of_work(engine) as session:
            key = school[f"{learner} in first"].id
            complete_lesson(session, school[learner], key, lesson_ids(school["first"])[lesson])

    with reading(engine) as session:
        job = session.scalars(select(Job)).one()
    assert JobKind.SYNC is job.kind
    assert WITHIN / 2 < job.not_before - job.created_at <= WITHIN
