"""Alerts on both databases: raised once, for those who may see them, sent and dismissed once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from core import clock
from core.accounts.access import Principal, Role
from core.accounts.errors import MailNotSent
from core.accounts.mail import Mail, OutboxMailer
from core.alerts import sending, service
from core.alerts.errors import BadWebhook
from core.alerts.models import AlertKind, AlertNotice, Channel, NoticeState
from core.alerts.raising import raise_alerts
from core.alerts.schemas import Subscription
from core.alerts.sending import WAITS, Ways, send_waiting
from core.campaigns.alerts import Raised
from core.db import reading, unit_of_work
from core.errors import Forbidden
from core.jobs.models import Job, JobKind
from core.jobs.worker import run_one
from tests.core.alerts.people import (
    LOCAL,
    raised,
    receiving,
    somebody,
    subscribe,
)


class Deaf:
    """A mail server that is away."""

    def __init__(self) -> None:
        self.tries = 0

    def send(self, mail: Mail) -> None:
        self.tries += 1
        raise MailNotSent


@pytest.fixture
def mia(engine: Engine) -> Principal:
    return somebody(engine, "Mia", Role.MARKETER)


def put(engine: Engine, *alerts: Raised) -> int:
    with unit_of_work(engine) as session:
        return raise_alerts(session, alerts)


def shown(engine: Engine, who: Principal) -> list[str]:
    with reading(engine) as session:
        return [one.campaign_name for one in service.own_alerts(session, who)[0]]


def states(engine: Engine) -> list[NoticeState]:
    with reading(engine) as session:
        return list(session.scalars(select(AlertNotice.state).order_by(AlertNotice.id)))


def ways(folder: Path) -> Ways:
    return Ways(OutboxMailer(folder, "no-reply@example.org"), "https://t.example", LOCAL)


def do_jobs(engine: Engine) -> list[dict[str, int]]:
    """What the jobs that may start now gave, done as a worker does them."""
    done: list[dict[str, int]] = []

    def send(*_: object) -> dict[str, int]:
        done.append(send_waiting(engine, ways(Path("unused"))))
        return done[-1]

    while run_one(engine, {JobKind.SEND_ALERTS: send}):
        continue
    return done


def sending_jobs(engine: Engine) -> list[Job]:
    with reading(engine) as session:
        return list(session.scalars(select(Job).where(Job.kind == JobKind.SEND_ALERTS)))


def test_an_alert_is_raised_once_however_often_it_is_found(engine: Engine, mia: Principal) -> None:
    assert 1 == put(engine, raised(), raised())
    assert 0 == put(engine, raised(name="Renamed since"))
    assert ["Brand"] == shown(engine, mia)


def test_everybody_who_may_open_campaigns_and_nobody_else_gets_it(
    engine: Engine, mia: Principal
) -> None:
    admin = somebody(engine, "Ada", Role.ADMIN)
    somebody(engine, "Leo", Role.LEARNER)
    somebody(engine, "Gone", Role.MARKETER, is_active=False)
    somebody(engine, "Sample", Role.MARKETER, is_sample=True)
    put(engine, raised())
    with reading(engine) as session:
        holders = set(session.scalars(select(AlertNotice.user_id)))
    assert {mia.user_id, admin.user_id} == holders


def test_one_person_s_dismissal_is_their_own(engine: Engine, mia: Principal) -> None:
    admin = somebody(engine, "Ada", Role.ADMIN)
    put(engine, raised(), raised("goal:1", name="Generic"))
    with unit_of_work(engine) as session:
        alerts, count = service.own_alerts(session, mia)
        assert (["Generic", "Brand"], 2) == ([one.campaign_name for one in alerts], count)
        service.dismiss(session, admin, alerts[0].notice_id)  # not theirs
        service.dismiss(session, mia, alerts[1].notice_id)
    assert (["Generic"], ["Generic", "Brand"]) == (shown(engine, mia), shown(engine, admin))
    with unit_of_work(engine) as session:
        service.dismiss_all(session, admin)
    assert (["Generic"], []) == (shown(engine, mia), shown(engine, admin))
    assert 0 == put(engine, raised())


def test_more_than_are_shown_are_counted(engine: Engine, mia: Principal) -> None:
    put(engine, *(raised(f"goal:{n}") for n in range(7)))
    with reading(engine) as session:
        alerts, count = service.own_alerts(session, mia, limit=5)
    assert (5, 7) == (len(alerts), count)


def test_others_than_admins_and_marketers_are_refused(engine: Engine) -> None:
    staff = somebody(engine, "Sam", Role.STAFF)
    with reading(engine) as session:
        with pytest.raises(Forbidden):
            service.own_alerts(session, staff)
        with pytest.raises(Forbidden):
            service.subscribe(session, staff, Subscription(Channel.MAIL))


def test_nobody_is_sent_anything_unless_they_asked(
    engine: Engine, mia: Principal, tmp_path: Path
) -> None:
    put(engine, raised())
    assert [] == sending_jobs(engine)
    assert {"sent": 0, "failed": 0} == send_waiting(engine, ways(tmp_path))
    assert [NoticeState.SHOWN] == states(engine)


def test_a_mail_is_sent_once_in_the_reader_s_language(engine: Engine, tmp_path: Path) -> None:
    ana = somebody(engine, "Ana", Role.MARKETER, language="es")
    subscribe(engine, ana, Channel.MAIL)
    put(engine, raised(name="Brand\nBcc: all@example.org"))
    assert 1 == len(sending_jobs(engine))
    assert {"sent": 1, "failed": 0} == send_waiting(engine, ways(tmp_path))
    assert {"sent": 0, "failed": 0} == send_waiting(engine, ways(tmp_path))
    (mail,) = tmp_path.glob("*.eml")
    text = mail.read_text()
    assert "To: Ana <ana@example.org>" in text
    assert "\nBcc:" not in text
    assert "https://t.example/campaign?campaign=3D1" in text or "campaign=1" in text
    assert [NoticeState.SENT] == states(engine)


def test_a_mail_that_was_sent_but_not_marked_is_the_same_mail_again(
    engine: Engine, mia: Principal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(engine, mia, Channel.MAIL)
    put(engine, raised())

    class Killed(BaseException):
        """As if the process ended here."""

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_mark_sent", die)
        with pytest.raises(Killed):
            send_waiting(engine, ways(tmp_path))
    assert ([NoticeState.WAITING], 1) == (states(engine), len(list(tmp_path.glob("*.eml"))))
    with clock.moved(WAITS[0]):
        assert {"sent": 1, "failed": 0} == send_waiting(engine, ways(tmp_path))
    assert ([NoticeState.SENT], 1) == (states(engine), len(list(tmp_path.glob("*.eml"))))


def test_a_webhook_gets_a_cloud_event_with_its_token(engine: Engine, mia: Principal) -> None:
    with receiving() as receiver:
        subscribe(engine, mia, Channel.WEBHOOK, receiver.url)
        put(engine, raised())
        send_waiting(engine, ways(Path("unused")))
        send_waiting(engine, ways(Path("unused")))
    ((headers, body),) = receiver.got
    assert headers["Idempotency-Key"] == body["id"]
    assert ("1.0", "campaign.alert.anomaly") == (body["specversion"], body["type"])
    assert ("campaign/1", 900.0) == (body["subject"], body["data"]["value"])
    assert "Spend was $900.00 on Nov 22, 2026" in body["text"]


@pytest.mark.parametrize("refusal", [500, 404, 302])
def test_a_refused_webhook_is_tried_again_with_the_same_token(
    engine: Engine, mia: Principal, refusal: int
) -> None:
    with receiving() as receiver:
        receiver.answers = [refusal, 200]
        subscribe(engine, mia, Channel.WEBHOOK, receiver.url)
        put(engine, raised())
        assert [{"sent": 0, "failed": 1}] == do_jobs(engine)
        assert [] == do_jobs(engine)  # too early for the next try
        with clock.moved(WAITS[0]):
            assert [{"sent": 1, "failed": 0}] == do_jobs(engine)
    first, second = (headers["Idempotency-Key"] for headers, _ in receiver.got)
    assert first == second


def test_what_is_refused_for_ever_is_given_up_and_stays_on_home(
    engine: Engine, mia: Principal
) -> None:
    subscribe(engine, mia, Channel.MAIL)
    put(engine, raised())
    deaf = Deaf()
    for _ in range(len(WAITS) + 3):
        with clock.moved(timedelta(days=deaf.tries + 1)):
            send_waiting(engine, Ways(deaf, "https://t.example"))
    assert (len(WAITS) + 1, [NoticeState.GIVEN_UP]) == (deaf.tries, states(engine))
    assert ["Brand"] == shown(engine, mia)


def test_one_who_cannot_be_reached_holds_up_nobody(
    engine: Engine, mia: Principal, tmp_path: Path
) -> None:
    admin = somebody(engine, "Ada", Role.ADMIN)
    with receiving() as receiver:
        receiver.answers = [500]
        subscribe(engine, mia, Channel.WEBHOOK, receiver.url)
        subscribe(engine, admin, Channel.MAIL)
        put(engine, raised())
        assert {"sent": 1, "failed": 1} == send_waiting(engine, ways(tmp_path))


def test_a_subscription_that_was_ended_ends_what_waits(
    engine: Engine, mia: Principal, tmp_path: Path
) -> None:
    subscribe(engine, mia, Channel.MAIL)
    put(engine, raised())
    subscribe(engine, mia, Channel.NONE)
    assert {"sent": 0, "failed": 0} == send_waiting(engine, ways(tmp_path))
    assert [NoticeState.SHOWN] == states(engine)


def test_a_subscription_reads_back_and_forgets_the_address_with_its_channel(
    engine: Engine, mia: Principal
) -> None:
    with reading(engine) as session:
        assert Subscription(Channel.NONE) == service.subscription(session, mia)
    subscribe(engine, mia, Channel.WEBHOOK, "http://127.0.0.1:9/x")
    with reading(engine) as session:
        kept = service.subscription(session, mia)
    assert Subscription(Channel.WEBHOOK, "http://127.0.0.1:9/x") == kept
    subscribe(engine, mia, Channel.MAIL, "http://127.0.0.1:9/x")
    with reading(engine) as session:
        assert Subscription(Channel.MAIL) == service.subscription(session, mia)


def test_an_address_inside_is_refused_where_it_is_not_allowed() -> None:
    with pytest.raises(BadWebhook):
        service.sound(Subscription(Channel.WEBHOOK, "https://127.0.0.1/x"))


def test_a_fault_that_nobody_named_puts_off_one_notice_and_holds_up_no_other(
    engine: Engine, mia: Principal, tmp_path: Path
) -> None:
    ada = somebody(engine, "Ada", Role.ADMIN)
    for who in (mia, ada):
        subscribe(engine, who, Channel.MAIL)
    put(engine, raised())
    outbox = OutboxMailer(tmp_path, "no-reply@example.org")

    class Broken:
        """Breaks at one person's address."""

        def send(self, mail: Mail) -> None:
            if mail.to_name == "Mia":
                raise ValueError("an address nobody can write to")
            outbox.send(mail)

    broken = Ways(Broken(), "https://t.example")
    with pytest.raises(ValueError, match="nobody"):
        send_waiting(engine, broken)
    assert {"sent": 1, "failed": 0} == send_waiting(engine, broken)
    assert [NoticeState.WAITING, NoticeState.SENT] == states(engine)
    for days in range(1, len(WAITS) + 1):
        with clock.moved(timedelta(days=days)), pytest.raises(ValueError, match="nobody"):
            send_waiting(engine, broken)
    with clock.moved(timedelta(days=30)):
        assert {"sent": 0, "failed": 0} == send_waiting(engine, broken)
    assert [NoticeState.GIVEN_UP, NoticeState.SENT] == states(engine)


def test_two_workers_that_find_the_same_raise_it_once(engine: Engine, mia: Principal) -> None:
    start = threading.Barrier(4, timeout=20)

    def look(_: int) -> int:
        start.wait()
        return put(engine, *(raised(f"goal:{n}") for n in range(20)))

    with ThreadPoolExecutor(4) as pool:
        assert 20 == sum(pool.map(look, range(4)))
    with reading(engine) as session:
        assert 20 == session.scalar(select(func.count(AlertNotice.id)))


def test_every_kind_of_alert_has_a_title() -> None:
    assert set(AlertKind) == set(sending.TITLES)
