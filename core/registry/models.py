"""Records of trained models; the models themselves live in the model store."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
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
