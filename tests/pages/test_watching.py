"""What watching over campaigns shows: on Campaigns, a campaign's page, Home and Profile."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components import queries, watch_queries
from components.campaign_watch import export
from core.accounts.access import Area, Principal, Role
from core.alerts import service as alerts
from core.alerts.models import Channel
from core.alerts.raising import raise_alerts
from core.alerts.schemas import Subscription
from core.campaigns import service as campaigns
from core.campaigns.account_goals import read_goals, set_goals
from core.campaigns.goals import Goal
from core.campaigns.models import CampaignStatus, CampaignType, GoalKpi
from core.campaigns.periods import Span
from core.campaigns.plan import CampaignPlan
from core.campaigns.schemas import View
from core.db import reading, unit_of_work
from core.i18n import language
from core.saved_views import service as saved_views
from core.settings import Settings
from tests.core.alerts.people import raised
from tests.data.marts.facts import Campaign, Fact, publish
from tests.pages.installation import Installation, run

LAST = date(2026, 11, 22)
PLAN = CampaignPlan(
    name="Brand",
    platform="google_ads",
    account_id="a",
    external_id="x1",
    campaign_type=CampaignType.SEARCH,
    budget=Decimal(1000),
    currency="USD",
    start_date=LAST - timedelta(days=59),
    end_date=LAST + timedelta(days=60),
    goals=(Goal(GoalKpi.ROAS, Decimal(6)), Goal(GoalKpi.REVENUE, Decimal(2000))),
)


def campaigns_page() -> None:
    from pages import campaigns

    campaigns.page()


def campaign_page() -> None:
    from pages import campaign

    campaign.page()


def plans_page() -> None:
    from pages import campaign_plans

    campaign_plans.page()


def home_page() -> None:
    from pages import home

    home.page()


def profile_page() -> None:
    from pages import profile

    profile.page()


def facts() -> list[Fact]:
    """Brand spends about ten a day, and a hundred on the last; Generic's conversions stop."""
    days = [(ago, LAST - timedelta(days=ago)) for ago in range(119)]
    spend = {ago: 100.0 if ago == 0 else 10.0 + (ago * 7 % 5) / 5 for ago, _ in days}
    return [Fact(1, day, spend=spend[ago]) for ago, day in days] + [
        Fact(2, day, conversions=0.0 if ago < 12 else 2.0) for ago, day in days
    ]


@pytest.fixture
def installation(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings
) -> Installation:
    made = Installation(monkeypatch, sqlite_engine, settings)
    with unit_of_work(sqlite_engine) as session:
        record = campaigns.create_campaign(session, made.admin, PLAN)
        campaigns.change_status(
            session, made.admin, record.campaign_id, CampaignStatus.ACTIVE, record.version
        )
    known = [Campaign(1, "Brand", record_id=record.campaign_id), Campaign(2, "Generic")]
    publish(settings.lake_dir, known, facts())
    return made


@pytest.fixture
def mia(installation: Installation) -> Principal:
    return installation.enter(Role.MARKETER)


def opened(page: Any, state: dict[str, Any], **query: str) -> AppTest:
    """The page after its first run, with boxes open as this state says."""
    test = AppTest.from_function(page, default_timeout=30)
    for key, value in query.items():
        test.query_params[key] = value
    for key, value in state.items():
        test.session_state[key] = value
    test.run()
    assert [] == [error.value for error in test.exception]
    return test


def told(test: AppTest) -> str:
    return " ".join(
        one.value for kind in (test.info, test.caption, test.markdown, test.warning) for one in kind
    )


def test_nothing_is_watched_for_while_the_box_is_closed(
    monkeypatch: pytest.MonkeyPatch, mia: Principal
) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("asked for what nobody sees")

    for name in ("campaigns_watched", "campaign_anomalies", "campaigns_troubled"):
        monkeypatch.setattr(watch_queries, name, refuse)
    monkeypatch.setattr(saved_views, "own_views", refuse)
    opened(campaigns_page, {})


def test_budgets_of_running_campaigns_are_listed_with_their_interval(mia: Principal) -> None:
    test = opened(campaigns_page, {"attention": True})
    table = test.dataframe[-1].value
    assert ["Brand"] == list(table["campaign"])
    assert ["Overspending"] == list(table["standing"])
    assert ["$1,000"] == list(table["budget"])
    assert " – " in table["range"][0]
    assert "/campaign?campaign=1" == table["open"][0]


def test_unusual_days_are_listed_with_their_usual_range(mia: Principal) -> None:
    test = opened(campaigns_page, {"attention": True}, watch="Unusual days")
    table = test.dataframe[-1].value
    row = table[(table["campaign"] == "Brand") & (table["kpi"] == "Spend")].iloc[0]
    assert ("Nov 22, 2026", "$100.00", "above") == (row["day"], row["value"], row["direction"])
    assert row["range"].startswith("$")


