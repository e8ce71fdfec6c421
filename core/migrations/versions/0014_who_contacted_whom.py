"""Who contacted which learner, with what was written."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("enrollment_id", _IDENTITY, nullable=False),
        sa.Column("made_by", _IDENTITY, nullable=True),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("way", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("token", sa.String(36), nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.Column("risk", sa.Double(), nullable=True),
        sa.Column("known_day", sa.Integer(), nullable=True),
        sa.CheckConstraint("way IN ('mail', 'elsewhere')", name=op.f("ck_contacts_way")),
        sa.CheckConstraint(
            "way = 'mail' OR sent_at IS NULL", name=op.f("ck_contacts_only_mail_is_sent")
        ),
        sa.CheckConstraint("risk BETWEEN 0 AND 1", name=op.f("ck_contacts_risk_range")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollments.id"],
            name=op.f("fk_contacts_enrollment_id_enrollments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["users.id"], name=op.f("fk_contacts_made_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("token", name=op.f("uq_contacts_token")),
    )
    op.create_index(op.f("ix_contacts_made_by"), "contacts", ["made_by"])
    op.create_index(
        op.f("ix_contacts_enrollment_id_made_at"), "contacts", ["enrollment_id", "made_at"]
    )


def downgrade() -> None:
    op.drop_table("contacts")
