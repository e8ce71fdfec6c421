"""Where records of a person are: every table is named here, as held on people or as not.

A test compares this with the schema, so that a new table is thought about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Key(StrEnum):
    """By what a row is known to be a person's."""

    PERSON = "person"  # the column holds their id
    ENROLMENT = "enrolment"  # the column holds the id of an enrolment of theirs
    ACCOUNT = "account"  # the column holds "account:" and their e-mail address
    SUBJECT = "subject"  # the column names them, or an enrolment of theirs, as what it is about


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of one table; ``only`` are the columns given, empty: all but ``SECRET`` ones.

    What somebody did to things of others is given with when and to what, not with others' words.
    """

    table: str
    column: str
    key: Key = Key.PERSON
    only: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """Its file in the archive."""
        return f"{self.table}-{self.column}.json" if self.only else f"{self.table}.json"


HELD = (
    Held("users", "id"),
    Held("user_roles", "user_id"),
    Held("sessions", "user_id"),
    Held("invitations", "user_id"),
    Held("invitations", "invited_by", only=("created_at", "expires_at", "used_at")),
    Held("failed_sign_ins", "subject", Key.ACCOUNT),
    Held("erasure_requests", "user_id"),
    Held("saved_views", "user_id"),
    Held("alert_notices", "user_id"),
    Held("alert_subscriptions", "user_id"),
    Held("calendar_links", "user_id"),
    Held("weekly_goals", "user_id"),
    Held("study_clocks", "user_id"),
    Held("enrollments", "user_id"),
    Held("learner_attributes", "enrollment_id", Key.ENROLMENT),
    Held("lesson_completions", "enrollment_id", Key.ENROLMENT),
    Held("lesson_visits", "enrollment_id", Key.ENROLMENT),
    Held("study_time", "enrollment_id", Key.ENROLMENT),
    Held("submissions", "enrollment_id", Key.ENROLMENT),
    Held("quiz_attempts", "enrollment_id", Key.ENROLMENT),
    Held("certificates", "enrollment_id", Key.ENROLMENT),
    Held("contacts", "enrollment_id", Key.ENROLMENT),
    Held("contacts", "made_by", only=("id", "enrollment_id", "made_at", "way", "sent_at")),
    Held("risk_contests", "enrollment_id", Key.ENROLMENT),
    Held("risk_contests", "answered_by", only=("id", "enrollment_id", "answer", "answered_at")),
    Held("course_instructors", "user_id"),
    Held("course_changes", "actor_id", only=("id", "course_id", "version", "at")),
    Held("campaign_changes", "actor_id", only=("id", "campaign_id", "version", "at")),
    Held("accepted_suggestions", "accepted_by", only=("id", "kind", "status", "accepted_at")),
    Held("documents", "owner_id"),
    Held("document_drafts", "owner_id"),
    Held("house_styles", "set_by", only=("id", "set_at")),
    Held("source_mappings", "updated_by", only=("id", "updated_at")),
    Held("model_versions", "trained_by", only=("id", "name", "version", "trained_at")),
    Held("model_promotions", "promoted_by", only=("id", "name", "version", "promoted_at")),
    Held("jobs", "created_by", only=("id", "kind", "status", "created_at", "finished_at")),
    Held("audit", "subject", Key.SUBJECT),
    Held("audit", "actor_id", only=("id", "at", "action", "subject")),
    Held("events", "subject", Key.SUBJECT),
)

SECRET = frozenset(
    {
        ("users", "password_hash"),
        ("sessions", "id"),
        ("invitations", "token_hash"),
        ("calendar_links", "nonce"),
        ("alert_notices", "token"),
        ("contacts", "token"),
    }
)
"""Columns that let somebody act as the person, or keep a message from being sent twice."""

IMPERSONAL: Mapping[str, str] = {
    "account_goals": "goals of all campaigns together",
    "alerts": "what was noticed of campaigns",
    "assessments": "contents of courses",
    "audiences": "parts of campaigns",
    "campaign_goals": "parts of campaigns",
    "campaigns": "campaigns",
    "courses": "courses",
    "creatives": "parts of campaigns",
    "document_templates": "templates",
    "lesson_files": "contents of courses",
    "lesson_groups": "contents of courses",
    "lessons": "contents of courses",
    "model_drifts": "distributions over a hundred learners or more",
    "modules": "contents of courses",
    "quiz_questions": "contents of courses",
    "quizzes": "contents of courses",
    "rule_groups": "what counts in courses",
    "rule_lessons": "what counts in courses",
    "rule_versions": "what counts in courses",
    "scorecards": "simulated worlds",
}
"""Tables that hold nothing on people, and what they hold."""
