"""What people do with courses: look at their own, look at those they teach, finish a lesson."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.courses import enrolment_queries, finishing, repository, rule_queries, study_queries
from core.courses.continuing import LessonLink, where_to_continue
from core.courses.errors import EnrolmentEnded
from core.courses.models import Course, Enrollment, LessonCompletion
from core.courses.progress import Progress
from core.courses.rules import Rules
from core.courses.schemas import CourseSummary, OwnCourse, TaughtCourse
from core.courses.work import Attempt, due_work, graded_work
from core.errors import NotFound


def my_courses(session: Session, principal: Principal) -> list[OwnCourse]:
    """The person's own courses: progress, grade, what is due; a few queries, however many."""
    principal.require(Area.MY_COURSES)
    rows = repository.own_enrolments(session, principal)
    rules = rule_queries.rules_of(session, [enrolment for enrolment, _ in rows])
    derived = _progress(session, [enrolment for enrolment, _ in rows], rules)
    attempts = _attempts(session, [enrolment.id for enrolment, _ in rows])
    nexts = next_lessons(session, [enrolment for enrolment, _ in rows])
    return [
        replace(
            _own(e, course, derived[e.id], attempts[e.id], nexts[e.id]),
            pass_mark=rules[e.id].pass_mark,
        )
        for e, course in rows
    ]


def next_lessons(
    session: Session, enrolments: Sequence[Enrollment]
) -> dict[int, LessonLink | None]:
    """Where each enrolment goes on; None once it has ended or nothing is left."""
    lessons = study_queries.lessons_in_order(session, {e.course_id for e in enrolments})
    completed = repository.completed_lessons(session, [e.id for e in enrolments])
    opened = study_queries.last_opened(session, [e.id for e in enrolments])
    return {
        e.id: where_to_continue(lessons[e.course_id], completed.get(e.id, set()), opened.get(e.id))
        if e.status.is_open
        else None
        for e in enrolments
    }


def _own(
    enrolment: Enrollment,
    course: Course,
    progress: Progress,
    attempts: list[Attempt],
    next_lesson: LessonLink | None,
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
        next_lesson=next_lesson,
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

    Finishing a lesson again changes nothing; the last thing that was missing completes the
    course. Raises NotFound for somebody else's enrolment or a lesson of another course,
    EnrolmentEnded for an enrolment that has ended, QuizNotPassed where the quiz comes first.
    """
    principal.require(Area.MY_COURSES)
    enrolment = repository.own_enrolment_for_change(session, principal, enrollment_id)
    if enrolment is None or not repository.lesson_belongs(session, lesson_id, enrolment.course_id):
        raise NotFound(enrollment_id=enrollment_id, lesson_id=lesson_id)
    if session.get(LessonCompletion, (enrollment_id, lesson_id)) is None:
        if not enrolment.status.is_open:
            raise EnrolmentEnded(enrollment_id=enrollment_id, status=enrolment.status.value)
        finishing.require_quiz_passed(session, enrolment, lesson_id)
        finishing.note_completion(session, enrolment, lesson_id)
    reached = progress_of(session, enrolment)
    finishing.settle(session, enrolment, reached)
    return reached


def progress_of(session: Session, enrolment: Enrollment) -> Progress:
    """How far one enrolment is."""
    return _progress(session, [enrolment])[enrolment.id]


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
