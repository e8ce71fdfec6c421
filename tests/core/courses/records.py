"""Small courses with people in them, for tests."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from core.accounts.access import Principal, Role
from core.accounts.models import User, UserRole
from core.courses.models import (
    Assessment,
    AssessmentKind,
    Course,
    CourseInstructor,
    Enrollment,
    Lesson,
    Module,
    Submission,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def person(session: Session, name: str, *roles: Role) -> Principal:
    """A person who exists in the records, as they sign in."""
    email = f"{name.lower()}@example.org"
    user = User(email=email, name=name, created_at=NOON)
    user.role_rows = [UserRole(role=role) for role in roles]
    session.add(user)
    session.flush()
    return Principal(user.id, name, email, frozenset(roles))


def course(session: Session, code: str, weights: list[int], *, optional: int = 0) -> Course:
    """A course of one module: required lessons of these weights, then optional ones."""
    required = [
        Lesson(title=f"Lesson {n}", order_index=n, weight=Decimal(weight))
        for n, weight in enumerate(weights, 1)
    ]
    extra = [
        Lesson(title=f"Extra {n}", order_index=100 + n, is_required=False) for n in range(optional)
    ]
    made = Course(
        code=code,
        series_code=code,
        title=f"Course {code}",
        start_date=date(2026, 3, 2),
        duration_weeks=6,
        created_at=NOON,
        updated_at=NOON,
        modules=[Module(title="Part 1", order_index=1, lessons=required + extra)],
    )
    session.add(made)
    session.flush()
    return made


def enrol(session: Session, learner: Principal, into: Course) -> Enrollment:
    """The learner's active enrolment in the course."""
    enrolment = Enrollment(user_id=learner.user_id, course_id=into.id, enrolled_at=NOON)
    session.add(enrolment)
    session.flush()
    return enrolment


def teaches(session: Session, instructor: Principal, what: Course) -> None:
    """Let the instructor teach the course."""
    session.add(CourseInstructor(course_id=what.id, user_id=instructor.user_id))
    session.flush()


def lesson_ids(of: Course) -> list[int]:
    """Ids of the course's lessons, in order."""
    return [lesson.id for module in of.modules for lesson in module.lessons]


def assessed(
    session: Session,
    where: Course,
    title: str,
    weight: int,
    due_day: int | None,
    kind: AssessmentKind = AssessmentKind.ASSIGNMENT,
) -> Assessment:
    """Graded work of the course, due that many days after its start."""
    made = Assessment(
        course_id=where.id, title=title, kind=kind, weight=Decimal(weight), due_day=due_day
    )
    session.add(made)
    session.flush()
    return made


def hand_in(
    session: Session,
    enrolment: Enrollment,
    work: Assessment,
    on_day: int,
    score: float | None = None,
    *,
    banked: bool = False,
) -> None:
    """An attempt at the work, handed in that many days after NOON."""
    session.add(
        Submission(
            enrollment_id=enrolment.id,
            assessment_id=work.id,
            submitted_at=NOON + timedelta(days=on_day),
            score=None if score is None else Decimal(str(score)),
            is_banked=banked,
        )
    )
    session.flush()
