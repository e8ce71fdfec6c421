"""Courses are written here: drafts, their changes, and what counted when somebody enrolled."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_WEIGHT = sa.Numeric(9, 4)


def upgrade() -> None:
    with op.batch_alter_table("courses") as batch:
        for name in ("version", "rule_number"):
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE courses SET published_at = created_at")  # all that were taught so far
    _groups()
    _versions()
    _changes()
    _refer("lessons", "group_id", "lesson_groups")
    _refer("enrollments", "rule_version_id", "rule_versions")


def downgrade() -> None:
    for table, column, to in (
        ("enrollments", "rule_version_id", "rule_versions"),
        ("lessons", "group_id", "lesson_groups"),
    ):
        with op.batch_alter_table(table) as batch:
            batch.drop_index(op.f(f"ix_{table}_{column}"))
            batch.drop_constraint(op.f(f"fk_{table}_{column}_{to}"), type_="foreignkey")
            batch.drop_column(column)
    for table in ("course_changes", "rule_lessons", "rule_groups", "rule_versions"):
        op.drop_table(table)
    op.drop_table("lesson_groups")
    with op.batch_alter_table("courses") as batch:
        for name in ("published_at", "rule_number", "version"):
            batch.drop_column(name)


def _refer(table: str, column: str, to: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column(column, _IDENTITY, nullable=True))
        batch.create_foreign_key(
            op.f(f"fk_{table}_{column}_{to}"), to, [column], ["id"], ondelete="SET NULL"
        )
        batch.create_index(op.f(f"ix_{table}_{column}"), [column])


def _belongs(table: str, column: str, to: str, deleted: str = "CASCADE") -> sa.Constraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=deleted)


def _groups() -> None:
    op.create_table(
        "lesson_groups",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("course_id", _IDENTITY, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("weight", _WEIGHT, nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_lesson_groups_weight_not_negative")),
        sa.CheckConstraint("needed > 0", name=op.f("ck_lesson_groups_needed_positive")),
        _belongs("lesson_groups", "course_id", "courses"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_groups")),
        sa.UniqueConstraint("course_id", "title", name=op.f("uq_lesson_groups_course_id_title")),
    )


def _versions() -> None:
    op.create_table(
        "rule_versions",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("course_id", _IDENTITY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "pass_mark BETWEEN 0 AND 100", name=op.f("ck_rule_versions_pass_mark_range")
        ),
        _belongs("rule_versions", "course_id", "courses"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_versions")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_rule_versions_course_id_number")),
    )
    op.create_table(
        "rule_groups",
        sa.Column("rule_version_id", _IDENTITY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("weight", _WEIGHT, nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        _belongs("rule_groups", "rule_version_id", "rule_versions"),
        sa.PrimaryKeyConstraint("rule_version_id", "number", name=op.f("pk_rule_groups")),
    )
    op.create_table(
        "rule_lessons",
        sa.Column("rule_version_id", _IDENTITY, nullable=False),
        sa.Column("lesson_id", _IDENTITY, nullable=False),
        sa.Column("weight", _WEIGHT, nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=True),
        _belongs("rule_lessons", "rule_version_id", "rule_versions"),
        _belongs("rule_lessons", "lesson_id", "lessons"),
        sa.ForeignKeyConstraint(
            ["rule_version_id", "group_number"],
            ["rule_groups.rule_version_id", "rule_groups.number"],
            name=op.f("fk_rule_lessons_rule_version_id_rule_groups"),
        ),
        sa.PrimaryKeyConstraint("rule_version_id", "lesson_id", name=op.f("pk_rule_lessons")),
    )
    op.create_index(op.f("ix_rule_lessons_lesson_id"), "rule_lessons", ["lesson_id"])


def _changes() -> None:
    op.create_table(
        "course_changes",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("course_id", _IDENTITY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", _IDENTITY, nullable=True),
        sa.Column("fields", _JSON, nullable=False),
        _belongs("course_changes", "course_id", "courses"),
        _belongs("course_changes", "actor_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_changes")),
        sa.UniqueConstraint(
            "course_id", "version", name=op.f("uq_course_changes_course_id_version")
        ),
    )
