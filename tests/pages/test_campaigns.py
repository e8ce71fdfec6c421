from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts.access import Principal, Role
from data.warehouse.reader import Warehouse
from tests.components.campaign_page import run, use
from tests.data.marts.facts import Campaign, Fact, Part, publish

LAST = date(2026, 11, 22)
CAMPAIGNS = [
    Campaign(1, "Brand"),
    Campaign(2, "Generic", platform="microsoft_ads", type=None, is_sample=True),
]


def campaigns() -> None:
    """The page, as AppTest runs it."""
    from pages import campaigns

    campaigns.page()


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


def captions(test: AppTest) -> str:
    return " ".join(caption.value for caption in test.caption)


def test_the_page_shows_kpis_against_the_period_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    shown = metrics(run(campaigns))
    assert shown["Revenue"] == ("$1.7K", "+100.0%")
    assert shown["Spend"] == ("$420.00", "0.0%")
    assert shown["ROAS"] == ("6.00×", "+100.0%")
    assert list(shown) == [
        "Revenue", "Spend", "ROAS", "CPA", "Conversions", "CVR", "Clicks", "CTR", "Impressions",
    ]  # fmt: skip


def test_what_cannot_be_known_is_a_dash_and_has_no_change(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    shown = metrics(run(campaigns, platform="Microsoft Ads"))
    assert shown["ROAS"] == ("–", "")
    assert shown["Conversions"] == ("–", "")
    assert shown["Spend"][0] == "$140.00"


def test_the_url_carries_the_filters_and_a_wrong_value_is_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaigns, period="7d", campaign="Brand", platform="Nonsense", type="<script>")
    assert metrics(test)["Spend"][0] == "$70.00"
    assert test.multiselect(key="platform").value == []
    assert "Nov 16, 2026 – Nov 22, 2026" in captions(test)


def test_a_link_made_in_spanish_opens_in_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaigns, type="Sin indicar", by="Campaña")
    assert test.multiselect(key="type").value == [None]
    assert list(test.dataframe[0].value["name"]) == ["Generic"]


def test_days_of_one_s_own_can_be_chosen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaigns, period="Custom")
    test.date_input(key="days").set_value((LAST - timedelta(days=1), LAST)).run()
    assert metrics(test)["Spend"][0] == "$30.00"


def test_days_of_one_s_own_are_in_the_link_before_any_is_chosen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    assert ["2026-10-26", "2026-11-22"] == run(campaigns, period="Custom").query_params["days"]


def test_reversed_days_in_a_link_mean_the_days_between(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = AppTest.from_function(campaigns, default_timeout=30)
    test.query_params["period"] = "Custom"
    test.query_params["days"] = ["2026-11-22", "2026-11-21"]
    assert "$30.00" == metrics(test.run())["Spend"][0]


def test_a_platform_whose_data_starts_inside_the_period_before_shows_no_change(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    late = [fact for fact in facts() if fact.campaign_id == 1 or (LAST - fact.day).days < 40]
    use(monkeypatch, tmp_path, publish(tmp_path / "lake", CAMPAIGNS, late))
    test = run(campaigns, platform="Microsoft Ads")
    assert {""} == {change for _, change in metrics(test).values()}
    assert "does not reach back far enough" in captions(test)
    assert "+" in metrics(run(campaigns))["Spend"][1]


def test_what_the_ratios_leave_out_is_said_under_the_cards(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    told = "Conversions and revenue are reported for 66.7% of the spend only"
    assert told in captions(run(campaigns))
    assert told not in captions(run(campaigns, campaign="Brand"))


@pytest.mark.parametrize("days", ["rubbish", "1999-01-01", "2026-11-22"])
def test_wrong_days_in_the_url_do_no_harm(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse, days: str
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    assert len(run(campaigns, period="Custom", days=days).metric) == 9


def test_too_little_history_shows_no_change_and_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use(monkeypatch, tmp_path, publish(tmp_path / "lake", CAMPAIGNS, facts(30)))
    test = run(campaigns)
    assert {change for _, change in metrics(test).values()} == {""}
    assert "does not reach back far enough" in captions(test)


def test_several_currencies_are_chosen_from_and_never_added(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    unnamed = [Fact(2, LAST, spend=7.0, currency="XXX")]
    brand = [fact for fact in facts() if fact.campaign_id == 1]
    use(monkeypatch, tmp_path, publish(tmp_path / "lake", CAMPAIGNS, brand + unnamed))
    test = run(campaigns)
    assert metrics(test)["Spend"][0] == "$280.00"
    chooser = test.selectbox(key="currency")
    assert chooser.options == ["USD", "Not given"]
    chooser.select_index(1).run()
    assert metrics(test)["Spend"][0] == "7.00"


def test_one_currency_needs_no_filter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    assert len(run(campaigns).selectbox) == 0


def test_the_freshness_and_the_mark_of_sample_data_are_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaigns)
    assert "Data through Nov 22, 2026 · imported Nov 23, 2026" in captions(test)
    assert any("Sample data" in badge.value for badge in test.markdown)
    brand = run(campaigns, campaign="Brand")
    assert not any("Sample data" in badge.value for badge in brand.markdown)


def test_the_table_behind_the_chart_is_one_switch_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaigns)
    assert len(test.get("echarts_chart")) == 2
    test.toggle(key="spend_revenue_as_table").set_value(True).run()
    assert len(test.get("echarts_chart")) == 1
    assert list(test.dataframe[0].value["Revenue"])[-1] == "$60.00"


def test_the_page_speaks_spanish(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse, code="es")
    shown = metrics(run(campaigns))
    assert shown["Ingresos"] == ("1,7\u00a0mil\u00a0$", "+100,0\u00a0%")


def test_an_empty_filter_agrees_in_gender_with_what_it_filters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse, code="es")
    placeholders = [one.placeholder for one in run(campaigns).multiselect]
    assert ["Todas las plataformas", "Todos los tipos", "Todas las campañas"] == placeholders


def test_before_any_import_the_page_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use(monkeypatch, tmp_path, Warehouse(tmp_path / "lake"))
    test = run(campaigns)
    assert any("No campaign data yet" in text.value for text in test.markdown)
    assert len(test.get("page_link")) == 1


def test_filters_that_leave_nothing_say_where_the_data_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaigns, platform="Google Ads", campaign="Generic")
    assert "Jul 26, 2026" in test.info[0].value


def test_a_new_generation_is_seen_at_the_next_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaigns, campaign="Brand")
    publish(tmp_path / "lake", CAMPAIGNS, [Fact(1, LAST, spend=1234.0)])
    test.run()
    assert metrics(test)["Spend"][0] == "$1.2K"


