"""What a person does with their own account: set up, sign in and out, password, profile."""

from datetime import timedelta

from sqlalchemy.orm import Session

from core import clock
from core.accounts import lifetime, repository, throttle
from core.accounts.access import Area, Principal, Role
from core.accounts.errors import (
    AlreadySetUp,
    InvitationGone,
    TooManyTries,
    WrongCredentials,
    WrongPassword,
)
from core.accounts.identity import clean_email, clean_name, lookup
from core.accounts.models import FailedSignIn, SignInSession, User
from core.accounts.passwords import PasswordHash, normalised
from core.accounts.ports import PasswordHasher
from core.accounts.schemas import Invited, OpenedSession, SessionRow, SignedIn, Try, Verified
from core.accounts.tokens import digest, new_secret
from core.audit import trail
from core.errors import NotFound
from core.i18n import LANGUAGES

# A bcrypt hash (cost 12) of a random secret that was thrown away: comparing with it
# takes as long as with a person's, so that time does not tell who has an account.
_NOBODY = "$2b$12$M639Phdm0zTWtn3K7iDTC./zic6LN1ctpmCjlIWFaV6XNcikGujCe"


def is_set_up(session: Session) -> bool:
    """Whether anybody has an account yet."""
    return repository.anyone_has_account(session)


def set_up_first_administrator(
    session: Session, name: str, email: str, password_hash: PasswordHash
) -> int:
    """Make the first account, an administrator's, and give back its id.

    Raises :class:`AlreadySetUp` when anybody has an account; of two at once one is told so.
    """
    repository.lock_people(session)
    if repository.anyone_has_account(session):
        raise AlreadySetUp()
    user = User(
        email=clean_email(email),
        name=clean_name(name),
        password_hash=password_hash,
        created_at=clock.now(),
    )
    session.add(user)
    session.flush()
    repository.replace_roles(session, user.id, [Role.ADMIN])
    trail.record(session, user.id, "installation.set_up", f"user/{user.id}")
    return user.id


def count_try(session: Session, email: str, address: str) -> Try:
    """Count a try before its password is looked at, so that many at once all count.

    Commit it whatever comes of the try; :func:`start_session` takes it back. Raises
    :class:`TooManyTries`, without counting, while account or address must wait.
    """
    email = lookup(email)
    account, source = throttle.account_subject(email), throttle.address_subject(address)
    repository.lock_subjects(session, [account, source])
    since = clock.now() - throttle.MEMORY
    of_account = repository.failures(session, account, since)
    of_source = repository.failures(session, source, since)
    now = clock.now()  # whoever held the lock before wrote an earlier moment
    wait = max(
        throttle.seconds_to_wait(of_account, now, throttle.ACCOUNT),
        throttle.seconds_to_wait(of_source, now, throttle.ADDRESS),
    )
    if wait:
        raise TooManyTries(seconds=wait)
    repository.forget_failures(session, since)
    rows = [FailedSignIn(subject=subject, at=now) for subject in (account, source)]
    session.add_all(rows)
    session.flush()
    return Try(email=email, address_row_id=rows[1].id)


def verify(session: Session, hasher: PasswordHasher, email: str, password: str) -> Verified:
    """The active person with this e-mail and password; a quarter of a second.

    Open a session for reading only, so that nobody waits for it. Raises
    :class:`WrongCredentials` in the same time whatever is wrong.
    """
    user = repository.user_by_email(session, lookup(email))
    known = user.password_hash if user is not None and user.is_active else None
    matches = hasher.matches(normalised(password), known or _NOBODY)
    if user is None or known is None or not matches:
        raise WrongCredentials()
    return Verified(user.id, known)


def start_session(
    session: Session,
    verified: Verified,
    *,
    address: str,
    user_agent: str,
    lifetime_hours: int,
    counted: Try | None = None,
    former_secret: str | None = None,
) -> SignedIn:
    """Open a session for a verified person and end the browser's former one.

    ``counted`` is the try that succeeded, taken back here. Raises :class:`WrongCredentials`
    where the person was shut out or has a new password since they were verified.
    """
    now = clock.now()
    user = repository.user_to_sign_in(session, verified.user_id)
    if user is None or not user.is_active or user.password_hash != verified.password_hash:
        raise WrongCredentials()
    if former_secret:
        repository.end_session(session, digest(former_secret), now)
    repository.forget_sessions(session, now - lifetime.KEEP_ENDED_SESSIONS)
    if counted:
        _forgive(session, counted)
    secret = new_secret()
    row = _session_row(user.id, digest(secret), address, user_agent, lifetime_hours)
    session.add(row)
    session.flush()
    trail.record(session, user.id, "session.started", f"user/{user.id}", address=row.address)
    roles = repository.roles_of(session, user.id)
    return SignedIn(secret, _principal(user, roles, row.id), row.expires_at)


def open_session(session: Session, secret: str) -> OpenedSession | None:
    """Whose session the cookie's secret opens, with one query; None when it opens none.

    Ended, expired and long unused sessions and those of inactive people open nothing.
    """
    now = clock.now()
    rows = repository.opened(session, digest(secret), now, now - lifetime.IDLE_LIMIT)
    if not rows:
        return None
    user, last_seen_at, _ = rows[0]
    roles = frozenset(role for _, _, role in rows if role is not None)
    return OpenedSession(_principal(user, roles, digest(secret)), last_seen_at)


