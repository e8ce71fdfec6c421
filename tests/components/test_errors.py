import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

import wiring
from components import viewer
from core.settings import Settings


@pytest.fixture(autouse=True)
def installation(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    services = wiring.build(settings)
    monkeypatch.setattr(viewer, "services", lambda: services)
    yield
    services.engine.dispose()


def unnamed() -> None:
    import streamlit as st

    from components import errors

    st.session_state["returned"] = errors.shown(ZeroDivisionError("secret detail"))


def named() -> None:
    import streamlit as st

    from components import errors
    from core.errors import Forbidden

    st.session_state["returned"] = errors.shown(Forbidden(area="people"))


def test_a_fault_nobody_named_shows_an_id_and_nothing_of_itself() -> None:
    test = AppTest.from_function(unnamed).run()

    (shown,) = [error.value for error in test.error]
    assert re.search(r"the number [0-9a-f]{12}\.$", shown)
    assert "secret detail" not in shown
    assert test.session_state["returned"] is True


def full() -> None:
    import errno

    from components import errors

    errors.shown(OSError(errno.ENOSPC, "full"))


def test_a_full_disk_is_told_as_one() -> None:
    (shown,) = [error.value for error in AppTest.from_function(full).run().error]
    assert shown.startswith("The server's disk is full")


def test_a_named_error_shows_its_sentence() -> None:
    test = AppTest.from_function(named).run()

    (shown,) = [error.value for error in test.error]
    assert shown == "You may not do this. Ask an administrator for the role it needs."
    assert test.session_state["returned"] is True
