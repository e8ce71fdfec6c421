"""What the records database exports to the lake: plain columns, nothing that names a person."""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Row, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from core.accounts.models import User
from core.campaigns.models import Audience, Campaign, Creative
from core.courses.models import (
    Assessment,
    Course,
    Enrollment,
    LearnerAttributes,
    Lesson,
    LessonCompletion,
    Module,
    Submission,
)
from core.courses.rule_models import LessonGroup, RuleGroup, RuleLesson, RuleVersion
from core.courses.study_models import StudyTime
from core.documents.models import Document, DocumentTemplate
from data.pipeline.keys import campaign_id

BATCH = 50_000

Values = dict[str, Any]
Query = Select[*tuple[Any, ...]]


def pseudonym(user_id: int, key: bytes) -> str:
    """The stable keyed pseudonym of a person: HMAC-SHA256 in hex. Without the key, nobody."""
    return hmac.new(key, str(user_id).encode(), hashlib.sha256).hexdigest()


def batches(session: Session, table: str, key: bytes) -> Iterator[list[Values]]:
    """The rows of one exported table, at most BATCH at a time, in a stable order."""
    query = _EXPORTS[table]().execution_options(yield_per=BATCH)
    for rows in session.execute(query).partitions():
        yield [_exported(row, key) for row in rows]


def tables() -> tuple[str, ...]:
    """The raw tables that records are exported to."""
    return tuple(_EXPORTS)


def _exported(row: Row[*tuple[Any, ...]], key: bytes) -> Values:
    values = dict(row._mapping)
    if "user_id" in values:
        values["user_id"] = pseudonym(values["user_id"], key)
    if "external_id" in values:
        values["campaign_id"] = campaign_id(
            values["platform"], values["account_id"], values["external_id"]
        )
    return values


def _campaigns() -> Query:
    return select(
        Campaign.id.label("record_id"),
        Campaign.platform,
        Campaign.account_id,
        Campaign.external_id,
        Campaign.name.label("campaign_name"),
        Campaign.campaign_type,
        Campaign.industry,
        Campaign.status,
        Campaign.budget,
        Campaign.currency,
        Campaign.is_sample,
        Campaign.created_at,
    ).order_by(Campaign.id)


def _creatives() -> Query:
    return (
        select(
            Creative.id.label("creative_id"),
            Creative.campaign_id.label("record_id"),
            Creative.name,
            Creative.kind,
            Campaign.is_sample,
        )
        .join(Campaign, Campaign.id == Creative.campaign_id)
        .order_by(Creative.id)
    )


def _audiences() -> Query:
    return (
        select(
            Audience.id.label("audience_id"),
            Audience.campaign_id.label("record_id"),
            Audience.name,
            Campaign.is_sample,
        )
        .join(Campaign, Campaign.id == Audience.campaign_id)
        .order_by(Audience.id)
    )


def _users() -> Query:
    return select(User.id.label("user_id"), User.is_sample, User.created_at).order_by(User.id)


def _courses() -> Query:
    return select(
        Course.id.label("course_id"),
        Course.code,
        Course.series_code,
        Course.title,
        Course.difficulty_level,
        Course.industry,
        Course.start_date,
        Course.duration_weeks,
        Course.pass_mark,
        Course.is_sample,
    ).order_by(Course.id)


def _lessons() -> Query:
    return (
        select(
            Lesson.id.label("lesson_id"),
            Lesson.module_id,
            Module.course_id,
            Lesson.is_required,
            Course.is_sample,
        )
        .join(Module, Module.id == Lesson.module_id)
        .join(Course, Course.id == Module.course_id)
        .order_by(Lesson.id)
    )


# A real person in a sample course leaves with the course.
_IN_SAMPLE = or_(User.is_sample, Course.is_sample)


def _enrollments() -> Query:
    return (
        select(
            Enrollment.id.label("enrollment_id"),
            Enrollment.user_id,
            Enrollment.course_id,
            Enrollment.campaign_id.label("campaign_record_id"),
            Enrollment.status,
            Enrollment.enrolled_at,
            Enrollment.ended_at,
            Enrollment.previous_attempts,
            Enrollment.studied_credits,
            _IN_SAMPLE.label("is_sample"),
        )
        .join(User, User.id == Enrollment.user_id)
        .join(Course, Course.id == Enrollment.course_id)
        .order_by(Enrollment.id)
    )


def _rule_lessons() -> Query:
    """What counts otherwise than a required lesson of the course: groups, and rules of before."""
    live = (
        select(
            LessonGroup.course_id,
            literal(0).label("rule_version_id"),
            Lesson.id.label("lesson_id"),
            (-LessonGroup.id).label("item"),
            LessonGroup.needed,
        )
        .join(Lesson, Lesson.group_id == LessonGroup.id)
        .subquery()
    )
    kept = (
        select(
            RuleVersion.course_id,
            RuleLesson.rule_version_id,
            RuleLesson.lesson_id,
            func.coalesce(-RuleLesson.group_number, RuleLesson.lesson_id).label("item"),
            func.coalesce(RuleGroup.needed, 1).label("needed"),
        )
        .join(RuleVersion, RuleVersion.id == RuleLesson.rule_version_id)
        .outerjoin(
            RuleGroup,
            and_(
                RuleGroup.rule_version_id == RuleLesson.rule_version_id,
                RuleGroup.number == RuleLesson.group_number,
            ),
        )
        .subquery()
    )
    both = union_all(select(live), select(kept)).subquery()
    query = select(both, Course.is_sample).join(Course, Course.id == both.c.course_id)
    return query.order_by(both.c.rule_version_id, both.c.lesson_id)


