from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from core.campaigns.kpis import roas
from core.campaigns.periods import Against, Span
from core.campaigns.schemas import Dimension, View
from data.marts.campaigns import CampaignMart
from data.warehouse.reader import Warehouse
from tests.data.marts.facts import IMPORTED, Campaign, Fact, Part, publish

LAST = date(2026, 11, 22)
WEEK = Span(LAST - timedelta(days=6), LAST)
VIEW = View(WEEK, "USD")

CAMPAIGNS = [
    Campaign(1, "Brand"),
    Campaign(2, "Generic", platform="microsoft_ads"),
    Campaign(3, "Shop", platform="facebook_ads", type=None, is_sample=True),
]


def days(campaign_id: int, count: int, until: date = LAST, **values: object) -> list[Fact]:
    return [
        Fact(campaign_id, until - timedelta(days=ago), **values)  # type: ignore[arg-type]
        for ago in range(count)
    ]


@pytest.fixture
def mart(tmp_path: Path) -> CampaignMart:
    """Brand for 14 days, Generic for 7 without revenue, Shop in euros, one day missing."""
    facts = days(1, 14) + days(2, 7, spend=20.0, revenue=None, conversions=None)
    euros = [fact for fact in days(3, 5, currency="EUR", spend=5.0) if fact.day != WEEK.end]
    return CampaignMart(publish(tmp_path / "lake", CAMPAIGNS, facts + euros))


def test_an_empty_lake_offers_nothing(tmp_path: Path) -> None:
    assert CampaignMart(Warehouse(tmp_path / "lake")).choices() is None


def test_a_currency_nobody_spends_in_any_more_comes_last(tmp_path: Path) -> None:
    old = days(1, 200, until=date(2019, 12, 31))
    mart = CampaignMart(publish(tmp_path, CAMPAIGNS, old + days(3, 5, currency="EUR")))
    choices = mart.choices()
    assert choices is not None
    assert ["EUR", "USD"] == [choice.code for choice in choices.currencies]


def test_the_first_day_is_that_of_the_filtered_rows(mart: CampaignMart) -> None:
    firsts = [
        mart.first_day(View(WEEK, "USD", platforms=platforms))
        for platforms in ((), ("microsoft_ads",), ("nobody",))
    ]
    assert [LAST - timedelta(days=13), LAST - timedelta(days=6), None] == firsts


def test_a_slice_that_began_inside_the_period_before_is_not_compared(tmp_path: Path) -> None:
    facts = days(1, 20) + days(2, 10)
    slices, _ = CampaignMart(publish(tmp_path, CAMPAIGNS, facts)).slices(
        VIEW, Dimension.PLATFORM, 5
    )
    assert {"google_ads": True, "microsoft_ads": False} == {
        one.key: one.before is not None for one in slices
    }


def test_choices_put_the_most_used_first_and_know_which_days_have_data(mart: CampaignMart) -> None:
    choices = mart.choices()
    assert choices is not None
    assert [choice.code for choice in choices.currencies] == ["USD", "EUR"]
    assert choices.days_of("USD") == Span(LAST - timedelta(days=13), LAST)
    assert choices.days_of("EUR").end == LAST - timedelta(days=1)
    assert set(choices.types) == {"search", None}
    assert [choice.label for choice in choices.campaigns] == ["Brand", "Generic", "Shop"]
    assert choices.imported_at == IMPORTED


def test_campaigns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    campaigns = [Campaign(1, "Brand"), Campaign(2, "Brand", platform="microsoft_ads")]
    choices = CampaignMart(publish(tmp_path, campaigns, days(1, 1) + days(2, 1))).choices()
    assert choices is not None
    labels = {choice.label for choice in choices.campaigns}
    assert labels == {"Brand (google_ads, x1)", "Brand (microsoft_ads, x2)"}


def test_days_hold_both_periods_and_one_currency_only(mart: CampaignMart) -> None:
    found = mart.daily(VIEW)
    assert [day.date for day in found] == [LAST - timedelta(days=ago) for ago in range(13, -1, -1)]
    assert found[-1].figures.spend == 30.0
    assert found[0].figures.spend == 10.0


def test_spend_without_reported_revenue_is_kept_apart(mart: CampaignMart) -> None:
    figures = mart.daily(VIEW)[-1].figures
    assert (figures.revenue, figures.spend_with_revenue) == (30.0, 10.0)
    assert roas(figures) == 3.0


