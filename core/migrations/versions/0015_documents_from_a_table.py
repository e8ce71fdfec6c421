"""Documents are made from a table by a job."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_NEW_KIND = "make_batch"
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
    "judge_suggestions",
    "advance_sample",
)


def upgrade() -> None:
    _job_kinds((*_KINDS_BEFORE, _NEW_KIND))


def downgrade() -> None:
    op.execute(f"DELETE FROM jobs WHERE kind = '{_NEW_KIND}'")
    _job_kinds(_KINDS_BEFORE)


def _job_kinds(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("jobs") as batch:
        batch.drop_constraint(op.f("ck_jobs_jobkind"), type_="check")
        batch.create_check_constraint(
            op.f("ck_jobs_jobkind"), sa.column("kind", sa.String(32)).in_(kinds)
        )
