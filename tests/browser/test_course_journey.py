"""An author builds a course, a learner takes it to the end, and the author goes to its cohort."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core.accounts.access import Role
from tests.browser.people import Login
from tests.browser.visiting import faults, settled, sign_in

pytestmark = pytest.mark.browser

TITLE = "Bread for beginners"


@pytest.fixture
def author(chromium: Browser, address: str, logins: dict[Role, Login]) -> Iterator[Page]:
    yield from _visit(chromium, address, logins[Role.INSTRUCTOR], "/write-courses")


@pytest.fixture
def learner(chromium: Browser, address: str, logins: dict[Role, Login]) -> Iterator[Page]:
    yield from _visit(chromium, address, logins[Role.LEARNER], "/catalogue")


def _visit(chromium: Browser, address: str, login: Login, path: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 1600}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(15_000)
    sign_in(page, address, login, path)
    yield page
    context.close()


def press(page: Page, name: str, answer: str) -> None:
    """Press a button and wait until the page has answered with this text."""
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(re.compile(answer)).first).to_be_visible()
    settled(page)
    assert faults(page) == []


def follow(page: Page, name: str) -> None:
    """Follow a link of the page itself and wait until it is there."""
    page.get_by_test_id("stMain").get_by_role("link", name=name).first.click()
    settled(page)


def in_card(page: Page, what: Locator) -> Locator:
    """What stands in the card of the course, and in no other."""
    title = page.get_by_text(TITLE, exact=True)
    return page.locator("div").filter(has=title).filter(has=what).last.locator(what)


def build(page: Page) -> None:
    """A course of two lessons, the second with a quiz that has to be passed."""
    page.get_by_role("button", name="New course").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Code").fill("BREAD-1")
    page.get_by_role("button", name="Create the draft").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    page.get_by_label("New module").fill("First loaf")
    press(page, "Add the module", "Module of the new lesson")
    for title in ("Flour", "Water"):
        page.get_by_label("New lesson", exact=True).fill(title)
        press(page, "Add the lesson", "Write its text, files and quiz")
        expect(page.get_by_label("New lesson", exact=True)).to_have_value("")


def write_quiz(page: Page) -> None:
    """Give the course's first lesson a text and a quiz with one question."""
    follow(page, "Write its text, files and quiz")
    expect(page.get_by_role("heading", name="Flour")).to_be_visible()
    page.get_by_role("textbox", name="Text (Markdown)").first.fill("Flour is **ground grain**.")
    press(page, "Save", "The lesson is saved")
    page.get_by_role("combobox", name="Add a quiz").click()
    page.get_by_role("option", name="A new quiz").click()
    settled(page)
    page.get_by_label("Title", exact=True).fill("What is flour?")
    page.get_by_role("textbox", name="Text (Markdown)").nth(1).fill("What is flour made from?")
    page.get_by_label("Answers, one a line").first.fill("stone\n* grain")
    press(page, "Save the quiz", "Take the quiz off this lesson")
    follow(page, TITLE)


def take_quiz(page: Page, answer: str, outcome: str) -> None:
    """Answer the quiz's one question."""
    page.get_by_role("radiogroup").get_by_text(answer).click()
    press(page, "Hand in", outcome)


def test_a_course_is_built_and_taken_and_a_quiz_that_was_failed_once_is_passed(
    author: Page, learner: Page
) -> None:
    build(author)
    write_quiz(author)
    press(author, "Publish the course", "Make it a draft again")
    author.get_by_text("Learners enrol by themselves", exact=True).click()
    settled(author)

    learner.reload()
    settled(learner)
    in_card(learner, learner.get_by_role("button", name="Enrol")).click()
    expect(learner.get_by_text("You are enrolled.")).to_be_visible()
    settled(learner)
    in_card(learner, learner.get_by_role("link", name="Open")).click()
    follow(learner, "Flour")
    expect(learner.get_by_text("ground grain")).to_be_visible()
    press(learner, "Begin the quiz", "Hand in")
    take_quiz(learner, "stone", "Not passed: 0 of 100")
    expect(learner.get_by_text("This lesson is done once its quiz is passed.")).to_be_visible()
    press(learner, "Try again", "Hand in")
    take_quiz(learner, "grain", "Passed with 100 of 100")
    follow(learner, "Next: Water")
    expect(learner.get_by_role("heading", name="Water")).to_be_visible()
    press(learner, "Mark as done", "Lesson marked as done")
    follow(learner, TITLE)
    expect(learner.get_by_text("Completed", exact=True)).to_be_visible()
    expect(learner.get_by_text("2 of 2 required lessons")).to_be_visible()

    author.reload()
    settled(author)
    follow(author, "Cohort")
    expect(author.get_by_role("heading", name="Cohorts")).to_be_visible()
    chosen = author.get_by_role("combobox", name="Course")
    expect(chosen).to_have_value(re.compile(TITLE))
    assert faults(author) + faults(learner) == []