def test_a_day_without_rows_is_absent(mart: CampaignMart) -> None:
    assert WEEK.end not in [day.date for day in mart.daily(View(WEEK, "EUR"))]


@pytest.mark.parametrize(
    ("view", "spend"),
    [
        (View(WEEK, "USD", platforms=("google_ads",)), 70.0),
        (View(WEEK, "USD", types=("search",)), 210.0),
        (View(WEEK, "USD", types=(None,)), 0.0),
        (View(WEEK, "EUR", types=(None,)), 20.0),
        (View(WEEK, "EUR", types=("search", None)), 20.0),
        (View(WEEK, "USD", campaign_ids=(2,)), 140.0),
        (View(WEEK, "USD", platforms=("google_ads",), campaign_ids=(2,)), 0.0),
        (View(WEEK, "USD", platforms=("'; DROP TABLE x; --",)), 0.0),
    ],
)
def test_filters_narrow_what_is_summed(mart: CampaignMart, view: View, spend: float) -> None:
    days = [day for day in mart.daily(view) if day.date >= WEEK.start]
    assert sum(day.figures.spend for day in days) == spend


def test_slices_come_by_spend_with_the_period_before_and_a_trend(mart: CampaignMart) -> None:
    slices, count = mart.slices(VIEW, Dimension.PLATFORM, 10)
    assert [(one.key, one.now.spend) for one in slices] == [
        ("microsoft_ads", 140.0),
        ("google_ads", 70.0),
    ]
    assert count == 2
    assert slices[0].before is None
    assert slices[1].before is not None
    assert slices[1].before.spend == 70.0
    assert slices[1].trend == (10.0,) * 7


def test_only_so_many_slices_are_given_and_all_are_counted(mart: CampaignMart) -> None:
    slices, count = mart.slices(VIEW, Dimension.CAMPAIGN, 1)
    assert ([one.label for one in slices], count) == (["Generic"], 2)


def test_a_slice_of_unknown_type_has_no_label_and_spends_nothing_on_days_without_rows(
    mart: CampaignMart,
) -> None:
    (one,), _ = mart.slices(View(WEEK, "EUR"), Dimension.TYPE, 10)
    assert (one.key, one.label) == (None, None)
    assert one.trend == (0.0, 0.0, 5.0, 5.0, 5.0, 5.0, 0.0)


def test_sample_campaigns_are_noticed_only_where_they_are_shown(mart: CampaignMart) -> None:
    assert not mart.shows_sample(VIEW)
    assert mart.shows_sample(View(WEEK, "EUR"))


def test_weeks_end_on_the_last_day_and_start_with_the_campaign_s_first_whole_one(
    mart: CampaignMart,
) -> None:
    brand, generic = mart.weekly(VIEW, weeks=30, limit=10)
    assert (brand.spend, brand.revenue) == ((70.0, 70.0), (210.0, 210.0))
    assert (generic.spend, generic.revenue) == ((140.0,), None)


def test_weeks_know_the_spend_of_the_rows_that_report_revenue(tmp_path: Path) -> None:
    facts = days(1, 7) + days(1, 7, until=LAST, spend=5.0, revenue=None)[:3]
    facts = [*facts[3:7], *facts[7:]]  # three days report no revenue
    (one,) = CampaignMart(publish(tmp_path, CAMPAIGNS[:1], facts)).weekly(VIEW, 30, 5)
    assert ((55.0,), (120.0,), (40.0,)) == (one.spend, one.revenue, one.spend_with_revenue)


def test_weeks_of_the_campaigns_with_most_spend_only(mart: CampaignMart) -> None:
    assert [one.name for one in mart.weekly(VIEW, weeks=1, limit=1)] == ["Generic"]


def test_a_week_in_which_a_campaign_rested_counts_as_nothing_spent(tmp_path: Path) -> None:
    facts = days(1, 7) + days(1, 7, until=LAST - timedelta(days=14))
    (one,) = CampaignMart(publish(tmp_path, CAMPAIGNS[:1], facts)).weekly(VIEW, 30, 5)
    assert one.spend == (70.0, 0.0, 70.0)


def test_a_long_span_s_trend_is_spend_per_day_in_each_bin(tmp_path: Path) -> None:
    span = Span(LAST - timedelta(days=364), LAST)
    mart = CampaignMart(publish(tmp_path, CAMPAIGNS[:1], days(1, 365)))
    (one,), _ = mart.slices(View(span, "USD"), Dimension.CAMPAIGN, 5)
    assert one.trend == (10.0,) * 52


