"""Queries of quizzes and attempts; each decides anew who may see what."""

from collections.abc import Sequence

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import Session

from core.accounts.access import Principal
from core.courses.models import Assessment, Course, Enrollment, Submission
from core.courses.quiz_models import Quiz, QuizAttempt, QuizQuestion
from core.courses.repository import may_see_learners


def quiz_of_lesson(session: Session, lesson_id: int) -> Row[Quiz, Assessment] | None:
    """A lesson's quiz; whoever asks has checked who may see the lesson."""
    return session.execute(
        select(Quiz, Assessment)
        .join(Assessment, Assessment.id == Quiz.assessment_id)
        .where(Quiz.lesson_id == lesson_id)
    ).one_or_none()


def own_quiz(
    session: Session, principal: Principal, enrollment_id: int, assessment_id: int
) -> Row[Enrollment, Quiz] | None:
    """A quiz of the course of the person's own enrolment, which is locked."""
    return session.execute(
        select(Enrollment, Quiz)
        .join(Assessment, Assessment.course_id == Enrollment.course_id)
        .join(Quiz, Quiz.assessment_id == Assessment.id)
        .where(
            Enrollment.id == enrollment_id,
            Enrollment.user_id == principal.user_id,
            Quiz.assessment_id == assessment_id,
        )
        .with_for_update(of=Enrollment)
    ).one_or_none()


def own_attempt(
    session: Session, principal: Principal, attempt_id: int
) -> Row[QuizAttempt, Quiz, Enrollment] | None:
    """An attempt of the person's own, its enrolment locked."""
    return session.execute(
        select(QuizAttempt, Quiz, Enrollment)
        .join(Quiz, Quiz.assessment_id == QuizAttempt.assessment_id)
        .join(Enrollment, Enrollment.id == QuizAttempt.enrollment_id)
        .where(QuizAttempt.id == attempt_id, Enrollment.user_id == principal.user_id)
        .with_for_update(of=(QuizAttempt, Enrollment))
        .execution_options(populate_existing=True)
    ).one_or_none()


def questions(session: Session, assessment_id: int) -> Sequence[QuizQuestion]:
    """A quiz's questions in their order."""
    return session.scalars(
        select(QuizQuestion)
        .where(QuizQuestion.assessment_id == assessment_id)
        .order_by(QuizQuestion.order_index)
    ).all()


def question_count(session: Session, assessment_id: int) -> int:
    """How many questions a quiz has."""
    query = select(func.count()).where(QuizQuestion.assessment_id == assessment_id)
    return int(session.scalar(query) or 0)


def attempts(session: Session, enrollment_id: int, assessment_id: int) -> Sequence[QuizAttempt]:
    """An enrolment's attempts at a quiz, the first one first."""
    return session.scalars(
        select(QuizAttempt)
        .where(
            QuizAttempt.enrollment_id == enrollment_id,
            QuizAttempt.assessment_id == assessment_id,
        )
        .order_by(QuizAttempt.number)
    ).all()


def has_passed(session: Session, enrollment_id: int, assessment_id: int) -> bool:
    """Whether any handed-in attempt passed."""
    query = select(func.count()).where(
        QuizAttempt.enrollment_id == enrollment_id,
        QuizAttempt.assessment_id == assessment_id,
        QuizAttempt.passed.is_(True),
    )
    return bool(session.scalar(query))


def forget_submissions(session: Session, enrollment_id: int, assessment_id: int) -> None:
    """Take back what earlier attempts brought, where the last one counts."""
    session.execute(
        delete(Submission).where(
            Submission.enrollment_id == enrollment_id,
            Submission.assessment_id == assessment_id,
            ~Submission.is_banked,
        )
    )


def taught_quiz(
    session: Session, principal: Principal, assessment_id: int
) -> Row[Quiz, Assessment] | None:
    """A quiz of a course whose learners the person may see, kept from other changes."""
    return session.execute(
        select(Quiz, Assessment)
        .join(Assessment, Assessment.id == Quiz.assessment_id)
        .join(Course, Course.id == Assessment.course_id)
        .where(Quiz.assessment_id == assessment_id, may_see_learners(principal))
        .with_for_update(of=Quiz)
    ).one_or_none()


def quizzes_without_rules(session: Session, course_id: int) -> Sequence[Assessment]:
    """A course's assessments that could be a lesson's quiz: of the kind, and of no lesson yet."""
    return session.scalars(
        select(Assessment)
        .outerjoin(Quiz, Quiz.assessment_id == Assessment.id)
        .where(
            Assessment.course_id == course_id, Assessment.kind == "quiz", Quiz.lesson_id.is_(None)
        )
        .order_by(Assessment.title)
    ).all()


def title_is_taken(session: Session, course_id: int, title: str, but: int | None) -> bool:
    """Whether other graded work of the course has the title."""
    query = select(Assessment.id).where(
        Assessment.course_id == course_id, Assessment.title == title, Assessment.id != (but or 0)
    )
    return session.scalar(query) is not None
