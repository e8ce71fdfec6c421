"""Contacting a learner from Cohorts, and its log."""

from streamlit.testing.v1 import AppTest

from core.accounts.access import Role
from core.courses import contacting
from core.db import reading
from tests.pages.test_cohorts import School, school, visit

__all__ = ["school"]


def fields(test: AppTest) -> tuple[int, int]:
    """Where the message and its button are."""
    message = [one.label for one in test.text_area].index("Message")
    return message, [one.label for one in test.button].index("Contact")


def told(test: AppTest) -> str:
    return "\n".join(one.value for one in [*test.markdown, *test.caption])


def test_an_instructor_writes_to_a_learner_and_the_log_tells_what_followed(
    school: School,
) -> None:
    test = visit(school, Role.INSTRUCTOR)
    message, button = fields(test)
    test.text_area[message].input("Can I help?")
    test.button[button].click().run()
    assert [] == [fault.value for fault in test.exception]
    (kept,) = school.at.services.settings.outbox_dir.glob("*.eml")
    assert "Can I help?" in kept.read_text()
    assert "Can I help?" in told(test)
    assert "No risk was known then: no comparison." in told(test)
    with reading(school.at.services.engine) as session:
        chosen = next(one for one in test.selectbox if one.label == "Learner to contact").value
        assert chosen is not None
        (logged,) = contacting.log(session, school.instructor, chosen)
    assert logged.sent_at is not None
    assert "" == test.text_area[message].value


def test_a_message_without_a_word_is_told_and_sends_nothing(school: School) -> None:
    test = visit(school, Role.STAFF)
    test.button[fields(test)[1]].click().run()
    assert ["Write a few words first."] == [one.value for one in test.error]
    assert not list(school.at.services.settings.outbox_dir.glob("*.eml"))