def test_campaigns_are_summed_from_blocks_as_from_their_days(tmp_path: Path) -> None:
    random = Random(3)
    facts = [
        Fact(one, LAST - timedelta(days=ago), spend=random.randrange(900) / 4, clicks=ago)
        for one in (1, 2, 3)
        for ago in range(800)
        if random.random() < 0.7
    ]
    mart = CampaignMart(publish(tmp_path, CAMPAIGNS, facts))
    for length in (1, 7, 28, 90, 200, 365, 750):
        for against in Against:
            span = Span(LAST - timedelta(days=length + 2), LAST - timedelta(days=3))
            view = View(span, "USD", against=against)
            found, count = mart.slices(view, Dimension.CAMPAIGN, 10)
            told = {one.key: (one.now.spend, one.now.clicks) for one in found}
            assert (told, count) == (summed(facts, span), len(told))
            before = {one.key: one.before and one.before.spend for one in found}
            old = {f.campaign_id for f in facts if f.day <= view.earlier.start}
            assert before == {
                key: summed(facts, view.earlier).get(key, (None,))[0] if key in old else None
                for key in told
            }


def summed(facts: list[Fact], span: Span) -> dict[int, tuple[float, int]]:
    sums: dict[int, tuple[float, int]] = {}
    for fact in facts:
        if span.start <= fact.day <= span.end:
            spend, clicks = sums.get(fact.campaign_id, (0.0, 0))
            sums[fact.campaign_id] = (spend + fact.spend, clicks + fact.clicks)
    return sums


def test_days_of_last_year_are_read_where_they_are_compared_with(tmp_path: Path) -> None:
    mart = CampaignMart(publish(tmp_path, CAMPAIGNS, days(1, 400)))
    found = mart.daily(View(WEEK, "USD", against=Against.YEAR))
    assert [date(2025, 11, 16), date(2025, 11, 22), WEEK.start, LAST] == [
        found[at].date for at in (0, 6, 7, 13)
    ]
    (one,), _ = mart.slices(View(WEEK, "USD", against=Against.YEAR), Dimension.TYPE, 5)
    assert one.before is not None
    assert 70.0 == one.before.spend


def test_parts_of_campaigns_come_with_their_campaign(tmp_path: Path) -> None:
    parts = [
        Part(kind, 10 + fact.campaign_id, "Blue", fact)
        for kind in ("creative", "audience")
        for fact in days(1, 14, spend=4.0) + days(2, 7, spend=6.0, conversions=None)
    ]
    mart = CampaignMart(publish(tmp_path, CAMPAIGNS, days(1, 14) + days(2, 14), parts))
    for by in (Dimension.CREATIVE, Dimension.AUDIENCE):
        found, count = mart.slices(VIEW, by, 10)
        assert [("Blue · Generic", 42.0), ("Blue · Brand", 28.0)] == [
            (one.label, one.now.spend) for one in found
        ]
        assert (2, None) == (count, found[0].before)
        assert found[1].before is not None
        (one,), _ = mart.slices(View(WEEK, "USD", platforms=("google_ads",)), by, 10)
        assert (11, (4.0,) * 7) == (one.key, one.trend)


def test_weekdays_come_in_their_own_order_and_filtered(mart: CampaignMart) -> None:
    found, _ = mart.slices(View(WEEK, "USD", platforms=("google_ads",)), Dimension.WEEKDAY, 10)
    assert [(n, 10.0) for n in range(1, 8)] == [(one.key, one.now.spend) for one in found]


def test_a_campaign_that_is_not_offered_is_found_by_label_and_by_id(
    monkeypatch: pytest.MonkeyPatch, mart: CampaignMart
) -> None:
    monkeypatch.setattr("data.marts.campaigns.CAMPAIGNS_OFFERED", 1)
    choices = mart.choices()
    assert choices is not None
    assert ["Brand"] == [one.label for one in choices.campaigns]
    assert {"microsoft_ads", "google_ads", "facebook_ads"} == set(choices.platforms)
    found = mart.campaigns_with(["Generic", "'; --"], [3])
    assert ["Generic", "Shop"] == [one.label for one in found]


def test_what_a_campaign_is(mart: CampaignMart) -> None:
    profile = mart.campaign(3)
    assert profile is not None
    assert ("Shop", "facebook_ads", None, True) == (
        profile.name, profile.platform, profile.type, profile.is_sample,
    )  # fmt: skip
    assert ["EUR"] == [one.code for one in profile.currencies]
    assert mart.campaign(99) is None
