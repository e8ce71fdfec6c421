"""Taking a quiz: begin an attempt, hand it in once, see what was right."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.courses import enrolment_queries, finishing, publishing, quiz_queries
from core.courses.due import due_on
from core.courses.errors import EnrolmentEnded, NoAttemptsLeft, NoQuestions
from core.courses.lesson_schemas import AttemptResult, QuizPage
from core.courses.models import Enrollment, Submission
from core.courses.quiz_marking import Answer, Mark, Marked, Question, mark_attempt
from core.courses.quiz_models import AttemptRule, QuestionKind, Quiz, QuizAttempt, QuizQuestion
from core.courses.service import progress_of
from core.errors import NotFound
from core.events import outbox

QUIZ_SUBMITTED = "quiz.submitted"


def quiz_page(
    session: Session, principal: Principal, enrollment_id: int, lesson_id: int
) -> QuizPage | None:
    """A lesson's quiz as the enrolment's learner sees it; None where the lesson has none.

    Raises NotFound where the person may not see the enrolment, or the lesson is not its course's.
    """
    principal.require(Area.MY_COURSES)
    visible = enrolment_queries.visible_enrolment(session, principal, enrollment_id)
    found = quiz_queries.quiz_of_lesson(session, lesson_id)
    if visible is None or (found and found[1].course_id != visible[0].course_id):
        raise NotFound(enrollment_id=enrollment_id, lesson_id=lesson_id)
    if found is None:
        return None
    (enrolment, course, _), (quiz, assessment) = visible, found
    tried = quiz_queries.attempts(session, enrolment.id, quiz.assessment_id)
    return QuizPage(
        assessment_id=quiz.assessment_id,
        enrollment_id=enrolment.id,
        title=assessment.title,
        pass_mark=quiz.pass_mark,
        attempts_allowed=quiz.attempts_allowed,
        counts=quiz.counts,
        must_pass=quiz.must_pass,
        due_on=due_on(course.start_date, assessment.due_day),
        is_own=enrolment.user_id == principal.user_id,
        is_open=enrolment.status.is_open,
        questions=asked(session, quiz.assessment_id),
        open_attempt=next((one.id for one in tried if one.submitted_at is None), None),
        results=tuple(_result(one) for one in reversed(tried) if one.submitted_at is not None),
    )


def asked(session: Session, assessment_id: int) -> tuple[Question, ...]:
    """A quiz's questions in their order."""
    return tuple(_question(row) for row in quiz_queries.questions(session, assessment_id))


def begin_attempt(
    session: Session, principal: Principal, enrollment_id: int, assessment_id: int
) -> int:
    """Begin an attempt, or give the one that is open; its id.

    Raises NotFound for somebody else's enrolment or another course's quiz, EnrolmentEnded,
    NoQuestions, NoAttemptsLeft.
    """
    principal.require(Area.MY_COURSES)
    found = quiz_queries.own_quiz(session, principal, enrollment_id, assessment_id)
    if found is None:
        raise NotFound(enrollment_id=enrollment_id, assessment_id=assessment_id)
    enrolment, quiz = found
    tried = quiz_queries.attempts(session, enrollment_id, assessment_id)
    still_open = next((one.id for one in tried if one.submitted_at is None), None)
    if still_open is not None:
        return still_open
    _require_possible(session, enrolment, quiz, len(tried))
    finishing.begin(session, enrolment)
    made = QuizAttempt(
        enrollment_id=enrollment_id,
        assessment_id=assessment_id,
        number=len(tried) + 1,
        started_at=clock.now(),
        marks=[],
    )
    session.add(made)
    session.flush()
    return made.id


