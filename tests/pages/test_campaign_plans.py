"""The campaign editor as marketers and administrators see it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from core.accounts.access import Principal, Role
from core.campaigns import parts, service
from core.campaigns.goals import Goal
from core.campaigns.models import CampaignStatus, CampaignType, GoalKpi
from core.campaigns.parts import PartOf, PartPlan
from core.campaigns.plan import CampaignPlan, CampaignRecord
from core.db import reading, unit_of_work
from core.settings import Settings
from tests.core.campaigns.records import PLAN
from tests.data.reports import Desk, row
from tests.pages.installation import Installation, run

BANNER = PartPlan("Blue banner", {"size": "300 × 250"}, "banner")


def campaign_plans() -> None:
    """The page, as AppTest runs it."""
    from pages import campaign_plans

    campaign_plans.page()


def campaign_plan() -> None:
    """The page, as AppTest runs it."""
    from pages import campaign_plan

    campaign_plan.page()


@dataclass
class Desks:
    """An installation with one plan, its marketer at the browser and a colleague elsewhere."""

    at: Installation
    mia: Principal
    plan: CampaignRecord

    def open(self, **query: object) -> AppTest:
        """The plan's page at an address with this query string."""
        test = AppTest.from_function(campaign_plan, default_timeout=30)
        for key, value in query.items():
            test.query_params[key] = str(value)
        return sound(test.run())

    def opened(self) -> AppTest:
        return self.open(plan=self.plan.campaign_id)

    def now(self) -> CampaignRecord:
        with reading(self.at.services.engine) as session:
            return service.get_campaign(session, self.mia, self.plan.campaign_id)

    def colleague(self, **what: Any) -> None:
        """The administrator changes the plan meanwhile."""
        now = self.now()
        with unit_of_work(self.at.services.engine) as session:
            changed: CampaignPlan = replace(now.plan, **what)
            service.change_campaign(session, self.at.admin, now.campaign_id, changed, now.version)

    def creative(self, plan: PartPlan = BANNER) -> None:
        with unit_of_work(self.at.services.engine) as session:
            parts.add_part(session, self.mia, self.plan.campaign_id, PartOf.CREATIVE, plan)

    def creatives(self) -> list[PartPlan]:
        with reading(self.at.services.engine) as session:
            found = parts.parts(session, self.mia, self.plan.campaign_id, PartOf.CREATIVE)
        return [one.plan for one in found]


@pytest.fixture
def desks(monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings) -> Desks:
    at = Installation(monkeypatch, sqlite_engine, settings)
    mia = at.enter(Role.MARKETER)
    goals = (Goal(GoalKpi.CVR, Decimal("0.025")),)
    with unit_of_work(sqlite_engine) as session:
        plan = service.create_campaign(session, mia, replace(PLAN, goals=goals))
    return Desks(at, mia, plan)


def sound(test: AppTest) -> AppTest:
    assert [] == [fault.value for fault in test.exception]
    return test


def told(test: AppTest) -> str:
    shown: list[Any] = [*test.markdown, *test.caption, *test.info, *test.warning, *test.error]
    return "\n".join(one.value for one in shown)


def field(test: AppTest, kind: str, name: str) -> Any:
    """A field of the plan's form."""
    keys = [one.key or "" for one in test.get(kind)]
    (key,) = [key for key in keys if "plan-" in key and key.endswith(f"-{name}")]
    return next(one for one in test.get(kind) if one.key == key)


def send(test: AppTest, label: str) -> AppTest:
    (button,) = [one for one in test.button if one.label == label]
    return sound(button.click().run())


def test_the_list_shows_each_plan_with_state_budget_run_and_goals(desks: Desks) -> None:
    (table,) = sound(run(campaign_plans)).dataframe

    assert {
        "open": f"/campaign-plan?plan={desks.plan.campaign_id}",
        "Name": "Spring courses",
        "State": "Draft",
        "Platform": "Google Ads",
        "Type": "Search",
        "Budget": "$1,500.25",
        "Run": "Mar 1, 2026 – May 31, 2026",
        "Goals": "CVR ≥ 2.50%",
    } == table.value.iloc[0].to_dict()


def test_the_list_is_searched_by_name_and_number_and_by_state(desks: Desks) -> None:
    test = run(campaign_plans)
    for text, found in (("SPRING", 1), ("77", 1), ("nothing", 0)):
        test.text_input(key="q").set_value(text).run()
        assert found == len(sound(test).dataframe)
    assert "No plan matches" in told(test)
    test.text_input(key="q").set_value("")
    test.multiselect(key="plan_state").set_value([CampaignStatus.ACTIVE]).run()
    assert "No plan matches" in told(test)


