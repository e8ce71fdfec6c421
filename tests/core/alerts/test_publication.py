"""A publication is followed by a look at campaigns, and what that finds by mails: end to end."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

import wiring
from core import clock
from core.accounts.access import Principal, Role
from core.alerts.models import Alert, AlertKind, Channel
from core.campaigns import service as campaigns
from core.campaigns.models import CampaignStatus, CampaignType
from core.campaigns.plan import CampaignPlan
from core.jobs import queue
from core.jobs.models import Job, JobKind, JobStatus
from core.jobs.worker import run_one
from core.settings import Settings
from tests.core.alerts.people import somebody, subscribe

HEAD = (
    "source_relation,date_day,platform,account_id,account_name,campaign_id,campaign_name,"
    "clicks,impressions,spend,conversions,conversions_value"
)


@pytest.fixture
def services(settings: Settings) -> Iterator[wiring.Services]:
    """An empty installation."""
    made = wiring.build(settings)
    wiring.prepare(made)
    yield made
    made.engine.dispose()


@pytest.fixture
def mia(services: wiring.Services) -> Principal:
    who = somebody(services.engine, "Mia", Role.MARKETER)
    subscribe(services.engine, who, Channel.MAIL)
    return who


def report(path: Path, last: date, days: int = 90) -> Path:
    """Ninety days of ten a day, whose last day cost a hundred."""
    lines = [HEAD]
    for ago in range(days):
        spend = 100 if ago == 0 else 10 + ago % 4 / 10
        lines.append(
            f"x,{last - timedelta(days=ago)},drill,a,A,1,Brand,5,100,{spend},2,{3 * spend}"
        )
    path.write_text("\n".join(lines) + "\n")
    return path


def bring(services: wiring.Services, path: Path) -> None:
    """Import a file by a job and do every job that follows."""
    payload = {"files": [{"name": path.name, "path": str(path)}], "language": "en"}
    with services.work() as session:
        queue.enqueue(session, JobKind.IMPORT_ADS, payload, created_by=None)
    handlers = wiring.job_handlers(services)
    while run_one(services.engine, handlers):
        continue


def plan(services: wiring.Services, who: Principal, last: date) -> None:
    with services.work() as session:
        made = campaigns.create_campaign(
            session,
            who,
            CampaignPlan(
                name="Brand",
                platform="drill",
                account_id="a",
                external_id="1",
                campaign_type=CampaignType.SEARCH,
                budget=Decimal(400),
                currency="USD",
                start_date=last - timedelta(days=29),
                end_date=last + timedelta(days=60),
            ),
        )
        campaigns.change_status(session, who, made.campaign_id, CampaignStatus.ACTIVE, made.version)


def test_an_import_is_followed_by_alerts_that_are_raised_and_mailed_once(
    services: wiring.Services, mia: Principal, tmp_path: Path
) -> None:
    last = clock.today() - timedelta(days=1)
    plan(services, mia, last)
    bring(services, report(tmp_path / "first.csv", last))
    with services.reading() as session:
        kinds = sorted(session.scalars(select(Alert.kind)))
        ended = set(session.execute(select(Job.kind, Job.status)).all())
    assert AlertKind.ANOMALY in kinds
    assert {(JobKind.WATCH_CAMPAIGNS, JobStatus.SUCCEEDED)} <= ended
    assert {JobStatus.SUCCEEDED} == {status for _, status in ended}
    mails = sorted(path.name for path in services.settings.outbox_dir.glob("*.eml"))
    assert len(kinds) == len(mails)

    bring(services, report(tmp_path / "again.csv", last))
    with services.reading() as session:
        assert len(kinds) == session.scalar(select(func.count(Alert.id)))
        looks = select(func.count(Job.id)).where(Job.kind == JobKind.WATCH_CAMPAIGNS)
        assert session.scalar(looks) >= 2
    assert mails == sorted(path.name for path in services.settings.outbox_dir.glob("*.eml"))


def test_old_data_raises_nothing(services: wiring.Services, mia: Principal, tmp_path: Path) -> None:
    bring(services, report(tmp_path / "old.csv", clock.today() - timedelta(days=300)))
    with services.reading() as session:
        assert 0 == session.scalar(select(func.count(Alert.id)))