def test_the_same_days_of_last_year_are_compared_with_where_the_address_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use(monkeypatch, tmp_path, publish(tmp_path / "lake", CAMPAIGNS, facts(500)))
    test = run(campaigns, against="Last year", campaign="Brand")
    assert "compared with Oct 26, 2025 – Nov 22, 2025" in captions(test)
    assert ("$1.7K", "+100.0%") == metrics(test)["Revenue"]
    test.toggle(key="spend_revenue_as_table").set_value(True).run()
    assert "$30.00" == test.dataframe[0].value["Revenue last year"].iloc[0]


def test_last_year_is_not_shown_where_the_data_does_not_reach(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse, code="es")
    test = run(campaigns, against="Last year")
    assert {""} == {change for _, change in metrics(test).values()}


def test_a_campaign_of_the_table_leads_to_its_own_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    table = run(campaigns, by="Campaign").dataframe[0].value
    assert ["/campaign?campaign=1", "/campaign?campaign=2"] == list(table["open"])


@pytest.mark.parametrize(("by", "kind"), [("Audience", "audience"), ("Creative", "creative")])
def test_parts_of_campaigns_are_shown_with_how_much_of_the_spend_they_tell_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse, by: str, kind: str
) -> None:
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaigns, by=by)
    assert f"No report tells figures by {kind}" in test.info[0].value
    parts = [Part(kind, 5, "Blue", Fact(1, LAST, spend=42.0))]
    publish(tmp_path / "lake", CAMPAIGNS, facts(), parts)
    test.run()
    assert ["Blue · Brand"] == list(test.dataframe[0].value["name"])
    assert "which tell of 10.0% of the spend above" in captions(test)


def test_a_campaign_beyond_those_offered_is_still_found_by_its_link(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    monkeypatch.setattr("data.marts.campaigns.CAMPAIGNS_OFFERED", 1)
    use(monkeypatch, tmp_path, warehouse)
    test = run(campaigns, campaign="Generic")
    assert ("$140.00", 1) == (
        metrics(test)["Spend"][0],
        len(test.multiselect(key="campaign").value),
    )


def campaigns_or_why_not() -> None:
    """The page, as AppTest runs it; whoever is refused reads why."""
    import streamlit as st

    from core.errors import Forbidden
    from pages import campaigns

    try:
        campaigns.page()
    except Forbidden as refused:
        st.error(refused.code)


def test_a_learner_is_turned_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Warehouse
) -> None:
    learner = Principal(2, "Leo", "leo@example.org", frozenset({Role.LEARNER}))
    use(monkeypatch, tmp_path, warehouse, who=learner)
    test = run(campaigns_or_why_not)
    assert [error.value for error in test.error] == ["forbidden"]
    assert (len(test.title), len(test.metric)) == (0, 0)
