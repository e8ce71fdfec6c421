"""What a person does with alerts: read and dismiss their own, and say how to hear of them."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.alerts import repository, webhook
from core.alerts.models import Alert, AlertNotice, AlertSubscription, Channel
from core.alerts.schemas import Subscription, ToldAlert
from core.alerts.webhook import Network

SHOWN = 5


def own_alerts(
    session: Session, principal: Principal, limit: int = SHOWN
) -> tuple[list[ToldAlert], int]:
    """The person's newest alerts that they have not dismissed, and how many there are in all."""
    principal.require(Area.CAMPAIGNS)
    found = [
        told(notice, alert) for notice, alert in repository.own_open(session, principal, limit)
    ]
    if len(found) < limit:
        return found, len(found)
    return found, repository.count_own_open(session, principal)


def dismiss(session: Session, principal: Principal, notice_id: int) -> None:
    """Take an alert off the person's Home; another person's stays untouched."""
    principal.require(Area.CAMPAIGNS)
    repository.dismiss(session, principal, clock.now(), notice_id)


def dismiss_all(session: Session, principal: Principal) -> None:
    """Take every alert off the person's Home."""
    principal.require(Area.CAMPAIGNS)
    repository.dismiss(session, principal, clock.now(), None)


def subscription(session: Session, principal: Principal) -> Subscription:
    """How the person wants to hear of alerts: not at all, until they say otherwise."""
    principal.require(Area.CAMPAIGNS)
    row = repository.own_subscription(session, principal)
    return Subscription(row.channel, row.webhook_url) if row else Subscription(Channel.NONE)


def sound(wanted: Subscription, allowed: Sequence[Network] = ()) -> Subscription:
    """A subscription that can be kept. Raises BadWebhook.

    Outside any transaction, because it asks where a webhook's name leads. Each sending asks
    again: what a name leads to may change.
    """
    if wanted.channel is not Channel.WEBHOOK:
        return Subscription(wanted.channel)
    url = (wanted.webhook_url or "").strip()
    webhook.checked(url, allowed)
    return Subscription(wanted.channel, url)


def subscribe(session: Session, principal: Principal, wanted: Subscription) -> None:
    """Keep how the person wants to hear of alerts; ``wanted`` is :func:`sound`."""
    principal.require(Area.CAMPAIGNS)
    row = repository.own_subscription(session, principal)
    if row is None:
        row = AlertSubscription(user_id=principal.user_id)
        session.add(row)
    row.channel, row.webhook_url = wanted.channel, wanted.webhook_url
    row.updated_at = clock.now()


def told(notice: AlertNotice, alert: Alert) -> ToldAlert:
    """An alert as the person of this notice sees it."""
    return ToldAlert(
        notice_id=notice.id,
        kind=alert.kind,
        campaign_id=alert.campaign_id,
        campaign_name=alert.campaign_name,
        currency=alert.currency,
        facts=alert.facts,
        is_sample=alert.is_sample,
        raised_at=alert.raised_at,
    )
