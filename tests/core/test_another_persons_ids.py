"""Another person's id answers as one that does not exist, whatever is asked, on both databases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal, Role
from core.campaigns import service as campaigns
from core.campaigns.models import CampaignStatus
from core.courses import (
    authoring,
    catalogue,
    certificates,
    cohort_service,
    contacting,
    contents_editing,
    contesting,
    course_editing,
    course_page,
    enrolling,
    lesson_editing,
    quiz_editing,
    rule_changes,
    work_editing,
)
from core.courses import service as courses
from core.courses.contact_models import Way
from core.courses.ports import AnswerSource, Reason
from core.db import unit_of_work
from core.documents import service as documents
from core.documents.batch import service as batches
from core.errors import AppError
from core.saved_views import service as saved_views
from core.track_record import service as track_record
from tests.core.campaigns.records import PLAN
from tests.core.courses.records import course, enrol, lesson_ids, person, teaches
from tests.core.documents.records import kept
from tests.core.track_record.proposals import proposal

MISSING = 987_654_321
SAID = AnswerSource("completion_risk_day_30", 1, datetime(2026, 3, 1, tzinfo=UTC), 30)
NOBODY: frozenset[Role] = frozenset()
STAFF = frozenset({Role.ADMIN, Role.STAFF})
CAMPAIGNS = frozenset({Role.ADMIN, Role.MARKETER})
DOCUMENTS = Path("documents")  # without files: whoever sees a document is told that


@dataclass(frozen=True)
class Asked:
    """What is asked with an id, of which kind of thing, and who is given another person's."""

    name: str
    thing: str
    given_to: frozenset[Role]
    ask: Callable[[Session, Principal, int], Any]


def add_module(session: Session, who: Principal, at: int) -> int:
    return contents_editing.add_module(session, who, at, "New")


def finish_lesson(session: Session, who: Principal, at: int) -> Any:
    return courses.complete_lesson(session, who, at, 1)


def end_campaign(session: Session, who: Principal, at: int) -> Any:
    return campaigns.change_status(session, who, at, CampaignStatus.CANCELLED, 1)


def download(session: Session, who: Principal, at: int) -> Any:
    return documents.download(session, who, at, DOCUMENTS)


def batch_zip(session: Session, who: Principal, at: int) -> Any:
    return batches.zip_of(session, who, at, DOCUMENTS)


def rate(session: Session, who: Principal, at: int) -> None:
    documents.rate_satisfaction(session, who, at, 5)


def forget_view(session: Session, who: Principal, at: int) -> None:
    saved_views.forget_view(session, who, Area.CAMPAIGNS, at)


def contact(session: Session, who: Principal, at: int) -> int:
    return contacting.contact(session, who, at, "Shall we talk?", Way.ELSEWHERE)


def contest(session: Session, who: Principal, at: int) -> int:
    return contesting.contest(session, who, at, Reason("No score so far", {}, 0.1), SAID, "No.")


def answer_contest(session: Session, who: Principal, at: int) -> None:
    contesting.answer(session, who, at, "You are right.")


def outcome(session: Session, who: Principal, at: int) -> Any:
    return contacting.followed(session, who, at, {})


