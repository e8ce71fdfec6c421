"""What a learner made of a course's graded work: from its records to grade and due dates."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from core.courses.due import DueItem, days_late, due_on, next_due
from core.courses.grade import Grade, Piece, best_score, effective_weights, grade_so_far
from core.courses.models import Assessment, EnrollmentStatus, Submission
from core.courses.schemas import CourseSummary, Work

Attempt = tuple[Assessment, Submission | None]


def graded_work(start: date, attempts: Iterable[Attempt]) -> tuple[tuple[Work, ...], Grade]:
    """A course's work with what was handed in, and the grade so far that follows from it.

    ``attempts`` has a row for each submission, the earliest first, and one without a
    submission where nothing was handed in.
    """
    assessments: dict[int, Assessment] = {}
    submissions: dict[int, list[Submission]] = defaultdict(list)
    for assessment, submission in attempts:
        assessments[assessment.id] = assessment
        if submission is not None:
            submissions[assessment.id].append(submission)
    pieces = {key: Piece(one.kind, one.weight) for key, one in assessments.items()}
    weights = effective_weights(pieces)
    total = sum(weights.values(), Decimal(0))
    work = tuple(
        _work(start, one, weights[key] / total, submissions[key])
        for key, one in assessments.items()
    )
    scores = {one.assessment_id: one.score for one in work if one.score is not None}
    return work, grade_so_far(pieces, scores)


def due_work(
    work: Iterable[Work],
    course: CourseSummary,
    status: EnrollmentStatus,
    enrolled_at: datetime | None,
    today: date,
) -> tuple[DueItem, ...]:
    """What is still to be handed in; nothing is once the enrolment or the course has ended.

    Work whose day had passed when the person enrolled was never theirs to hand in by then.
    """
    if not status.is_open or course.has_ended(today):
        return ()
    still_open = (
        (one.assessment_id, one.title, one.due_on)
        for one in work
        if one.handed_in_at is None and not one.was_due_before(enrolled_at)
    )
    return tuple(next_due(still_open, today))


def _work(
    start: date, assessment: Assessment, share: Decimal, attempts: Sequence[Submission]
) -> Work:
    due = due_on(start, assessment.due_day)
    score = best_score([one.score for one in attempts])
    handed_in_at = attempts[0].submitted_at if attempts else None
    is_banked = any(one.is_banked and one.score == score for one in attempts)
    return Work(
        assessment_id=assessment.id,
        title=assessment.title,
        kind=assessment.kind,
        grade_share=share,
        due_on=due,
        handed_in_at=handed_in_at,
        days_late=None if is_banked else days_late(due, handed_in_at),
        score=score,
        is_banked=is_banked,
    )
