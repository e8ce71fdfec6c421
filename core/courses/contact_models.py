"""Records of who was contacted, by whom, and what was written."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identity, enum_column


class Way(StrEnum):
    """How a learner was contacted."""

    MAIL = "mail"
    ELSEWHERE = "elsewhere"  # a call, a talk: noted here, not made here


class Contact(Base):
    """One message to one learner. ``risk`` (0-1) is what the ranking showed, if it showed any,
    as known on ``known_day`` of the course.

    ``token`` is the mail's Message-ID: sent again, it is the same mail.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        CheckConstraint("way = 'mail' OR sent_at IS NULL", name="only_mail_is_sent"),
        CheckConstraint("risk BETWEEN 0 AND 1", name="risk_range"),
        Index(None, "enrollment_id", "made_at"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"))
    made_by: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    made_at: Mapped[datetime]
    way: Mapped[Way] = mapped_column(enum_column(Way))
    text: Mapped[str] = mapped_column(Text)
    token: Mapped[str] = mapped_column(String(36), unique=True)
    sent_at: Mapped[datetime | None]
    risk: Mapped[float | None]
    known_day: Mapped[int | None]
