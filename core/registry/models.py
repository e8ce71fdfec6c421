"""Records of trained models; the models themselves live in the model store."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identity, Json


class ModelVersion(Base):
    """One trained version of a model, with everything a reader needs to judge it.

    ``metrics`` are the winner's on the test set, ``compared`` those of every candidate and
    baseline there; ``objections`` are the reasons for which it may not be promoted, as
    marked messages with their values, and empty where it may.
    """

    __tablename__ = "model_versions"
    __table_args__ = (
        UniqueConstraint("name", "version"),
        CheckConstraint("version > 0", name="version_positive"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    version: Mapped[int]
    algorithm: Mapped[str] = mapped_column(String(50))
    run_id: Mapped[str] = mapped_column(String(64))  # of the model store
    seed: Mapped[int]
    data_hash: Mapped[str] = mapped_column(String(64))  # of the training and test rows
    trained_on: Mapped[dict[str, Any]] = mapped_column(Json)
    tested_on: Mapped[dict[str, Any]] = mapped_column(Json)
    metrics: Mapped[dict[str, Any]] = mapped_column(Json)
    compared: Mapped[dict[str, Any]] = mapped_column(Json)
    audit: Mapped[dict[str, Any]] = mapped_column(Json)
    objections: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    card: Mapped[str] = mapped_column(Text)  # Markdown
    trained_at: Mapped[datetime]
    trained_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class ModelPromotion(Base):
    """A version began to answer; the latest of a name is the champion."""

    __tablename__ = "model_promotions"
    __table_args__ = (Index(None, "name", "id"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    version: Mapped[int]
    is_roll_back: Mapped[bool]
    promoted_at: Mapped[datetime]
    promoted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class ScorecardRecord(Base):
    """One run of the budget optimizer over simulated worlds; ``scores`` as plain values."""

    __tablename__ = "scorecards"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    made_at: Mapped[datetime]
    worlds: Mapped[int]
    seed: Mapped[int]
    scores: Mapped[list[dict[str, Any]]] = mapped_column(Json)


class ModelDrift(Base):
    """How far learners were from those a version learned from, on the last generation measured.

    ``scores`` and ``features`` are population stability indices, None and empty where there
    were too few learners; ``data_at`` is when that generation was published.
    """

    __tablename__ = "model_drifts"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("model_versions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    generation: Mapped[int]
    data_at: Mapped[datetime]
    measured_at: Mapped[datetime]
    learners: Mapped[int]
    scores: Mapped[float | None] = mapped_column(Double)
    by_chance: Mapped[float | None] = mapped_column(Double)
    features: Mapped[dict[str, Any]] = mapped_column(Json)