def test_silent_tracking_is_listed(mia: Principal) -> None:
    test = opened(campaigns_page, {"attention": True}, watch="Tracking")
    table = test.dataframe[-1].value
    assert [("Generic", "Conversions stopped", 12)] == list(
        zip(table["campaign"], table["trouble"], table["unconverted"], strict=True)
    )


def test_what_is_watched_goes_with_the_page_s_export(mia: Principal) -> None:
    view = View(Span(LAST - timedelta(days=27), LAST), "USD")

    def told(campaign_id: int | None) -> dict[str, list[dict[Any, Any]]]:
        made = export.sheets(mia, queries.generation(), view, campaign_id, language("en"))
        return {
            sheet.name: [dict(zip(sheet.rows[0], row, strict=True)) for row in sheet.rows[1:]]
            for sheet in made
        }

    every = told(None)
    (budget,) = every["Budgets"]
    assert ("Brand", 1000.0, PLAN.end_date) == (
        budget["Campaign"], budget["Budget"], budget["Last day"],
    )  # fmt: skip
    assert {"ROAS": 6.0, "Revenue": 2000.0} == {
        goal["Figure"]: goal["Target"] for goal in every["Goals"]
    }
    assert ("Brand", LAST) in {(one["Campaign"], one["Day"]) for one in every["Unusual days"]}
    assert ["Generic"] == [one["Campaign"] for one in every["Tracking"]]
    assert all(not rows for rows in told(-1).values())


def test_a_campaign_s_budget_and_goals_are_shown(mia: Principal) -> None:
    test = opened(campaign_page, {}, campaign="1", tab="Budget and goals")
    shown = {metric.label: metric.value for metric in test.metric}
    assert "$500.00" == shown["Expected by now"]
    assert shown["Spent so far"].startswith("$7")
    assert {"Projected at the end", "Needed a day"} <= set(shown)
    assert "With a probability of 90%" in told(test)
    assert "Overspending" in told(test)
    assert "ROAS ≥ 6.00×" in told(test)
    assert "Behind" in told(test)


def test_goals_of_all_campaigns_are_set_among_the_plans_and_stand_on_home(
    installation: Installation, mia: Principal
) -> None:
    test = AppTest.from_function(plans_page, default_timeout=60).run()
    test.number_input(key="account-goals-USD-goal-roas").set_value(4.0)
    next(one for one in test.button if one.label == "Save goals").click().run()
    assert not test.exception
    with reading(installation.services.engine) as session:
        assert {"USD": (Goal(GoalKpi.ROAS, Decimal(4)),)} == read_goals(session, mia)
    home = AppTest.from_function(home_page, default_timeout=60).run()
    assert not home.exception
    assert "Goals of all campaigns" in [one.value for one in home.subheader]
    assert any("ROAS ≥ 4.00×" in one.value for one in home.markdown)


def test_goals_that_somebody_else_saved_since_are_shown_before_they_are_written_over(
    installation: Installation, mia: Principal
) -> None:
    test = AppTest.from_function(plans_page, default_timeout=60).run()
    with unit_of_work(installation.services.engine) as session:
        set_goals(session, mia, "USD", [Goal(GoalKpi.CPA, Decimal(7))], [])
    test.number_input(key="account-goals-USD-goal-roas").set_value(4.0)
    save = next(one for one in test.button if one.label == "Save goals")
    save.click().run()
    assert "CPA ≤ $7.00" in test.warning[0].value.replace("\\", "")
    next(one for one in test.button if one.label == "Save goals").click().run()
    with reading(installation.services.engine) as session:
        assert [GoalKpi.ROAS] == [one.kpi for one in read_goals(session, mia)["USD"]]


def test_a_changed_budget_is_seen_at_the_next_run(installation: Installation, mia: Principal):
    test = opened(campaign_page, {}, campaign="1", tab="Budget and goals")
    with unit_of_work(installation.services.engine) as session:
        (record,) = campaigns.list_campaigns(session, mia)
        changed = replace(record.plan, budget=Decimal(4000))
        campaigns.change_campaign(session, mia, record.campaign_id, changed, record.version)
    test.run()
    assert "$2K" == {metric.label: metric.value for metric in test.metric}["Expected by now"]


def test_a_campaign_without_a_plan_says_what_a_plan_brings(mia: Principal) -> None:
    test = opened(campaign_page, {}, campaign="2", tab="Budget and goals")
    assert "known from reports only" in told(test)


