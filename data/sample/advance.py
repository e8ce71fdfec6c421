"""Plays the sample world on by some days; later days respond to what was accepted."""

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.audit import trail
from core.campaigns.optimizer.suggestion import Kind
from core.db import reading, unit_of_work
from core.errors import Conflict, Invalid
from core.i18n import mark
from core.track_record import repository
from core.track_record.schemas import Accepted
from core.track_record.service import told
from data.lake import Lake
from data.marts.track_record import TrackMart
from data.pipeline.ads import import_ads
from data.sample.ahead import Budget, Decided, WeekPlan, play_on
from data.sample.load import LOADED, SUBJECT, loaded_world
from data.sample.mixes import Mix
from data.sample.plans import PLANS
from data.sample.report import (
    external_id,
    write_ads_report,
    write_business_ahead,
    write_details_ahead,
)
from data.sample.world import make_world
from data.warehouse.reader import Warehouse

Progress = Callable[[float, str], None]

MOST_DAYS = 180  # beyond the loaded world's last day
ADVANCED = "sample.advanced"
_MIXED = (Kind.CREATIVE, Kind.AUDIENCE)
_DAYS_SUBJECT = "sample-world-days"


class NoSampleWorld(Conflict):
    """There is no sample world that could go on."""

    code = "no_sample_world"
    message = mark("The sample world is not loaded. Load it first.")


class TooFarAhead(Invalid):
    """The sample world cannot be played on so far."""

    code = "too_far_ahead"
    message = mark("The sample world can be played on by {most} days in all; {left} are left.")


def advance_sample(
    engine: Engine, lake: Lake, days: int, *, quarantine_dir: Path, progress: Progress
) -> dict[str, str | int]:
    """Play the next ``days`` days, import them and publish; gives the new last day.

    From the day after it was accepted, a budget plan decides what is spent, another which
    creatives and audiences it goes to, and the truth responds. The records decide where the
    world stands: an import that was interrupted is done again, with the same days. Raises
    NoSampleWorld and TooFarAhead.
    """
    progress(0.0, mark("Playing the sample world on"))
    with reading(engine) as session:
        seed, loaded, now, accepted = _stand(session)
    ahead = (now - loaded).days + days
    if days < 1 or ahead > MOST_DAYS:
        raise TooFarAhead(field="days", most=MOST_DAYS, left=MOST_DAYS - (now - loaded).days)
    until = loaded + timedelta(days=ahead)
    world = make_world(seed, loaded)
    plans = decided(lake, accepted)
    played = play_on(seed, loaded, world.campaigns, ahead, plans)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "sample-ads-ahead.csv"
        rows = write_ads_report(report, played, until)
        business = write_business_ahead(Path(folder), seed, loaded, world.campaigns, played, until)
        details = write_details_ahead(
            Path(folder), seed, loaded, world.campaigns, played, until, plans.mixes
        )
        import_ads(
            lake,
            [report, business, *details],
            quarantine_dir=quarantine_dir,
            progress=lambda share, step: progress(0.2 + 0.7 * share, step),
            is_sample=True,
            now=datetime.combine(until + timedelta(days=1), time(6), tzinfo=UTC),
        )
    with unit_of_work(engine) as session:
        trail.record(session, None, ADVANCED, _DAYS_SUBJECT, until=until.isoformat(), days=days)
    return {"until": until.isoformat(), "ad_rows": rows, "generation": lake.generation()}


def last_day(session: Session) -> date | None:
    """The sample world's last day; None where there is no world."""
    return None if loaded_world(session) is None else _stand(session)[2]


def _stand(session: Session) -> tuple[int, date, date, list[Accepted]]:
    """The world's seed, the day it was loaded to, its last day now, and what was accepted."""
    world = loaded_world(session)
    if world is None:
        raise NoSampleWorld
    seed, loaded = world
    since = max(one.id for one in trail.about(session, SUBJECT) if one.action == LOADED)
    later = [one for one in trail.about(session, _DAYS_SUBJECT) if one.id > since]
    now = date.fromisoformat(later[-1].details["until"]) if later else loaded
    rows = repository.at_work(session, date.min, date.max)
    return seed, loaded, now, [told(row) for row in rows if row.is_sample]


def decided(lake: Lake, accepted: list[Accepted]) -> Decided:
    """What accepted plans mean for the world's campaigns, the later ones last."""
    ids = {c.subject_id for one in accepted if one.kind is Kind.BUDGET for c in one.plan}
    ids |= {i for one in accepted for i in one.campaign_ids or ()}
    numbers = _numbers(lake, {one for one in ids if one is not None})
    budgets = [
        Budget(numbers[change.subject_id], one.first_day, change.then / one.horizon_days)
        for one in accepted
        if one.kind is Kind.BUDGET
        for change in one.plan
        if change.subject_id in numbers
    ]
    weeks = [_week(one, numbers) for one in accepted if one.kind is Kind.TIMING]
    mixes = [mix for one in accepted if one.kind in _MIXED for mix in _mixes(one, numbers)]
    return Decided(budgets, weeks, mixes)


def _mixes(one: Accepted, numbers: dict[int, int]) -> list[Mix]:
    """The shares that a plan gives to the creatives or audiences of each of its campaigns."""
    shares: dict[int, dict[str, float]] = {}
    for change in one.plan:
        number = numbers.get(change.group_id or 0)
        if number is not None:
            shares.setdefault(number, {})[change.subject] = change.then
    return [Mix(one.kind, number, one.first_day, told) for number, told in shares.items()]


def _week(one: Accepted, numbers: dict[int, int]) -> WeekPlan:
    about = one.campaign_ids
    chosen = range(len(PLANS)) if about is None else [numbers[i] for i in about if i in numbers]
    factors = tuple(c.then / c.now if c.now > 0 else 1.0 for c in one.plan)
    return WeekPlan(frozenset(chosen), one.first_day, factors)


def _numbers(lake: Lake, campaign_ids: set[int]) -> dict[int, int]:
    """The world's number of each of the warehouse's campaigns."""
    warehouse = Warehouse(lake.folder)
    mart = TrackMart(warehouse.at(warehouse.generation()))
    known = {external_id(number): number for number in range(len(PLANS))}
    return {
        one.campaign_id: known[one.external_id]
        for one in mart.campaigns(campaign_ids)
        if one.is_sample and one.external_id in known
    }
