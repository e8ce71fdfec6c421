"""Giving a course's grades and completions out."""

from collections import defaultdict

from sqlalchemy.orm import Session

from core.accounts.access import Principal
from core.audit import trail
from core.courses import gradebook_queries
from core.courses.gradebook import Form
from core.courses.gradebook_holdings import best, contents_of, held
from core.courses.gradebook_writing import Student, write_gradebook
from core.courses.models import LessonCompletion

EXPORTED = "gradebook.exported"


def export_gradebook(session: Session, principal: Principal, course_id: int, form: Form) -> bytes:
    """A course's grades or completions as a file of this form. Raises NotFound."""
    contents = contents_of(session, principal, course_id)
    book = held(session, course_id)
    completed: dict[int, dict[int, LessonCompletion]] = defaultdict(dict)
    for one in gradebook_queries.completions(session, course_id):
        completed[one.enrollment_id][one.lesson_id] = one
    students = [
        Student(
            user_id=user.id,
            name=user.name,
            email=user.email,
            external_id=user.external_id,
            scores={
                key: score
                for key in contents.work
                if (score := best(book.attempts.get((enrolment.id, key), []))) is not None
            },
            completed={key: found.completed_at for key, found in completed[enrolment.id].items()},
        )
        for enrolment, user in gradebook_queries.learners(session, course_id)
    ]
    return write_gradebook(form, contents, students)


def note_export(session: Session, principal: Principal, course_id: int, form: Form) -> None:
    """Put into the audit trail that a course's grades were taken out."""
    subject = f"course/{course_id}"
    trail.record(session, principal.user_id, EXPORTED, subject, form=form.value)
