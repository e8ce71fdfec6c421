"""Records of accepted suggestions, and of what came of them."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.campaigns.optimizer.suggestion import Kind
from core.db import Base, Identity, Json, enum_column


class AcceptedStatus(StrEnum):
    """Where an accepted suggestion stands."""

    OPEN = "open"
    JUDGED = "judged"
    WITHDRAWN = "withdrawn"


class AcceptedSuggestion(Base):
    """A suggestion that somebody accepted, with what was expected of it and what came.

    ``key`` is the same for the same suggestion, so that a second click accepts nothing; it is
    let go when the suggestion is withdrawn. ``predicted``, ``plan``, ``constraints`` and
    ``judgement`` are the plain values of :mod:`core.track_record.schemas`. Once judged, the
    database refuses to change what was predicted or found. ``generation`` and ``seed`` tell
    from which data and draws the suggestion was made.
    """

    __tablename__ = "accepted_suggestions"
    __table_args__ = (
        CheckConstraint("(status = 'judged') = (judged_at IS NOT NULL)", name="judged_at"),
        CheckConstraint("(status = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_at"),
        CheckConstraint("horizon_days > 0", name="horizon_positive"),
        Index(None, "status", "first_day"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    key: Mapped[str | None] = mapped_column(String(64), unique=True)
    kind: Mapped[Kind] = mapped_column(enum_column(Kind))
    status: Mapped[AcceptedStatus] = mapped_column(enum_column(AcceptedStatus))
    scope: Mapped[str] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(String(3))
    first_day: Mapped[date]  # the first one on which the plan may be at work
    horizon_days: Mapped[int]
    predicted: Mapped[dict[str, Any]]
    plan: Mapped[list[dict[str, Any]]]
    constraints: Mapped[list[dict[str, Any]]]
    generation: Mapped[int]
    seed: Mapped[int]
    is_sample: Mapped[bool] = mapped_column(default=False)
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    accepted_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    judged_at: Mapped[datetime | None]
    judgement: Mapped[dict[str, Any] | None] = mapped_column(Json)

    @property
    def last_day(self) -> date:
        """The last day of the horizon."""
        return self.first_day + timedelta(days=self.horizon_days - 1)
