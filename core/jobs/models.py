"""The job queue's one table."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identity, Json, enum_column


class JobKind(StrEnum):
    """What long work there is."""

    IMPORT_ADS = "import_ads"
    SYNC = "sync"
    MAKE_DOCUMENT = "make_document"
    LOAD_SAMPLE = "load_sample"
    REMOVE_SAMPLE = "remove_sample"
    IMPORT_OULAD = "import_oulad"
    TRAIN_MODEL = "train_model"
    PROMOTE_MODEL = "promote_model"
    ROLL_BACK_MODEL = "roll_back_model"
    WATCH_CAMPAIGNS = "watch_campaigns"
    SEND_ALERTS = "send_alerts"
    FIT_RESPONSE = "fit_response"
    JUDGE_SUGGESTIONS = "judge_suggestions"
    ADVANCE_SAMPLE = "advance_sample"
    MAKE_BATCH = "make_batch"


class JobStatus(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class Job(Base):
    """One piece of long work. A worker holds it by a lease and renews it while it works."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index(None, "status", "lease_until"),
        CheckConstraint("progress BETWEEN 0 AND 1", name="progress_range"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    kind: Mapped[JobKind] = mapped_column(enum_column(JobKind))
    status: Mapped[JobStatus] = mapped_column(enum_column(JobStatus), default=JobStatus.QUEUED)
    payload: Mapped[dict[str, Any]]
    progress: Mapped[float] = mapped_column(default=0.0)
    step: Mapped[str] = mapped_column(String(200), default="")  # a marked English message
    result: Mapped[dict[str, Any] | None] = mapped_column(Json)
    error: Mapped[dict[str, Any] | None] = mapped_column(Json)  # code, id, message, data
    attempts: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime | None]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    not_before: Mapped[datetime | None]  # None: as soon as a worker is free
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
