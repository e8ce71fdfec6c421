"""Small courses with people in them, for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from core.accounts.access import Principal, Role
from core.accounts.models import User, UserRole
from core.courses.models import Course, CourseInstructor, Enrollment, Lesson, Module

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
