"""Creatives and audiences on the days ahead: as a plan shares them, true to what they are."""

from datetime import date, timedelta

import numpy as np
import pytest

from core.campaigns.optimizer.suggestion import Kind
from data.sample.ahead import Decided, play_on
from data.sample.campaigns import CampaignDays, play_campaigns
from data.sample.mixes import Mix, effects, parts_ahead, parts_of

SEED, UNTIL = 7, date(2026, 10, 31)
NEW = [UNTIL + timedelta(days=ahead) for ahead in range(1, 29)]


@pytest.fixture(scope="module")
def campaigns() -> list[CampaignDays]:
    return play_campaigns(SEED, UNTIL)


def mixes(campaigns: list[CampaignDays], kind: Kind, *, best: bool) -> list[Mix]:
    """Nearly all of each campaign for its best part, or for its worst, from the eighth day on."""
    found = []
    for number, campaign in enumerate(campaigns):
        (parts,) = (one for one in parts_of(SEED, number, campaign) if one.kind is kind)
        worth = parts.traits.clicked * parts.traits.converted
        at = int(np.argmax(worth) if best else np.argmin(worth))
        shares = {name: 0.9 if n == at else 0.1 for n, name in enumerate(parts.names)}
        found.append(Mix(kind, number, NEW[7], shares))
    return found


@pytest.mark.parametrize("kind", [Kind.CREATIVE, Kind.AUDIENCE])
def test_a_better_mix_brings_more_and_a_worse_one_less(
    campaigns: list[CampaignDays], kind: Kind
) -> None:
    def brought(found: list[Mix]) -> float:
        played = play_on(SEED, UNTIL, campaigns, 28, Decided(mixes=found))
        return float(sum(one.conversions[-21:].sum() for one in played))

    worse, better = (mixes(campaigns, kind, best=best) for best in (False, True))
    assert brought(worse) < brought([]) < brought(better)


def test_nothing_changes_before_a_mix_begins_and_spend_never(campaigns: list[CampaignDays]) -> None:
    found = mixes(campaigns, Kind.CREATIVE, best=True)
    mixed = play_on(SEED, UNTIL, campaigns, 28, Decided(mixes=found))
    plain = play_on(SEED, UNTIL, campaigns, 28, Decided())
    for number, (one, other) in enumerate(zip(mixed, plain, strict=True)):
        assert np.array_equal(one.spend, other.spend)
        assert np.array_equal(one.revenue[:-21], other.revenue[:-21], equal_nan=True)
        for effect in effects(SEED, number, campaigns[number], NEW, found):
            assert effect[:7] == pytest.approx(1.0)


def test_parts_add_up_to_their_campaign_and_follow_the_mix(campaigns: list[CampaignDays]) -> None:
    found = mixes(campaigns, Kind.AUDIENCE, best=True)
    played = play_on(SEED, UNTIL, campaigns, 28, Decided(mixes=found))
    for number, one in enumerate(played):
        for parts in parts_ahead(SEED, number, campaigns[number], one, NEW, found):
            for what in ("impressions", "clicks", "spend", "conversions", "revenue"):
                total = sum(getattr(part, what)[-28:] for part in parts.days)
                assert np.allclose(total, getattr(one, what)[-28:], atol=0.001)
            spent = [part.spend[-21:].sum() for part in parts.days]
            if parts.kind is Kind.AUDIENCE and len(spent) > 1 and one.spend[-21:].sum() > 0:
                named = found[number].shares.values()
                asked = max(named) / sum(named)
                assert max(spent) / sum(spent) == pytest.approx(asked, abs=0.06)


def test_parts_of_two_fortnights_are_those_of_four_weeks(campaigns: list[CampaignDays]) -> None:
    def first(days: int) -> list:
        (played,) = play_on(SEED, UNTIL, campaigns[:1], days, Decided())
        return parts_ahead(SEED, 0, campaigns[0], played, NEW[:days], [])

    for one, other in zip(first(14), first(28), strict=True):
        for part, same in zip(one.days, other.days, strict=True):
            assert np.array_equal(part.clicks[-14:], same.clicks[-28:-14])
            assert np.array_equal(part.revenue[-14:], same.revenue[-28:-14])