def test_without_any_plan_the_list_says_where_to_begin(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings
) -> None:
    Installation(monkeypatch, sqlite_engine, settings).enter(Role.MARKETER)

    assert "No campaign is planned yet." in told(sound(run(campaign_plans)))


def test_a_reported_campaign_is_offered_until_it_is_planned(
    desks: Desks, settings: Settings
) -> None:
    Desk(settings.home).rows(row(currency="EUR"), row(campaign_id="77", account_id="123"))
    offered = sound(run(campaign_plans)).dataframe[1].value
    assert [("Winter", "Google Ads", "7", "€12.50")] == list(
        offered[["Name", "Platform", "Account number", "Spend"]].itertuples(index=False, name=None)
    )

    test = desks.open(campaign=offered["open"][0].rpartition("=")[2])
    assert ["Winter", "7", "100"] == [
        field(test, "text_input", name).value for name in ("name", "account_id", "external_id")
    ]
    assert "EUR" == field(test, "selectbox", "currency").value
    assert date(2025, 1, 15) == field(test, "date_input", "start_date").value
    field(test, "number_input", "budget").set_value(900.0)
    test = send(test, "Plan the campaign")

    with reading(desks.at.services.engine) as session:
        made = service.list_campaigns(session, desks.mia)[-1]
    assert ("Winter", Decimal(900), "EUR") == (
        made.plan.name,
        made.plan.budget,
        made.plan.currency,
    )
    assert [str(made.campaign_id)] == list(test.query_params["plan"])
    assert 1 == len(sound(run(campaign_plans)).dataframe)


def test_a_new_plan_without_a_budget_is_refused_with_the_reason(desks: Desks) -> None:
    test = desks.open()
    field(test, "text_input", "name").set_value("Summer")
    field(test, "text_input", "account_id").set_value("1")
    field(test, "text_input", "external_id").set_value("2")
    field(test, "selectbox", "platform").set_value("google_ads")
    test = send(test, "Plan the campaign")

    assert "The budget must be an amount above zero" in told(test)
    assert "Summer" == field(test, "text_input", "name").value


@pytest.mark.parametrize(
    ("name", "label"),
    [("account_id", "Account number"), ("external_id", "Number at the ad platform")],
)
def test_an_empty_field_is_told_by_the_name_it_has_in_the_form(
    desks: Desks, name: str, label: str
) -> None:
    test = desks.opened()
    field(test, "text_input", name).set_value("")
    assert f"in the field “{label}”" in told(send(test, "Save the plan"))


def test_another_campaign_of_the_same_numbers_is_told_with_its_platform(desks: Desks) -> None:
    test = desks.open()
    for name, text in (("name", "Twin"), ("account_id", "123"), ("external_id", "77")):
        field(test, "text_input", name).set_value(text)
    field(test, "selectbox", "platform").set_value("google_ads")
    field(test, "number_input", "budget").set_value(5.0)
    test = send(test, "Plan the campaign")

    assert "There is already a campaign 77 in this account of Google Ads." in told(test)


def test_amounts_of_the_history_are_in_the_currency_of_their_time(desks: Desks) -> None:
    desks.colleague(budget=Decimal(1800))
    desks.colleague(budget=Decimal(1700), currency="EUR")
    past = desks.opened().dataframe[-1].value

    assert [("$1,800.00", "€1,700.00"), ("USD", "EUR"), ("$1,500.25", "$1,800.00")] == list(
        past[["Before", "After"]].itertuples(index=False, name=None)
    )[:3]


def test_two_who_type_the_same_are_not_in_conflict(desks: Desks) -> None:
    test = desks.opened()
    desks.colleague(budget=Decimal(2000))
    field(test, "number_input", "budget").set_value(2000.0)
    field(test, "text_input", "name").set_value("Summer")
    send(test, "Save the plan")

    assert ("Summer", Decimal(2000)) == (desks.now().plan.name, desks.now().plan.budget)


