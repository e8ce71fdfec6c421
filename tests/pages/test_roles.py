"""Every page against every role: open for those whom the table of access names, and nobody else."""

import pytest
from sqlalchemy import Engine

import pages
from core.accounts.access import ACCESS, Role
from core.settings import Settings
from tests.pages.installation import Installation, run


def page(number: int) -> None:
    """The page of that number, as the shell would run it."""
    import streamlit as st

    import pages
    from core.errors import Forbidden

    try:
        pages.PAGES[number].show()
    except Forbidden as refused:
        st.error(refused.code)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    "number", range(len(pages.PAGES)), ids=[entry.url_path for entry in pages.PAGES]
)
def test_a_page_opens_for_its_roles_only(
    number: int,
    role: Role,
    monkeypatch: pytest.MonkeyPatch,
    sqlite_engine: Engine,
    settings: Settings,
) -> None:
    area = pages.PAGES[number].area
    Installation(monkeypatch, sqlite_engine, settings).enter(role)
    shown = run(page, number=number)
    if role in ACCESS[area]:
        assert [fault.value for fault in shown.exception] == []
        assert len(shown.title) == 1
    else:
        assert [error.value for error in shown.error] == ["forbidden"]
        assert [len(shown.title), len(shown.markdown), len(shown.button)] == [0, 0, 0]
