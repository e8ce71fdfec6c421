"""Pages run by AppTest as a signed-in person, on the real warehouse of a small lake."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import wiring
from components import jobs, queries, viewer, watch_queries
from components.home import alerts, incoming
from core.accounts.access import Principal, Role
from core.i18n import language
from core.migrations.schema import upgrade
from core.settings import Settings
from data.warehouse.reader import Warehouse

MARKETER = Principal(1, "Ana Ruiz", "ana@example.org", frozenset({Role.MARKETER}))


def use(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    warehouse: Warehouse,
    who: Principal = MARKETER,
    code: str = "en",
) -> None:
    """Let pages of this test read the warehouse as this person, in this language."""
    settings = Settings(_env_file=None, app_home=folder / "home", run_worker=False)
    wired = replace(wiring.build(settings), warehouse=warehouse)
    upgrade(wired.engine)
    st.cache_data.clear()
    for module in (alerts, incoming, jobs, queries, viewer, watch_queries):
        monkeypatch.setattr(module, "services", lambda: wired)
    monkeypatch.setattr(viewer, "principal", lambda: who)
    monkeypatch.setattr(viewer, "words", lambda: language(code))
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: {}))


def run(page: Callable[[], None], **query: str) -> AppTest:
    """The page after its first run at an address with this query string."""
    test = AppTest.from_function(page, default_timeout=30)
    for key, value in query.items():
        test.query_params[key] = value
    test.run()
    assert [error.value for error in test.exception] == []
    return test