def submit(
    session: Session, principal: Principal, attempt_id: int, answers: Mapping[int, Answer]
) -> AttemptResult:
    """Hand an attempt in. It counts once: a second time gives the first one's result.

    A passed quiz completes its lesson where passing is what completes it. Raises NotFound for
    somebody else's attempt, EnrolmentEnded, NoQuestions.
    """
    principal.require(Area.MY_COURSES)
    found = quiz_queries.own_attempt(session, principal, attempt_id)
    if found is None:
        raise NotFound(attempt_id=attempt_id)
    attempt, quiz, enrolment = found
    if attempt.submitted_at is None:
        if not enrolment.status.is_open:
            raise EnrolmentEnded(enrollment_id=enrolment.id, status=enrolment.status.value)
        questions = asked(session, quiz.assessment_id)
        if not questions:
            raise NoQuestions(assessment_id=quiz.assessment_id)
        marked = mark_attempt(questions, answers, quiz.pass_mark)
        _write(session, attempt, quiz, marked)
        _tell(session, attempt, enrolment)
        if marked.passed and quiz.must_pass and quiz.lesson_id is not None:
            finishing.note_completion(session, enrolment, quiz.lesson_id)
        finishing.settle(session, enrolment, progress_of(session, enrolment))
    return _result(attempt)


def _require_possible(session: Session, enrolment: Enrollment, quiz: Quiz, used: int) -> None:
    if not enrolment.status.is_open:
        raise EnrolmentEnded(enrollment_id=enrolment.id, status=enrolment.status.value)
    if not quiz_queries.question_count(session, quiz.assessment_id):
        raise NoQuestions(assessment_id=quiz.assessment_id)
    if quiz.attempts_allowed is not None and used >= quiz.attempts_allowed:
        raise NoAttemptsLeft(assessment_id=quiz.assessment_id)


def _write(session: Session, attempt: QuizAttempt, quiz: Quiz, marked: Marked) -> None:
    """Keep the marks, and hand the score to the grade; where the last counts, it alone."""
    now = clock.now()
    attempt.submitted_at, attempt.score, attempt.passed = now, marked.score, marked.passed
    attempt.marks = [kept_mark(one) for one in marked.marks]
    if quiz.counts is AttemptRule.LAST:
        quiz_queries.forget_submissions(session, attempt.enrollment_id, attempt.assessment_id)
    session.add(
        Submission(
            enrollment_id=attempt.enrollment_id,
            assessment_id=attempt.assessment_id,
            submitted_at=now,
            score=marked.score,
        )
    )
    session.flush()


def _tell(session: Session, attempt: QuizAttempt, enrolment: Enrollment) -> None:
    told = {
        "course_id": enrolment.course_id,
        "assessment_id": attempt.assessment_id,
        "attempt": attempt.number,
        "score": str(attempt.score),
        "passed": attempt.passed,
    }
    outbox.record(session, QUIZ_SUBMITTED, f"enrollment/{enrolment.id}", told)
    publishing.soon(session)


def _question(row: QuizQuestion) -> Question:
    return Question(row.id, row.kind, row.text, row.points, row.answer)


def kept_mark(mark: Mark) -> dict[str, Any]:
    """A mark as plain values for an attempt to keep."""
    values = asdict(mark) | {"points": str(mark.points), "earned": str(mark.earned)}
    return values | {"given": list(mark.given), "expected": list(mark.expected)}


def told_mark(kept: Mapping[str, Any]) -> Mark:
    """A mark as an attempt keeps it."""
    return Mark(
        question_id=kept["question_id"],
        kind=QuestionKind(kept["kind"]),
        text=kept["text"],
        points=Decimal(kept["points"]),
        earned=Decimal(kept["earned"]),
        given=tuple(kept["given"]),
        expected=tuple(kept["expected"]),
    )


def _result(attempt: QuizAttempt) -> AttemptResult:
    if attempt.submitted_at is None or attempt.score is None:
        raise ValueError("an open attempt has no result")
    return AttemptResult(
        attempt_id=attempt.id,
        number=attempt.number,
        submitted_at=attempt.submitted_at,
        score=attempt.score,
        passed=bool(attempt.passed),
        marks=tuple(told_mark(one) for one in attempt.marks),
    )
