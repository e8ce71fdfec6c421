"""What people do with courses: look at their own, look at those they teach, finish a lesson."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.courses import enrolment_queries, repository, rule_queries
from core.courses.models import Course, Enrollment, EnrollmentStatus, LessonCompletion
from core.courses.progress import Progress
from core.courses.rules import Rules
from core.courses.schemas import CourseSummary, OwnCourse, TaughtCourse
from core.courses.work import Attempt, due_work, graded_work
from core.errors import Conflict, NotFound
from core.events import outbox
from core.i18n import mark

LESSON_COMPLETED = "lesson.completed"


class EnrolmentEnded(Conflict):
    """The enrolment is completed, failed or withdrawn, so that nothing can be added to it."""

    code = "enrolment_ended"
    message = mark("This enrolment has ended, so its lessons can no longer be completed.")


def my_courses(session: Session, principal: Principal) -> list[OwnCourse]:
    """The person's own courses: progress, grade, what is due; a few queries, however many."""
    principal.require(Area.MY_COURSES)
    rows = repository.own_enrolments(session, principal)
    rules = rule_queries.rules_of(session, [enrolment for enrolment, _ in rows])
    derived = _progress(session, [enrolment for enrolment, _ in rows], rules)
    attempts = _attempts(session, [enrolment.id for enrolment, _ in rows])
    return [
        replace(
            _own(enrolment, course, derived[enrolment.id], attempts[enrolment.id]),
            pass_mark=rules[enrolment.id].pass_mark,
        )
        for enrolment, course in rows
    ]


def _own(
    enrolment: Enrollment, course: Course, progress: Progress, attempts: list[Attempt]
) -> OwnCourse:
    work, grade = graded_work(course.start_date, attempts)
    shown = summary(course)
    return OwnCourse(
        enrollment_id=enrolment.id,
        course=shown,
        status=enrolment.status,
        enrolled_at=enrolment.enrolled_at,
        progress=progress,
        grade=grade,
        pass_mark=course.pass_mark,
        due=due_work(work, shown, enrolment.status, enrolment.enrolled_at, clock.today()),
    )


def taught_courses(session: Session, principal: Principal) -> list[TaughtCourse]:
    """Courses whose learners the person may see, with counts of enrolments by status."""
    principal.require(Area.COHORTS)
    courses = repository.taught_courses(session, principal)
    counts = repository.enrolment_counts(session, [course.id for course in courses])
    return [TaughtCourse(summary(course), counts.get(course.id, {})) for course in courses]


def courses_to_choose(session: Session, principal: Principal) -> list[CourseSummary]:
    """The same courses without counts, which every run of a page would pay for; one query."""
    principal.require(Area.COHORTS)
    return [summary(course) for course in repository.taught_courses(session, principal)]


def complete_lesson(
    session: Session, principal: Principal, enrollment_id: int, lesson_id: int
) -> Progress:
    """Note that the person finished a lesson, and tell it as an event in the same transaction.

    Finishing a lesson again changes nothing. Raises NotFound for somebody else's enrolment
    or a lesson of another course, EnrolmentEnded for an enrolment that is no longer active.
    """
    principal.require(Area.MY_COURSES)
    enrolment = repository.own_enrolment_for_change(session, principal, enrollment_id)
    if enrolment is None or not repository.lesson_belongs(session, lesson_id, enrolment.course_id):
        raise NotFound(enrollment_id=enrollment_id, lesson_id=lesson_id)
    if session.get(LessonCompletion, (enrollment_id, lesson_id)) is None:
        if enrolment.status is not EnrollmentStatus.ACTIVE:
            raise EnrolmentEnded(enrollment_id=enrollment_id, status=enrolment.status.value)
        _write_completion(session, enrolment, lesson_id)
    return _progress(session, [enrolment])[enrollment_id]


def _write_completion(session: Session, enrolment: Enrollment, lesson_id: int) -> None:
    session.add(
        LessonCompletion(enrollment_id=enrolment.id, lesson_id=lesson_id, completed_at=clock.now())
    )
    outbox.record(
        session,
        LESSON_COMPLETED,
        f"enrollment/{enrolment.id}",
        {"course_id": enrolment.course_id, "lesson_id": lesson_id},
    )
    session.flush()


def _progress(
    session: Session, enrolments: Sequence[Enrollment], rules: Mapping[int, Rules] | None = None
) -> dict[int, Progress]:
    """Progress by enrolment under the rules that it stands under."""
    rules = rule_queries.rules_of(session, enrolments) if rules is None else rules
    completed = repository.completed_lessons(session, [e.id for e in enrolments])
    return {e.id: rules[e.id].progress(completed.get(e.id, set())) for e in enrolments}


def _attempts(session: Session, enrolment_ids: Collection[int]) -> dict[int, list[Attempt]]:
    """Graded work by enrolment, a row for each attempt."""
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    rows = enrolment_queries.assessments_with_submissions(session, enrolment_ids)
    for enrollment_id, assessment, submission in rows:
        attempts[enrollment_id].append((assessment, submission))
    return attempts


def summary(course: Course) -> CourseSummary:
    """What a list shows of a course."""
    return CourseSummary(
        course_id=course.id,
        code=course.code,
        title=course.title,
        difficulty_level=course.difficulty_level,
        start_date=course.start_date,
        duration_weeks=course.duration_weeks,
        is_sample=course.is_sample,
    )
