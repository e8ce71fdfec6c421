"""What finishing a lesson sets off: its event, and the course's end when nothing is missing."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from core import clock
from core.courses import enrolment_queries, publishing, quiz_queries, repository, rule_queries
from core.courses.completion import is_complete
from core.courses.errors import QuizNotPassed
from core.courses.models import Course, Enrollment, EnrollmentStatus, LessonCompletion
from core.courses.progress import Progress
from core.courses.work import graded_work
from core.events import outbox

LESSON_COMPLETED = "lesson.completed"
BEGUN = "enrollment.begun"
COURSE_COMPLETED = "enrollment.completed"


def note_completion(session: Session, enrolment: Enrollment, lesson_id: int) -> None:
    """Write down that a lesson was finished, with its event; again changes nothing."""
    if session.get(LessonCompletion, (enrolment.id, lesson_id)) is not None:
        return
    begin(session, enrolment)
    session.add(
        LessonCompletion(enrollment_id=enrolment.id, lesson_id=lesson_id, completed_at=clock.now())
    )
    told = {"course_id": enrolment.course_id, "lesson_id": lesson_id}
    outbox.record(session, LESSON_COMPLETED, _subject(enrolment), told)
    publishing.soon(session)
    session.flush()


def begin(session: Session, enrolment: Enrollment) -> None:
    """Let an enrolment that has not begun begin."""
    if enrolment.status is EnrollmentStatus.ENROLLED:
        enrolment.status = EnrollmentStatus.ACTIVE
        outbox.record(session, BEGUN, _subject(enrolment), {"course_id": enrolment.course_id})


def require_quiz_passed(session: Session, enrolment: Enrollment, lesson_id: int) -> None:
    """Raise :class:`QuizNotPassed` where only passing its quiz completes the lesson."""
    if awaits_quiz(session, enrolment.id, lesson_id):
        raise QuizNotPassed(lesson_id=lesson_id)


def awaits_quiz(session: Session, enrollment_id: int, lesson_id: int) -> bool:
    """Whether the lesson's quiz has to be passed and was not; without questions it asks nothing."""
    found = quiz_queries.quiz_of_lesson(session, lesson_id)
    if found is None or not found[0].must_pass:
        return False
    key = found[0].assessment_id
    return bool(quiz_queries.question_count(session, key)) and not quiz_queries.has_passed(
        session, enrollment_id, key
    )


def settle(session: Session, enrolment: Enrollment, progress: Progress) -> bool:
    """Complete the enrolment where everything is done and passed; whether it was."""
    if not enrolment.status.is_open:
        return False
    course = session.get_one(Course, enrolment.course_id)
    rows = enrolment_queries.assessments_with_submissions(session, [enrolment.id])
    _, grade = graded_work(course.start_date, [(one, made) for _, one, made in rows])
    pass_mark = rule_queries.rules_of(session, [enrolment])[enrolment.id].pass_mark
    if not is_complete(progress, grade, pass_mark):
        return False
    enrolment.status, enrolment.ended_at = EnrollmentStatus.COMPLETED, clock.now()
    told = {"course_id": course.id, "grade": grade.percent}
    outbox.record(session, COURSE_COMPLETED, _subject(enrolment), told)
    session.flush()
    return True


def settle_all(session: Session, enrolments: Sequence[Enrollment]) -> None:
    """Complete who has everything done and passed after somebody else's work, as an author's.

    They have nothing left to do that would settle it.
    """
    going = [one for one in enrolments if one.status.is_open]
    rules = rule_queries.rules_of(session, going)
    completed = repository.completed_lessons(session, [one.id for one in going])
    for one in going:
        progress = rules[one.id].progress(completed.get(one.id, set()))
        if progress.completed == progress.required:
            settle(session, one, progress)


def _subject(enrolment: Enrollment) -> str:
    return f"enrollment/{enrolment.id}"
