"""People for tests, made through the services, with a hasher that takes no time."""

import pytest
from sqlalchemy.orm import Session

from core import clock
from core.accounts import administration, passwords, service
from core.accounts.access import Principal, Role
from core.accounts.passwords import PasswordHash
from core.accounts.schemas import SignedIn

PASSWORD = "umbrella tunnel crisp violin"


class QuickHasher:
    """Keeps the port's promise without its slowness."""

    def hash(self, password: str) -> str:
        return f"quick:{password}"

    def matches(self, password: str, password_hash: str) -> bool:
        return password_hash == f"quick:{password}"


HASHER = QuickHasher()


def hashed(password: str = PASSWORD) -> PasswordHash:
    return passwords.hashed(HASHER, password)


def first_administrator(session: Session, email: str = "ada@example.org") -> int:
    return service.set_up_first_administrator(session, "Ada Admin", email, hashed())


def signed_in(
    session: Session, email: str = "ada@example.org", address: str = "10.0.0.1"
) -> SignedIn:
    counted = service.count_try(session, email, address)
    verified = service.verify(session, HASHER, email, PASSWORD)
    return service.start_session(
        session,
        verified,
        address=address,
        user_agent="Browser 1",
        lifetime_hours=12,
        counted=counted,
    )


def administrator(session: Session) -> Principal:
    first_administrator(session)
    return signed_in(session).principal


def joined(
    session: Session, admin: Principal, email: str, *roles: Role, name: str = "Grace Guest"
) -> int:
    """An invited person who has set their password."""
    made = administration.invite(session, admin, email, name, roles)
    return service.accept_invitation(session, made.token, hashed())


def stop_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no time pass except by ``clock.moved``, however slow the machine is."""
    stopped = clock.now()
    monkeypatch.setattr(clock, "now", lambda: stopped + clock._offset)
