"""What an administrator does with people: invite, give roles, deactivate, end sessions."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from core import clock
from core.accounts import lifetime, repository
from core.accounts.access import Principal, Role
from core.accounts.errors import AlreadyInvited, EmailTaken, LastAdministrator, NoAddress, NoRole
from core.accounts.identity import clean_email, clean_name
from core.accounts.models import Invitation, User
from core.accounts.schemas import InvitationMade, Person
from core.accounts.tokens import digest, new_secret
from core.audit import trail


def people(
    session: Session, principal: Principal, *, search: str = "", limit: int = 50, offset: int = 0
) -> list[Person]:
    """People by name, a page of them, found with three queries."""
    users = repository.people(session, principal, search.replace("\0", "").strip(), limit, offset)
    ids = [user.id for user in users]
    now = clock.now()
    roles = repository.roles_by_user(session, ids)
    uses = repository.uses_by_user(session, ids, now, now - lifetime.IDLE_LIMIT)
    return [
        Person(
            id=user.id,
            email=user.email,
            name=user.name,
            roles=frozenset(roles[user.id]),
            is_active=user.is_active,
            is_invited=_waits_for(user),
            is_sample=user.is_sample,
            created_at=user.created_at,
            last_seen_at=uses[user.id][0] if user.id in uses else None,
            open_sessions=uses[user.id][1] if user.id in uses else 0,
        )
        for user in users
    ]


def count_people(session: Session, principal: Principal, *, search: str = "") -> int:
    """How many people the search finds."""
    return repository.count_people(session, principal, search.replace("\0", "").strip())


def invite(
    session: Session, principal: Principal, email: str, name: str, roles: Collection[Role]
) -> InvitationMade:
    """Add a person and make the link with which they set their password.

    Send the link after the unit of work is over. Raises :class:`EmailTaken`,
    :class:`AlreadyInvited` for somebody who has not answered yet, and :class:`NoRole`.
    """
    email, name = clean_email(email), clean_name(name)
    user = repository.user_to_invite(session, principal, email)
    if user is not None:
        is_here = user.is_sample or user.password_hash is not None
        raise (EmailTaken if is_here else AlreadyInvited)(email=email)
    if not roles:
        raise NoRole
    user = User(email=email, created_at=clock.now(), password_hash=None, name=name)
    session.add(user)
    session.flush()
    repository.replace_roles(session, user.id, set(roles))
    named = [role.value for role in sorted(roles)]
    trail.record(session, principal.user_id, "person.invited", f"user/{user.id}", roles=named)
    return _new_link(session, principal, user)


def new_link(session: Session, principal: Principal, user_id: int) -> InvitationMade:
    """A new single-use link for somebody who lost their password or their invitation."""
    user = repository.user_for_admin(session, principal, user_id)
    trail.record(session, principal.user_id, "person.link_renewed", f"user/{user.id}")
    return _new_link(session, principal, user)


def set_roles(
    session: Session, principal: Principal, user_id: int, roles: Collection[Role]
) -> None:
    """Give a person exactly these roles, one at least; the last administrator keeps theirs."""
    repository.lock_people(session)
    user = repository.user_for_admin(session, principal, user_id)
    if not roles:
        raise NoRole
    before = repository.roles_of(session, user_id)
    if Role.ADMIN in before and Role.ADMIN not in roles:
        _require_another_administrator(session, user)
    repository.replace_roles(session, user_id, set(roles))
    trail.record(
        session,
        principal.user_id,
        "person.roles_set",
        f"user/{user_id}",
        before=[role.value for role in sorted(before)],
        after=[role.value for role in sorted(set(roles))],
    )


def deactivate(session: Session, principal: Principal, user_id: int) -> None:
    """Shut a person out and end their sessions; the last administrator stays."""
    repository.lock_people(session)
    user = repository.user_for_admin(session, principal, user_id)
    if Role.ADMIN in repository.roles_of(session, user_id):
        _require_another_administrator(session, user)
    user.is_active = False
    repository.void_invitations(session, user_id)
    repository.end_sessions(session, user_id, clock.now())
    trail.record(session, principal.user_id, "person.deactivated", f"user/{user_id}")


def activate(session: Session, principal: Principal, user_id: int) -> None:
    """Let a person in again; they sign in anew."""
    user = repository.user_for_admin(session, principal, user_id)
    user.is_active = True
    trail.record(session, principal.user_id, "person.activated", f"user/{user_id}")


def end_all_sessions(session: Session, principal: Principal, user_id: int) -> None:
    """End every session of a person; they may sign in again."""
    user = repository.user_for_admin(session, principal, user_id)
    repository.end_sessions(session, user.id, clock.now())
    trail.record(session, principal.user_id, "person.sessions_ended", f"user/{user_id}")


def _require_another_administrator(session: Session, user: User) -> None:
    if repository.other_active_administrators(session, user.id) == 0:
        raise LastAdministrator(name=user.name)


def _waits_for(user: User) -> bool:
    """Whether the person was sent a link and has not set a password yet."""
    return user.password_hash is None and user.email is not None and not user.is_sample


def _new_link(session: Session, principal: Principal, user: User) -> InvitationMade:
    if user.email is None:
        raise NoAddress(name=user.name)
    token = new_secret()
    now = clock.now()
    repository.void_invitations(session, user.id)
    row = Invitation(
        token_hash=digest(token),
        user_id=user.id,
        invited_by=principal.user_id,
        created_at=now,
        expires_at=now + lifetime.INVITATION_LIFE,
    )
    session.add(row)
    session.flush()
    return InvitationMade(user.id, user.email, user.name, token, row.expires_at)
