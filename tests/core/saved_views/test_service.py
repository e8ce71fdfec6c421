"""Saved views on both databases: own only, one a name, and the query as it was."""

import pytest
from sqlalchemy import Engine

from core.accounts.access import Area, Principal, Role
from core.db import reading, unit_of_work
from core.errors import Forbidden
from core.saved_views.errors import BadViewName, TooManyViews
from core.saved_views.service import MOST_VIEWS, NAME_LIMIT, forget_view, own_views, save_view
from tests.core.alerts.people import somebody

QUERY = {"period": ["90d"], "platform": ["Google Ads", "Facebook Ads"]}


@pytest.fixture
def mia(engine: Engine) -> Principal:
    return somebody(engine, "Mia", Role.MARKETER)


def save(engine: Engine, who: Principal, name: str, query=QUERY):
    with unit_of_work(engine) as session:
        return save_view(session, who, Area.CAMPAIGNS, name, query)


def names(engine: Engine, who: Principal) -> list[str]:
    with reading(engine) as session:
        return [view.name for view in own_views(session, who, Area.CAMPAIGNS)]


def test_a_view_reads_back_with_every_value(engine: Engine, mia: Principal) -> None:
    save(engine, mia, "  Two \n platforms ")
    with reading(engine) as session:
        (view,) = own_views(session, mia, Area.CAMPAIGNS)
    assert ("Two platforms", QUERY) == (view.name, view.query)


def test_the_same_name_again_replaces_the_view(engine: Engine, mia: Principal) -> None:
    first = save(engine, mia, "Mine")
    second = save(engine, mia, "Mine", {"period": ["7d"]})
    assert (first.view_id, {"period": ["7d"]}) == (second.view_id, second.query)
    assert ["Mine"] == names(engine, mia)


def test_nobody_sees_or_deletes_another_person_s(engine: Engine, mia: Principal) -> None:
    ada = somebody(engine, "Ada", Role.ADMIN)
    kept = save(engine, mia, "Mine")
    save(engine, ada, "Mine")
    with unit_of_work(engine) as session:
        forget_view(session, ada, Area.CAMPAIGNS, kept.view_id)
    assert (["Mine"], ["Mine"]) == (names(engine, mia), names(engine, ada))
    with unit_of_work(engine) as session:
        forget_view(session, mia, Area.CAMPAIGNS, kept.view_id)
    assert ([], ["Mine"]) == (names(engine, mia), names(engine, ada))


@pytest.mark.parametrize("name", ["", "  \n", "x" * (NAME_LIMIT + 1)])
def test_a_name_must_fit(engine: Engine, mia: Principal, name: str) -> None:
    with pytest.raises(BadViewName):
        save(engine, mia, name)


def test_there_is_a_most(engine: Engine, mia: Principal) -> None:
    for number in range(MOST_VIEWS):
        save(engine, mia, f"View {number}")
    save(engine, mia, "View 1", {})
    with pytest.raises(TooManyViews):
        save(engine, mia, "One more")


def test_who_does_not_see_the_page_has_no_views_of_it(engine: Engine) -> None:
    leo = somebody(engine, "Leo", Role.LEARNER)
    with reading(engine) as session, pytest.raises(Forbidden):
        own_views(session, leo, Area.CAMPAIGNS)
    with pytest.raises(Forbidden):
        save(engine, leo, "Mine")
