"""Statements against the rules of xAPI 1.0.3, on both databases, from things that were done."""

import json
import re
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Engine

from core import clock
from core.accounts.access import Principal, Role
from core.courses import quizzes, studying, xapi_export, xapi_queries
from core.courses.models import EnrollmentStatus, Lesson
from core.courses.service import complete_lesson
from core.courses.xapi import Place
from core.db import reading, unit_of_work
from core.errors import Forbidden
from tests.core.courses.quizzes import right, write
from tests.core.courses.records import course, enrol, lesson_ids, person, teaches

PLACE = Place("https://learn.example/")
STATEMENT = {
    "id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority",
    "version", "attachments",
}  # fmt: skip
RESULT = {"score", "success", "completion", "response", "duration", "extensions"}
INTERACTIONS = {
    "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing",
    "likert", "numeric", "other",
}  # fmt: skip


def is_iri(text: str) -> bool:
    return bool(urlsplit(text).scheme) and not re.search(r"\s", text)


def check_activity(activity: Mapping[str, Any]) -> None:
    """2.4.4.1: an IRI as id; names by language; interactions with their own properties."""
    assert activity["objectType"] == "Activity"
    assert is_iri(activity["id"])
    definition = activity.get("definition", {})
    assert is_iri(definition.get("type", "x:"))
    for by_language in ("name", "description"):
        for tag, text in definition.get(by_language, {}).items():
            assert re.fullmatch(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*", tag)
            assert isinstance(text, str)
    if "correctResponsesPattern" in definition or "choices" in definition:
        assert definition["interactionType"] in INTERACTIONS
    if definition.get("interactionType") == "choice":
        ids = [choice["id"] for choice in definition["choices"]]
        assert len(set(ids)) == len(ids)
        assert not any(re.search(r"\s", one) for one in ids)
        for pattern in definition["correctResponsesPattern"]:
            assert set(pattern.split("[,]")) <= set(ids)


def check_result(result: Mapping[str, Any]) -> None:
    """2.4.5: known properties, a scaled score in -1..1, the raw one between min and max."""
    assert set(result) <= RESULT
    score = result.get("score", {})
    assert set(score) <= {"scaled", "raw", "min", "max"}
    assert -1 <= score.get("scaled", 0) <= 1
    if "raw" in score:
        assert score["min"] <= score["raw"] <= score["max"]
        assert score["min"] < score["max"]
    for name in ("success", "completion"):
        assert isinstance(result.get(name, True), bool)
    assert all(is_iri(key) for key in result.get("extensions", {}))


def check(statement: Mapping[str, Any]) -> None:
    """2.4: required properties, nothing unknown, no null, a moment with its zone."""
    assert {"actor", "verb", "object"} <= set(statement) <= STATEMENT
    assert str(uuid.UUID(statement["id"])) == statement["id"]
    assert re.fullmatch(r"1\.0(\.\d+)?", statement["version"])
    assert datetime.fromisoformat(statement["timestamp"]).tzinfo is not None
    actor = statement["actor"]
    assert {"objectType", "account"} == set(actor)  # exactly one inverse functional identifier
    assert {"homePage", "name"} == set(actor["account"])
    assert is_iri(actor["account"]["homePage"])
    assert is_iri(statement["verb"]["id"])
    check_activity(statement["object"])
    check_result(statement.get("result", {}))
    context = statement["context"]
    uuid.UUID(context["registration"])
    for activities in context["contextActivities"].values():
        for activity in activities:
            check_activity(activity)
    assert "null" not in re.sub(r'"[^"]*"', "", json.dumps(statement))


@pytest.fixture
def ana(engine: Engine) -> Principal:
    """A learner who opened a lesson, failed and passed its quiz, and completed the course."""
    with unit_of_work(engine) as session:
        ana, teacher = person(session, "Ana", Role.LEARNER), person(session, "T", Role.INSTRUCTOR)
        taught = course(session, "A1", [1, 3])
        teaches(session, teacher, taught)
        own = enrol(session, ana, taught)
        first, second = lesson_ids(taught)
        quiz = write(session, teacher, first)
        studying.note_activity(session, ana, own.id, first)
        session.get_one(Lesson, first).title = 'Signs like \u2028, "quotes" and\nlines'
        questions = quizzes.asked(session, quiz)
        for answers in (right(questions, 1), right(questions, 4)):
            attempt = quizzes.begin_attempt(session, ana, own.id, quiz)
            quizzes.submit(session, ana, attempt, answers)
        complete_lesson(session, ana, own.id, second)
        failed = enrol(session, person(session, "Ben", Role.LEARNER), taught)
        failed.status, failed.ended_at = EnrollmentStatus.FAILED, clock.now()
        return ana


def told(engine: Engine, since: datetime | None = None) -> list[dict[str, Any]]:
    with reading(engine) as session:
        made = xapi_export.statements(session, PLACE, lambda user_id: f"p{user_id}", since)
        return [json.loads(xapi_export.line(one)) for one in made]


def test_every_statement_keeps_the_rules_of_the_specification(
    engine: Engine, ana: Principal
) -> None:
    for statement in told(engine):
        check(statement)


def test_everything_that_was_done_is_told_by_its_verb(engine: Engine, ana: Principal) -> None:
    verbs = [one["verb"]["id"].rpartition("/")[2] for one in told(engine)]
    assert {
        "experienced": 1,
        "answered": 8,
        "failed": 2,  # an attempt, and the other learner's course
        "passed": 2,  # an attempt, and the course
        "completed": 3,  # two lessons and the course
        "progressed": 2,
    } == {verb: verbs.count(verb) for verb in set(verbs)}


def test_progress_is_what_it_was_after_each_lesson(engine: Engine, ana: Principal) -> None:
    moved = [one for one in told(engine) if one["verb"]["id"].endswith("progressed")]
    assert [25, 100] == [next(iter(one["result"]["extensions"].values())) for one in moved]


def test_answers_tell_what_was_given_and_what_is_right(engine: Engine, ana: Principal) -> None:
    last = [one for one in told(engine) if one["verb"]["id"].endswith("answered")][-2:]
    number, word = last
    assert ["3.13[:]3.15"] == number["object"]["definition"]["correctResponsesPattern"]
    assert "3.14" == number["result"]["response"]
    assert "fill-in" == word["object"]["definition"]["interactionType"]
    assert (True, "Trout") == (word["result"]["success"], word["result"]["response"])


def test_ids_are_unique_and_the_same_in_every_export_and_name_nobody(
    engine: Engine, ana: Principal
) -> None:
    first, second = told(engine), told(engine)
    ids = [one["id"] for one in first]
    assert len(set(ids)) == len(ids)
    assert ids == [one["id"] for one in second]
    assert {f"p{ana.user_id}"} < {one["actor"]["account"]["name"] for one in first}
    assert "Ana" not in json.dumps(first)


def test_only_what_happened_since_is_told(engine: Engine, ana: Principal) -> None:
    assert [] == told(engine, datetime.now(UTC) + timedelta(days=1))
    assert told(engine) == told(engine, datetime.now(UTC) - timedelta(days=1))


def test_a_line_is_one_line(engine: Engine, ana: Principal) -> None:
    with reading(engine) as session:
        made = xapi_export.statements(session, PLACE, str, None)
        lines = [xapi_export.line(one) for one in made]
    assert all(line.count("\n") == 1 and line.endswith("\n") for line in lines)


def test_only_who_sees_all_learners_and_all_data_may_ask(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        xapi_queries.require_all(person(session, "Sam", Role.STAFF))
        for name, role in (("L", Role.LEARNER), ("I", Role.INSTRUCTOR), ("M", Role.MARKETER)):
            with pytest.raises(Forbidden):
                xapi_queries.require_all(person(session, name, role))
