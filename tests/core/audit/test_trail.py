import pytest
from sqlalchemy import Engine, delete, update
from sqlalchemy.exc import DatabaseError

from core.audit import trail
from core.audit.models import AuditEntry
from core.db import reading, unit_of_work


def test_an_entry_says_who_did_what_to_which_thing(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        trail.record(session, 7, "person.invited", "user/9", roles=["staff"])
    with reading(engine) as session:
        (entry,) = trail.about(session, "user/9")
    assert (7, "person.invited", {"roles": ["staff"]}) == (
        entry.actor_id,
        entry.action,
        entry.details,
    )


@pytest.mark.parametrize("change", [update(AuditEntry).values(actor_id=1), delete(AuditEntry)])
def test_the_database_refuses_to_change_the_trail(engine: Engine, change: object) -> None:
    with unit_of_work(engine) as session:
        trail.record(session, 7, "person.invited", "user/9")
    with pytest.raises(DatabaseError, match="append only"), unit_of_work(engine) as session:
        session.execute(change)
    with reading(engine) as session:
        assert 7 == trail.about(session, "user/9")[0].actor_id