def principal_of(session: Session, secret: str) -> Principal | None:
    """The person whose session the cookie's secret opens, if any."""
    opened = open_session(session, secret)
    return opened.principal if opened else None


def note_use(session: Session, principal: Principal) -> None:
    """Write down that the person's session was used just now."""
    now = clock.now()
    repository.touch(session, principal.session_id, now, now - lifetime.SEEN_EVERY)


def sign_out(session: Session, secret: str) -> None:
    """End the session of this cookie; one that is over already stays so."""
    end_session(session, digest(secret))


def end_session(session: Session, session_id: str) -> None:
    """End a session by its id, as signing out in a tab does."""
    user_id = repository.end_session(session, session_id, clock.now())
    if user_id is not None:
        trail.record(session, user_id, "session.signed_out", f"user/{user_id}")


def confirm_password(
    session: Session, hasher: PasswordHasher, principal: Principal, password: str
) -> None:
    """Raise :class:`WrongPassword` unless it is the person's current one; a quarter of a second.

    Count the try first (:func:`count_try`), and open a session for reading only.
    """
    user = repository.own_user(session, principal)
    if not hasher.matches(normalised(password), user.password_hash or _NOBODY):
        raise WrongPassword()


def change_password(
    session: Session, principal: Principal, password_hash: PasswordHash, counted: Try
) -> None:
    """Set a new password and end every session of the person, this one too."""
    user = repository.own_user(session, principal)
    user.password_hash = password_hash
    _forgive(session, counted)
    repository.void_invitations(session, user.id)
    repository.end_sessions(session, user.id, clock.now())
    trail.record(session, user.id, "person.password_changed", f"user/{user.id}")


def set_language(session: Session, principal: Principal, code: str | None) -> None:
    """Choose the language of the product; None follows the browser."""
    if code is not None and code not in LANGUAGES:
        raise NotFound(language=code)
    repository.own_user(session, principal).language = code


def rename(session: Session, principal: Principal, name: str) -> None:
    """Change one's own name."""
    user = repository.own_user(session, principal)
    user.name = clean_name(name)
    trail.record(session, user.id, "person.renamed", f"user/{user.id}")


def own_sessions(session: Session, principal: Principal) -> list[SessionRow]:
    """The person's open sessions, the latest used first."""
    principal.require(Area.PROFILE)
    return sessions_of(session, principal, principal.user_id)


def sessions_of(session: Session, principal: Principal, user_id: int) -> list[SessionRow]:
    """Open sessions of oneself, or of anybody for an administrator."""
    now = clock.now()
    rows = repository.open_sessions(session, principal, user_id, now, now - lifetime.IDLE_LIMIT)
    return [
        SessionRow(
            id=row.id,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            expires_at=row.expires_at,
            address=row.address,
            user_agent=row.user_agent,
            is_current=row.id == principal.session_id,
        )
        for row in rows
    ]


def revoke_session(session: Session, principal: Principal, session_id: str) -> None:
    """End one of one's own sessions, or anybody's for an administrator."""
    row = repository.session_for_change(session, principal, session_id)
    if repository.end_session(session, row.id, clock.now()) is not None:
        trail.record(session, principal.user_id, "session.revoked", f"user/{row.user_id}")


def invited(session: Session, token: str) -> Invited:
    """Whom a link invites. Raises :class:`InvitationGone` when it no longer works."""
    user = repository.invitation(session, digest(token), clock.now())
    if user is None:
        raise InvitationGone()
    return Invited(user_id=user.id, email=user.email or "", name=user.name)


def accept_invitation(session: Session, token: str, password_hash: PasswordHash) -> int:
    """Use a link up: set the person's password, end their sessions, give back their id."""
    repository.lock_people(session)  # before any row, in the order in which deactivation locks
    now = clock.now()
    person = invited(session, token)
    if repository.use_invitation(session, digest(token), now) is None:
        raise InvitationGone()
    user = session.get_one(User, person.user_id)
    user.password_hash = password_hash
    repository.void_invitations(session, user.id)
    repository.end_sessions(session, user.id, now)
    trail.record(session, user.id, "invitation.accepted", f"user/{user.id}")
    return user.id


def _session_row(
    user_id: int, session_id: str, address: str, user_agent: str, lifetime_hours: int
) -> SignInSession:
    now = clock.now()
    return SignInSession(
        id=session_id,
        user_id=user_id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + timedelta(hours=lifetime_hours),
        address=address[:64],
        user_agent=user_agent[:300],
    )


def _forgive(session: Session, counted: Try) -> None:
    repository.clear_failures(
        session, throttle.account_subject(counted.email), counted.address_row_id
    )


def _principal(user: User, roles: frozenset[Role], session_id: str) -> Principal:
    return Principal(
        user_id=user.id,
        name=user.name,
        email=user.email or "",  # nobody without an address can sign in
        roles=roles,
        language=user.language,
        session_id=session_id,
    )
