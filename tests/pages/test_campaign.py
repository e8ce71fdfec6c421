"""One campaign's page: what it shows, part by part, and what it says where there is nothing."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.warehouse.reader import Warehouse
from tests.components.campaign_page import run, use
from tests.data.marts.facts import Campaign, Fact, publish

LAST = date(2026, 11, 22)
CAMPAIGNS = [
    Campaign(1, "Brand *always*"),
    Campaign(2, "Generic", platform="microsoft_ads", type=None, is_sample=True),
    Campaign(3, "Planned", record_id=7),
]


def campaign() -> None:
    """The page, as AppTest runs it."""
    from pages import campaign

    campaign.page()


def facts(count: int = 120) -> list[Fact]:
    """Brand doubles its revenue in the last 28 days; Generic reports no revenue."""
    days = [(ago, LAST - timedelta(days=ago)) for ago in range(count)]
    return [Fact(1, day, revenue=60.0 if ago < 28 else 30.0) for ago, day in days] + [
        Fact(2, day, spend=5.0, revenue=None, conversions=None) for _, day in days
    ]


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return publish(tmp_path / "lake", CAMPAIGNS, facts())


def metrics(test: AppTest) -> dict[str, tuple[str, str]]:
    return {metric.label: (metric.value, metric.delta) for metric in test.metric}


def test_the_page_shows_one_campaign_against_the_period_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaign, campaign="1")
    assert ["Brand \\*always\\*"] == [title.value for title in test.title]
    assert ("$1.7K", "+100.0%") == metrics(test)["Revenue"]
    assert "Google Ads · Search · account Account" in [one.value for one in test.caption]
    assert 1 == len(test.get("plotly_chart"))


def test_only_the_open_part_is_computed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaign, campaign="1", tab="Days")
    assert (0, 28) == (len(test.metric), len(test.dataframe[0].value))
    assert LAST == test.dataframe[0].value["day"].iloc[0]


def test_a_part_s_link_opens_in_the_other_language(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse, code="es")
    test = run(campaign, campaign="1", tab="Funnel")
    assert "Ingresos por conversión" in metrics(test)


def test_the_funnel_tells_what_comes_of_each_step(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaign, campaign="1", tab="Funnel")
    assert metrics(test) == {
        "Clicks per impression (CTR)": ("2.00%", "0.0%"),
        "Conversions per click (CVR)": ("10.00%", "0.0%"),
        "Revenue per conversion": ("$30.00", "+100.0%"),
    }
    test.toggle(key="funnel_as_table").set_value(True).run()
    table = test.dataframe[0].value
    assert ["28,000", "560", "56", "$1,680.00"] == list(table["This period"])
    assert ["–", "2.00%", "10.00%", "$30.00"] == list(table["For each of the step before"])


def test_a_campaign_without_conversions_has_dashes_in_its_funnel(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    shown = metrics(run(campaign, campaign="2", tab="Funnel"))
    assert ("–", "") == shown["Conversions per click (CVR)"]
    assert ("–", "") == shown["Revenue per conversion"]


def test_days_of_the_week_come_from_monday_to_sunday(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    table = run(campaign, campaign="1", tab="Breakdown", by="Day of week").dataframe[0].value
    assert ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] == list(
        table["name"]
    )
    assert [40.0] * 7 == list(table["spend"])


@pytest.mark.parametrize("asked", ["99", "-1", "", "Brand", "9" * 40, "1 OR 1=1"])
def test_a_campaign_that_does_not_exist_is_said_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse, asked: str
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaign, campaign=asked)
    assert ["This does not exist, or you may not see it."] == [one.value for one in test.info]
    assert (["Campaign"], 0) == ([title.value for title in test.title], len(test.metric))


def test_a_campaign_that_no_report_has_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaign, campaign="3")
    assert "No report has a row of this campaign yet" in test.info[0].value


def test_another_currency_is_chosen_and_never_added(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    euros = [Fact(1, LAST - timedelta(days=1), spend=7.0, currency="EUR")]
    use(monkeypatch, tmp_path, publish(tmp_path / "lake", CAMPAIGNS, facts() + euros))
    test = run(campaign, campaign="1")
    assert "$280.00" == metrics(test)["Spend"][0]
    test.selectbox(key="currency").select_index(1).run()
    assert "€7.00" == metrics(test)["Spend"][0]


def test_days_that_nothing_was_reported_for_are_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    few = [fact for fact in facts() if fact.day.day != 15]
    use(monkeypatch, tmp_path, publish(tmp_path / "lake", CAMPAIGNS, few))
    test = run(campaign, campaign="1", tab="Days")
    assert any("1 day without a row is left out" in one.value for one in test.caption)
