"""Writing a course: what its editor shows, and the one way its record changes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from core import clock
from core.accounts.access import Area, Principal
from core.campaigns.history import FieldChange, PastChange, compared, kept, read
from core.courses import authoring_queries
from core.courses.models import Course
from core.courses.rule_models import CourseChange
from core.errors import Conflict, NotFound
from core.i18n import mark
from core.jobs import queue
from core.jobs.models import JobKind

HISTORY_ROWS = 100
Plan = TypeVar("Plan")


class Overwritten(Conflict):
    """Somebody saved other values of the same fields since the form was opened.

    ``fields`` are the names of those that both changed.
    """

    code = "overwritten"
    message = mark("Somebody else saved this while you were editing. Nothing of yours was written.")


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else changed since a form was opened, and what was typed there."""

    field: str
    before: Any
    theirs: Any
    mine: Any


def clashes(base: Plan, mine: Plan, theirs: Plan) -> tuple[Clash, ...]:
    """Fields that both changed since ``base``, to different values."""
    found = (
        Clash(name, getattr(base, name), getattr(theirs, name), getattr(mine, name))
        for name in _names(base)
    )
    return tuple(
        one
        for one in found
        if one.before != one.theirs and one.mine not in (one.before, one.theirs)
    )


def merged(base: Plan, mine: Plan, theirs: Plan) -> Plan:
    """What is saved now, with the fields on it that one changed oneself since ``base``.

    Raises :class:`Overwritten` where both changed a field to different values.
    """
    found = clashes(base, mine, theirs)
    if found:
        raise Overwritten(fields=[one.field for one in found])
    chosen = {
        name: getattr(theirs if getattr(mine, name) == getattr(base, name) else mine, name)
        for name in _names(base)
    }
    return type(base)(**chosen)


def differences(subject: str, before: Any, after: Any) -> tuple[FieldChange, ...]:
    """The fields that differ between two plans, named ``subject.field``; None is no plan."""
    return compared(_plain(subject, before), _plain(subject, after))


def course_for_writing(session: Session, principal: Principal, course_id: int) -> Course:
    """The course, kept from a second change at the same time; NotFound where not theirs."""
    principal.require(Area.COHORTS)
    course = authoring_queries.course_for_writing(session, principal, course_id)
    if course is None:
        raise NotFound(course_id=course_id)
    return course


def save(
    session: Session, principal: Principal, course: Course, changed: Sequence[FieldChange]
) -> None:
    """Write a new or changed course with an entry of its history, and have it published."""
    course.updated_at = clock.now()
    flag_modified(course, "updated_at")  # so that the version moves though only a part changed
    session.flush()
    session.add(
        CourseChange(
            course_id=course.id,
            version=course.version,
            at=course.updated_at,
            actor_id=principal.user_id,
            fields=kept(tuple(changed)),
        )
    )
    queue.ensure_waiting(session, JobKind.SYNC)
    session.flush()


def history(session: Session, principal: Principal, course_id: int) -> list[PastChange]:
    """The latest changes of a course, the newest first."""
    principal.require(Area.COHORTS)
    rows = authoring_queries.history(session, principal, course_id, HISTORY_ROWS)
    return [
        PastChange(one.version, one.at, name, one.actor_id, read(one.fields)) for one, name in rows
    ]


def _names(plan: Any) -> list[str]:
    return [one.name for one in fields(plan)]


def _plain(subject: str, plan: Any) -> dict[str, str | None]:
    if plan is None:
        return {}
    texts = {}
    for name in _names(plan):
        value = getattr(plan, name)
        texts[f"{subject}.{name}"] = None if value is None else _text(value)
    return texts


def _text(value: Any) -> str:
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)
