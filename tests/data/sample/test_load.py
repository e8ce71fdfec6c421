from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from core import clock
from core.db import reading
from data.lake import Lake
from data.sample import load as loading
from data.sample.load import AlreadyLoading, loaded_world
from data.sample.world import make_world
from data.warehouse.reader import Warehouse
from tests.data.sample.worlds import SEED, UNTIL, load, record_counts

WORLD = make_world(SEED, UNTIL)
ADS_ROWS = sum(int(one.reported.sum()) for one in WORLD.campaigns)


def test_loading_tells_how_much_there_is(loaded):
    assert (24, 12, 1204, len(WORLD.stories), ADS_ROWS) == tuple(
        loaded.counts[name] for name in ("campaigns", "courses", "people", "enrolments", "ad_rows")
    )
    assert loaded.lake.generation() == loaded.counts["generation"]


def test_progress_only_rises_and_ends_at_the_end(loaded):
    shares = loaded.steps.shares

    assert sorted(shares) == shares
    assert (0.0, 1.0) == (shares[0], shares[-1])


def test_the_warehouse_holds_what_was_played_to_the_cent(loaded):
    warehouse = Warehouse(loaded.lake.folder)
    rows, spend, clicks, revenue = warehouse.rows(
        """SELECT count(*), sum(spend), sum(clicks), sum(conversions_value)
           FROM fact_campaign_performance"""
    )[0]

    played = [(one, one.reported) for one in WORLD.campaigns]
    assert ADS_ROWS == rows
    assert spend == sum(Decimal(f"{one.spend[on].sum():.2f}") for one, on in played)
    assert clicks == sum(int(one.clicks[on].sum()) for one, on in played)
    assert float(revenue) == pytest.approx(sum(np.nansum(one.revenue[on]) for one, on in played))


def test_a_tracking_gap_is_unknown_in_the_warehouse_and_never_zero(loaded):
    missing = Warehouse(loaded.lake.folder).rows(
        "SELECT count(*) FROM fact_campaign_performance WHERE conversions IS NULL"
    )

    assert [(6,)] == missing


def test_every_campaign_of_the_warehouse_is_a_sample_with_its_record(loaded):
    campaigns = Warehouse(loaded.lake.folder).rows(
        """SELECT is_sample, record_id IS NOT NULL, budget > 0, count(*)
           FROM dim_campaign GROUP BY ALL"""
    )

    assert [(True, True, True, 24)] == campaigns


def test_engagement_of_all_learners_reached_the_warehouse(loaded):
    lessons, handed_in = Warehouse(loaded.lake.folder).rows(
        "SELECT sum(lessons_completed), sum(submissions) FROM fact_user_engagement"
    )[0]

    assert lessons == sum(len(story.completions) for story in WORLD.stories)
    assert handed_in == sum(len(story.submissions) for story in WORLD.stories)


def test_loading_again_changes_nothing(loaded):
    engine, lake, counts = loaded.engine, loaded.lake, loaded.counts
    before = record_counts(engine), lake.manifest().tables

    again = load(engine, lake, until=UNTIL - timedelta(days=9))

    assert before == (record_counts(engine), lake.manifest().tables)
    assert counts == again


def test_two_who_load_at_once_get_one_world(engine, tmp_path):
    lake = Lake(tmp_path / "lake")

    def try_to_load(_):
        try:
            return load(engine, lake)["people"]
        except AlreadyLoading:
            return None

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(try_to_load, range(2)))

    assert 1204 in outcomes
    assert {1204, None} >= set(outcomes)
    assert 1204 == record_counts(engine)["users"]
    rows = Warehouse(lake.folder).rows("SELECT count(*) FROM fact_campaign_performance")
    assert [(ADS_ROWS,)] == rows


def test_a_load_that_died_before_the_lake_is_completed_the_next_day(
    sqlite_engine, tmp_path, monkeypatch
):
    lake = Lake(tmp_path / "lake")

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(loading, "import_ads", die)
        with pytest.raises(KeyboardInterrupt):
            load(sqlite_engine, lake)
    assert 0 == lake.generation()

    with clock.moved(timedelta(days=1)):
        counts = load(sqlite_engine, lake, until=UNTIL + timedelta(days=1))

    rows = Warehouse(lake.folder).rows("SELECT count(*) FROM fact_campaign_performance")
    assert [(ADS_ROWS,)] == rows
    assert ADS_ROWS == counts["ad_rows"]
    with reading(sqlite_engine) as session:
        assert (SEED, UNTIL) == loaded_world(session)
