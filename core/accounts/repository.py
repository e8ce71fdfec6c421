"""All queries of people and their sign-ins."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    delete,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal, Role
from core.accounts.models import FailedSignIn, Invitation, SignInSession, User, UserRole
from core.errors import Forbidden, NotFound

_ON_POSTGRESQL = "postgresql"

T = TypeVar("T")
S = TypeVar("S", bound=Select[Any])


def lock_people(session: Session) -> None:
    """Let no other unit of work add or change people until this one ends.

    SQLite's writers wait for one another already.
    """
    if session.get_bind().dialect.name == _ON_POSTGRESQL:
        session.execute(text("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE"))


def lock_subjects(session: Session, subjects: Collection[str]) -> None:
    """Count each subject's tries in one unit of work at a time, in one order for all."""
    if session.get_bind().dialect.name == _ON_POSTGRESQL:
        for subject in sorted(subjects):
            session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(subject, 0))))


def anyone_has_account(session: Session) -> bool:
    """Whether anybody ever set a password; people known from data or samples have none."""
    query = select(User.id).where(User.password_hash.is_not(None)).limit(1)
    return session.scalar(query) is not None


def user_by_email(session: Session, email: str) -> User | None:
    """The person with this address (lower case)."""
    return session.scalar(select(User).where(User.email == email))


def user_to_invite(session: Session, principal: Principal, email: str) -> User | None:
    """The person with this address, locked against a second invitation; for administrators."""
    _require_all(principal)
    lock_people(session)
    return user_by_email(session, email)


def user_to_sign_in(session: Session, user_id: int) -> User | None:
    """A person's record, kept from a change of password until the unit of work ends."""
    # Key shares are left free: a row that only refers to the person must not wait for this one.
    return session.get(User, user_id, populate_existing=True, with_for_update={"key_share": True})


def own_user(session: Session, principal: Principal) -> User:
    """The person's own record."""
    return _found(session.get(User, principal.user_id, populate_existing=True), principal.user_id)


def user_for_admin(session: Session, principal: Principal, user_id: int) -> User:
    """Anybody's record, for those who see all people; :class:`Forbidden` for others."""
    _require_all(principal)
    return _found(session.get(User, user_id, populate_existing=True), user_id)


def active_user(session: Session, user_id: int) -> User | None:
    """A person who may act, for edges that know them otherwise than by a session."""
    return session.scalar(select(User).where(User.id == user_id, User.is_active))


def roles_of(session: Session, user_id: int) -> frozenset[Role]:
    """A person's roles."""
    return frozenset(session.scalars(select(UserRole.role).where(UserRole.user_id == user_id)))


def replace_roles(session: Session, user_id: int, roles: Collection[Role]) -> None:
    """Give a person exactly these roles."""
    session.execute(delete(UserRole).where(UserRole.user_id == user_id))
    session.add_all([UserRole(user_id=user_id, role=role) for role in sorted(roles)])
    session.flush()


def other_active_administrators(session: Session, user_id: int) -> int:
    """How many people except this one can sign in as administrators."""
    query = (
        select(func.count())
        .select_from(UserRole)
        .join(User, User.id == UserRole.user_id)
        .where(UserRole.role == Role.ADMIN, User.id != user_id)
        .where(User.is_active, User.password_hash.is_not(None))
    )
    return session.scalar(query) or 0


def opened(
    session: Session, session_id: str, now: datetime, idle_since: datetime
) -> Sequence[Row[User, datetime, Role]]:
    """The open session's person, last use and roles, a row for each role; one query."""
    return session.execute(
        select(User, SignInSession.last_seen_at, UserRole.role)
        .join(User, User.id == SignInSession.user_id)
        .outerjoin(UserRole, UserRole.user_id == User.id)
        .where(SignInSession.id == session_id, User.is_active, *_is_open(now, idle_since))
    ).all()


def touch(session: Session, session_id: str, now: datetime, unseen_since: datetime) -> None:
    """Write a session's use down unless that was done after ``unseen_since``."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.last_seen_at <= unseen_since)
        .values(last_seen_at=now)
    )


def open_sessions(
    session: Session, principal: Principal, user_id: int, now: datetime, idle_since: datetime
) -> Sequence[SignInSession]:
    """A person's open sessions, the latest used first; another person's for those who see all."""
    if user_id != principal.user_id:
        _require_all(principal)
    return session.scalars(
        select(SignInSession)
        .where(SignInSession.user_id == user_id, *_is_open(now, idle_since))
        .order_by(SignInSession.last_seen_at.desc(), SignInSession.id)
    ).all()


def session_for_change(session: Session, principal: Principal, session_id: str) -> SignInSession:
    """A session that is the person's own, or anybody's for those who see all people."""
    query = select(SignInSession).where(SignInSession.id == session_id)
    if not principal.sees_all(Area.PEOPLE):
        query = query.where(SignInSession.user_id == principal.user_id)
    return _found(session.scalar(query), session_id)


def end_session(session: Session, session_id: str, now: datetime) -> int | None:
    """End one session; the id of its person, or None when it had ended already."""
    return session.scalar(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(SignInSession.user_id)
    )


def end_sessions(session: Session, user_id: int, now: datetime) -> None:
    """End every session of a person."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.user_id == user_id, SignInSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def forget_sessions(session: Session, before: datetime) -> None:
    """Delete sessions whose time ran out before a moment."""
    session.execute(delete(SignInSession).where(SignInSession.expires_at < before))


