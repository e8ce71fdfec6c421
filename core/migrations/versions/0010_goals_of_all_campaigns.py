"""Goals that all campaigns of a currency shall reach together, month by month."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KPIS = ("roas", "cpa", "revenue", "conversions", "cvr", "clicks", "ctr")


def upgrade() -> None:
    op.create_table(
        "account_goals",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "kpi",
            sa.Enum(*_KPIS, name="goalkpi", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("target", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.CheckConstraint("target > 0", name=op.f("ck_account_goals_target_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_goals")),
        sa.UniqueConstraint("currency", "kpi", name=op.f("uq_account_goals_currency_kpi")),
    )


def downgrade() -> None:
    op.drop_table("account_goals")