def _kept_rules() -> Query:
    return (
        select(
            Enrollment.id.label("enrollment_id"),
            Enrollment.rule_version_id,
            _IN_SAMPLE.label("is_sample"),
        )
        .join(User, User.id == Enrollment.user_id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(Enrollment.rule_version_id.is_not(None))
        .order_by(Enrollment.id)
    )


def _learner_attributes() -> Query:
    return (
        select(
            LearnerAttributes.enrollment_id,
            LearnerAttributes.gender,
            LearnerAttributes.region,
            LearnerAttributes.highest_education,
            LearnerAttributes.imd_band,
            LearnerAttributes.age_band,
            LearnerAttributes.disability,
            _IN_SAMPLE.label("is_sample"),
        )
        .join(Enrollment, Enrollment.id == LearnerAttributes.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .join(Course, Course.id == Enrollment.course_id)
        .order_by(LearnerAttributes.enrollment_id)
    )


def _assessments() -> Query:
    return (
        select(
            Assessment.id.label("assessment_id"),
            Assessment.course_id,
            Assessment.title,
            Assessment.kind,
            Assessment.weight,
            Assessment.due_day,
            Course.is_sample,
        )
        .join(Course, Course.id == Assessment.course_id)
        .order_by(Assessment.id)
    )


def _completions() -> Query:
    return (
        select(
            LessonCompletion.enrollment_id,
            LessonCompletion.lesson_id,
            LessonCompletion.completed_at,
            LessonCompletion.time_spent_minutes,
            _IN_SAMPLE.label("is_sample"),
        )
        .join(Enrollment, Enrollment.id == LessonCompletion.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .join(Course, Course.id == Enrollment.course_id)
        .order_by(LessonCompletion.enrollment_id, LessonCompletion.lesson_id)
    )


def _study_time() -> Query:
    return (
        select(
            StudyTime.enrollment_id,
            StudyTime.day,
            func.sum(StudyTime.seconds).label("seconds"),
            _IN_SAMPLE.label("is_sample"),
        )
        .join(Enrollment, Enrollment.id == StudyTime.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .join(Course, Course.id == Enrollment.course_id)
        .group_by(StudyTime.enrollment_id, StudyTime.day, User.is_sample, Course.is_sample)
        .order_by(StudyTime.enrollment_id, StudyTime.day)
    )


def _submissions() -> Query:
    return (
        select(
            Submission.id.label("submission_id"),
            Submission.enrollment_id,
            Submission.assessment_id,
            Assessment.kind.label("assessment_kind"),
            Submission.submitted_at,
            Submission.score,
            Submission.is_banked,
            _IN_SAMPLE.label("is_sample"),
        )
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .join(Course, Course.id == Enrollment.course_id)
        .order_by(Submission.id)
    )


def _templates() -> Query:
    own_documents = select(literal(1)).where(
        Document.template_id == DocumentTemplate.id, Document.is_sample.is_(False)
    )
    return select(
        DocumentTemplate.id.label("template_id"),
        DocumentTemplate.slug,
        DocumentTemplate.version,
        DocumentTemplate.name,
        DocumentTemplate.document_type,
        DocumentTemplate.industry,
        # A sample template that a real document was made from has to stay with it.
        (DocumentTemplate.is_sample & ~own_documents.exists()).label("is_sample"),
    ).order_by(DocumentTemplate.id)


def _documents() -> Query:
    return (
        select(
            Document.id.label("document_id"),
            Document.template_id,
            Document.owner_id.label("user_id"),
            Document.document_type,
            Document.language,
            Document.lake_generation,
            Document.generation_time_seconds,
            Document.quality_score,
            Document.satisfaction.label("user_satisfaction_score"),
            or_(Document.is_sample, User.is_sample).label("is_sample"),
            Document.created_at,
        )
        .join(User, User.id == Document.owner_id)
        .order_by(Document.id)
    )


_EXPORTS: dict[str, Callable[[], Query]] = {
    "records_campaigns": _campaigns,
    "records_creatives": _creatives,
    "records_audiences": _audiences,
    "records_users": _users,
    "records_courses": _courses,
    "records_lessons": _lessons,
    "records_enrollments": _enrollments,
    "records_rule_lessons": _rule_lessons,
    "records_kept_rules": _kept_rules,
    "records_learner_attributes": _learner_attributes,
    "records_assessments": _assessments,
    "records_completions": _completions,
    "records_study_time": _study_time,
    "records_submissions": _submissions,
    "records_templates": _templates,
    "records_documents": _documents,
}
