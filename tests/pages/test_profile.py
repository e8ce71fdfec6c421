import io
import zipfile

import pytest
from sqlalchemy import Engine

from components import own_data
from core import i18n
from core.accounts import service
from core.accounts.access import Principal, Role
from core.audit import trail
from core.db import reading
from core.personal_data import service as personal_data
from core.settings import Settings
from tests.core.accounts.people import PASSWORD
from tests.pages.installation import Installation, run

FRESH = "seven quiet lanterns 9"


def profile() -> None:
    """The page, as AppTest runs it behind the shell's gate."""
    import streamlit as st

    from components import viewer
    from pages import profile

    if viewer.open_session() is None:
        viewer.signed_out()
        st.stop()
    profile.page()


@pytest.fixture
def installation(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings
) -> Installation:
    return Installation(monkeypatch, sqlite_engine, settings)


@pytest.fixture
def grace(installation: Installation) -> Principal:
    return installation.enter(Role.LEARNER)


def type_passwords(test, current: str, fresh: str, again: str):
    for place, text in zip((2, 3, 4), (current, fresh, again), strict=True):
        test.text_input[place].set_value(text)
    return test.form_submit_button[1].click().run()


def test_the_language_is_kept_and_used_at_once(installation: Installation, grace) -> None:
    test = run(profile)
    test.selectbox[0].set_value("es")
    test.form_submit_button[0].click().run()
    assert test.title[0].value == "Perfil"


def test_a_new_password_ends_this_sign_in_too(installation: Installation, grace) -> None:
    test = type_passwords(run(profile), PASSWORD, FRESH, FRESH)
    assert test.title[0].value == "You are signed out"
    with reading(installation.services.engine) as session:
        assert service.verify(session, installation.services.hasher, grace.email, FRESH)


def test_a_wrong_current_password_changes_nothing(installation: Installation, grace) -> None:
    test = type_passwords(run(profile), "not this one at all", FRESH, FRESH)
    assert test.error[0].value == "Your current password is not right."
    assert test.title[0].value == "Profile"


def test_two_different_new_passwords_are_told(installation: Installation, grace) -> None:
    test = type_passwords(run(profile), PASSWORD, FRESH, FRESH + "0")
    assert test.error[0].value == "The two new passwords differ."


def test_the_browser_one_uses_is_marked_and_cannot_be_ended_here(
    installation: Installation, grace
) -> None:
    test = run(profile)
    assert [button.label for button in test.button if button.label == "End"] == []


def test_a_person_asks_to_be_erased_and_takes_it_back(
    installation: Installation, grace: Principal
) -> None:
    test = run(profile)
    assert not test.exception
    test = test.button(key="ask-erasure").click().run()
    assert ["You asked on" in one.value for one in test.info] == [True]
    test = test.button(key="keep-data").click().run()
    assert not test.info


def test_what_is_held_on_oneself_is_given_as_a_zip_and_audited(
    installation: Installation, grace: Principal
) -> None:
    made = own_data._content(grace, i18n.language("es"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert "Todo lo que se guarda sobre" in archive.read("README.txt").decode()
    with reading(installation.services.engine) as session:
        last = trail.about(session, f"user/{grace.user_id}")[-1]
    assert personal_data.EXPORTED == last.action
