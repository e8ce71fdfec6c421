"""Lessons have videos and files, quizzes are taken, study time is counted, courses are open."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_STATES_BEFORE = ("active", "completed", "failed", "withdrawn")
_STATES = ("enrolled", *_STATES_BEFORE)


def upgrade() -> None:
    op.add_column(
        "courses", sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("lessons", sa.Column("video_url", sa.String(500), nullable=True))
    _states(_STATES)
    _files()
    _studying()
    _people()
    _quizzes()
    _attempts()


def downgrade() -> None:
    for table in (
        "quiz_attempts",
        "quiz_questions",
        "quizzes",
        "calendar_links",
        "weekly_goals",
        "study_clocks",
        "study_time",
        "lesson_visits",
        "lesson_files",
    ):
        op.drop_table(table)
    op.execute("UPDATE enrollments SET status = 'active' WHERE status = 'enrolled'")
    _states(_STATES_BEFORE)
    op.drop_column("lessons", "video_url")
    op.drop_column("courses", "is_open")


def _states(states: tuple[str, ...]) -> None:
    name = op.f("ck_enrollments_enrollmentstatus")
    with op.batch_alter_table("enrollments") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"status IN {states}")


def _files() -> None:
    op.create_table(
        "lesson_files",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("lesson_id", _IDENTITY, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        _refers("lesson_files", "lesson_id", "lessons"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_files")),
        sa.UniqueConstraint("lesson_id", "name", name=op.f("uq_lesson_files_lesson_id_name")),
    )


def _studying() -> None:
    op.create_table(
        "lesson_visits",
        *_of_lesson("lesson_visits"),
        sa.Column("first_at", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("enrollment_id", "lesson_id", name=op.f("pk_lesson_visits")),
    )
    op.create_table(
        "study_time",
        *_of_lesson("study_time"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_study_time_seconds_not_negative")),
        sa.PrimaryKeyConstraint("enrollment_id", "lesson_id", "day", name=op.f("pk_study_time")),
    )
    op.create_table(
        "study_clocks",
        *_of_person("study_clocks"),
        *_of_lesson("study_clocks"),
        sa.Column("last_at", _MOMENT, nullable=False),
    )
    op.create_index(op.f("ix_study_clocks_enrollment_id"), "study_clocks", ["enrollment_id"])
    for table in ("lesson_visits", "study_time", "study_clocks"):
        op.create_index(op.f(f"ix_{table}_lesson_id"), table, ["lesson_id"])


def _people() -> None:
    op.create_table(
        "weekly_goals",
        *_of_person("weekly_goals"),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        _one_of("weekly_goals", "goalkind", "kind", ("hours", "lessons", "none")),
        sa.CheckConstraint("target BETWEEN 1 AND 100", name=op.f("ck_weekly_goals_target_range")),
    )
    op.create_table(
        "calendar_links",
        *_of_person("calendar_links"),
        sa.Column("nonce", sa.String(43), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
    )


def _quizzes() -> None:
    op.create_table(
        "quizzes",
        sa.Column("assessment_id", _IDENTITY, nullable=False, autoincrement=False),
        sa.Column("lesson_id", _IDENTITY, nullable=True),
        sa.Column("pass_mark", sa.Integer(), nullable=False),
        sa.Column("attempts_allowed", sa.Integer(), nullable=True),
        sa.Column("counts", sa.String(32), nullable=False),
        sa.Column("must_pass", sa.Boolean(), nullable=False),
        _one_of("quizzes", "attemptrule", "counts", ("best", "last")),
        sa.CheckConstraint("pass_mark BETWEEN 0 AND 100", name=op.f("ck_quizzes_pass_mark_range")),
        sa.CheckConstraint("attempts_allowed > 0", name=op.f("ck_quizzes_attempts_positive")),
        _refers("quizzes", "assessment_id", "assessments"),
        _refers("quizzes", "lesson_id", "lessons", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_quizzes")),
        sa.UniqueConstraint("lesson_id", name=op.f("uq_quizzes_lesson_id")),
    )
    op.create_table(
        "quiz_questions",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("assessment_id", _IDENTITY, nullable=False),
        sa.Column("order_index", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("points", sa.Numeric(9, 4), nullable=False),
        sa.Column("answer", _JSON, nullable=False),
        _one_of(
            "quiz_questions", "questionkind", "kind", ("single", "multiple", "numeric", "text")
        ),
        sa.CheckConstraint("points > 0", name=op.f("ck_quiz_questions_points_positive")),
        _refers("quiz_questions", "assessment_id", "quizzes", key="assessment_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_questions")),
        sa.UniqueConstraint(
            "assessment_id",
            "order_index",
            name=op.f("uq_quiz_questions_assessment_id_order_index"),
        ),
    )


def _attempts() -> None:
    op.create_table(
        "quiz_attempts",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("enrollment_id", _IDENTITY, nullable=False),
        sa.Column("assessment_id", _IDENTITY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("submitted_at", _MOMENT, nullable=True),
        sa.Column("score", sa.Numeric(5, 2), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("marks", _JSON, nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_quiz_attempts_score_range")),
        _refers("quiz_attempts", "enrollment_id", "enrollments"),
        _refers("quiz_attempts", "assessment_id", "quizzes", key="assessment_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_attempts")),
        sa.UniqueConstraint(
            "enrollment_id",
            "assessment_id",
            "number",
            name=op.f("uq_quiz_attempts_enrollment_id_assessment_id_number"),
        ),
    )
    op.create_index(op.f("ix_quiz_attempts_assessment_id"), "quiz_attempts", ["assessment_id"])
    op.create_index(
        "uq_quiz_attempts_open",
        "quiz_attempts",
        ["enrollment_id", "assessment_id"],
        unique=True,
        sqlite_where=sa.text("submitted_at IS NULL"),
        postgresql_where=sa.text("submitted_at IS NULL"),
    )


def _of_person(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("user_id", _IDENTITY, nullable=False, autoincrement=False),
        _refers(table, "user_id", "users"),
        sa.PrimaryKeyConstraint("user_id", name=op.f(f"pk_{table}")),
    )


def _of_lesson(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("enrollment_id", _IDENTITY, nullable=False),
        sa.Column("lesson_id", _IDENTITY, nullable=False),
        _refers(table, "enrollment_id", "enrollments"),
        _refers(table, "lesson_id", "lessons"),
    )


def _one_of(table: str, kind: str, column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN {values}", name=op.f(f"ck_{table}_{kind}"))


def _refers(
    table: str, column: str, to: str, *, key: str = "id", ondelete: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.{key}"], name=name, ondelete=ondelete)
