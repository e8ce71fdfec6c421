"""Records of what counts in a course, as it was for those enrolled then, and of its changes."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Numeric,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identity


class LessonGroup(Base):
    """Lessons of a course of which ``needed`` count together, as the group's weight."""

    __tablename__ = "lesson_groups"
    __table_args__ = (
        UniqueConstraint("course_id", "title"),
        CheckConstraint("weight >= 0", name="weight_not_negative"),
        CheckConstraint("needed > 0", name="needed_positive"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(200))
    weight: Mapped[Decimal] = mapped_column(Numeric(9, 4), default=Decimal(1))
    needed: Mapped[int] = mapped_column(default=1)


class RuleVersion(Base):
    """Rules that a course had and that the enrolments pointing here keep.

    The rules in force are the course's own; they become a version when they change.
    """

    __tablename__ = "rule_versions"
    __table_args__ = (
        UniqueConstraint("course_id", "number"),
        CheckConstraint("pass_mark BETWEEN 0 AND 100", name="pass_mark_range"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    number: Mapped[int]
    pass_mark: Mapped[int]
    kept_at: Mapped[datetime]


class RuleGroup(Base):
    """A group of lessons as a version of the rules has it."""

    __tablename__ = "rule_groups"

    rule_version_id: Mapped[int] = mapped_column(
        ForeignKey("rule_versions.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    weight: Mapped[Decimal] = mapped_column(Numeric(9, 4))
    needed: Mapped[int]


class RuleLesson(Base):
    """A lesson that counts in a version of the rules, by itself or in a group."""

    __tablename__ = "rule_lessons"
    __table_args__ = (
        ForeignKeyConstraint(
            ["rule_version_id", "group_number"],
            ["rule_groups.rule_version_id", "rule_groups.number"],
        ),
    )

    rule_version_id: Mapped[int] = mapped_column(
        ForeignKey("rule_versions.id", ondelete="CASCADE"), primary_key=True
    )
    lesson_id: Mapped[int] = mapped_column(
        ForeignKey("lessons.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    weight: Mapped[Decimal] = mapped_column(Numeric(9, 4))
    group_number: Mapped[int | None]


class CourseChange(Base):
    """One change of a course: by whom, when, and each field with what it was before.

    ``version`` is the course's after the change. ``fields`` holds ``{"field", "before",
    "after"}`` with plain texts; it is empty where the course was created.
    """

    __tablename__ = "course_changes"
    __table_args__ = (UniqueConstraint("course_id", "version"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    version: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    fields: Mapped[list[dict[str, Any]]]
