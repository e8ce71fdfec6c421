"""Records of certificates: what was certified, as of the moment of issue."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identity


class Certificate(Base):
    """What the holder of a certificate completed; a row never changes once it is written.

    ``grade`` (0-100) is the one the course was completed with, or absent where it has no graded
    work. ``code`` is drawn at random, without the hyphens it is shown with.
    """

    __tablename__ = "certificates"
    __table_args__ = (CheckConstraint("grade BETWEEN 0 AND 100", name="grade_range"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), unique=True
    )
    code: Mapped[str] = mapped_column(String(28), unique=True)
    learner: Mapped[str] = mapped_column(String(200))
    course: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    completed_on: Mapped[date]
    grade: Mapped[int | None]
    issued_at: Mapped[datetime]
