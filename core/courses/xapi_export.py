"""Every statement that the records tell, one by one, for a file of JSON lines."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from core.courses import rule_queries, xapi, xapi_queries
from core.courses.models import Course, Enrollment, EnrollmentStatus
from core.courses.quizzes import told_mark
from core.courses.rules import Rules
from core.courses.xapi import Learner, Place, Statement

Pseudonym = Callable[[int], str]


def statements(
    session: Session, place: Place, pseudonym: Pseudonym, since: datetime | None = None
) -> Iterator[Statement]:
    """All statements of what happened since then, kind by kind, each kind in a stable order.

    Whoever asks has checked who may. Progress is told by the rules under
    which the enrolment stands now.
    """
    yield from _opened(session, place, pseudonym, since)
    yield from _done(session, place, pseudonym, since)
    yield from _quizzes(session, place, pseudonym, since)
    yield from _ended(session, place, pseudonym, since)


def line(statement: Statement) -> str:
    """A statement as one line of JSON."""
    return json.dumps(statement, ensure_ascii=False, separators=(",", ":")) + "\n"


def _learner(pseudonym: Pseudonym, enrolment: Enrollment, course: Course) -> Learner:
    return Learner(pseudonym(enrolment.user_id), enrolment.id, course.id, course.title)


def _opened(
    session: Session, place: Place, pseudonym: Pseudonym, since: datetime | None
) -> Iterator[Statement]:
    for enrolment, course, lesson_id, title, at in xapi_queries.visits(session, since):
        who = _learner(pseudonym, enrolment, course)
        yield xapi.experienced(place, who, lesson_id, title, at)


def _done(
    session: Session, place: Place, pseudonym: Pseudonym, since: datetime | None
) -> Iterator[Statement]:
    """Completed lessons, and the course's progress after each that moved it."""
    rules: dict[tuple[int, int | None], Rules] = {}
    done: dict[int, set[int]] = {}
    for enrolment, course, lesson_id, title, at in xapi_queries.completions(session, since):
        under = (course.id, enrolment.rule_version_id)
        if under not in rules:
            rules[under] = rule_queries.rules_of(session, [enrolment])[enrolment.id]
        if enrolment.id not in done:
            done = {enrolment.id: set()}  # rows come enrolment by enrolment
        done[enrolment.id].add(lesson_id)
        if since is not None and at < since:
            continue
        who = _learner(pseudonym, enrolment, course)
        yield xapi.lesson_completed(place, who, lesson_id, title, at)
        percent = rules[under].progress(done[enrolment.id]).percent
        if percent is not None and rules[under].counts(lesson_id):
            yield xapi.progressed(place, who, lesson_id, percent, at)


def _quizzes(
    session: Session, place: Place, pseudonym: Pseudonym, since: datetime | None
) -> Iterator[Statement]:
    for enrolment, course, attempt, title in xapi_queries.attempts(session, since):
        who, at = _learner(pseudonym, enrolment, course), attempt.submitted_at
        for mark in map(told_mark, attempt.marks):
            yield xapi.answered(place, who, attempt.assessment_id, attempt.number, mark, at)
        quiz = (attempt.assessment_id, title)
        yield xapi.quiz_judged(
            place, who, quiz, attempt.number, attempt.score, at, passed=bool(attempt.passed)
        )


def _ended(
    session: Session, place: Place, pseudonym: Pseudonym, since: datetime | None
) -> Iterator[Statement]:
    for enrolment, course in xapi_queries.endings(session, since):
        who = _learner(pseudonym, enrolment, course)
        passed = enrolment.status is EnrollmentStatus.COMPLETED
        if passed:
            yield xapi.course_completed(place, who, enrolment.ended_at)
        yield xapi.course_judged(place, who, enrolment.ended_at, passed=passed)
