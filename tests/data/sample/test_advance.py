"""The sample world goes on: days respond to what was accepted, and the verdict is sensible."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine

from core.accounts.access import Principal, Role
from core.campaigns.optimizer.suggestion import Kind, Measure
from core.campaigns.periods import Span
from core.db import reading, unit_of_work
from core.track_record import service
from core.track_record.closing import judge_due
from core.track_record.models import AcceptedStatus
from core.track_record.schemas import Accepted, Change, Gain, Proposal
from data.lake import Lake
from data.marts.track_record import TrackMart
from data.sample.advance import NoSampleWorld, TooFarAhead, advance_sample, last_day
from data.sample.ahead import Budget, Decided, play_on
from data.sample.business import incremental
from data.sample.load import loaded_world
from data.sample.mixes import parts_of
from data.sample.world import make_world
from data.warehouse.reader import Warehouse
from tests.core.alerts.people import somebody

DAYS = 28


def advance(engine: Engine, lake: Lake, days: int, tmp_path: Path) -> dict[str, str | int]:
    return advance_sample(
        engine, lake, days, quarantine_dir=tmp_path / "q", progress=lambda *_: None
    )


def mart(lake: Lake) -> TrackMart:
    warehouse = Warehouse(lake.folder)
    return TrackMart(warehouse.at(warehouse.generation()))


def proposed(lake: Lake, engine: Engine, predicted: Gain, factor: float) -> Proposal:
    """All running campaigns, by turns with more and less of what they spent lately."""
    with reading(engine) as session:
        world = loaded_world(session)
    assert world is not None
    until = world[1]
    span = Span(until - timedelta(days=DAYS - 1), until)
    series = mart(lake).series("USD", span, None)
    spent = dict(zip(series.campaign_ids, series.spend.sum(axis=0), strict=True))
    running = [i for at, i in enumerate(series.campaign_ids) if series.spend[-7:, at].sum() > 0]
    keys = mart(lake).campaigns(running)
    number_of = {k.campaign_id: str(int(k.external_id[-2:]) - 1) for k in keys if k.external_id}
    return Proposal(
        kind=Kind.BUDGET,
        scope="",
        currency="USD",
        horizon_days=DAYS,
        predicted=predicted,
        plan=tuple(
            Change(i, number_of[i], float(spent[i]), float(spent[i] * factor), Measure.MONEY)
            for i in running
        ),
        generation=lake.generation(),
        seed=1,
        data_day=until,
        campaign_ids=tuple(running),
        is_sample=True,
    )


@pytest.fixture
def world_of_mia(world: tuple[Engine, Lake]) -> tuple[Engine, Lake, Principal]:
    engine, lake = world
    return engine, lake, somebody(engine, "Mia", Role.MARKETER)


def judged(
    engine: Engine, lake: Lake, mia: Principal, proposal: Proposal, tmp_path: Path
) -> Accepted:
    with unit_of_work(engine) as session:
        service.accept(session, mia, proposal)
    # The plan begins on the day after tomorrow's data at the latest.
    for days in (DAYS, 3):
        advance(engine, lake, days, tmp_path)
        judge_due(engine, mart(lake))
    with reading(engine) as session:
        (record,) = service.track_record(session, mia)
    return record


def numbers(record: Accepted) -> list[int]:
    """The world's numbers of a plan's campaigns; a plan of the tests names them so."""
    return [int(change.subject) for change in record.plan]


def truth(engine: Engine, record: Accepted) -> float:
    """What the plan is expected to bring in the simulator, against spend as it was."""
    with reading(engine) as session:
        stands = loaded_world(session)
    assert stands is not None
    seed, until = stands
    days = (record.last_day - until).days
    played = make_world(seed, until).campaigns
    earned = []
    for amounts in ([c.now for c in record.plan], [c.then for c in record.plan]):
        daily = zip(numbers(record), amounts, strict=True)
        plan = Decided([Budget(n, record.first_day, amount / DAYS) for n, amount in daily])
        total = sum(
            incremental(one, one.spend)[-record.horizon_days :].sum()
            for one in play_on(seed, until, played, days, plan)
        )
        earned.append(float(total))
    return earned[1] / earned[0] - 1


def test_a_plan_that_spends_more_is_judged_to_have_brought_more(
    world_of_mia: tuple[Engine, Lake, Principal], tmp_path: Path
) -> None:
    engine, lake, mia = world_of_mia
    right = Gain(0.15, 0.05, 0.25, 0.99)
    record = judged(engine, lake, mia, proposed(lake, engine, right, 1.4), tmp_path)
    assert AcceptedStatus.JUDGED is record.status
    assert record.realised is not None
    assert record.judgement is not None
    assert record.realised.p05 <= truth(engine, record) <= record.realised.p95
    assert record.judgement.reached is not None
    assert record.judgement.reached > 0.8
    assert 0.05 < (record.judgement.place or 0) < 0.95


def test_a_claim_that_is_far_too_high_is_shown_to_be_wrong(
    world_of_mia: tuple[Engine, Lake, Principal], tmp_path: Path
) -> None:
    engine, lake, mia = world_of_mia
    boast = Gain(0.9, 0.8, 1.0, 1.0)
    record = judged(engine, lake, mia, proposed(lake, engine, boast, 0.6), tmp_path)
    assert record.realised is not None
    assert record.judgement is not None
    assert record.realised.p95 < boast.p05
    assert (record.judgement.place or 0) < 0.01


def test_two_fortnights_are_the_same_as_four_weeks(world: tuple[Engine, Lake]) -> None:
    engine, _ = world
    with reading(engine) as session:
        stands = loaded_world(session)
    assert stands is not None
    seed, until = stands
    played = make_world(seed, until).campaigns
    plan = Decided([Budget(0, until + timedelta(days=5), 100.0)])
    short, long = (play_on(seed, until, played, days, plan) for days in (14, 28))
    for one, other in zip(short, long, strict=True):
        assert np.array_equal(one.spend[-14:], other.spend[-28:-14])
        assert np.array_equal(one.revenue[-14:], other.revenue[-28:-14])
    assert np.allclose(long[0].spend[-21:].mean(), 100.0, rtol=0.1)


def test_days_are_added_and_the_old_ones_stay(
    world_of_mia: tuple[Engine, Lake, Principal], tmp_path: Path
) -> None:
    engine, lake, _ = world_of_mia
    with reading(engine) as session:
        before = last_day(session)
    assert before is not None
    span = Span(before - timedelta(days=60), before)
    old = mart(lake).series("USD", span, None)
    advance(engine, lake, 3, tmp_path)
    advance(engine, lake, 4, tmp_path)
    with reading(engine) as session:
        assert before + timedelta(days=7) == last_day(session)
    new = mart(lake)
    assert np.array_equal(old.spend, new.series("USD", span, None).spend)
    assert before + timedelta(days=7) == new.last_day("USD", None)
    business = new.business("USD", Span(before, before + timedelta(days=7)))
    assert business is not None
    assert np.isfinite(business.revenue).all()


def test_it_goes_on_half_a_year_at_most(
    world_of_mia: tuple[Engine, Lake, Principal], tmp_path: Path
) -> None:
    engine, lake, _ = world_of_mia
    with pytest.raises(TooFarAhead):
        advance(engine, lake, 181, tmp_path)


def test_without_a_sample_world_there_is_nothing_to_play_on(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    with pytest.raises(NoSampleWorld):
        advance(sqlite_engine, Lake(tmp_path / "lake"), 1, tmp_path)


def test_what_parts_were_given_adds_up_to_their_campaigns_spend(
    world: tuple[Engine, Lake],
) -> None:
    figures = mart(world[1])
    until = figures.last_day("USD", None)
    assert until is not None
    span = Span(until - timedelta(days=27), until)
    series = figures.series("USD", span, None)
    given: dict[int, float] = {}
    for (campaign, _), value in figures.parts(Kind.AUDIENCE, "USD", span).items():
        given[campaign] = given.get(campaign, 0.0) + value
    for at, campaign in enumerate(series.campaign_ids):
        assert given.get(campaign, 0.0) == pytest.approx(series.spend[:, at].sum(), abs=0.01)
    assert figures.parts(Kind.CREATIVE, "USD", span)


def mixed(lake: Lake, engine: Engine, kind: Kind, predicted: Gain) -> Proposal:
    """Nine tenths for what is truly best of each running campaign's parts."""
    with reading(engine) as session:
        stands = loaded_world(session)
    assert stands is not None
    seed, until = stands
    figures = mart(lake)
    given = figures.parts(kind, "USD", Span(until - timedelta(days=DAYS - 1), until))
    played, plan = make_world(seed, until).campaigns, []
    for key in figures.campaigns({campaign for campaign, _ in given}):
        number = int((key.external_id or "")[-2:]) - 1
        (parts,) = (one for one in parts_of(seed, number, played[number]) if one.kind is kind)
        count, ids = len(parts.names), part_ids(lake, kind, key.campaign_id)
        if count < 2 or not played[number].spend[-7:].sum() > 0:
            continue
        best = int(np.argmax(parts.traits.clicked * parts.traits.converted))
        plan += [
            Change(ids[name], name, float(now), 0.9 if n == best else 0.1 / (count - 1),
                   Measure.SHARE, key.campaign_id, key.name)
            for n, (name, now) in enumerate(zip(parts.names, parts.traits.shares, strict=True))
        ]  # fmt: skip
    return Proposal(
        kind=kind,
        scope="",
        currency="USD",
        horizon_days=DAYS,
        predicted=predicted,
        plan=tuple(plan),
        generation=lake.generation(),
        seed=1,
        data_day=until,
        campaign_ids=tuple(sorted({one.group_id for one in plan if one.group_id})),
        is_sample=True,
    )


