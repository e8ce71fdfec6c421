"""Goals of campaigns, and the history of their changes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_KPIS = ("roas", "cpa", "revenue", "conversions", "cvr", "clicks", "ctr")


def upgrade() -> None:
    op.create_table(
        "campaign_goals",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("campaign_id", _IDENTITY, nullable=False),
        sa.Column(
            "kpi",
            sa.Enum(*_KPIS, name="goalkpi", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("target", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.CheckConstraint("target > 0", name=op.f("ck_campaign_goals_target_positive")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_goals_campaign_id_campaigns"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_goals")),
        sa.UniqueConstraint("campaign_id", "kpi", name=op.f("uq_campaign_goals_campaign_id_kpi")),
    )
    op.create_table(
        "campaign_changes",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("campaign_id", _IDENTITY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", _IDENTITY, nullable=True),
        sa.Column("fields", _JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_changes_campaign_id_campaigns"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["users.id"],
            name=op.f("fk_campaign_changes_actor_id_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_changes")),
        sa.UniqueConstraint(
            "campaign_id", "version", name=op.f("uq_campaign_changes_campaign_id_version")
        ),
    )


def downgrade() -> None:
    op.drop_table("campaign_changes")
    op.drop_table("campaign_goals")
