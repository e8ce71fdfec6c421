"""All queries of alerts: a person reaches their own notices, the worker those that wait."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session

from core.accounts.access import ACCESS, Area, Principal
from core.accounts.models import User, UserRole
from core.alerts.models import Alert, AlertNotice, AlertSubscription, Channel, NoticeState


def known_keys(session: Session, keys: Collection[str]) -> set[str]:
    """Which of these keys stand for an alert already."""
    return set(session.scalars(select(Alert.key).where(Alert.key.in_(keys))))


def recipients(session: Session) -> Sequence[tuple[int, Channel | None]]:
    """Everybody who may open campaigns and can sign in, with the channel they chose."""
    roles = list(ACCESS[Area.CAMPAIGNS])
    query = (
        select(User.id, AlertSubscription.channel)
        .join(AlertSubscription, AlertSubscription.user_id == User.id, isouter=True)
        .where(_hears(), User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(roles))))
        .order_by(User.id)
    )
    return [(user_id, channel) for user_id, channel in session.execute(query)]


def own_open(
    session: Session, principal: Principal, limit: int
) -> Sequence[tuple[AlertNotice, Alert]]:
    """The person's alerts that they have not dismissed, the newest first."""
    query = _own_open(principal).order_by(AlertNotice.id.desc()).limit(limit)
    return [(notice, alert) for notice, alert in session.execute(query)]


def count_own_open(session: Session, principal: Principal) -> int:
    """How many alerts the person has not dismissed."""
    query = _own_open(principal).with_only_columns(func.count(AlertNotice.id))
    return session.scalar(query) or 0


def dismiss(session: Session, principal: Principal, now: datetime, notice_id: int | None) -> None:
    """Mark one of the person's notices as dismissed, or all of them."""
    own = update(AlertNotice).where(
        AlertNotice.user_id == principal.user_id, AlertNotice.dismissed_at.is_(None)
    )
    if notice_id is not None:
        own = own.where(AlertNotice.id == notice_id)
    session.execute(own.values(dismissed_at=now))


def own_subscription(session: Session, principal: Principal) -> AlertSubscription | None:
    """How the person wants to hear of alerts; None where they never said."""
    return session.get(AlertSubscription, principal.user_id)


def next_due(session: Session, now: datetime) -> tuple[AlertNotice, Alert, User] | None:
    """The notice that has waited longest and may be tried now, locked; for the worker."""
    query = (
        select(AlertNotice, Alert, User)
        .join(Alert, Alert.id == AlertNotice.alert_id)
        .join(User, User.id == AlertNotice.user_id)
        .where(AlertNotice.state == NoticeState.WAITING)
        .where(AlertNotice.try_after.is_(None) | (AlertNotice.try_after <= now))
        .order_by(AlertNotice.id)
        .limit(1)
    )
    locked = query.with_for_update(skip_locked=True, of=AlertNotice)
    found = session.execute(locked).first()
    return None if found is None else (found[0], found[1], found[2])


def subscription_of(session: Session, user_id: int) -> AlertSubscription | None:
    """A person's subscription while they may open campaigns and can sign in; for the worker."""
    roles = list(ACCESS[Area.CAMPAIGNS])
    query = (
        select(AlertSubscription)
        .join(User, User.id == AlertSubscription.user_id)
        .where(AlertSubscription.user_id == user_id, _hears())
        .where(User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(roles))))
    )
    return session.scalar(query)


def next_try(session: Session) -> tuple[bool, datetime | None]:
    """Whether any notice waits, and from when, ``None`` for now; for the worker."""
    query = select(
        func.count(AlertNotice.id),
        func.count(AlertNotice.try_after),
        func.min(AlertNotice.try_after),
    ).where(AlertNotice.state == NoticeState.WAITING)
    waiting, tried, first = session.execute(query).one()
    return bool(waiting), first if waiting == tried else None


def _own_open(principal: Principal) -> Select[AlertNotice, Alert]:
    return (
        select(AlertNotice, Alert)
        .join(Alert, Alert.id == AlertNotice.alert_id)
        .where(AlertNotice.user_id == principal.user_id, AlertNotice.dismissed_at.is_(None))
    )


def _hears() -> ColumnElement[bool]:
    return User.is_active & ~User.is_sample & User.email.is_not(None)
