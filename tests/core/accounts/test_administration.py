import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from core import clock
from core.accounts import administration, service
from core.accounts.access import Principal, Role
from core.accounts.errors import (
    AlreadyInvited,
    EmailTaken,
    InvitationGone,
    LastAdministrator,
    NoRole,
    WrongCredentials,
)
from core.accounts.models import User
from core.audit import trail
from core.db import reading, unit_of_work
from core.errors import AppError, Forbidden
from tests.core.accounts.people import HASHER, PASSWORD, administrator, hashed, joined, signed_in


def test_the_last_administrator_can_neither_leave_nor_step_down(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        # Invited but never here: nobody who could take over.
        administration.invite(session, admin, "new@example.org", "New", [Role.ADMIN])

        with pytest.raises(LastAdministrator):
            administration.deactivate(session, admin, admin.user_id)
        with pytest.raises(LastAdministrator):
            administration.set_roles(session, admin, admin.user_id, [Role.STAFF])


def test_with_another_administrator_one_may_step_down(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        joined(session, admin, "grace@example.org", Role.ADMIN)
        administration.set_roles(session, admin, admin.user_id, [Role.STAFF])

        assert signed_in(session).principal.roles == {Role.STAFF}


def test_two_administrators_cannot_remove_each_other_at_once(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        ada = administrator(session)
        joined(session, ada, "grace@example.org", Role.ADMIN)
        grace = signed_in(session, "grace@example.org").principal
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def remove(actor: Principal, other: Principal) -> None:
        start.wait()
        try:
            with unit_of_work(engine) as session:
                administration.deactivate(session, actor, other.user_id)
            outcomes.append("removed")
        except AppError as error:
            outcomes.append(error.code)

    pairs = [(ada, grace), (grace, ada)]
    threads = [threading.Thread(target=remove, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["last_administrator", "removed"]


def test_deactivation_ends_sessions_and_links_and_is_undone(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        user_id = joined(session, admin, "grace@example.org", Role.LEARNER)
        grace = signed_in(session, "grace@example.org")
        link = administration.new_link(session, admin, user_id)
        administration.deactivate(session, admin, user_id)

    with reading(engine) as session:
        assert service.principal_of(session, grace.secret) is None
        with pytest.raises(WrongCredentials):
            service.verify(session, HASHER, "grace@example.org", PASSWORD)
        with pytest.raises(InvitationGone):
            service.invited(session, link.token)
    with unit_of_work(engine) as session:
        administration.activate(session, admin, user_id)
        assert service.principal_of(session, grace.secret) is None
        assert signed_in(session, "grace@example.org").principal.user_id == user_id


def test_a_new_link_replaces_the_old_one_and_the_password(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        user_id = joined(session, admin, "grace@example.org", Role.LEARNER)
        grace = signed_in(session, "grace@example.org")
        old = administration.new_link(session, admin, user_id)
        new = administration.new_link(session, admin, user_id)
        with pytest.raises(InvitationGone):
            service.accept_invitation(session, old.token, hashed())
        service.accept_invitation(session, new.token, hashed("kettle walnut orbit glacier"))

        assert service.principal_of(session, grace.secret) is None


def test_somebody_who_is_here_is_not_invited_again(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        with pytest.raises(EmailTaken):
            administration.invite(session, admin, "ADA@example.org", "Ada", [])


def test_inviting_again_changes_nothing_and_says_what_to_do(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        link = administration.invite(session, admin, "g@example.org", "Grace", [Role.STAFF])
        with pytest.raises(AlreadyInvited) as refused:
            administration.invite(session, admin, "G@example.org", "Greta", [Role.LEARNER])

        assert str(refused.value).startswith("g@example.org was already invited. Choose")
        assert service.invited(session, link.token).name == "Grace"
        (grace,) = administration.people(session, admin, search="g@")
        assert (grace.is_invited, grace.name, grace.roles) == (True, "Grace", {Role.STAFF})


def test_a_sample_person_is_here_and_not_invited(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        sample = User(email="s@example.org", name="Sam", created_at=clock.now(), is_sample=True)
        session.add(sample)
        session.flush()
        with pytest.raises(EmailTaken):
            administration.invite(session, admin, "s@example.org", "Sam", [Role.STAFF])


def test_everybody_has_a_role(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        user_id = joined(session, admin, "grace@example.org", Role.LEARNER)
        with pytest.raises(NoRole):
            administration.invite(session, admin, "g@example.org", "Greta", [])
        with pytest.raises(NoRole):
            administration.set_roles(session, admin, user_id, [])

        assert administration.count_people(session, admin, search="g@example.org") == 0
        assert signed_in(session, "grace@example.org").principal.roles == {Role.LEARNER}


def test_people_are_listed_with_three_queries_however_many(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        for number in range(8):
            administration.invite(
                session, admin, f"p{number}@example.org", f"P{number}", [Role.LEARNER, Role.STAFF]
            )
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))

    with reading(engine) as session:
        found = administration.people(session, admin, limit=5)

    assert [person.name for person in found] == ["Ada Admin", "P0", "P1", "P2", "P3"]
    assert (found[0].open_sessions, found[1].open_sessions) == (1, 0)
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 3


def test_the_search_takes_percent_signs_as_they_are(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)

        assert administration.count_people(session, admin, search="%") == 0
        assert administration.count_people(session, admin, search="ada@") == 1


ACTIONS: dict[str, Callable[[Session, Principal], object]] = {
    "people": lambda s, p: administration.people(s, p),
    "count": lambda s, p: administration.count_people(s, p),
    "invite": lambda s, p: administration.invite(s, p, "x@example.org", "X", [Role.ADMIN]),
    "new_link": lambda s, p: administration.new_link(s, p, 1),
    "set_roles": lambda s, p: administration.set_roles(s, p, p.user_id, [Role.ADMIN]),
    "deactivate": lambda s, p: administration.deactivate(s, p, 1),
    "activate": lambda s, p: administration.activate(s, p, p.user_id),
    "end_all_sessions": lambda s, p: administration.end_all_sessions(s, p, 1),
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_administrators_administer(sqlite_engine: Engine, role: Role, action: str) -> None:
    with unit_of_work(sqlite_engine) as session:
        admin = administrator(session)
        joined(session, admin, "grace@example.org", role)
        grace = signed_in(session, "grace@example.org").principal

        with pytest.raises(Forbidden):
            ACTIONS[action](session, grace)


def test_every_action_leaves_its_line_in_the_trail(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        user_id = joined(session, admin, "grace@example.org", Role.LEARNER)
        administration.set_roles(session, admin, user_id, [Role.STAFF, Role.MARKETER])
        administration.end_all_sessions(session, admin, user_id)
        administration.deactivate(session, admin, user_id)
        administration.activate(session, admin, user_id)
        administration.new_link(session, admin, user_id)
        entries = trail.about(session, f"user/{user_id}")

    assert [entry.action for entry in entries] == [
        "person.invited",
        "invitation.accepted",
        "person.roles_set",
        "person.sessions_ended",
        "person.deactivated",
        "person.activated",
        "person.link_renewed",
    ]
    assert entries[2].details == {"before": ["learner"], "after": ["marketer", "staff"]}
    assert {entry.actor_id for entry in entries} == {admin.user_id, user_id}
