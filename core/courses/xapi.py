"""What learners did as xAPI 1.0.3 statements.

Specification: https://github.com/adlnet/xAPI-Spec, version 1.0.3. Verbs are those of ADL's
vocabulary. An actor is an account under this installation's address whose name is a keyed
pseudonym; nothing in a statement names a person. Ids are made from what happened (UUID version
5), so that the same thing is told under the same id however often it is exported.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from core.courses.quiz_marking import Mark
from core.courses.quiz_models import QuestionKind

VERSION = "1.0.3"
_VERB = "http://adlnet.gov/expapi/verbs/"
_TYPE = "http://adlnet.gov/expapi/activities/"
_PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
_NAMESPACE = uuid.UUID("6f0a9f4e-6d0c-5a0e-9c55-3f9b0c1f7a11")
_INTERACTIONS = {
    QuestionKind.SINGLE: "choice",
    QuestionKind.MULTIPLE: "choice",
    QuestionKind.NUMERIC: "numeric",
    QuestionKind.TEXT: "fill-in",
}

Statement = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where statements come from: the installation's address, and the language of its titles."""

    base_url: str
    language: str = "und"  # undetermined: titles are in whatever language they were written in

    def activity(self, path: str, kind: str, name: str, **definition: Any) -> dict[str, Any]:
        """An activity with its id below the installation's address."""
        told = {"name": {self.language: name}, "type": f"{_TYPE}{kind}", **definition}
        return {
            "objectType": "Activity",
            "id": f"{self.base_url.rstrip('/')}/xapi/{path}",
            "definition": told,
        }


@dataclass(frozen=True, slots=True)
class Learner:
    """Whose statements: the pseudonym, and the course that they are about."""

    pseudonym: str
    enrollment_id: int
    course_id: int
    course_title: str


def experienced(
    place: Place, learner: Learner, lesson_id: int, title: str, at: datetime
) -> Statement:
    """A lesson was opened for the first time."""
    return _statement(place, learner, "experienced", _lesson(place, lesson_id, title), at)


def lesson_completed(
    place: Place, learner: Learner, lesson_id: int, title: str, at: datetime
) -> Statement:
    """A lesson was finished."""
    result = {"completion": True}
    return _statement(place, learner, "completed", _lesson(place, lesson_id, title), at, result)


def progressed(
    place: Place, learner: Learner, lesson_id: int, percent: int, at: datetime
) -> Statement:
    """A finished lesson brought the course to ``percent`` (0-100)."""
    result = {"extensions": {_PROGRESS: percent}}
    return _statement(
        place, learner, "progressed", _course(place, learner), at, result, again=str(lesson_id)
    )


def course_completed(place: Place, learner: Learner, at: datetime) -> Statement:
    """The course was completed."""
    result = {"completion": True}
    return _statement(place, learner, "completed", _course(place, learner), at, result)


def course_judged(place: Place, learner: Learner, at: datetime, *, passed: bool) -> Statement:
    """The course was passed, or ended without that."""
    verb = "passed" if passed else "failed"
    return _statement(place, learner, verb, _course(place, learner), at, {"success": passed})


def quiz_judged(
    place: Place,
    learner: Learner,
    quiz: tuple[int, str],
    attempt: int,
    score: Decimal,
    at: datetime,
    *,
    passed: bool,
) -> Statement:
    """An attempt at a quiz (its id and title) was passed or failed with a score of 0-100."""
    told = {"scaled": float(score / 100), "raw": float(score), "min": 0, "max": 100}
    result = {"success": passed, "completion": True, "score": told}
    key, title = quiz
    activity = place.activity(f"assessments/{key}", "assessment", title)
    verb = "passed" if passed else "failed"
    return _statement(place, learner, verb, activity, at, result, again=str(attempt))


def answered(
    place: Place, learner: Learner, quiz_id: int, attempt: int, mark: Mark, at: datetime
) -> Statement:
    """One question of an attempt was answered."""
    kind = _INTERACTIONS[mark.kind]
    right = "[,]".join(_item(kind, one) for one in mark.expected)
    activity = place.activity(
        f"assessments/{quiz_id}/questions/{mark.question_id}",
        "cmi.interaction",
        f"Question {mark.question_id}",
        description={place.language: mark.text},
        interactionType=kind,
        **_pattern(mark, right),
        **_choices(place, kind, mark),
    )
    response = "[,]".join(_item(kind, one) for one in mark.given)
    score = {"raw": float(mark.earned), "min": 0, "max": float(mark.points)}
    result = {"success": mark.is_right, "response": response, "score": score}
    return _statement(place, learner, "answered", activity, at, result, again=str(attempt))


def _pattern(mark: Mark, right: str) -> dict[str, Any]:
    """The responses that are right; each accepted text is one of its own."""
    if mark.kind is QuestionKind.TEXT:
        return {"correctResponsesPattern": [f"{{case_matters=false}}{t}" for t in mark.expected]}
    if mark.kind is QuestionKind.NUMERIC:
        value, _, tolerance = mark.expected[0].partition(" ± ")
        low, high = (
            Decimal(value) - Decimal(tolerance or 0),
            Decimal(value) + Decimal(tolerance or 0),
        )
        return {"correctResponsesPattern": [f"{low}[:]{high}"]}
    return {"correctResponsesPattern": [right]}


def _choices(place: Place, kind: str, mark: Mark) -> dict[str, Any]:
    if kind != "choice":
        return {}
    known = dict.fromkeys([*mark.expected, *mark.given])
    return {
        "choices": [{"id": _item(kind, one), "description": {place.language: one}} for one in known]
    }


def _item(kind: str, text: str) -> str:
    """A choice's id holds no white space; other responses are as they were typed."""
    return str(uuid.uuid5(_NAMESPACE, text)) if kind == "choice" else text


def _lesson(place: Place, lesson_id: int, title: str) -> dict[str, Any]:
    return place.activity(f"lessons/{lesson_id}", "lesson", title)


def _course(place: Place, learner: Learner) -> dict[str, Any]:
    return place.activity(f"courses/{learner.course_id}", "course", learner.course_title)


def _statement(
    place: Place,
    learner: Learner,
    verb: str,
    activity: Mapping[str, Any],
    at: datetime,
    result: Mapping[str, Any] | None = None,
    *,
    again: str = "",
) -> Statement:
    """A whole statement; ``again`` tells apart what can happen to one activity repeatedly."""
    what = f"{learner.pseudonym}/{learner.enrollment_id}/{verb}/{activity['id']}/{again}"
    made: Statement = {
        "id": str(uuid.uuid5(_NAMESPACE, what)),
        "version": VERSION,
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": place.base_url.rstrip("/"), "name": learner.pseudonym},
        },
        "verb": {"id": f"{_VERB}{verb}", "display": {"en": verb}},
        "object": dict(activity),
        "timestamp": at.isoformat(),
        "context": {
            "contextActivities": {"grouping": [_bare(_course(place, learner))]},
            "registration": str(
                uuid.uuid5(_NAMESPACE, f"{place.base_url}/{learner.enrollment_id}")
            ),
        },
    }
    if result is not None:
        made["result"] = dict(result)
    return made


def _bare(activity: dict[str, Any]) -> dict[str, Any]:
    return {"objectType": "Activity", "id": activity["id"]}
