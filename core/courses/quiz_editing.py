"""Writing a lesson's quiz, for those who teach the course."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.audit import trail
from core.courses import quiz_queries, study_queries
from core.courses.errors import AlreadyAssessed
from core.courses.models import Assessment, AssessmentKind
from core.courses.quiz_marking import Question
from core.courses.quiz_models import AttemptRule, Quiz, QuizQuestion
from core.courses.quiz_questions import require_sound
from core.courses.quizzes import asked
from core.errors import NotFound

SAVED = "quiz.saved"
REMOVED = "quiz.removed"
_OUT_OF_THE_WAY = 10_000  # places are unique, and two cannot change theirs at once


@dataclass(frozen=True, slots=True)
class QuizPlan:
    """A quiz as it is written; ``assessment_id`` None makes a new one."""

    assessment_id: int | None
    title: str
    weight: Decimal
    due_day: int | None
    pass_mark: int
    attempts_allowed: int | None
    counts: AttemptRule
    must_pass: bool
    questions: tuple[Question, ...]


def planned(session: Session, principal: Principal, lesson_id: int) -> QuizPlan | None:
    """A lesson's quiz with what is right, for those who teach; None where it has none.

    Raises NotFound for a lesson of a course that the person does not teach.
    """
    _course(session, principal, lesson_id)
    found = quiz_queries.quiz_of_lesson(session, lesson_id)
    if found is None:
        return None
    quiz, assessment = found
    return QuizPlan(
        assessment_id=quiz.assessment_id,
        title=assessment.title,
        weight=assessment.weight,
        due_day=assessment.due_day,
        pass_mark=quiz.pass_mark,
        attempts_allowed=quiz.attempts_allowed,
        counts=quiz.counts,
        must_pass=quiz.must_pass,
        questions=asked(session, quiz.assessment_id),
    )


def waiting(session: Session, principal: Principal, lesson_id: int) -> list[tuple[int, str]]:
    """The course's graded quizzes (id and title) that no lesson asks yet."""
    course_id = _course(session, principal, lesson_id)
    return [(one.id, one.title) for one in quiz_queries.quizzes_without_rules(session, course_id)]


def save(session: Session, principal: Principal, lesson_id: int, plan: QuizPlan) -> int:
    """Write a lesson's quiz with its questions; the assessment's id.

    Attempts that were handed in keep their marks; open ones are marked by the
    questions as they are then. Raises NotFound as above, AlreadyAssessed for a title that is
    taken, FaultyQuestion.
    """
    course_id = _course(session, principal, lesson_id)
    plan = replace(plan, title=plan.title.strip())
    require_sound(plan.questions)
    if quiz_queries.title_is_taken(session, course_id, plan.title, plan.assessment_id):
        raise AlreadyAssessed(title=plan.title)
    assessment = _assessment(session, course_id, plan)
    quiz = session.get(Quiz, assessment.id)
    if quiz is None:
        quiz = Quiz(assessment_id=assessment.id)
        session.add(quiz)
    quiz.lesson_id, quiz.pass_mark, quiz.must_pass = lesson_id, plan.pass_mark, plan.must_pass
    quiz.attempts_allowed, quiz.counts = plan.attempts_allowed, plan.counts
    session.flush()
    _write_questions(session, assessment.id, plan.questions)
    trail.record(session, principal.user_id, SAVED, f"assessment/{assessment.id}")
    return assessment.id


def remove(session: Session, principal: Principal, lesson_id: int) -> None:
    """Take the quiz off its lesson; the graded work and what was handed in stay."""
    _course(session, principal, lesson_id)
    found = quiz_queries.quiz_of_lesson(session, lesson_id)
    if found is None:
        raise NotFound(lesson_id=lesson_id)
    found[0].lesson_id = None
    trail.record(session, principal.user_id, REMOVED, f"assessment/{found[0].assessment_id}")
    session.flush()


def _course(session: Session, principal: Principal, lesson_id: int) -> int:
    principal.require(Area.COHORTS)
    found = study_queries.taught_lesson(session, principal, lesson_id)
    if found is None:
        raise NotFound(lesson_id=lesson_id)
    return found[2].id


def _assessment(session: Session, course_id: int, plan: QuizPlan) -> Assessment:
    """The graded work that the quiz is, of this course and of no other."""
    if plan.assessment_id is None:
        made = Assessment(course_id=course_id, kind=AssessmentKind.QUIZ)
        session.add(made)
    else:
        held = session.get(Assessment, plan.assessment_id)
        if held is None or held.course_id != course_id or held.kind is not AssessmentKind.QUIZ:
            raise NotFound(assessment_id=plan.assessment_id)
        made = held
    made.title, made.weight, made.due_day = plan.title, plan.weight, plan.due_day
    session.flush()
    return made


def _write_questions(session: Session, assessment_id: int, questions: Sequence[Question]) -> None:
    """Write the questions in order; one that was there keeps its id, for attempts that are open."""
    held = {row.id: row for row in quiz_queries.questions(session, assessment_id)}
    kept = {one.question_id for one in questions}
    for row in held.values():
        if row.id not in kept:
            session.delete(row)
        row.order_index += _OUT_OF_THE_WAY
    session.flush()
    for place, one in enumerate(questions, 1):
        made = held.get(one.question_id) or QuizQuestion(assessment_id=assessment_id)
        made.order_index, made.kind, made.text = place, one.kind, one.text.strip()
        made.points, made.answer = one.points, dict(one.answer)
        session.add(made)
    session.flush()
