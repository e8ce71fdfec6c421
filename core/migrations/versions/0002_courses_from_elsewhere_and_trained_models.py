"""Courses and learners that came from elsewhere, and trained models."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_KINDS_BEFORE = ("import_ads", "sync", "make_document", "load_sample", "remove_sample")
_KINDS = (*_KINDS_BEFORE, "import_oulad", "train_model", "promote_model", "roll_back_model")


def upgrade() -> None:
    _people(known_only_by_id=True)
    _courses()
    _attributes()
    _models()
    _job_kinds(_KINDS)


def downgrade() -> None:
    op.execute(f"DELETE FROM jobs WHERE kind NOT IN {_KINDS_BEFORE}")
    _job_kinds(_KINDS_BEFORE)
    op.drop_table("model_promotions")
    op.drop_table("model_versions")
    op.drop_table("learner_attributes")
    op.execute("DELETE FROM enrollments WHERE enrolled_at IS NULL")
    with op.batch_alter_table("enrollments") as batch:
        batch.drop_constraint(op.f("ck_enrollments_attempts_not_negative"), type_="check")
        batch.drop_constraint(op.f("ck_enrollments_credits_not_negative"), type_="check")
        batch.drop_column("previous_attempts")
        batch.drop_column("studied_credits")
        batch.alter_column("enrolled_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    with op.batch_alter_table("courses") as batch:
        batch.drop_constraint(op.f("uq_courses_external_id"), type_="unique")
        batch.drop_index(op.f("ix_courses_series_code"))
        batch.drop_column("external_id")
        batch.drop_column("series_code")
    with op.batch_alter_table("assessments") as batch:
        batch.drop_constraint(op.f("uq_assessments_course_id_external_id"), type_="unique")
        batch.drop_column("external_id")
    _people(known_only_by_id=False)


def _people(*, known_only_by_id: bool) -> None:
    known, email = op.f("ck_users_reachable_or_known"), sa.String(254)
    if known_only_by_id:
        with op.batch_alter_table("users") as batch:
            batch.add_column(sa.Column("external_id", sa.String(100), nullable=True))
            batch.alter_column("email", existing_type=email, nullable=True)
            batch.create_unique_constraint(op.f("uq_users_external_id"), ["external_id"])
            batch.create_check_constraint(known, "email IS NOT NULL OR external_id IS NOT NULL")
        return
    op.execute("DELETE FROM users WHERE email IS NULL")
    with op.batch_alter_table("users") as batch:
        batch.drop_constraint(known, type_="check")
        batch.drop_constraint(op.f("uq_users_external_id"), type_="unique")
        batch.alter_column("email", existing_type=email, nullable=False)
        batch.drop_column("external_id")


def _courses() -> None:
    op.add_column("courses", sa.Column("series_code", sa.String(50), nullable=True))
    op.execute("UPDATE courses SET series_code = code")  # until now each stood alone
    with op.batch_alter_table("courses") as batch:
        batch.alter_column("series_code", existing_type=sa.String(50), nullable=False)
        batch.add_column(sa.Column("external_id", sa.String(100), nullable=True))
        batch.create_index(op.f("ix_courses_series_code"), ["series_code"])
        batch.create_unique_constraint(op.f("uq_courses_external_id"), ["external_id"])
    with op.batch_alter_table("assessments") as batch:
        batch.add_column(sa.Column("external_id", sa.String(100), nullable=True))
        batch.create_unique_constraint(
            op.f("uq_assessments_course_id_external_id"), ["course_id", "external_id"]
        )
    with op.batch_alter_table("enrollments") as batch:
        batch.add_column(sa.Column("previous_attempts", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("studied_credits", sa.Integer(), nullable=True))
        batch.alter_column("enrolled_at", existing_type=sa.DateTime(timezone=True), nullable=True)
        batch.create_check_constraint(
            op.f("ck_enrollments_attempts_not_negative"), "previous_attempts >= 0"
        )
        batch.create_check_constraint(
            op.f("ck_enrollments_credits_not_negative"), "studied_credits >= 0"
        )


def _attributes() -> None:
    op.create_table(
        "learner_attributes",
        sa.Column("enrollment_id", _IDENTITY, nullable=False),
        sa.Column("gender", sa.String(20), nullable=True),
        sa.Column("region", sa.String(100), nullable=True),
        sa.Column("highest_education", sa.String(100), nullable=True),
        sa.Column("imd_band", sa.String(20), nullable=True),
        sa.Column("age_band", sa.String(20), nullable=True),
        sa.Column("disability", sa.String(20), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollments.id"],
            name=op.f("fk_learner_attributes_enrollment_id_enrollments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enrollment_id", name=op.f("pk_learner_attributes")),
    )


def _models() -> None:
    op.create_table(
        "model_versions",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("algorithm", sa.String(50), nullable=False),
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("data_hash", sa.String(64), nullable=False),
        *(
            sa.Column(name, _JSON, nullable=False)
            for name in ("trained_on", "tested_on", "metrics", "compared", "audit", "objections")
        ),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("trained_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trained_by", _IDENTITY, nullable=True),
        sa.CheckConstraint("version > 0", name=op.f("ck_model_versions_version_positive")),
        sa.ForeignKeyConstraint(
            ["trained_by"],
            ["users.id"],
            name=op.f("fk_model_versions_trained_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_versions")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_model_versions_name_version")),
    )
    op.create_table(
        "model_promotions",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_roll_back", sa.Boolean(), nullable=False),
        sa.Column("promoted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promoted_by", _IDENTITY, nullable=True),
        sa.ForeignKeyConstraint(
            ["promoted_by"],
            ["users.id"],
            name=op.f("fk_model_promotions_promoted_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_promotions")),
    )
    op.create_index(op.f("ix_model_promotions_name_id"), "model_promotions", ["name", "id"])


def _job_kinds(kinds: tuple[str, ...]) -> None:
    """Let jobs be of other kinds; the CHECK is put anew on either database."""
    with op.batch_alter_table("jobs") as batch:
        batch.drop_constraint(op.f("ck_jobs_jobkind"), type_="check")
        batch.create_check_constraint(
            op.f("ck_jobs_jobkind"), sa.column("kind", sa.String(32)).in_(kinds)
        )
