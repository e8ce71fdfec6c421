import hashlib
from datetime import date, timedelta

import pytest

from core import clock
from core.accounts.access import Role
from data.sample.creatives import audiences_of, creatives_of
from data.sample.names import DOMAIN
from data.sample.report import write_ads_report
from data.sample.world import make_world

UNTIL = date(2026, 11, 23)


@pytest.fixture(scope="module")
def world():
    return make_world(7, UNTIL)


def digest(world, folder):
    """A hash over everything that the world writes anywhere."""
    path = folder / "report.csv"
    write_ads_report(path, world.campaigns, world.until)
    told = repr((world.people, world.stories, world.courses)).encode()
    return hashlib.sha256(told + path.read_bytes()).hexdigest()


def test_the_same_seed_and_last_day_make_the_same_world(world, tmp_path):
    assert digest(world, tmp_path) == digest(make_world(7, UNTIL), tmp_path)


def test_another_seed_or_another_last_day_makes_another_world(world, tmp_path):
    assert digest(world, tmp_path) != digest(make_world(8, UNTIL), tmp_path)
    assert digest(world, tmp_path) != digest(make_world(7, UNTIL - timedelta(days=1)), tmp_path)


def test_the_world_ends_yesterday_unless_told_otherwise(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2027, 1, 1))
    assert date(2026, 12, 31) == make_world(7).until


def test_everybody_has_an_address_of_their_own_that_can_never_be_real(world):
    addresses = [person.email for person in world.people]

    assert len(addresses) == len(set(addresses)) == 1204
    assert all(one.isascii() and one == one.lower() for one in addresses)
    assert {DOMAIN} == {one.partition("@")[2] for one in addresses}


def test_two_teach_one_markets_and_one_keeps_order(world):
    team = [person.role for person in world.people if person.role is not Role.LEARNER]

    assert [Role.INSTRUCTOR, Role.INSTRUCTOR, Role.MARKETER, Role.STAFF] == team


def test_every_campaign_has_two_or_three_creatives_and_one_to_three_audiences(world):
    for number, campaign in enumerate(world.campaigns):
        assert len(creatives_of(7, number, campaign.plan)) in (2, 3)
        assert len(audiences_of(7, number, campaign.plan)) in (1, 2, 3)


def test_the_report_has_a_row_a_campaign_and_day_and_leaves_a_gap_empty(world, tmp_path):
    path = tmp_path / "report.csv"

    rows = write_ads_report(path, world.campaigns, UNTIL)

    lines = path.read_text().splitlines()
    assert rows == len(lines) - 1 == sum(one.reported.sum() for one in world.campaigns)
    keys = {tuple(line.split(",")[1:6]) for line in lines[1:]}
    assert rows == len(keys)
    assert 6 == sum(line.endswith(",,") for line in lines)
