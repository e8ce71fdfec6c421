"""A tab that looks again by itself stops doing so once its session has ended."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import wiring
from core.accounts.access import Role
from core.jobs import queue
from core.jobs.models import JobKind
from core.settings import Settings
from tests.browser.people import ADMIN_EMAIL, PASSWORD, add_people
from tests.browser.server import manage, serving
from tests.browser.test_sign_in import end_sessions
from tests.browser.visiting import sign_in

pytestmark = pytest.mark.browser


def test_a_fragment_that_polls_asks_again_whose_session_it_is(
    chromium: Browser, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    manage(home, "init", "--admin-email", ADMIN_EMAIL, "--password-stdin", stdin=PASSWORD + "\n")
    logins = add_people(home)
    services = wiring.build(Settings(_env_file=None, app_home=home))
    with services.work() as session:
        queue.enqueue(session, JobKind.SYNC, {}, created_by=None)
    services.engine.dispose()
    with serving(home, RUN_WORKER="false") as server:
        page = chromium.new_page(locale="en-GB")
        sign_in(page, server.address, logins[Role.STAFF], "/data")
        expect(page.get_by_text("waiting for its turn")).to_be_visible()

        end_sessions(home, logins[Role.STAFF].email)

        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible(timeout=15_000)
        expect(page.get_by_text("waiting for its turn")).to_have_count(0)
        page.close()
