"""Records of alerts, of whom each is for, and of how each person wants to hear of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identity, enum_column


class AlertKind(StrEnum):
    """What an alert is about."""

    PACING = "pacing"
    GOAL = "goal"
    ANOMALY = "anomaly"
    TRACKING = "tracking"


class Channel(StrEnum):
    """How a person hears of alerts besides Home."""

    NONE = "none"
    MAIL = "mail"
    WEBHOOK = "webhook"


class NoticeState(StrEnum):
    """Whether an alert has still to be sent to a person."""

    SHOWN = "shown"  # on Home only
    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


class Alert(Base):
    """One thing worth knowing; ``key`` names the thing, so that it is raised once for ever.

    ``campaign_id`` is the warehouse's and has no foreign key: what was told stays told. It is 0,
    and the name blank, for what concerns all campaigns together.
    ``facts`` are plain values from which a sentence is made in any language.
    """

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[AlertKind] = mapped_column(enum_column(AlertKind))
    campaign_id: Mapped[int] = mapped_column(BigInteger)
    campaign_name: Mapped[str] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(String(3))
    facts: Mapped[dict[str, Any]]
    is_sample: Mapped[bool] = mapped_column(default=False)
    raised_at: Mapped[datetime]


class AlertNotice(Base):
    """One alert for one person, written in the transaction that raises the alert.

    ``token`` goes with every try to send it, by which a receiver knows a repetition.
    """

    __tablename__ = "alert_notices"
    __table_args__ = (
        Unique("alert_id", "user_id"),
        Index(None, "user_id", "dismissed_at"),
        Index(None, "state", "try_after"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_at_when_sent"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    token: Mapped[str] = mapped_column(String(36), unique=True)
    state: Mapped[NoticeState] = mapped_column(enum_column(NoticeState))
    attempts: Mapped[int] = mapped_column(default=0)
    try_after: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    dismissed_at: Mapped[datetime | None]


class AlertSubscription(Base):
    """How a person wants to hear of alerts; nobody without a row is sent anything."""

    __tablename__ = "alert_subscriptions"
    __table_args__ = (
        CheckConstraint(
            "channel <> 'webhook' OR webhook_url IS NOT NULL", name="webhook_has_address"
        ),
    )

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    webhook_url: Mapped[str | None] = mapped_column(String(2000))
    updated_at: Mapped[datetime]