def test_the_page_is_in_the_language_of_the_reader(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    spanish = property(lambda _: {"Accept-Language": "es"})
    monkeypatch.setattr(ContextProxy, "headers", spanish)
    test = desks.opened()

    assert "Guardar el plan" in [one.label for one in test.button]
    assert "CPA como máximo" in [one.label for one in test.number_input]


def test_a_plan_is_changed_and_the_history_tells_it(desks: Desks) -> None:
    test = desks.opened()
    field(test, "number_input", "budget").set_value(2000.5)
    field(test, "number_input", "goal-roas").set_value(3.5)
    field(test, "number_input", "goal-cvr").set_value(3.1)
    field(test, "selectbox", "campaign_type").set_value(CampaignType.VIDEO)
    test = send(test, "Save the plan")

    now = desks.now()
    assert (Decimal("2000.5"), CampaignType.VIDEO) == (now.plan.budget, now.plan.campaign_type)
    assert (
        Goal(GoalKpi.ROAS, Decimal("3.5")),
        Goal(GoalKpi.CVR, Decimal("0.031")),
    ) == now.plan.goals
    past = test.dataframe[-1].value
    assert [
        ("Type", "Search", "Video"),
        ("Budget", "$1,500.25", "$2,000.50"),
        ("CVR at least", "CVR ≥ 2.50%", "CVR ≥ 3.10%"),
        ("ROAS at least", "–", "ROAS ≥ 3.50×"),
        ("Planned", "–", "–"),
    ] == list(past[["Field", "Before", "After"]].itertuples(index=False, name=None))
    assert {desks.mia.name} == set(past["Who"])


def test_saving_an_untouched_form_changes_nothing(desks: Desks) -> None:
    send(desks.opened(), "Save the plan")

    assert desks.plan == desks.now()


def test_on_a_conflict_the_input_is_kept_and_both_are_shown(desks: Desks) -> None:
    test = desks.opened()
    desks.colleague(budget=Decimal(1800), end_date=date(2026, 6, 30))
    field(test, "number_input", "budget").set_value(2000.0)
    field(test, "text_input", "name").set_value("Spring and summer")
    test = send(test, "Save the plan")

    assert "While you were editing, Ada Admin saved this plan." in told(test).replace("\\", "")
    assert [
        ("Budget", "$2,000.00", "$1,800.00", "$1,500.25"),
        ("Last day", "left alone", "Jun 30, 2026", "May 31, 2026"),
    ] == list(test.table[0].value.itertuples(index=False, name=None))
    assert 2000.0 == field(test, "number_input", "budget").value
    assert Decimal(1800) == desks.now().plan.budget

    test = send(test, "Save the plan")
    plan = desks.now().plan
    assert ("Spring and summer", Decimal(2000), date(2026, 6, 30)) == (
        plan.name,
        plan.budget,
        plan.end_date,
    )
    assert [] == list(test.table)


def test_on_a_conflict_the_input_may_be_discarded(desks: Desks) -> None:
    test = desks.opened()
    desks.colleague(budget=Decimal(1800))
    field(test, "number_input", "budget").set_value(2000.0)
    test = send(send(test, "Save the plan"), "Discard my input")

    assert 1800.0 == field(test, "number_input", "budget").value
    assert Decimal(1800) == desks.now().plan.budget
    assert [] == list(test.warning)


def test_somebody_who_saves_a_third_time_meanwhile_is_shown_again(desks: Desks) -> None:
    test = desks.opened()
    desks.colleague(budget=Decimal(1800))
    field(test, "number_input", "budget").set_value(2000.0)
    test = send(test, "Save the plan")
    desks.colleague(budget=Decimal(1900))
    test = send(test, "Save the plan")

    assert Decimal(1900) == desks.now().plan.budget
    assert "$1,900.00" == test.table[0].value["Saved now"][0]


def test_what_only_moves_the_state_is_no_conflict_for_the_plan(desks: Desks) -> None:
    test = desks.opened()
    with unit_of_work(desks.at.services.engine) as session:
        service.change_status(
            session, desks.at.admin, desks.plan.campaign_id, CampaignStatus.ACTIVE, 1
        )
    field(test, "number_input", "budget").set_value(2000.0)
    send(test, "Save the plan")

    now = desks.now()
    assert (Decimal(2000), CampaignStatus.ACTIVE) == (now.plan.budget, now.status)


def test_a_campaign_goes_its_way_and_ends_for_good(desks: Desks) -> None:
    test = desks.opened()
    ways = []
    for label in ("Activate", "Pause", "Activate", "Yes, for good"):
        moves = [one for one in test.button if one.key and one.key.startswith("move-")]
        ways.append([one.label for one in moves])
        chosen = next(one for one in moves if one.label == label)
        test = sound(chosen.click().run())

    final = "Yes, for good"
    assert [
        ["Activate", final],
        ["Pause", final, final],
        ["Activate", final, final],
        ["Pause", final, final],
    ] == ways
    assert CampaignStatus.COMPLETED is desks.now().status
    assert "This campaign is over" in told(test)
    assert "A completed campaign cannot be activated again." not in told(test)


def test_a_click_on_a_state_that_somebody_else_has_moved_is_refused(desks: Desks) -> None:
    test = desks.opened()
    with unit_of_work(desks.at.services.engine) as session:
        service.change_status(
            session, desks.at.admin, desks.plan.campaign_id, CampaignStatus.CANCELLED, 1
        )
    test = send(test, "Activate")

    assert CampaignStatus.CANCELLED is desks.now().status
    assert "Somebody changed this campaign in the meantime." in told(test)


def test_a_creative_is_added_and_a_bad_line_keeps_what_was_typed(desks: Desks) -> None:
    test = desks.opened()
    key = f"add-creative-{desks.plan.campaign_id}-0"
    test.text_input(key=f"{key}-name").set_value("Blue banner")
    test.selectbox(key=f"{key}-kind").set_value("banner")
    test.text_area(key=f"{key}-details").set_value("no colon")
    add = next(one for one in test.button if one.label == "Add")
    test = sound(add.click().run())
    assert "Line 1 needs a name and a value" in told(test)
    assert "Blue banner" == test.text_input(key=f"{key}-name").value

    test.text_area(key=f"{key}-details").set_value("size: 300 × 250")
    sound(next(one for one in test.button if one.label == "Add").click().run())
    assert [BANNER] == desks.creatives()


def chosen(test: AppTest, desks: Desks, done: int = 0) -> AppTest:
    """The page with the first creative's row chosen."""
    table = f"creative-{desks.plan.campaign_id}-{done}"
    test.session_state[table] = {"selection": {"rows": [0], "columns": []}}
    return sound(test.run())


def test_a_creative_is_changed_and_removed(desks: Desks) -> None:
    desks.creative()
    test = chosen(desks.opened(), desks)
    (name,) = [one for one in test.text_input if one.value == "Blue banner"]
    name.set_value("Red banner")
    test = send(test, "Save")
    assert [replace(BANNER, name="Red banner")] == desks.creatives()

    test = send(chosen(test, desks, 1), "Remove")
    assert [] == desks.creatives()
    assert "No creative yet." in told(test)


def test_a_creative_that_somebody_else_changed_is_told_and_the_input_kept(desks: Desks) -> None:
    desks.creative()
    test = chosen(desks.opened(), desks)
    with unit_of_work(desks.at.services.engine) as session:
        (part,) = parts.parts(session, desks.mia, desks.plan.campaign_id, PartOf.CREATIVE)
        theirs = replace(BANNER, kind="video")
        what = (desks.plan.campaign_id, PartOf.CREATIVE, part.part_id)
        parts.change_part(session, desks.at.admin, *what, theirs, BANNER)
    (name,) = [one for one in test.text_input if one.value == "Blue banner"]
    name.set_value("Red banner")
    test = send(test, "Save")

    assert "Your input is kept" in told(test)
    assert [theirs] == desks.creatives()
    assert "Red banner" in [one.value for one in test.text_input]
    send(test, "Save")
    assert [replace(BANNER, name="Red banner")] == desks.creatives()


@pytest.mark.parametrize("asked", ["4711", "x", "", "9" * 40])
def test_a_plan_that_is_not_there_is_said_to_be_missing(desks: Desks, asked: str) -> None:
    test = desks.open(plan=asked)

    assert "This does not exist, or you may not see it." in told(test)
    assert [] == list(test.button)


@pytest.mark.parametrize("asked", ["4711", "x", "9" * 40])
def test_a_reported_campaign_that_is_not_there_gives_an_empty_form(
    desks: Desks, asked: str
) -> None:
    assert "" == field(desks.open(campaign=asked), "text_input", "name").value


def test_names_are_shown_as_they_were_typed(desks: Desks) -> None:
    desks.colleague(name="**Bold** & [link](http://x.org)")
    test = desks.opened()

    assert "\\*\\*Bold\\*\\*" in test.title[0].value


def test_an_administrator_may_edit_as_well(desks: Desks) -> None:
    desks.at.enter_again(Role.ADMIN)
    test = desks.opened()
    field(test, "number_input", "budget").set_value(1.0)
    send(test, "Save the plan")

    assert Decimal(1) == desks.now().plan.budget
