from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from core import clock
from core.accounts.access import Role
from core.audit import trail
from core.courses.course_page import LOOKED_AT, course_page, note_look
from core.courses.models import AssessmentKind, EnrollmentStatus
from core.courses.service import complete_lesson, my_courses
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from tests.core.courses.records import (
    assessed,
    course,
    enrol,
    hand_in,
    lesson_ids,
    person,
    teaches,
)


@pytest.fixture
def school(engine, monkeypatch):
    """Ana learns what Ina teaches, Ben what Ivo teaches; it is the 21st day of both courses."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(date(2026, 3, 22), time(9), UTC))
    with unit_of_work(engine) as session:
        school = {
            "ana": person(session, "Ana", Role.LEARNER),
            "ben": person(session, "Ben", Role.LEARNER),
            "ina": person(session, "Ina", Role.INSTRUCTOR),
            "ivo": person(session, "Ivo", Role.INSTRUCTOR),
            "staff": person(session, "Sam", Role.STAFF),
            "admin": person(session, "Ada", Role.ADMIN),
            "marketer": person(session, "Mia", Role.MARKETER),
            "first": course(session, "A1", [1, 2, 1], optional=1),
            "second": course(session, "B1", [1]),
        }
        school["work"] = [
            assessed(session, school["first"], "Essay", 30, 10),
            assessed(session, school["first"], "Report", 70, 18),
            assessed(session, school["first"], "Exam", 100, None, AssessmentKind.EXAM),
        ]
        school["ana in first"] = enrol(session, school["ana"], school["first"])
        school["ben in second"] = enrol(session, school["ben"], school["second"])
        teaches(session, school["ina"], school["first"])
        teaches(session, school["ivo"], school["second"])
    return school


def seen(engine, who, key):
    with reading(engine) as session:
        return course_page(session, who, key)


def test_a_learners_page_has_lessons_work_grade_and_what_is_due(engine, school):
    essay = school["work"][0]
    with unit_of_work(engine) as session:
        hand_in(session, school["ana in first"], essay, 12, 64.5)
        complete_lesson(
            session, school["ana"], school["ana in first"].id, lesson_ids(school["first"])[1]
        )

    page = seen(engine, school["ana"], school["ana in first"].id)

    assert (True, True, "Ana") == (page.is_own, page.can_complete, page.learner)
    assert (50, True) == (page.progress.percent, page.progress.weights_matter)
    assert (64, 1, 3) == (page.grade.percent, page.grade.graded, page.grade.pieces)
    assert Decimal("0.15") == page.grade.graded_share
    assert [("Report", -2), ("Exam", None)] == [(one.title, one.days_left) for one in page.due]
    (module,) = page.modules
    assert [False, True, False, False] == [bool(one.completed_at) for one in module.lessons]
    assert [2, None, None] == [one.days_late for one in page.work]
    assert [date(2026, 3, 12), date(2026, 3, 20), None] == [one.due_on for one in page.work]


def test_the_best_attempt_counts_and_the_first_tells_when_it_was_handed_in(engine, school):
    essay = school["work"][0]
    with unit_of_work(engine) as session:
        for day, score in ((9, 40), (11, 80), (13, 60)):
            hand_in(session, school["ana in first"], essay, day, score)

    work = seen(engine, school["ana"], school["ana in first"].id).work[0]

    assert (Decimal(80), 0, 11) == (work.score, work.days_late, work.handed_in_at.day)


def test_a_banked_score_is_marked_and_never_late(engine, school):
    with unit_of_work(engine) as session:
        hand_in(session, school["ana in first"], school["work"][0], 30, 70, banked=True)

    page = seen(engine, school["ana"], school["ana in first"].id)

    assert (True, None, 70) == (page.work[0].is_banked, page.work[0].days_late, page.grade.percent)


def test_nothing_is_due_once_the_enrolment_has_ended_and_no_lesson_can_be_done(engine, school):
    with unit_of_work(engine) as session:
        session.merge(school["ana in first"]).status = EnrollmentStatus.WITHDRAWN

    page = seen(engine, school["ana"], school["ana in first"].id)

    assert ((), False) == (page.due, page.can_complete)


@pytest.mark.parametrize("who", ["ina", "staff", "admin"])
def test_who_may_see_a_courses_learners_reads_their_pages_and_changes_nothing(engine, school, who):
    page = seen(engine, school[who], str(school["ana in first"].id))

    assert ("Ana", False, False) == (page.learner, page.is_own, page.can_complete)


@pytest.mark.parametrize(
    ("who", "whose"),
    [
        ("ana", "ben in second"),
        ("ben", "ana in first"),
        ("ina", "ben in second"),
        ("ivo", "ana in first"),
    ],
)
def test_another_persons_enrolment_is_not_there(engine, school, who, whose):
    with pytest.raises(NotFound):
        seen(engine, school[who], school[whose].id)


@pytest.mark.parametrize(
    "no_id", ["", "0", "-1", "1.0", "x", "1 OR 1=1", "٣", "9" * 19, "9" * 400, "\0", "99999", "²"]
)
def test_an_id_that_is_none_is_not_there_either(engine, school, no_id):
    for who in ("ana", "staff"):
        with pytest.raises(NotFound):
            seen(engine, school[who], no_id)


def test_somebody_without_courses_may_not_ask(engine, school):
    with pytest.raises(Forbidden):
        seen(engine, school["marketer"], school["ana in first"].id)


def test_a_look_at_another_persons_page_is_in_the_audit_trail_and_at_ones_own_is_not(
    engine, school
):
    for who in ("ana", "ina"):
        with unit_of_work(engine) as session:
            page = course_page(session, school[who], school["ana in first"].id)
            note_look(session, school[who], page)

    with reading(engine) as session:
        noted = trail.about(session, f"enrollment/{page.enrollment_id}")
    assert [(LOOKED_AT, school["ina"].user_id)] == [(one.action, one.actor_id) for one in noted]


def test_a_page_takes_the_same_few_queries_however_much_is_on_it(engine, school):
    def queries():
        asked = []
        event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
        seen(engine, school["ana"], school["ana in first"].id)
        return len([sql for sql in asked if sql.startswith("SELECT")])

    few = queries()
    with unit_of_work(engine) as session:
        for number in range(20):
            work = assessed(session, school["first"], f"Quiz {number}", 1, number)
            hand_in(session, school["ana in first"], work, number, 50)

    assert (9, 9) == (few, queries())


def test_a_course_without_lessons_and_work_has_a_page(engine, school):
    with unit_of_work(engine) as session:
        empty = course(session, "E1", [])
        enrolment = enrol(session, school["ana"], empty)

    page = seen(engine, school["ana"], enrolment.id)

    assert (None, None, (), ()) == (page.progress.percent, page.grade.percent, page.work, page.due)
    assert [()] == [module.lessons for module in page.modules]


def test_my_courses_tell_grade_and_what_is_due_of_each_course(engine, school):
    with unit_of_work(engine) as session:
        hand_in(session, school["ana in first"], school["work"][1], 18, 55)

    with reading(engine) as session:
        (own,) = my_courses(session, school["ana"])

    assert (55, 40, "Essay") == (own.grade.percent, own.pass_mark, own.due[0].title)


def test_work_due_before_the_enrolment_is_not_overdue_and_can_still_be_handed_in(engine, school):
    with unit_of_work(engine) as session:
        late = enrol(session, school["ben"], school["first"])
        late.enrolled_at = datetime(2026, 3, 13, 8, tzinfo=UTC)

    page = seen(engine, school["ben"], late.id)

    assert [("Report", -2), ("Exam", None)] == [(one.title, one.days_left) for one in page.due]
    assert [True, False, False] == [one.was_due_before(page.enrolled_at) for one in page.work]


def test_work_due_on_the_day_of_the_enrolment_is_due(engine, school):
    with unit_of_work(engine) as session:
        late = enrol(session, school["ben"], school["first"])
        late.enrolled_at = datetime(2026, 3, 12, 8, tzinfo=UTC)

    assert "Essay" == seen(engine, school["ben"], late.id).due[0].title


@pytest.mark.parametrize(("day", "due"), [(42, 3), (43, 0)])
def test_nothing_is_due_once_the_course_has_ended(engine, school, monkeypatch, day, due):
    today = school["first"].start_date + timedelta(days=day)
    monkeypatch.setattr(clock, "today", lambda: today)

    page = seen(engine, school["ana"], school["ana in first"].id)
    with reading(engine) as session:
        (own,) = my_courses(session, school["ana"])

    assert (due, due) == (len(page.due), len(own.due))
