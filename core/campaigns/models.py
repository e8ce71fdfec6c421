"""Records of campaigns as the team plans them; their performance lives in the warehouse."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Identity, enum_column


class CampaignType(StrEnum):
    """The five kinds of campaign."""

    SEARCH = "search"
    DISPLAY = "display"
    SOCIAL = "social"
    EMAIL = "email"
    VIDEO = "video"


class CampaignStatus(StrEnum):
    """Where a campaign is in its life; see :mod:`core.campaigns.status` for the legal moves."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class GoalKpi(StrEnum):
    """The KPIs a campaign may have a goal for; keys of :mod:`core.campaigns.kpis`."""

    ROAS = "roas"
    CPA = "cpa"
    REVENUE = "revenue"
    CONVERSIONS = "conversions"
    CVR = "cvr"
    CLICKS = "clicks"
    CTR = "ctr"


class Campaign(Base):
    """A campaign with its budget and dates.

    ``platform``, ``account_id`` and ``external_id`` are the keys under which the ad
    platform reports it; together they are the warehouse's natural key.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        UniqueConstraint("platform", "account_id", "external_id"),
        CheckConstraint("budget > 0", name="budget_positive"),
        CheckConstraint("end_date IS NULL OR end_date >= start_date", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    platform: Mapped[str] = mapped_column(String(50))
    account_id: Mapped[str] = mapped_column(String(100))
    external_id: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    campaign_type: Mapped[CampaignType] = mapped_column(enum_column(CampaignType))
    status: Mapped[CampaignStatus] = mapped_column(
        enum_column(CampaignStatus), default=CampaignStatus.DRAFT
    )
    industry: Mapped[str | None] = mapped_column(String(100))
    budget: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    currency: Mapped[str] = mapped_column(String(3))  # ISO 4217
    start_date: Mapped[date]
    end_date: Mapped[date | None]
    is_sample: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    creatives: Mapped[list["Creative"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    audiences: Mapped[list["Audience"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    goals: Mapped[list["CampaignGoal"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy


class Creative(Base):
    """One advertisement of a campaign."""

    __tablename__ = "creatives"
    __table_args__ = (UniqueConstraint("campaign_id", "name"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(50))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Audience(Base):
    """One group of people that a campaign addresses."""

    __tablename__ = "audiences"
    __table_args__ = (UniqueConstraint("campaign_id", "name"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    criteria: Mapped[dict[str, Any]] = mapped_column(default=dict)


class CampaignGoal(Base):
    """What a campaign shall reach in one KPI over its whole run.

    ``target`` is an amount in the campaign's currency (CPA, revenue), a share of one (CVR,
    CTR), a multiple (ROAS) or a count. CPA shall stay at or below it, all others reach it.
    """

    __tablename__ = "campaign_goals"
    __table_args__ = (
        UniqueConstraint("campaign_id", "kpi"),
        CheckConstraint("target > 0", name="target_positive"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    kpi: Mapped[GoalKpi] = mapped_column(enum_column(GoalKpi))
    target: Mapped[Decimal] = mapped_column(Numeric(18, 4))


class AccountGoal(Base):
    """What all campaigns of a currency shall reach together in one KPI, in each calendar month."""

    __tablename__ = "account_goals"
    __table_args__ = (
        UniqueConstraint("currency", "kpi"),
        CheckConstraint("target > 0", name="target_positive"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    currency: Mapped[str] = mapped_column(String(3))
    kpi: Mapped[GoalKpi] = mapped_column(enum_column(GoalKpi))
    target: Mapped[Decimal] = mapped_column(Numeric(18, 4))


class CampaignChange(Base):
    """One change of a campaign: by whom, when, and each field with what it was before.

    ``version`` is the campaign's after the change. ``fields`` holds ``{"field", "before",
    "after"}`` with plain texts; it is empty for the campaign's creation.
    """

    __tablename__ = "campaign_changes"
    __table_args__ = (UniqueConstraint("campaign_id", "version"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    version: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    fields: Mapped[list[dict[str, Any]]]
