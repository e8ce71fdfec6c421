"""Records of quizzes: their rules, questions, and each learner's attempts."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identity, enum_column


class QuestionKind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMERIC = "numeric"
    TEXT = "text"


class AttemptRule(StrEnum):
    """Which of several attempts makes the score."""

    BEST = "best"
    LAST = "last"


class Quiz(Base):
    """What an assessment of the kind quiz asks, and by which rules.

    ``attempts_allowed`` None stands for as many as one likes. Where ``must_pass``, its lesson
    is completed only by passing.
    """

    __tablename__ = "quizzes"
    __table_args__ = (
        CheckConstraint("pass_mark BETWEEN 0 AND 100", name="pass_mark_range"),
        CheckConstraint("attempts_allowed > 0", name="attempts_positive"),
    )

    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("assessments.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    lesson_id: Mapped[int | None] = mapped_column(
        ForeignKey("lessons.id", ondelete="SET NULL"), unique=True
    )
    pass_mark: Mapped[int] = mapped_column(default=60)
    attempts_allowed: Mapped[int | None]
    counts: Mapped[AttemptRule] = mapped_column(enum_column(AttemptRule), default=AttemptRule.BEST)
    must_pass: Mapped[bool] = mapped_column(default=True)


class QuizQuestion(Base):
    """One question; ``answer`` holds options and what is right, by the question's kind."""

    __tablename__ = "quiz_questions"
    __table_args__ = (
        UniqueConstraint("assessment_id", "order_index"),
        CheckConstraint("points > 0", name="points_positive"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("quizzes.assessment_id", ondelete="CASCADE")
    )
    order_index: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(enum_column(QuestionKind))
    text: Mapped[str] = mapped_column(Text)
    points: Mapped[Decimal] = mapped_column(Numeric(9, 4))
    answer: Mapped[dict[str, Any]]


class QuizAttempt(Base):
    """One try at a quiz: open until it is handed in, which happens once.

    ``marks`` keeps each question as it was then, what was answered and what it brought.
    """

    __tablename__ = "quiz_attempts"
    __table_args__ = (
        UniqueConstraint("enrollment_id", "assessment_id", "number"),
        Index(
            "uq_quiz_attempts_open",
            "enrollment_id",
            "assessment_id",
            unique=True,
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_range"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"))
    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("quizzes.assessment_id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    passed: Mapped[bool | None]
    marks: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
