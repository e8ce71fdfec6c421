"""Records of studying: files of lessons, what was opened, for how long, goals and calendars."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identity, enum_column


class GoalKind(StrEnum):
    """What a weekly goal counts; ``NONE`` is the choice of having no goal."""

    HOURS = "hours"
    LESSONS = "lessons"
    NONE = "none"


class LessonFile(Base):
    """A file that belongs to a lesson; its bytes lie under their SHA-256 outside the records."""

    __tablename__ = "lesson_files"
    __table_args__ = (UniqueConstraint("lesson_id", "name"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lessons.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]


class LessonVisit(Base):
    """A learner opened a lesson: the first time, and the last."""

    __tablename__ = "lesson_visits"

    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True
    )
    lesson_id: Mapped[int] = mapped_column(
        ForeignKey("lessons.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class StudyTime(Base):
    """Seconds of counted activity in one lesson on one day (UTC)."""

    __tablename__ = "study_time"
    __table_args__ = (CheckConstraint("seconds >= 0", name="seconds_not_negative"),)

    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True
    )
    lesson_id: Mapped[int] = mapped_column(
        ForeignKey("lessons.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    seconds: Mapped[int]


class StudyClock(Base):
    """A person's last action in any lesson, from which the next gap is counted."""

    __tablename__ = "study_clocks"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), index=True
    )
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lessons.id", ondelete="CASCADE"), index=True)
    last_at: Mapped[datetime]


class WeeklyGoal(Base):
    """What a person wants to do a week, or that they want no goal."""

    __tablename__ = "weekly_goals"
    __table_args__ = (CheckConstraint("target BETWEEN 1 AND 100", name="target_range"),)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    kind: Mapped[GoalKind] = mapped_column(enum_column(GoalKind))
    target: Mapped[int | None]


class CalendarLink(Base):
    """A person's calendar address; a new ``nonce`` makes the old address worthless."""

    __tablename__ = "calendar_links"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    nonce: Mapped[str] = mapped_column(String(43))
    created_at: Mapped[datetime]
