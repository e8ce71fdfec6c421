"""Values of people and their sign-ins that leave this package."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict

from core.accounts.access import Principal, Role


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session found open: who it belongs to and when it was last used."""

    principal: Principal
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh sign-in. ``secret`` goes into the cookie and is kept nowhere else."""

    secret: str
    principal: Principal
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Verified:
    """Who a password belongs to, and the hash that it matched."""

    user_id: int
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Try:
    """A counted try to sign in; what a success takes back."""

    email: str
    address_row_id: int


class SessionDetails(TypedDict):
    """What a session remembers about where it was opened."""

    address: str
    user_agent: str
    lifetime_hours: int
    former_secret: str | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One sign-in as its owner sees it; ``id`` names the session, it does not open it."""

    id: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    address: str
    user_agent: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One person as an administrator sees them."""

    id: int
    email: str | None  # None: known from a course's data only
    name: str
    roles: frozenset[Role]
    is_active: bool
    is_invited: bool  # has not set a password yet
    is_sample: bool
    created_at: datetime
    last_seen_at: datetime | None
    open_sessions: int


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an invitation addresses."""

    user_id: int
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class InvitationMade:
    """A new single-use link; ``token`` is its secret part and is kept nowhere."""

    user_id: int
    email: str
    name: str
    token: str
    expires_at: datetime