def part_ids(lake: Lake, kind: Kind, campaign_id: int) -> dict[str, int]:
    rows = Warehouse(lake.folder).rows(
        f"""SELECT DISTINCT d.name, {kind.value}_id FROM dim_{kind.value} AS d
            INNER JOIN fact_{kind.value}_performance AS f USING ({kind.value}_id)
            WHERE f.campaign_id = ?""",
        [campaign_id],
    )
    return dict(rows)


def test_a_better_mix_of_creatives_is_carried_out_and_judged_to_have_brought_more(
    world_of_mia: tuple[Engine, Lake, Principal], tmp_path: Path
) -> None:
    engine, lake, mia = world_of_mia
    right = Gain(0.2, 0.05, 0.35, 0.99)
    proposal = mixed(lake, engine, Kind.CREATIVE, right)
    record = judged(engine, lake, mia, proposal, tmp_path)
    assert record.realised is not None
    assert record.judgement is not None
    assert (record.judgement.reached or 0) > 0.8
    assert record.realised.mean > 0
    assert 0.05 < (record.judgement.place or 0) < 0.95


def test_a_boast_about_audiences_is_carried_out_and_shown_to_be_wrong(
    world_of_mia: tuple[Engine, Lake, Principal], tmp_path: Path
) -> None:
    engine, lake, mia = world_of_mia
    boast = Gain(0.9, 0.8, 1.0, 1.0)
    proposal = mixed(lake, engine, Kind.AUDIENCE, boast)
    record = judged(engine, lake, mia, proposal, tmp_path)
    assert record.realised is not None
    assert record.judgement is not None
    assert (record.judgement.reached or 0) > 0.8
    assert record.realised.p95 < boast.p05
