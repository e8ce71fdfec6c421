"""Records of courses: what is taught, who is enrolled, and what each person did."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.campaigns.models import Campaign
from core.courses import (  # their tables are this noun's
    certificate_models,  # noqa: F401
    contact_models,  # noqa: F401
    contest_models,  # noqa: F401
    quiz_models,  # noqa: F401
    study_models,  # noqa: F401
)
from core.courses.rule_models import LessonGroup, RuleVersion
from core.db import Base, Identity, enum_column


class EnrollmentStatus(StrEnum):
    """How an enrolment stands, which is independent of progress."""

    ENROLLED = "enrolled"  # has not begun
    ACTIVE = "active"
    COMPLETED = "completed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether the learner can still do something in the course."""
        return self in (EnrollmentStatus.ENROLLED, EnrollmentStatus.ACTIVE)


class AssessmentKind(StrEnum):
    """What kind of work is assessed."""

    QUIZ = "quiz"
    ASSIGNMENT = "assignment"
    EXAM = "exam"


class Course(Base):
    """A course as it is taught once: its start date, its pass mark (0-100).

    Courses of one ``series_code`` are presentations of the same matter, told apart by
    their start; ``external_id`` names a course that came from elsewhere. A course without
    ``published_at`` is a draft. ``rule_number`` counts the rules of what counts; those in force
    are the course's own. Learners enrol by themselves in a course that ``is_open``.
    """

    __tablename__ = "courses"
    __table_args__ = (
        CheckConstraint("pass_mark BETWEEN 0 AND 100", name="pass_mark_range"),
        CheckConstraint("duration_weeks > 0", name="duration_positive"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    code: Mapped[str] = mapped_column(String(50), unique=True)
    # A course of which nothing else is told is the only presentation of its matter.
    series_code: Mapped[str] = mapped_column(
        String(50), index=True, default=lambda context: context.get_current_parameters()["code"]
    )
    external_id: Mapped[str | None] = mapped_column(String(100), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    difficulty_level: Mapped[str | None] = mapped_column(String(50))
    industry: Mapped[str | None] = mapped_column(String(100))
    start_date: Mapped[date]
    duration_weeks: Mapped[int]
    pass_mark: Mapped[int] = mapped_column(default=40)
    is_open: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_sample: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    rule_number: Mapped[int] = mapped_column(default=1, server_default="1")
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    modules: Mapped[list["Module"]] = relationship(
        lazy="raise",
        order_by="Module.order_index",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    assessments: Mapped[list["Assessment"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy


class CourseInstructor(Base):
    """Who teaches a course, and so sees its learners."""

    __tablename__ = "course_instructors"

    course_id: Mapped[int] = mapped_column(
        ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )


class Module(Base):
    """A part of a course, in order."""

    __tablename__ = "modules"
    __table_args__ = (UniqueConstraint("course_id", "order_index"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(200))
    order_index: Mapped[int]

    lessons: Mapped[list["Lesson"]] = relationship(
        lazy="raise",
        order_by="Lesson.order_index",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class Lesson(Base):
    """The unit a learner completes; ``weight`` is its share of progress when required.

    A lesson of a group counts with the others of the group only, and by the group's weight.
    """

    __tablename__ = "lessons"
    __table_args__ = (
        UniqueConstraint("module_id", "order_index"),
        CheckConstraint("weight >= 0", name="weight_not_negative"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text, default="", deferred=True)  # Markdown
    video_url: Mapped[str | None] = mapped_column(String(500))
    order_index: Mapped[int]
    weight: Mapped[Decimal] = mapped_column(Numeric(9, 4), default=Decimal(1))
    is_required: Mapped[bool] = mapped_column(default=True)
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey(LessonGroup.id, ondelete="SET NULL"), index=True
    )
    expected_minutes: Mapped[int | None]


class Enrollment(Base):
    """One person in one course. Progress is derived from completions, never stored.

    ``enrolled_at`` is absent where a source does not tell it. ``previous_attempts`` counts
    earlier tries at the same matter, ``studied_credits`` what the person studies at the time.
    Without a ``rule_version_id`` the course's own rules hold, else those of that version.
    """

    __tablename__ = "enrollments"
    __table_args__ = (
        UniqueConstraint("user_id", "course_id"),
        CheckConstraint("previous_attempts >= 0", name="attempts_not_negative"),
        CheckConstraint("studied_credits >= 0", name="credits_not_negative"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(
        ForeignKey(Campaign.id, ondelete="SET NULL"), index=True
    )
    status: Mapped[EnrollmentStatus] = mapped_column(
        enum_column(EnrollmentStatus), default=EnrollmentStatus.ACTIVE
    )
    enrolled_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    previous_attempts: Mapped[int | None]
    studied_credits: Mapped[int | None]
    rule_version_id: Mapped[int | None] = mapped_column(
        ForeignKey(RuleVersion.id, ondelete="SET NULL"), index=True
    )


class LearnerAttributes(Base):
    """What a source tells of a learner that no decision may rest on.

    It is kept apart from the enrolment, and read only to check whether a model serves
    all groups alike.
    """

    __tablename__ = "learner_attributes"

    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True
    )
    gender: Mapped[str | None] = mapped_column(String(20))
    region: Mapped[str | None] = mapped_column(String(100))
    highest_education: Mapped[str | None] = mapped_column(String(100))
    imd_band: Mapped[str | None] = mapped_column(String(20))  # index of multiple deprivation
    age_band: Mapped[str | None] = mapped_column(String(20))
    disability: Mapped[str | None] = mapped_column(String(20))


class LessonCompletion(Base):
    """A learner finished a lesson; time is absent where it was not measured."""

    __tablename__ = "lesson_completions"

    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True
    )
    lesson_id: Mapped[int] = mapped_column(
        ForeignKey("lessons.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    completed_at: Mapped[datetime]
    time_spent_minutes: Mapped[int | None]


class Assessment(Base):
    """Work that is graded; ``weight`` is its share of the course's grade in percent."""

    __tablename__ = "assessments"
    __table_args__ = (
        UniqueConstraint("course_id", "title"),
        UniqueConstraint("course_id", "external_id"),
        CheckConstraint("weight >= 0", name="weight_not_negative"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    module_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id", ondelete="SET NULL"))
    external_id: Mapped[str | None] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[AssessmentKind] = mapped_column(enum_column(AssessmentKind))
    weight: Mapped[Decimal] = mapped_column(Numeric(9, 4))
    due_day: Mapped[int | None]  # days after the course's start; None where it has no date


class Submission(Base):
    """Work handed in; ``score`` is 0-100, or absent until graded."""

    __tablename__ = "submissions"
    __table_args__ = (
        Index(None, "enrollment_id", "assessment_id"),
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name="score_range"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"))
    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("assessments.id", ondelete="CASCADE"), index=True
    )
    submitted_at: Mapped[datetime]
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    is_banked: Mapped[bool] = mapped_column(default=False)
