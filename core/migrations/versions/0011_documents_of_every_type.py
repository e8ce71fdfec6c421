"""Templates say whether they tell campaign figures; documents keep what remakes them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    yes = sa.Boolean()
    op.add_column(
        "document_templates",
        sa.Column("tells_campaign_figures", yes, nullable=False, server_default=sa.true()),
    )
    op.execute("UPDATE document_templates SET industry = 'marketing' WHERE slug LIKE 'campaign-%'")
    op.add_column("documents", sa.Column("other_files", JSON, nullable=False, server_default="{}"))
    op.add_column("documents", sa.Column("assignment", JSON, nullable=True))
    op.add_column("documents", sa.Column("canonical_sha256", sa.String(64), nullable=True))
    op.create_table(
        "document_drafts",
        sa.Column("owner_id", IDENTITY, nullable=False),
        sa.Column("slug", sa.String(100), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_document_drafts_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("owner_id", "slug", name=op.f("pk_document_drafts")),
    )
    op.create_table(
        "house_styles",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("style", JSON, nullable=False),
        sa.Column("set_by", IDENTITY, nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by"], ["users.id"], name=op.f("fk_house_styles_set_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_styles")),
    )


def downgrade() -> None:
    op.drop_table("house_styles")
    op.drop_table("document_drafts")
    for column in ("canonical_sha256", "assignment", "other_files"):
        op.drop_column("documents", column)
    op.drop_column("document_templates", "tells_campaign_figures")
