"""Records of people and their sign-ins."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.accounts.access import Role
from core.db import Base, Identity, enum_column


class User(Base):
    """A person; without a password hash they cannot sign in.

    Somebody who came with a course's data has no e-mail address, only ``external_id``:
    the source and the name it gives them, such as ``oulad:11391``.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("email IS NOT NULL OR external_id IS NOT NULL", name="reachable_or_known"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)  # lower case
    external_id: Mapped[str | None] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(8))  # None: follow the browser
    is_active: Mapped[bool] = mapped_column(default=True)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    role_rows: Mapped[list["UserRole"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )


class UserRole(Base):
    """One role of one person."""

    __tablename__ = "user_roles"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[Role] = mapped_column(enum_column(Role), primary_key=True)


class SignInSession(Base):
    """One signed-in browser. The cookie holds a secret; this row holds its SHA-256 only."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # hex SHA-256 of the cookie
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64))
    user_agent: Mapped[str] = mapped_column(String(300))


class Invitation(Base):
    """A single-use link that lets a person set their password."""

    __tablename__ = "invitations"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class FailedSignIn(Base):
    """A wrong try, by account and by address, from which the waiting time follows."""

    __tablename__ = "failed_sign_ins"
    __table_args__ = (Index(None, "subject", "at"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    subject: Mapped[str] = mapped_column(String(300))  # "account:…" or "address:…"
    at: Mapped[datetime]
