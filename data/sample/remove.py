"""Takes the sample world away and leaves whatever real people made of it.

What a real person has used is never deleted: it becomes their own. A sample person who was
given a password or owns a document of their own stays as a person. A sample course in which
a real person is enrolled stays as a course, without its sample learners. A document of a real
person stays, and its mark with it, for its figures are made up for ever. A template from
which a document was made stays. An own enrolment that a sample campaign brought stays, and
no longer names the campaign.
"""

from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Engine, delete, or_, select, update
from sqlalchemy.orm import Session

from core import clock
from core.accounts.models import User
from core.alerts.models import Alert
from core.audit import trail
from core.campaigns.models import Campaign
from core.courses.models import Course, Enrollment
from core.db import Base, unit_of_work
from core.documents.models import Document, DocumentTemplate
from core.i18n import mark
from core.track_record.models import AcceptedSuggestion
from data.lake import Lake
from data.pipeline.sync import remove_sample as remove_sample_rows
from data.pipeline.sync import sync
from data.sample.load import SUBJECT, Progress, loaded_world

REMOVED = "sample.removed"


def remove_sample(
    engine: Engine, lake: Lake, *, pseudonym_key: bytes, progress: Progress
) -> dict[str, int]:
    """Delete every sample record, publish a generation without sample rows, give the counts.

    Counts are of deleted records, and under ``kept_…`` of those that became the person's own.
    Doing it again changes nothing, and completes a removal that was interrupted.
    """
    progress(0.0, mark("Removing the sample records"))
    with unit_of_work(engine) as session:
        counts = _adopt_used(session) | _delete_rest(session)
        if loaded_world(session) is not None:
            trail.record(session, None, REMOVED, SUBJECT, **counts)
    # First the records as they are now: what became a person's own never leaves the warehouse.
    _publish(engine, lake, pseudonym_key, lambda share, step: progress(0.3 + 0.4 * share, step))
    remove_sample_rows(
        lake, progress=lambda share, step: progress(0.7 + 0.2 * share, step), now=clock.now()
    )
    # Documents that keep their mark went with the sample rows; the records bring them back.
    _publish(engine, lake, pseudonym_key, lambda share, step: progress(0.9 + 0.1 * share, step))
    progress(1.0, mark("The sample world is removed"))
    return counts | {"generation": lake.generation()}


def _publish(engine: Engine, lake: Lake, key: bytes, progress: Progress) -> None:
    sync(lake, engine, pseudonym_key=key, progress=progress, now=clock.now())


def _adopt_used(session: Session) -> dict[str, int]:
    """Let what real people use become their own; people first, for their courses follow them."""
    owners = select(Document.owner_id).where(~Document.is_sample)
    people = _adopt(session, User, or_(User.password_hash.is_not(None), User.id.in_(owners)))
    real = select(User.id).where(~User.is_sample)
    enrolled = select(Enrollment.course_id).where(Enrollment.user_id.in_(real))
    used = select(Document.template_id).where(Document.owner_id.in_(real))
    return {
        "kept_people": people,
        "kept_courses": _adopt(session, Course, Course.id.in_(enrolled)),
        "kept_templates": _adopt(session, DocumentTemplate, DocumentTemplate.id.in_(used)),
    }


def _adopt(session: Session, model: type[Any], used: ColumnElement[bool]) -> int:
    statement = update(model).where(model.is_sample, used).values(is_sample=False)
    return _affected(session, statement)


def _delete_rest(session: Session) -> dict[str, int]:
    """Delete what is still marked; enrolments, lessons and the like go with their owners."""
    real = select(User.id).where(~User.is_sample)
    documents = delete(Document).where(Document.is_sample, Document.owner_id.not_in(real))
    models: dict[str, type[Base]] = {
        "people": User,
        "courses": Course,
        "campaigns": Campaign,
        "templates": DocumentTemplate,
        "alerts": Alert,
        "suggestions": AcceptedSuggestion,
    }
    deleted = {"documents": _affected(session, documents)}
    return deleted | {name: _delete(session, model) for name, model in models.items()}


def _delete(session: Session, model: type[Any]) -> int:
    return _affected(session, delete(model).where(model.is_sample))


def _affected(session: Session, statement: Any) -> int:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return int(cast(CursorResult[Any], result).rowcount)
