"""Accepted suggestions with what came of them, and the jobs that judge them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_TABLE = "accepted_suggestions"
_KEPT = "status, kind, first_day, horizon_days, predicted, plan, constraints, judgement, judged_at"
_NEW_KINDS = ("judge_suggestions", "advance_sample")
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
    "watch_campaigns",
    "send_alerts",
    "fit_response",
)
_JUDGED_STAYS = {
    "sqlite": [
        f"CREATE TRIGGER judged_stays BEFORE UPDATE OF {_KEPT} ON {_TABLE} "
        "WHEN OLD.status = 'judged' "
        "BEGIN SELECT RAISE(ABORT, 'a judged suggestion stays as it is'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION judged_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a judged suggestion stays as it is'; END $$",
        f"CREATE TRIGGER judged_stays BEFORE UPDATE OF {_KEPT} ON {_TABLE} "
        "FOR EACH ROW WHEN (OLD.status = 'judged') EXECUTE FUNCTION judged_refuse()",
    ],
}


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("key", sa.String(64), nullable=True),
        _one_of("kind", "kind", "budget", "audience", "creative", "timing"),
        _one_of("status", "acceptedstatus", "open", "judged", "withdrawn"),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("predicted", _JSON, nullable=False),
        sa.Column("plan", _JSON, nullable=False),
        sa.Column("constraints", _JSON, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("accepted_by", _IDENTITY, nullable=True),
        sa.Column("accepted_at", _MOMENT, nullable=False),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        sa.Column("judged_at", _MOMENT, nullable=True),
        sa.Column("judgement", _JSON, nullable=True),
        _check("judged_at", "(status = 'judged') = (judged_at IS NOT NULL)"),
        _check("withdrawn_at", "(status = 'withdrawn') = (withdrawn_at IS NOT NULL)"),
        _check("horizon_positive", "horizon_days > 0"),
        sa.ForeignKeyConstraint(
            ["accepted_by"],
            ["users.id"],
            name=op.f(f"fk_{_TABLE}_accepted_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
        sa.UniqueConstraint("key", name=op.f(f"uq_{_TABLE}_key")),
    )
    op.create_index(op.f(f"ix_{_TABLE}_status_first_day"), _TABLE, ["status", "first_day"])
    for statement in _JUDGED_STAYS[op.get_context().dialect.name]:
        op.execute(statement)
    _job_kinds((*_KINDS_BEFORE, *_NEW_KINDS))


def downgrade() -> None:
    op.execute(f"DELETE FROM jobs WHERE kind IN {_NEW_KINDS}")
    _job_kinds(_KINDS_BEFORE)
    op.drop_table(_TABLE)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION judged_refuse()")


def _one_of(column: str, name: str, *values: str) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=False)


def _check(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{_TABLE}_{name}"))


def _job_kinds(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("jobs") as batch:
        batch.drop_constraint(op.f("ck_jobs_jobkind"), type_="check")
        batch.create_check_constraint(
            op.f("ck_jobs_jobkind"), sa.column("kind", sa.String(32)).in_(kinds)
        )
