"""A learner's way through a course, and what another's address gives them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

import wiring
from core.accounts import repository
from core.accounts.access import Principal, Role
from core.audit import trail
from core.courses import enrolling
from core.courses.course_page import LOOKED_AT
from core.courses.models import Course, Enrollment
from core.settings import Settings
from tests.browser.people import ADMIN_EMAIL, Login
from tests.browser.visiting import settled, sign_in

pytestmark = pytest.mark.browser

COURSE = "SAMPLE-ML"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def enrolment(home: Path, logins: dict[Role, Login]) -> int:
    """The test learner's enrolment in a course that the test instructor teaches."""
    services = wiring.build(Settings(_env_file=None, app_home=home))
    with services.work() as session:
        admin = repository.user_by_email(session, ADMIN_EMAIL)
        assert admin is not None
        who = Principal(admin.id, admin.name, ADMIN_EMAIL, frozenset({Role.ADMIN}))
        course = session.scalars(select(Course.id).where(Course.code == COURSE)).one()
        made = enrolling.enrol(session, who, course, logins[Role.LEARNER].email)
        enrolling.assign_instructor(session, who, course, logins[Role.INSTRUCTOR].email)
    services.engine.dispose()
    return made


def looks(home: Path, enrolment: int) -> int:
    """How often somebody looked at the enrolment's page, by the audit trail."""
    services = wiring.build(Settings(_env_file=None, app_home=home))
    with services.reading() as session:
        entries = trail.about(session, f"enrollment/{enrolment}")
    services.engine.dispose()
    return sum(entry.action == LOOKED_AT for entry in entries)


def other_enrolment(home: Path, mine: int) -> int:
    """An enrolment of somebody else in the same course."""
    services = wiring.build(Settings(_env_file=None, app_home=home))
    with services.reading() as session:
        course = select(Enrollment.course_id).where(Enrollment.id == mine).scalar_subquery()
        found = session.scalars(
            select(Enrollment.id).where(Enrollment.course_id == course, Enrollment.id != mine)
        ).first()
    services.engine.dispose()
    assert found is not None
    return found


def mark_as_done(page: Page, lesson: str) -> None:
    """Click the button in the lesson's own row."""
    row = page.get_by_text(lesson, exact=True).locator("xpath=ancestor::*[.//button][1]")
    row.get_by_role("button", name="Mark as done").click()


def test_a_learner_opens_a_course_and_sees_progress_move_with_a_lesson(
    page: Page, address: str, logins: dict[Role, Login], enrolment: int
) -> None:
    sign_in(page, address, logins[Role.LEARNER], "/my-courses")
    page.get_by_role("link", name="Open").first.click()
    expect(page.get_by_role("heading", name="Machine learning in practice")).to_be_visible()
    assert f"enrolment={enrolment}" in page.url
    expect(page.get_by_text("0 of 17 required lessons")).to_be_visible()

    page.get_by_text("Linear models").click()  # a module further down, opened by hand
    mark_as_done(page, "Regression")

    expect(page.get_by_text("1 of 17 required lessons, 1 of 23 by weight")).to_be_visible()
    settled(page)
    expect(page.get_by_text("Regression", exact=True)).to_be_visible()
    page.reload()
    settled(page)
    expect(page.get_by_text("1 of 17 required lessons, 1 of 23 by weight")).to_be_visible()


def test_another_persons_enrolment_gives_a_learner_nothing(
    page: Page, address: str, home: Path, logins: dict[Role, Login], enrolment: int
) -> None:
    other = other_enrolment(home, enrolment)
    received: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: received.append(str(frame))),
    )
    sign_in(page, address, logins[Role.LEARNER], f"/course?enrolment={other}")
    expect(page.get_by_text("This does not exist, or you may not see it.")).to_be_visible()
    expect(page.get_by_role("button", name="Mark as done")).to_have_count(0)
    assert received
    assert not any("Machine learning in practice" in frame for frame in received)


def test_each_visit_of_an_instructor_is_in_the_audit_trail_once(
    page: Page, address: str, home: Path, logins: dict[Role, Login], enrolment: int
) -> None:
    before = looks(home, enrolment)
    sign_in(page, address, logins[Role.INSTRUCTOR], f"/course?enrolment={enrolment}")
    expect(page.get_by_text("You are looking at the course of Test learner.")).to_be_visible()
    expect(page.get_by_role("button", name="Mark as done").first).to_be_disabled()
    page.get_by_role("link", name="My courses").first.click()
    expect(page.get_by_role("heading", name="My courses")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("You are looking at the course of Test learner.")).to_be_visible()
    settled(page)
    assert looks(home, enrolment) == before + 2
