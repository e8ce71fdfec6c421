"""Values that the use cases of alerts take and give."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.alerts.models import AlertKind, Channel


@dataclass(frozen=True, slots=True)
class ToldAlert:
    """An alert as one person sees it; ``notice_id`` is what they dismiss."""

    notice_id: int
    kind: AlertKind
    campaign_id: int
    campaign_name: str
    currency: str
    facts: dict[str, Any]
    is_sample: bool
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """How a person wants to hear of alerts; ``webhook_url`` only with that channel."""

    channel: Channel
    webhook_url: str | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A notice that is being sent: to whom, by which way, and the alert it tells of."""

    notice_id: int
    token: str
    to_name: str
    to_email: str
    language: str | None
    subscription: Subscription
    alert: ToldAlert
