"""Records of document templates and of the documents made from them."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identity, enum_column


class DocumentType(StrEnum):
    """The six kinds of document."""

    BUSINESS_PLAN = "business_plan"
    PROPOSAL = "proposal"
    REPORT = "report"
    CONTRACT = "contract"
    PRESENTATION = "presentation"
    EMAIL = "email"


class DocumentTemplate(Base):
    """What a document is made from; a version never changes once it was used."""

    __tablename__ = "document_templates"
    __table_args__ = (UniqueConstraint("slug", "version"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    slug: Mapped[str] = mapped_column(String(100))
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(200))
    document_type: Mapped[DocumentType] = mapped_column(enum_column(DocumentType))
    industry: Mapped[str | None] = mapped_column(String(100))
    tells_campaign_figures: Mapped[bool] = mapped_column(default=False)  # decides who may use it
    languages: Mapped[list[str]]
    variables: Mapped[list[dict[str, Any]]]
    formatting_rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Document(Base):
    """A finished document: who made it, from what, and how well it came out."""

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("quality_score BETWEEN 0 AND 1", name="quality_range"),
        CheckConstraint(
            "satisfaction IS NULL OR satisfaction BETWEEN 1 AND 5", name="satisfaction_range"
        ),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("document_templates.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    # The job that made it, once only; no foreign key, for jobs are cleared away sooner.
    job_id: Mapped[int | None] = mapped_column(Identity, unique=True)
    document_type: Mapped[DocumentType] = mapped_column(enum_column(DocumentType))
    is_campaign_report: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    variables: Mapped[dict[str, Any]]
    file_name: Mapped[str] = mapped_column(String(100))  # the server's own name, under documents/
    other_files: Mapped[dict[str, Any]] = mapped_column(default=dict)  # by ending: name, size, hash
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    lake_generation: Mapped[int]
    figures: Mapped[list[dict[str, Any]]]  # the ledger, by source: query, parameters, figures
    # What it takes beside the variables to make it again as of then; none for older ones.
    assignment: Mapped[dict[str, Any] | None]
    canonical_sha256: Mapped[str | None] = mapped_column(String(64))
    generation_time_seconds: Mapped[Decimal] = mapped_column(Numeric(10, 3))
    quality_score: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    quality_parts: Mapped[dict[str, Any]]
    satisfaction: Mapped[int | None]  # 1-5, given by its reader
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class DocumentDraft(Base):
    """What a person has typed into a template's form and not sent yet."""

    __tablename__ = "document_drafts"

    owner_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    slug: Mapped[str] = mapped_column(String(100), primary_key=True)
    values: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]


class HouseStyle(Base):
    """The house style as somebody set it; the newest counts."""

    __tablename__ = "house_styles"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    style: Mapped[dict[str, Any]]
    set_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    set_at: Mapped[datetime]
