"""What the columns of files mean that no importer knows by itself."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    op.create_table(
        "source_mappings",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("signature", sa.String(32), nullable=False),
        sa.Column("mapping", _JSON, nullable=False),
        sa.Column("updated_by", _IDENTITY, nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["updated_by"],
            ["users.id"],
            name=op.f("fk_source_mappings_updated_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_mappings")),
        sa.UniqueConstraint("signature", name=op.f("uq_source_mappings_signature")),
    )


def downgrade() -> None:
    op.drop_table("source_mappings")
