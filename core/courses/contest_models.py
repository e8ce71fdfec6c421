"""Records of what learners say against the early-warning model, and of the answers to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identity


class RiskContest(Base):
    """A learner contests one reason of their risk; ``reason`` and ``facts`` are a Reason's.

    Which version said so, as known on which day of the course, stands with it. Without
    ``answered_at`` it is open, and each reason of an enrolment has at most one open contest.
    """

    __tablename__ = "risk_contests"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_has_its_moment"),
        Index(
            "uq_risk_contests_open",
            "enrollment_id",
            "reason",
            unique=True,
            sqlite_where=sql("answered_at IS NULL"),
            postgresql_where=sql("answered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(String(300))
    facts: Mapped[dict[str, Any]]
    model: Mapped[str] = mapped_column(String(100))
    version: Mapped[int]
    known_day: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    contested_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    answered_at: Mapped[datetime | None]
