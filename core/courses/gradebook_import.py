"""Taking grade books over into a course."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Principal
from core.audit import trail
from core.courses import finishing
from core.courses.authoring import course_for_writing
from core.courses.gradebook import Cell, Column, Form, Gradebook, Line, Reason, percent
from core.courses.gradebook_holdings import (
    Holdings,
    best,
    contents_of,
    held,
    is_ambiguous,
    person_of,
)
from core.courses.gradebook_writing import Contents
from core.courses.models import Enrollment, LessonCompletion, Submission
from core.events import outbox
from core.jobs import queue
from core.jobs.models import JobKind

IMPORTED = "gradebook.imported"


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that is not taken over, and why; ``heading`` None for a whole row."""

    line: int
    learner: str
    heading: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file's cells: kept, duplicate and refused add up to those read.

    ``replaced`` are those of the kept that changed a score. Columns that belong to nothing
    here are ``left_out`` and not read.
    """

    kept: int
    duplicate: int
    replaced: int
    refused: tuple[Refused, ...]
    unknown: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def read(self) -> int:
        """How many cells were read."""
        return self.kept + self.duplicate + len(self.refused)


def matches(
    session: Session, principal: Principal, course_id: int, book: Gradebook
) -> dict[str, int | None]:
    """Which piece of work or lesson of the course each column is, by its title; None: none."""
    contents = contents_of(session, principal, course_id)
    return {one.heading: _match(one, contents) for one in book.columns}


def import_gradebook(
    session: Session,
    principal: Principal,
    course_id: int,
    book: Gradebook,
    targets: Mapping[str, int | None],
    points: Mapping[str, Decimal] | None = None,
) -> ImportReport:
    """Take a grade book over; roll the unit of work back to have looked only.

    ``targets`` say of each heading which assessment or lesson it is, ``points`` what full
    marks are where the file does not tell. A score has no date in a grade book: it is kept
    as brought in, counts like any other and is never late. Who has everything done and
    passed with it completes the course. Raises NotFound.
    """
    course = course_for_writing(session, principal, course_id)
    holdings = held(session, course_id)
    columns = {one.heading: one for one in book.columns}
    allowed = _allowed(session, principal, course_id, columns, targets)
    fates: Counter[str] = Counter()
    refused: list[Refused] = []
    for line, heading, cell in _cells(book.lines, allowed):
        full = columns[heading].points or (points or {}).get(heading)
        fate = _take(session, holdings, line, columns[heading], cell, allowed[heading], full)
        if isinstance(fate, Reason):
            refused.append(Refused(line.number, line.name, heading, fate))
        else:
            fates[fate] += 1
    report = ImportReport(
        kept=fates["kept"] + fates["replaced"],
        duplicate=fates["duplicate"],
        replaced=fates["replaced"],
        refused=tuple(refused),
        unknown=tuple(one.name for one in book.lines if person_of(holdings, one) is None),
        left_out=tuple(one for one in columns if one not in allowed),
    )
    if report.kept:
        finishing.settle_all(session, holdings.enrolments())
        _tell(session, principal, course.id, book.form, report)
    return report


def _tell(
    session: Session, principal: Principal, course_id: int, form: Form, report: ImportReport
) -> None:
    subject = f"course/{course_id}"
    told = {"form": form.value, "kept": report.kept, "refused": len(report.refused)}
    trail.record(session, principal.user_id, IMPORTED, subject, **told)
    outbox.record(session, IMPORTED, subject, {"course_id": course_id, **told})
    queue.ensure_waiting(session, JobKind.SYNC)
    session.flush()


def _take(
    session: Session,
    here: Holdings,
    line: Line,
    of: Column,
    cell: Cell,
    target: int,
    points: Decimal | None,
) -> Reason | str:
    """Write one cell down: why not, or "kept", "replaced" or "duplicate"."""
    enrolment = person_of(here, line)
    if enrolment is None:
        return Reason.AMBIGUOUS_LEARNER if is_ambiguous(here, line) else Reason.UNKNOWN_LEARNER
    if (enrolment.id, target) in here.seen:
        return Reason.TWICE
    here.seen.add((enrolment.id, target))
    if of.is_completion:
        return _take_completion(session, here, enrolment, cell, target)
    if points is None:
        return Reason.NO_POINTS
    score = percent(cell.text, points)
    return (
        score if isinstance(score, Reason) else _take_score(session, here, enrolment, score, target)
    )


def _take_completion(
    session: Session, here: Holdings, enrolment: Enrollment, cell: Cell, lesson_id: int
) -> Reason | str:
    if (enrolment.id, lesson_id) in here.done:
        return "duplicate"
    if cell.at is None:
        return Reason.NO_DATE
    here.done.add((enrolment.id, lesson_id))
    session.add(
        LessonCompletion(enrollment_id=enrolment.id, lesson_id=lesson_id, completed_at=cell.at)
    )
    return "kept"


def _take_score(
    session: Session, here: Holdings, enrolment: Enrollment, score: Decimal, assessment_id: int
) -> Reason | str:
    attempts = here.attempts[enrolment.id, assessment_id]
    counted = best(attempts)
    if counted == score:
        return "duplicate"
    if not attempts:
        made = Submission(
            enrollment_id=enrolment.id,
            assessment_id=assessment_id,
            submitted_at=clock.now(),
            score=score,
            is_banked=True,
        )
        session.add(made)
        attempts.append(made)
        return "kept"
    counting = next((one for one in attempts if one.score == counted), attempts[-1])
    others = [one.score for one in attempts if one is not counting and one.score is not None]
    if any(other > score for other in others):
        return Reason.OTHER_ATTEMPT
    counting.score = score
    return "kept" if counted is None else "replaced"


def _cells(lines: Iterable[Line], allowed: Mapping[str, int]) -> Iterable[tuple[Line, str, Cell]]:
    return (
        (line, heading, cell)
        for line in lines
        for heading, cell in line.cells.items()
        if heading in allowed
    )


def _match(column: Column, contents: Contents) -> int | None:
    offered = contents.lessons if column.is_completion else contents.work
    found = [key for key, title in offered.items() if _same(title, column.title)]
    return found[0] if len(found) == 1 else None


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _allowed(
    session: Session,
    principal: Principal,
    course_id: int,
    columns: Mapping[str, Column],
    targets: Mapping[str, int | None],
) -> dict[str, int]:
    """The columns that belong to something of this course."""
    contents = contents_of(session, principal, course_id)
    return {
        heading: target
        for heading, column in columns.items()
        if (target := targets.get(heading)) is not None
        and target in (contents.lessons if column.is_completion else contents.work)
    }
