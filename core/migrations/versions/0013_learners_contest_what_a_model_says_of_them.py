"""Learners contest what the early-warning model says of them, and are answered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_TABLE = "risk_contests"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("enrollment_id", _IDENTITY, nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("facts", _JSON, nullable=False),
        sa.Column("model", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("known_day", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contested_at", _MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", _IDENTITY, nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_risk_contests_answer_has_its_moment"),
        ),
        _refers("enrollment_id", "enrollments", "CASCADE"),
        _refers("answered_by", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_contests")),
    )
    op.create_index(op.f("ix_risk_contests_enrollment_id"), _TABLE, ["enrollment_id"])
    op.create_index(op.f("ix_risk_contests_answered_by"), _TABLE, ["answered_by"])
    op.create_index(
        "uq_risk_contests_open",
        _TABLE,
        ["enrollment_id", "reason"],
        unique=True,
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table(_TABLE)


def _refers(column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{_TABLE}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)
