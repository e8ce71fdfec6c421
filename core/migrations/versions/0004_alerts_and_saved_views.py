"""Alerts with whom they are for, saved views, and jobs that wait for their time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_NEW_KINDS = ("watch_campaigns", "send_alerts")
_KINDS_BEFORE = (
    "import_ads",
    "sync",
    "make_document",
    "load_sample",
    "remove_sample",
    "import_oulad",
    "train_model",
    "promote_model",
    "roll_back_model",
)


def upgrade() -> None:
    _alerts()
    _notices()
    op.create_table(
        "alert_subscriptions",
        sa.Column("user_id", _IDENTITY, nullable=False),
        _one_of("channel", "channel", "none", "mail", "webhook"),
        sa.Column("webhook_url", sa.String(2000), nullable=True),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "channel <> 'webhook' OR webhook_url IS NOT NULL",
            name=op.f("ck_alert_subscriptions_webhook_has_address"),
        ),
        _of_a_person("alert_subscriptions"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_alert_subscriptions")),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("user_id", _IDENTITY, nullable=False),
        sa.Column("page", sa.String(50), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        _of_a_person("saved_views"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint(
            "user_id", "page", "name", name=op.f("uq_saved_views_user_id_page_name")
        ),
    )
    op.add_column("jobs", sa.Column("not_before", _MOMENT, nullable=True))
    _job_kinds((*_KINDS_BEFORE, *_NEW_KINDS))


def downgrade() -> None:
    op.execute(f"DELETE FROM jobs WHERE kind IN {_NEW_KINDS}")
    _job_kinds(_KINDS_BEFORE)
    with op.batch_alter_table("jobs") as batch:
        batch.drop_column("not_before")
    for table in ("saved_views", "alert_subscriptions", "alert_notices", "alerts"):
        op.drop_table(table)


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        _one_of("kind", "alertkind", "pacing", "goal", "anomaly", "tracking"),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("campaign_name", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("facts", _JSON, nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("raised_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("key", name=op.f("uq_alerts_key")),
    )


def _notices() -> None:
    op.create_table(
        "alert_notices",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("alert_id", _IDENTITY, nullable=False),
        sa.Column("user_id", _IDENTITY, nullable=False),
        sa.Column("token", sa.String(36), nullable=False),
        _one_of("state", "noticestate", "shown", "waiting", "sent", "given_up"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("try_after", _MOMENT, nullable=True),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.Column("dismissed_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "(state = 'sent') = (sent_at IS NOT NULL)",
            name=op.f("ck_alert_notices_sent_at_when_sent"),
        ),
        sa.ForeignKeyConstraint(
            ["alert_id"],
            ["alerts.id"],
            name=op.f("fk_alert_notices_alert_id_alerts"),
            ondelete="CASCADE",
        ),
        _of_a_person("alert_notices"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_notices")),
        sa.UniqueConstraint("token", name=op.f("uq_alert_notices_token")),
        sa.UniqueConstraint("alert_id", "user_id", name=op.f("uq_alert_notices_alert_id_user_id")),
    )
    for columns in (["user_id", "dismissed_at"], ["state", "try_after"]):
        name = op.f(f"ix_alert_notices_{'_'.join(columns)}")
        op.create_index(name, "alert_notices", columns)


def _one_of(column: str, name: str, *values: str) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=False)


def _of_a_person(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_user_id_users")
    return sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=name, ondelete="CASCADE")


def _job_kinds(kinds: tuple[str, ...]) -> None:
    """Let jobs be of other kinds; the CHECK is put anew on either database."""
    with op.batch_alter_table("jobs") as batch:
        batch.drop_constraint(op.f("ck_jobs_jobkind"), type_="check")
        batch.create_check_constraint(
            op.f("ck_jobs_jobkind"), sa.column("kind", sa.String(32)).in_(kinds)
        )
