from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts.access import Principal, Role
from core.campaigns.models import CampaignStatus
from core.campaigns.plan import (
    BadBudget,
    BadLength,
    CampaignExists,
    EndsBeforeStart,
    UnknownCurrency,
    require_sound,
)
from core.campaigns.service import change_status, create_campaign, get_campaign, list_campaigns
from core.campaigns.status import IllegalTransition, is_final
from core.db import reading, unit_of_work
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.i18n import language
from tests.core.campaigns.records import PLAN, person


@pytest.fixture
def mia(engine):
    """A marketer."""
    return person(engine, "Mia")


@pytest.fixture
def kept(engine, mia):
    """A campaign that was created."""
    with unit_of_work(engine) as session:
        return create_campaign(session, mia, PLAN)


def test_a_new_campaign_is_a_draft_and_reads_back_as_planned(engine, mia, kept):
    with reading(engine) as session:
        read = get_campaign(session, mia, kept.campaign_id)

    assert PLAN == read.plan
    assert (CampaignStatus.DRAFT, 1) == (read.status, read.version)


def test_campaigns_are_listed_by_name(engine, mia, kept):
    with unit_of_work(engine) as session:
        create_campaign(session, mia, replace(PLAN, name="Autumn", external_id="78"))
        listed = list_campaigns(session, mia)

    assert ["Autumn", "Spring courses"] == [record.plan.name for record in listed]


@pytest.mark.parametrize("role", [Role.STAFF, Role.INSTRUCTOR, Role.LEARNER])
def test_others_than_admins_and_marketers_get_no_campaign(engine, mia, kept, role):
    stranger = Principal(2, "Sam", "sam@example.org", frozenset({role}))
    with reading(engine) as session:
        with pytest.raises(Forbidden):
            list_campaigns(session, stranger)
        with pytest.raises(Forbidden):
            get_campaign(session, stranger, kept.campaign_id)
        with pytest.raises(Forbidden):
            create_campaign(session, stranger, PLAN)


def test_an_unknown_campaign_is_not_found(engine, mia):
    with reading(engine) as session, pytest.raises(NotFound):
        get_campaign(session, mia, 404)


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"budget": Decimal(0)}, BadBudget, "budget"),
        ({"budget": Decimal("-3")}, BadBudget, "budget"),
        ({"budget": Decimal("NaN")}, BadBudget, "budget"),
        ({"budget": Decimal("Infinity")}, BadBudget, "budget"),
        ({"budget": Decimal("0.00001")}, BadBudget, "budget"),
        ({"budget": Decimal("1e14")}, BadBudget, "budget"),
        ({"currency": "dollars"}, UnknownCurrency, "currency"),
        ({"currency": "usd"}, UnknownCurrency, "currency"),
        ({"currency": "XXX"}, UnknownCurrency, "currency"),
        ({"end_date": date(2026, 2, 28)}, EndsBeforeStart, "end_date"),
        ({"name": "  "}, BadLength, "name"),
        ({"external_id": "9" * 101}, BadLength, "external_id"),
    ],
)
def test_a_plan_that_breaks_a_rule_is_refused_by_field(change, error, field):
    with pytest.raises(Invalid) as raised:
        require_sound(replace(PLAN, **change))

    assert (error, field) == (type(raised.value), raised.value.data["field"])


def test_a_refusal_is_a_sentence_in_the_readers_language():
    assert "“Nombre”" in BadLength(field="name", limit=200).sentence(language("es"))
    assert "“Name”" in BadLength(field="name", limit=200).sentence(language("en"))


def test_a_campaign_of_one_day_is_sound():
    require_sound(replace(PLAN, end_date=PLAN.start_date))


@given(st.decimals(min_value="0.0001", max_value="99999999999999", places=4))
def test_every_amount_that_the_column_holds_is_sound(budget):
    require_sound(replace(PLAN, budget=budget))


def test_the_same_campaign_of_the_platform_is_kept_once(engine, mia, kept):
    with pytest.raises(CampaignExists), unit_of_work(engine) as session:
        create_campaign(session, mia, replace(PLAN, name="Another"))


def test_a_status_moves_along_the_legal_ways_only(engine, mia, kept):
    with unit_of_work(engine) as session:
        active = change_status(session, mia, kept.campaign_id, CampaignStatus.ACTIVE, 1)
        assert (CampaignStatus.ACTIVE, 2) == (active.status, active.version)
        with pytest.raises(IllegalTransition):
            change_status(session, mia, kept.campaign_id, CampaignStatus.DRAFT, 2)


def test_an_illegal_move_names_both_states_in_the_readers_language():
    refused = IllegalTransition(current="draft", wanted="paused")

    assert "“Draft”" in refused.sentence(language("en"))
    assert "«En pausa»" in refused.sentence(language("es"))


def test_only_what_has_no_way_out_is_final():
    final = {status for status in CampaignStatus if is_final(status)}

    assert {CampaignStatus.COMPLETED, CampaignStatus.CANCELLED} == final


def test_a_change_based_on_an_old_version_is_a_conflict(engine, mia, kept):
    with unit_of_work(engine) as session:
        change_status(session, mia, kept.campaign_id, CampaignStatus.ACTIVE, 1)

    with unit_of_work(engine) as session, pytest.raises(Conflict):
        change_status(session, mia, kept.campaign_id, CampaignStatus.PAUSED, 1)


def test_of_two_people_who_change_at_once_the_second_is_told(engine, mia, kept):
    with reading(engine) as slow:
        seen = get_campaign(slow, mia, kept.campaign_id)
        with unit_of_work(engine) as quick:
            change_status(quick, mia, kept.campaign_id, CampaignStatus.ACTIVE, seen.version)
        with unit_of_work(engine) as late, pytest.raises(Conflict):
            change_status(late, mia, kept.campaign_id, CampaignStatus.CANCELLED, seen.version)
