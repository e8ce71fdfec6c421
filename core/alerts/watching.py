"""The worker's look at every campaign after a publication: what it finds becomes alerts."""

from datetime import date

from sqlalchemy import Engine

from core.alerts.raising import raise_alerts
from core.campaigns import account_goals, service
from core.campaigns.alerts import (
    Raised,
    account_goal_alerts,
    anomaly_alerts,
    goal_alerts,
    pacing_alerts,
    tracking_alerts,
)
from core.campaigns.plan import CampaignRecord
from core.campaigns.watch_ports import WatchFigures
from core.campaigns.watching import anomalies, running, watched
from core.db import reading, unit_of_work


def watch_campaigns(engine: Engine, figures: WatchFigures, today: date) -> dict[str, int]:
    """Look at a generation and raise what is new; looking again raises nothing."""
    with reading(engine) as session:
        records = running(service.every_campaign(session))
        goals = account_goals.every_goal(session)
    found = findings(figures, records, today)
    found += account_goal_alerts(account_goals.standings(figures, goals), today)
    with unit_of_work(engine) as session:
        new = raise_alerts(session, found)
    return {"found": len(found), "raised": new}


def findings(
    figures: WatchFigures, records: tuple[CampaignRecord, ...], today: date
) -> list[Raised]:
    """Everything worth an alert now: pacing and goals, then each currency's days and tracking."""
    campaigns = watched(figures, records)
    found = pacing_alerts(campaigns, today) + goal_alerts(campaigns, today)
    for currency in figures.currencies():
        odd = anomalies(figures, currency)
        found += anomaly_alerts(odd, currency, today) if odd else []
        found += tracking_alerts(figures.tracking(currency), currency, today)
    return found