def test_a_campaign_s_health_is_a_chart_with_a_table_twin(mia: Principal) -> None:
    test = opened(campaign_page, {}, campaign="1", tab="Health")
    assert 1 == len(test.get("plotly_chart"))
    assert "Nov 22, 2026" in " ".join(test.dataframe[0].value["day"])
    test.toggle[0].set_value(True).run()
    assert [] == test.get("plotly_chart")
    twin = test.dataframe[0].value
    assert "$100.00" == list(twin["Spend"])[-1]
    assert list(twin["Usually at most"])[-1].startswith("$")
    test.segmented_control(key="figure").set_value("cpa").run()
    assert "CPA by day, with its usual range" in [one.value for one in test.subheader]


def test_stopped_conversions_are_said_on_the_campaign_s_page(mia: Principal) -> None:
    test = opened(campaign_page, {}, campaign="2", tab="Health")
    assert "No conversion since Nov 10, 2026" in told(test)


def test_an_alert_is_on_home_until_its_reader_dismisses_it(
    installation: Installation, mia: Principal
) -> None:
    with unit_of_work(installation.services.engine) as session:
        raise_alerts(session, [raised(name="Brand *new*"), raised("goal:1", name="Generic")])
    test = run(home_page)
    assert "Brand \\*new\\*" in told(test)
    (first,) = [one for one in test.button if one.label == "Dismiss"][:1]
    first.click().run()
    assert "**Generic**" not in told(test)
    assert "Brand \\*new\\*" in told(test)
    installation.enter_again(Role.ADMIN)
    assert "**Generic**" in told(run(home_page))


def test_home_shows_a_few_alerts_and_all_on_demand(
    installation: Installation, mia: Principal
) -> None:
    with unit_of_work(installation.services.engine) as session:
        raise_alerts(session, [raised(f"goal:{n}", name=f"C{n}") for n in range(5)])
    test = run(home_page)
    assert 3 == len([one for one in test.button if one.label == "Dismiss"])
    test.toggle(key="all-alerts").set_value(True).run()
    assert 5 == len([one for one in test.button if one.label == "Dismiss"])
    test.button(key="dismiss-all").click().run()
    assert "Alerts" not in [one.value for one in test.subheader]


@pytest.mark.parametrize("role", [Role.STAFF, Role.INSTRUCTOR, Role.LEARNER])
def test_others_have_neither_alerts_nor_a_subscription(
    installation: Installation, role: Role
) -> None:
    installation.enter(Role.MARKETER)
    with unit_of_work(installation.services.engine) as session:
        raise_alerts(session, [raised()])
    installation.enter(role)
    assert "Alerts" not in [one.value for one in run(home_page).subheader]
    assert "Alerts of campaigns" not in [one.value for one in run(profile_page).subheader]


def test_a_marketer_chooses_mail_on_the_profile(installation: Installation, mia: Principal) -> None:
    test = run(profile_page)
    test.selectbox(key="alert-channel").set_value(Channel.MAIL).run()
    test.button(key="alert-save").click().run()
    with reading(installation.services.engine) as session:
        assert Subscription(Channel.MAIL) == alerts.subscription(session, mia)


def test_a_webhook_into_the_own_network_is_refused_with_a_sentence(mia: Principal) -> None:
    test = run(profile_page)
    test.selectbox(key="alert-channel").set_value(Channel.WEBHOOK).run()
    test.text_input(key="alert-webhook").set_value("https://169.254.169.254/x").run()
    test.button(key="alert-save").click().run()
    assert test.error[0].value.startswith("This address cannot be used.")


def test_a_view_is_saved_found_again_and_deleted_by_its_owner_only(
    installation: Installation, mia: Principal
) -> None:
    test = opened(campaigns_page, {"saved_views": True}, period="90d", platform="Google Ads")
    test.text_input[0].set_value("  Google <b>quarter</b> ")
    test.button[-1].click().run()
    with reading(installation.services.engine) as session:
        (view,) = saved_views.own_views(session, mia, Area.CAMPAIGNS)
    assert ("Google <b>quarter</b>", ["90d"], ["Google Ads"]) == (
        view.name,
        view.query["period"],
        view.query["platform"],
    )
    test = opened(campaigns_page, {"saved_views": True})
    (link,) = [one.proto.body for one in test.get("html")]
    assert 'href="/campaigns?period=90d&amp;platform=Google+Ads"' in link
    assert "Google &lt;b&gt;quarter&lt;/b&gt;" in link
    installation.enter_again(Role.ADMIN)
    assert [] == opened(campaigns_page, {"saved_views": True}).get("html")
    installation.enter_again(Role.MARKETER)
    test = opened(campaigns_page, {"saved_views": True})
    test.button(key=f"forget-{view.view_id}").click().run()
    with reading(installation.services.engine) as session:
        assert [] == saved_views.own_views(session, mia, Area.CAMPAIGNS)
