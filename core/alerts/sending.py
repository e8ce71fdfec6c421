"""Sending what waits: each notice is taken, sent, and marked, with its time for a next try.

A notice is taken before it is sent and marked after, each in a transaction of its own. Whoever
is killed in between leaves it waiting, and the next try carries the same token: a receiver that
keeps tokens, a mail server that knows the Message-ID, or the outbox folder, have it once.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core import clock, i18n
from core.accounts.mail import Mail
from core.accounts.ports import Mailer
from core.alerts import raising, repository, webhook
from core.alerts.models import AlertNotice, Channel, NoticeState
from core.alerts.schemas import Outgoing, Subscription
from core.alerts.service import told
from core.alerts.webhook import Network
from core.campaigns.alert_sentences import TITLES, sentence, subject
from core.db import unit_of_work
from core.errors import AppError
from core.i18n import Language
from core.settings import PRODUCT_NAME

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Ways:
    """By what messages leave: a mailer, and webhooks into the internet and these networks."""

    mailer: Mailer
    base_url: str
    networks: Sequence[Network] = ()


def send_waiting(engine: Engine, ways: Ways) -> dict[str, int]:
    """Send every notice that may be tried now, and queue a job for those to be tried later.

    That job is queued also where this one ends by a fault nobody named: the notice it met is
    put off, and the others do not wait for it.
    """
    sent = failed = 0
    try:
        while True:
            with unit_of_work(engine) as session:
                outgoing = take(session)
            if outgoing is None:
                return {"sent": sent, "failed": failed}
            try:
                deliver(outgoing, ways)
            except AppError as error:
                _log.warning("alert_not_sent", notice_id=outgoing.notice_id, code=error.code)
                failed += 1
            else:
                _mark_sent(engine, outgoing)
                sent += 1
    finally:
        with unit_of_work(engine) as session:
            raising.ask_for_sending(session)


def take(session: Session) -> Outgoing | None:
    """The next notice to send, its next try put off.

    Those that nobody wants any more are let go, and those tried often enough are given up.
    """
    now = clock.now()
    while (found := repository.next_due(session, now)) is not None:
        notice, alert, user = found
        row = repository.subscription_of(session, user.id)
        is_wanted = row is not None and row.channel is not Channel.NONE
        if row is None or user.email is None or not is_wanted or notice.attempts > len(WAITS):
            notice.state = NoticeState.GIVEN_UP if is_wanted else NoticeState.SHOWN
            notice.try_after = None
            session.flush()
            continue
        notice.attempts += 1
        notice.try_after = now + WAITS[min(notice.attempts, len(WAITS)) - 1]
        return Outgoing(
            notice_id=notice.id,
            token=notice.token,
            to_name=user.name,
            to_email=user.email,
            language=user.language,
            subscription=Subscription(row.channel, row.webhook_url),
            alert=told(notice, alert),
        )
    return None


def deliver(outgoing: Outgoing, ways: Ways) -> None:
    """Hand one notice on. Raises MailNotSent, WebhookNotSent or BadWebhook."""
    t = i18n.language(outgoing.language or i18n.DEFAULT)
    if outgoing.subscription.channel is Channel.MAIL:
        ways.mailer.send(mail(outgoing, ways.base_url, t))
        return
    url = outgoing.subscription.webhook_url or ""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": PRODUCT_NAME,
        "Idempotency-Key": outgoing.token,
    }
    webhook.post(url, envelope(outgoing, ways.base_url, t), headers, ways.networks)


def mail(outgoing: Outgoing, base_url: str, t: Language) -> Mail:
    """The mail that tells of an alert."""
    alert = outgoing.alert
    body = [
        t("Hello {name},", name=outgoing.to_name),
        sentence(alert.kind, alert.facts, alert.currency, t),
        _link(outgoing, base_url),
        t("You get this because you asked for alerts by mail. Change that on your profile: {link}",
          link=f"{base_url.rstrip('/')}/profile"),
    ]  # fmt: skip
    return Mail(
        outgoing.to_name,
        outgoing.to_email,
        _title(outgoing, t),
        "\n\n".join(body) + "\n",
        token=outgoing.token,
    )


def envelope(outgoing: Outgoing, base_url: str, t: Language) -> bytes:
    """A CloudEvents 1.0 message; chat systems read the ``text`` beside it."""
    alert = outgoing.alert
    words = sentence(alert.kind, alert.facts, alert.currency, t)
    message = {
        "specversion": "1.0",
        "id": outgoing.token,
        "source": base_url,
        "type": f"campaign.alert.{alert.kind.value}",
        "subject": f"campaign/{alert.campaign_id}" if alert.campaign_id else "campaigns",
        "time": alert.raised_at.isoformat(),
        "datacontenttype": "application/json",
        "data": {
            "campaign": subject(alert.campaign_name, alert.currency, t),
            "currency": alert.currency,
            "is_sample": alert.is_sample,
            "link": _link(outgoing, base_url),
            **alert.facts,
        },
        "text": f"{_title(outgoing, t)}\n{words}\n{_link(outgoing, base_url)}",
    }
    return json.dumps(message, ensure_ascii=False).encode()


def _title(outgoing: Outgoing, t: Language) -> str:
    """Kind and campaign on one line, whatever a platform lets people put into a name."""
    alert = outgoing.alert
    name = " ".join(subject(alert.campaign_name, alert.currency, t).split())
    return f"{t(TITLES[outgoing.alert.kind])}: {name}"


def _link(outgoing: Outgoing, base_url: str) -> str:
    base, campaign_id = base_url.rstrip("/"), outgoing.alert.campaign_id
    return f"{base}/campaign?campaign={campaign_id}" if campaign_id else f"{base}/campaigns"


def _mark_sent(engine: Engine, outgoing: Outgoing) -> None:
    with unit_of_work(engine) as session:
        notice = session.get_one(AlertNotice, outgoing.notice_id)
        notice.state, notice.try_after, notice.sent_at = NoticeState.SENT, None, clock.now()
