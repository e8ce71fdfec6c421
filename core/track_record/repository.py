"""All queries of accepted suggestions; only people who may open campaigns get any."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, false, select, true, update
from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.accounts.models import User
from core.track_record.models import AcceptedStatus, AcceptedSuggestion

_OPEN = AcceptedSuggestion.status == AcceptedStatus.OPEN


def accepted(
    session: Session, principal: Principal, limit: int
) -> Sequence[tuple[AcceptedSuggestion, str | None]]:
    """The latest accepted suggestions, each with the name of who accepted it."""
    query = (
        select(AcceptedSuggestion, User.name)
        .join(User, User.id == AcceptedSuggestion.accepted_by, isouter=True)
        .where(_visible(principal))
        .order_by(AcceptedSuggestion.id.desc())
        .limit(limit)
    )
    return [(row, name) for row, name in session.execute(query)]


def one(session: Session, principal: Principal, accepted_id: int) -> AcceptedSuggestion | None:
    """One suggestion, locked; None where there is none, or not theirs to see."""
    query = select(AcceptedSuggestion).where(
        AcceptedSuggestion.id == accepted_id, _visible(principal)
    )
    return session.scalar(query.with_for_update())


def by_key(session: Session, key: str) -> AcceptedSuggestion | None:
    """The suggestion that was accepted under this key."""
    return session.scalar(select(AcceptedSuggestion).where(AcceptedSuggestion.key == key))


def any_open(session: Session) -> bool:
    """Whether any suggestion waits to be judged; for the worker, on nobody's behalf."""
    return session.scalar(select(AcceptedSuggestion.id).where(_OPEN).limit(1)) is not None


def open_ones(session: Session) -> Sequence[AcceptedSuggestion]:
    """Every suggestion that waits to be judged; for the worker, on nobody's behalf."""
    return session.scalars(
        select(AcceptedSuggestion).where(_OPEN).order_by(AcceptedSuggestion.id)
    ).all()


def at_work(session: Session, first: date, last: date) -> Sequence[AcceptedSuggestion]:
    """Every suggestion that was not withdrawn and whose plan began by ``last``, by its first day.

    Those whose horizon was over before ``first`` are left out; for the worker.
    """
    query = select(AcceptedSuggestion).where(
        AcceptedSuggestion.status != AcceptedStatus.WITHDRAWN, AcceptedSuggestion.first_day <= last
    )
    ordered = query.order_by(AcceptedSuggestion.first_day, AcceptedSuggestion.id)
    return [row for row in session.scalars(ordered) if row.last_day >= first]


def close(session: Session, accepted_id: int, **values: object) -> bool:
    """Write a verdict on a suggestion that is still open; False where it no longer is."""
    statement = (
        update(AcceptedSuggestion)
        .where(AcceptedSuggestion.id == accepted_id, _OPEN)
        .values(**values)
        .returning(AcceptedSuggestion.id)
    )
    return session.scalar(statement) is not None


def _visible(principal: Principal) -> ColumnElement[bool]:
    return true() if principal.sees_all(Area.CAMPAIGNS) else false()
