from collections import Counter
from datetime import date

import numpy as np
import pytest

from core.campaigns.models import CampaignStatus, CampaignType
from data.sample.campaigns import play_campaigns
from data.sample.plans import DAYS, PLANS

UNTIL = date(2026, 11, 23)
SEEDS = (1, 7, 99)


@pytest.fixture(scope="module")
def campaigns():
    return play_campaigns(7, UNTIL)


def named(campaigns, name):
    return next(one for one in campaigns if one.plan.name == name)


def roas(campaigns):
    revenue = sum(np.nansum(one.revenue) for one in campaigns)
    spend = sum(one.spend[~np.isnan(one.revenue)].sum() for one in campaigns)
    return revenue / spend


def test_there_are_24_campaigns_of_the_five_types_with_names_of_their_own():
    types = Counter(plan.kind for plan in PLANS)

    assert 24 == len(PLANS) == len({plan.name for plan in PLANS})
    assert set(CampaignType) == set(types)
    assert min(types.values()) >= 4


def test_the_same_seed_plays_the_same_days_and_another_seed_others():
    first, again, other = (play_campaigns(seed, UNTIL) for seed in (7, 7, 8))

    for one, same in zip(first, again, strict=True):
        assert one.response == same.response
        np.testing.assert_array_equal(one.spend, same.spend)
        np.testing.assert_array_equal(one.revenue, same.revenue)
    assert not np.array_equal(first[0].clicks, other[0].clicks)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_whole_returns_two_and_a_half_to_four_times_the_spend(seed):
    assert 2.5 <= roas(play_campaigns(seed, UNTIL)) <= 4.0


@pytest.mark.parametrize(
    ("kind", "return_on_spend", "click_rate", "conversion_rate", "click_cost"),
    [
        (CampaignType.SEARCH, (2.5, 4.5), (0.04, 0.07), (0.04, 0.09), (1.2, 2.5)),
        (CampaignType.SOCIAL, (1.8, 3.0), (0.009, 0.016), (0.015, 0.04), (0.6, 1.4)),
        (CampaignType.DISPLAY, (1.2, 2.4), (0.003, 0.006), (0.007, 0.03), (0.4, 1.0)),
        (CampaignType.EMAIL, (10, 20), (0.02, 0.035), (0.005, 0.02), (0.03, 0.1)),
        (CampaignType.VIDEO, (1.1, 2.0), (0.004, 0.009), (0.01, 0.035), (0.8, 1.8)),
    ],
)
def test_each_type_has_believable_rates(
    campaigns, kind, return_on_spend, click_rate, conversion_rate, click_cost
):
    mine = [one for one in campaigns if one.plan.kind is kind]
    clicks = sum(one.clicks.sum() for one in mine)

    figures = {
        return_on_spend: roas(mine),
        click_rate: clicks / sum(one.impressions.sum() for one in mine),
        conversion_rate: sum(np.nansum(one.conversions) for one in mine) / clicks,
        click_cost: sum(one.spend.sum() for one in mine) / clicks,
    }
    for (low, high), figure in figures.items():
        assert low <= figure <= high


def test_email_spends_little_and_returns_most(campaigns):
    spend = Counter()
    for one in campaigns:
        spend[one.plan.kind] += one.spend.sum()

    assert spend[CampaignType.EMAIL] < 0.05 * sum(spend.values())


def test_no_day_has_more_clicks_than_impressions_or_a_negative_figure(campaigns):
    for one in campaigns:
        assert np.all(one.clicks <= one.impressions)
        for column in (one.spend, one.impressions, one.clicks):
            assert np.all(column >= 0)
        assert np.nanmin(one.revenue) >= 0


def test_money_is_spent_between_the_first_and_last_day_only_and_not_in_a_pause(campaigns):
    for one in campaigns:
        ago = np.arange(DAYS - 1, -1, -1)
        outside = (ago > one.plan.first) | (ago < one.plan.last)
        assert one.spend[outside].sum() == 0
        assert np.all(one.spend[ago == one.plan.first] > 0)
        for since, until in one.plan.pauses:
            assert one.spend[(ago <= since) & (ago >= until)].sum() == 0


def test_conversions_carry_over_past_a_campaigns_last_day(campaigns):
    paused = named(campaigns, "Retargeting display")
    after = paused.reported & (np.arange(DAYS) > DAYS - 1 - paused.plan.last)

    assert CampaignStatus.PAUSED == paused.plan.status
    assert after.any()
    assert paused.spend[after].sum() == 0
    assert paused.conversions[after].sum() > 0


def test_a_day_is_unknown_only_where_tracking_failed(campaigns):
    gap = named(campaigns, "Search: finance")

    assert [12, 13, 14, 15, 16, 17] == sorted(DAYS - 1 - np.flatnonzero(np.isnan(gap.conversions)))
    assert np.all(gap.reported[np.isnan(gap.conversions)])
    assert 1 == sum(np.isnan(one.conversions).any() for one in campaigns)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_last_28_days_differ_from_the_28_before_where_a_story_says_so(seed):
    campaigns = play_campaigns(seed, UNTIL)
    more_money = named(campaigns, "Search: data analysis")
    tired = named(campaigns, "Social: change of career")
    offer = named(campaigns, "Email: come back")

    now, before = slice(-28, None), slice(-56, -28)
    assert more_money.spend[now].sum() > 1.4 * more_money.spend[before].sum()
    assert rate(tired, now) < 0.75 * rate(tired, before)
    assert offer.conversions[now].sum() > 1.4 * offer.conversions[before].sum()
    assert 0 == named(campaigns, "Video: machine learning in a minute").spend[:-28].sum()


def rate(campaign, days):
    return campaign.clicks[days].sum() / campaign.impressions[days].sum()
