import pytest
from sqlalchemy import Engine

from core.accounts import administration
from core.accounts.access import Role
from core.db import reading, unit_of_work
from core.settings import Settings
from tests.core.accounts.people import joined
from tests.pages.installation import Installation, run


def people() -> None:
    """The page, as AppTest runs it."""
    from pages import people

    people.page()


@pytest.fixture
def installation(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings
) -> Installation:
    made = Installation(monkeypatch, sqlite_engine, settings)
    made.enter(Role.ADMIN)
    return made


def test_an_invitation_shows_its_link_and_leaves_a_mail(installation: Installation) -> None:
    test = run(people)
    test.text_input[0].set_value("eve@example.org")
    test.text_input[1].set_value("Eve")
    test.multiselect(key="invite-roles").set_value([Role.MARKETER])
    test.form_submit_button[0].click().run()
    assert [fault.value for fault in test.exception] == []
    assert "/invite/" in test.code[0].value
    assert "Pass the link on yourself" in test.info[0].value
    (mail,) = installation.services.settings.outbox_dir.glob("*.eml")
    assert b"eve@example.org" in mail.read_bytes()


def test_a_bad_address_is_told_and_nobody_is_added(installation: Installation) -> None:
    test = run(people)
    test.text_input[0].set_value("eve")
    test.text_input[1].set_value("Eve")
    test.form_submit_button[0].click().run()
    assert test.error[0].value == "Type an e-mail address such as name@example.org."
    with reading(installation.services.engine) as session:
        assert administration.count_people(session, installation.admin) == 1


def test_a_search_that_finds_nobody_says_so(installation: Installation) -> None:
    test = run(people)
    test.text_input(key="q").set_value("nobody at all").run()
    assert test.info[0].value.startswith("Nobody matches")


def test_a_click_meant_for_one_person_never_reaches_another(installation: Installation) -> None:
    with unit_of_work(installation.services.engine) as session:
        meant = joined(session, installation.admin, "mia@example.org", Role.LEARNER, name="Mia")
    test = run(people)
    test.session_state["people"] = {"selection": {"rows": [1], "columns": []}}
    test.run()
    assert test.subheader[0].value == "Mia"
    with unit_of_work(installation.services.engine) as session:
        other = joined(session, installation.admin, "bo@example.org", Role.LEARNER, name="Bo")
    test.button(key=f"Deactivate-{meant}").click().run()
    with reading(installation.services.engine) as session:
        states = {
            one.id: one.is_active for one in administration.people(session, installation.admin)
        }
    assert states[other]