ACTIONS = (
    Asked("course page", "enrolment", STAFF, course_page.course_page),
    Asked("course to write", "course", STAFF, course_editing.written_course),
    Asked("contents", "course", STAFF, contents_editing.contents),
    Asked("graded work", "course", STAFF, work_editing.graded),
    Asked("what counts", "course", STAFF, rule_changes.current_rules),
    Asked("history of a course", "course", STAFF, authoring.history),
    Asked("publish", "course", STAFF, course_editing.publish),
    Asked("make a draft", "course", STAFF, course_editing.withdraw),
    Asked("cohort", "course", STAFF, cohort_service.require),
    Asked("instructors", "course", STAFF, enrolling.instructors),
    Asked("add a module", "course", STAFF, add_module),
    Asked("lesson to write", "lesson", STAFF, lesson_editing.edited_lesson),
    Asked("quiz to write", "lesson", STAFF, quiz_editing.waiting),
    Asked("leave a course", "enrolment", NOBODY, catalogue.withdraw),
    Asked("make a document again", "letter", frozenset({Role.ADMIN}), documents.make_again),
    Asked("finish a lesson", "enrolment", NOBODY, finish_lesson),
    Asked("contact a learner", "enrolment", STAFF, contact),
    Asked("address of a learner", "enrolment", STAFF, contacting.has_address),
    Asked("log of contacts", "enrolment", STAFF, contacting.log),
    Asked("send a contact", "contact", STAFF, contacting.unsent),
    Asked("what followed a contact", "contact", STAFF, outcome),
    Asked("contest a reason", "enrolment", NOBODY, contest),
    Asked("contests of an enrolment", "enrolment", STAFF, contesting.of_enrolment),
    Asked("contests of a course", "course", STAFF, contesting.of_course),
    Asked("certificate", "completed", STAFF, certificates.issue),
    Asked("whether a certificate is due", "completed", STAFF, certificates.is_due),
    Asked("answer a contest", "contest", STAFF, answer_contest),
    Asked("campaign plan", "campaign", CAMPAIGNS, campaigns.get_campaign),
    Asked("history of a campaign", "campaign", CAMPAIGNS, campaigns.history),
    Asked("end a campaign", "campaign", CAMPAIGNS, end_campaign),
    Asked("withdraw a suggestion", "suggestion", CAMPAIGNS, track_record.withdraw),
    Asked("download a letter", "letter", frozenset({Role.ADMIN}), download),
    Asked("download a campaign report", "report", STAFF, download),
    Asked("rate a letter", "letter", frozenset({Role.ADMIN}), rate),
    Asked("what a job made", "job", NOBODY, documents.made_by_job),
    Asked("zip of a batch", "job", NOBODY, batch_zip),
    Asked("forget a view", "view", NOBODY, forget_view),
)


@pytest.fixture
def theirs(engine: Engine) -> dict[str, int]:
    """The ids of what belongs to others."""
    with unit_of_work(engine) as session:
        lena, ivo = person(session, "Lena", Role.LEARNER), person(session, "Ivo", Role.INSTRUCTOR)
        mia = person(session, "Mia", Role.MARKETER)
        hidden = course(session, "HIDDEN", [1])
        (lesson,) = lesson_ids(hidden)
        assert lesson == 1  # the one that is asked to be finished
        teaches(session, ivo, hidden)
        contents_editing.add_module(session, ivo, hidden.id, "Part 2")
        enrolled = enrol(session, lena, hidden).id
        done = course(session, "DONE", [1])
        completed = enrol(session, lena, done)
        courses.complete_lesson(session, lena, completed.id, lesson_ids(done)[0])
        view = saved_views.save_view(session, mia, Area.CAMPAIGNS, "Mine", {"period": ["7d"]})
        letter = kept(session, ivo, is_campaign_report=False)
        return {
            "course": hidden.id,
            "lesson": lesson,
            "enrolment": enrolled,
            "completed": completed.id,
            "contact": contacting.contact(session, ivo, enrolled, "Shall we talk?", Way.MAIL),
            "contest": contest(session, lena, enrolled),
            "campaign": campaigns.create_campaign(session, mia, PLAN).campaign_id,
            "suggestion": track_record.accept(session, mia, proposal()),
            "letter": letter.id,
            "report": kept(session, mia).id,
            "job": 1,
            "view": view.view_id,
        }


def answer(engine: Engine, asked: Asked, who: Principal, at: int) -> str:
    """What is given, or refused in which words; nothing that was changed stays."""
    with unit_of_work(engine) as session:
        try:
            given = repr(asked.ask(session, who, at))
        except AppError as refused:
            given = f"{refused.code}: {refused}"
        session.rollback()
    return given


@pytest.mark.parametrize("asked", ACTIONS, ids=[one.name for one in ACTIONS])
def test_another_persons_id_answers_as_one_that_does_not_exist(
    engine: Engine, theirs: dict[str, int], asked: Asked
) -> None:
    for role in Role:
        with unit_of_work(engine) as session:
            who = person(session, f"own {role.value}", role)
        given = answer(engine, asked, who, theirs[asked.thing])
        nothing = answer(engine, asked, who, MISSING)
        assert (given != nothing) is (role in asked.given_to), role