def failures(session: Session, subject: str, since: datetime) -> Sequence[datetime]:
    """When a subject's remembered failures were."""
    query = select(FailedSignIn.at).where(FailedSignIn.subject == subject, FailedSignIn.at > since)
    return session.scalars(query).all()


def forget_failures(session: Session, before: datetime) -> None:
    """Delete failures older than a moment."""
    session.execute(delete(FailedSignIn).where(FailedSignIn.at <= before))


def clear_failures(session: Session, subject: str, row_id: int) -> None:
    """Delete a subject's failures and one row of another subject."""
    session.execute(
        delete(FailedSignIn).where(or_(FailedSignIn.subject == subject, FailedSignIn.id == row_id))
    )


def invitation(session: Session, token_hash: str, now: datetime) -> User | None:
    """The active person a still valid invitation addresses."""
    return session.scalar(
        select(User)
        .join(Invitation, Invitation.user_id == User.id)
        .where(Invitation.token_hash == token_hash, User.is_active)
        .where(Invitation.used_at.is_(None), Invitation.expires_at > now)
    )


def use_invitation(session: Session, token_hash: str, now: datetime) -> int | None:
    """Use a valid invitation up; the id of its person, or None for whoever comes second."""
    return session.scalar(
        update(Invitation)
        .where(Invitation.token_hash == token_hash)
        .where(Invitation.used_at.is_(None), Invitation.expires_at > now)
        .values(used_at=now)
        .returning(Invitation.user_id)
    )


def void_invitations(session: Session, user_id: int) -> None:
    """Delete a person's unused invitations."""
    session.execute(
        delete(Invitation).where(Invitation.user_id == user_id, Invitation.used_at.is_(None))
    )


def people(
    session: Session, principal: Principal, search: str, limit: int, offset: int
) -> Sequence[User]:
    """People by name, sample people last, for those who see all; ``search`` also takes e-mail."""
    _require_all(principal)
    query = _matching(select(User), search).order_by(User.is_sample, func.lower(User.name), User.id)
    return session.scalars(query.limit(limit).offset(offset)).all()


def count_people(session: Session, principal: Principal, search: str) -> int:
    """How many people :func:`people` finds without a limit."""
    _require_all(principal)
    return session.scalar(_matching(select(func.count(User.id)), search)) or 0


def roles_by_user(session: Session, user_ids: Collection[int]) -> dict[int, set[Role]]:
    """The roles of several people in one query."""
    found: dict[int, set[Role]] = {user_id: set() for user_id in user_ids}
    query = select(UserRole.user_id, UserRole.role).where(UserRole.user_id.in_(user_ids))
    for user_id, role in session.execute(query):
        found[user_id].add(role)
    return found


def uses_by_user(
    session: Session, user_ids: Collection[int], now: datetime, idle_since: datetime
) -> dict[int, tuple[datetime, int]]:
    """When several people were last seen and how many sessions each has open; one query."""
    is_open = func.count(case((and_(*_is_open(now, idle_since)), 1)))
    query = (
        select(SignInSession.user_id, func.max(SignInSession.last_seen_at), is_open)
        .where(SignInSession.user_id.in_(user_ids))
        .group_by(SignInSession.user_id)
    )
    return {user_id: (seen, int(count)) for user_id, seen, count in session.execute(query)}


def _is_open(now: datetime, idle_since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        SignInSession.revoked_at.is_(None),
        SignInSession.expires_at > now,
        SignInSession.last_seen_at > idle_since,
    )


def _matching(query: S, search: str) -> S:
    if not search:
        return query
    return query.where(
        or_(
            User.name.icontains(search, autoescape=True),
            User.email.icontains(search, autoescape=True),
        )
    )


def _require_all(principal: Principal) -> None:
    if not principal.sees_all(Area.PEOPLE):
        raise Forbidden(area=Area.PEOPLE.value)


def _found(record: T | None, key: object) -> T:
    if record is None:
        raise NotFound(id=key)
    return record
