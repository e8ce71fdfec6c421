"""The rows of the table of access that speak of documents, one by one."""

import pytest
from sqlalchemy import Engine

from core.accounts.access import Principal, Role
from core.db import unit_of_work
from core.documents import repository, service
from core.documents.templates import BUILTIN_TEMPLATES
from core.documents.types import DOCUMENT_TYPES
from core.errors import Forbidden, NotFound
from tests.core.documents.records import kept, person, template_id

ALL = {"own report", "own letter", "other report", "other letter"}
SEEN = {
    Role.ADMIN: ALL,
    Role.STAFF: {"own report", "own letter", "other report"},
    Role.INSTRUCTOR: {"own report", "own letter"},
    Role.MARKETER: {"own report", "own letter"},
}
MAKES_CAMPAIGN_REPORTS = {Role.ADMIN, Role.STAFF, Role.MARKETER}


def world(engine: Engine, role: Role) -> tuple[Principal, dict[str, int]]:
    """A person of a role, and two documents each of theirs and of somebody else's."""
    with unit_of_work(engine) as session:
        me, other = person(session, role), person(session, Role.MARKETER, name="somebody else")
        made = {
            "own report": kept(session, me, title="own report"),
            "own letter": kept(session, me, title="own letter", is_campaign_report=False),
            "other report": kept(session, other, title="other report"),
            "other letter": kept(session, other, title="other letter", is_campaign_report=False),
        }
        return me, {title: row.id for title, row in made.items()}


@pytest.mark.parametrize("role", SEEN)
def test_the_history_shows_each_role_its_documents(engine: Engine, role: Role) -> None:
    me, _ = world(engine, role)
    with unit_of_work(engine) as session:
        assert SEEN[role] == {one.title for one in service.list_documents(session, me)}


@pytest.mark.parametrize("role", SEEN)
def test_one_document_is_found_exactly_when_the_history_shows_it(
    sqlite_engine: Engine, role: Role
) -> None:
    me, ids = world(sqlite_engine, role)
    with unit_of_work(sqlite_engine) as session:
        for title, document_id in ids.items():
            if title in SEEN[role]:
                assert title == repository.document(session, me, document_id).title
            else:
                with pytest.raises(NotFound):
                    service.rate_satisfaction(session, me, document_id, 4)


def test_a_learner_has_no_documents_not_even_own_ones(sqlite_engine: Engine) -> None:
    me, ids = world(sqlite_engine, Role.LEARNER)
    with unit_of_work(sqlite_engine) as session:
        assert [] == repository.history(session, me, 10)
        with pytest.raises(NotFound):
            repository.document(session, me, ids["own report"])
        with pytest.raises(Forbidden):
            service.list_documents(session, me)


def test_several_roles_see_what_each_of_them_sees(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.STAFF, Role.LEARNER)
        kept(session, person(session, Role.MARKETER), title="a report")
        assert ["a report"] == [one.title for one in service.list_documents(session, me)]


@pytest.mark.parametrize("role", Role)
def test_campaign_templates_go_to_roles_that_reach_campaign_figures(
    sqlite_engine: Engine, role: Role
) -> None:
    with unit_of_work(sqlite_engine) as session:
        me, wanted = person(session, role), template_id(session)
        if role is Role.LEARNER:
            with pytest.raises(Forbidden):
                service.list_templates(session, me)
            return
        slugs = {template.slug for template in service.list_templates(session, me)}
        telling = {
            one.slug
            for one in BUILTIN_TEMPLATES
            if DOCUMENT_TYPES[one.document_type].tells_campaign_figures(one.sections)
        }
        every = {one.slug for one in BUILTIN_TEMPLATES}
        assert (every if role in MAKES_CAMPAIGN_REPORTS else every - telling) == slugs
        if role not in MAKES_CAMPAIGN_REPORTS:
            with pytest.raises(NotFound):
                service.request_document(session, me, wanted, {}, "en")
