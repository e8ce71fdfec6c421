"""The lake's raw tables, from which the warehouse is built: their columns and types.

``ads_rows`` holds every kept row of every ad report, at the report's own grain,
``creative_rows`` and ``audience_rows`` those of reports by advertisement and by audience,
``outcome_rows`` what the whole business took, ``lift_test_rows`` what experiments measured;
``records_*`` are copies of the records database without anything that names a person.
"""

_MONEY = "DECIMAL(18,6)"  # micro-units of a currency are kept exactly

_TOLD_BY = {
    "key": "UUID",  # of the full set of dimension columns; see data.pipeline.keys
    "origin": "VARCHAR",  # the report that told it: source, relation and its columns
}
_CAMPAIGN = {
    "campaign_id": "BIGINT",
    "platform": "VARCHAR",
    "account_id": "VARCHAR",
    "account_name": "VARCHAR",
    "external_id": "VARCHAR",
    "campaign_name": "VARCHAR",
    "campaign_type": "VARCHAR",
}
_FIGURES = {
    "currency": "VARCHAR",
    "dimensions": "VARCHAR",  # the further columns, and from which currency at which rate
    "impressions": "BIGINT",
    "clicks": "BIGINT",
    "spend": _MONEY,
    "conversions": _MONEY,
    "conversions_value": _MONEY,
}
_IMPORTED = {"is_sample": "BOOLEAN", "imported_at": "TIMESTAMPTZ"}

RAW: dict[str, dict[str, str]] = {
    "ads_rows": {
        **_TOLD_BY,
        "source_relation": "VARCHAR",
        "date": "DATE",
        **_CAMPAIGN,
        **_FIGURES,
        **_IMPORTED,
    },
    "creative_rows": {
        **_TOLD_BY,
        "source_relation": "VARCHAR",
        "date": "DATE",
        **_CAMPAIGN,
        "creative_id": "BIGINT",
        "creative_external_id": "VARCHAR",
        "creative_name": "VARCHAR",
        "creative_kind": "VARCHAR",
        **_FIGURES,
        **_IMPORTED,
    },
    "audience_rows": {
        **_TOLD_BY,
        "source_relation": "VARCHAR",
        "date": "DATE",
        **_CAMPAIGN,
        "audience_id": "BIGINT",
        "audience_external_id": "VARCHAR",
        "audience_name": "VARCHAR",
        **_FIGURES,
        **_IMPORTED,
    },
    "outcome_rows": {
        **_TOLD_BY,
        "date": "DATE",
        "period_days": "INTEGER",  # 1 for a day, 7 for the week that begins on it
        "currency": "VARCHAR",
        "dimensions": "VARCHAR",  # from which currency at which rate
        "revenue": _MONEY,
        "orders": _MONEY,
        "controls": "MAP(VARCHAR, DOUBLE)",  # the file's further numeric columns
        **_IMPORTED,
    },
    "lift_test_rows": {
        **_TOLD_BY,
        **_CAMPAIGN,
        "start_date": "DATE",
        "end_date": "DATE",  # the last day of the test
        "spend_change": "DOUBLE",  # share of the campaign's own spend; -1 for a holdout
        "currency": "VARCHAR",
        "dimensions": "VARCHAR",  # from which currency at which rate
        "lift": _MONEY,
        "lift_p05": _MONEY,
        "lift_p95": _MONEY,
        **_IMPORTED,
    },
    "ads_campaigns": {
        "key": "UUID",
        "campaign_id": "BIGINT",
        "platform": "VARCHAR",
        "account_id": "VARCHAR",
        "external_id": "VARCHAR",
        "campaign_name": "VARCHAR",
        "campaign_type": "VARCHAR",
        "status": "VARCHAR",
        "updated_at": "TIMESTAMP",
        "is_sample": "BOOLEAN",
        "imported_at": "TIMESTAMPTZ",
    },
    "records_campaigns": {
        "record_id": "BIGINT",
        "campaign_id": "BIGINT",
        "platform": "VARCHAR",
        "account_id": "VARCHAR",
        "external_id": "VARCHAR",
        "campaign_name": "VARCHAR",
        "campaign_type": "VARCHAR",
        "industry": "VARCHAR",
        "status": "VARCHAR",
        "budget": "DECIMAL(18,4)",
        "currency": "VARCHAR",
        "is_sample": "BOOLEAN",
        "created_at": "TIMESTAMPTZ",
    },
    "records_creatives": {
        "creative_id": "BIGINT",
        "record_id": "BIGINT",
        "name": "VARCHAR",
        "kind": "VARCHAR",
        "is_sample": "BOOLEAN",
    },
    "records_audiences": {
        "audience_id": "BIGINT",
        "record_id": "BIGINT",
        "name": "VARCHAR",
        "is_sample": "BOOLEAN",
    },
    "records_users": {
        "user_id": "VARCHAR",  # keyed HMAC-SHA256 pseudonym
        "is_sample": "BOOLEAN",
        "created_at": "TIMESTAMPTZ",
    },
    "records_courses": {
        "course_id": "BIGINT",
        "code": "VARCHAR",
        "series_code": "VARCHAR",  # of presentations of the same matter
        "title": "VARCHAR",
        "difficulty_level": "VARCHAR",
        "industry": "VARCHAR",
        "start_date": "DATE",
        "duration_weeks": "INTEGER",
        "pass_mark": "INTEGER",
        "is_sample": "BOOLEAN",
    },
    "records_lessons": {
        "lesson_id": "BIGINT",
        "module_id": "BIGINT",
        "course_id": "BIGINT",
        "is_required": "BOOLEAN",
        "is_sample": "BOOLEAN",
    },
    "records_enrollments": {
        "enrollment_id": "BIGINT",
        "user_id": "VARCHAR",
        "course_id": "BIGINT",
        "campaign_record_id": "BIGINT",
        "status": "VARCHAR",
        "enrolled_at": "TIMESTAMPTZ",
        "ended_at": "TIMESTAMPTZ",
        "previous_attempts": "INTEGER",
        "studied_credits": "INTEGER",
        "is_sample": "BOOLEAN",
    },
    # What counts otherwise than as a required lesson by the rules in force, which are version 0:
    # lessons of one item count together once ``needed`` of them are completed.
    "records_rule_lessons": {
        "course_id": "BIGINT",
        "rule_version_id": "BIGINT",
        "lesson_id": "BIGINT",
        "item": "BIGINT",  # the lesson itself, or below 0 a group of lessons
        "needed": "INTEGER",
        "is_sample": "BOOLEAN",
    },
    "records_kept_rules": {  # of enrolments that keep rules of before
        "enrollment_id": "BIGINT",
        "rule_version_id": "BIGINT",
        "is_sample": "BOOLEAN",
    },
    "records_learner_attributes": {  # for audits only; nothing that decides reads it
        "enrollment_id": "BIGINT",
        "gender": "VARCHAR",
        "region": "VARCHAR",
        "highest_education": "VARCHAR",
        "imd_band": "VARCHAR",
        "age_band": "VARCHAR",
        "disability": "VARCHAR",
        "is_sample": "BOOLEAN",
    },
    "records_assessments": {
        "assessment_id": "BIGINT",
        "course_id": "BIGINT",
        "title": "VARCHAR",
        "kind": "VARCHAR",
        "weight": "DECIMAL(18,4)",
        "due_day": "INTEGER",  # days after the course's start; NULL where it has no date
        "is_sample": "BOOLEAN",
    },
    "records_completions": {
        "enrollment_id": "BIGINT",
        "lesson_id": "BIGINT",
        "completed_at": "TIMESTAMPTZ",
        "time_spent_minutes": "INTEGER",
        "is_sample": "BOOLEAN",
    },
    "records_study_time": {
        "enrollment_id": "BIGINT",
        "day": "DATE",
        "seconds": "BIGINT",  # counted between actions in lessons
        "is_sample": "BOOLEAN",
    },
    "records_submissions": {
        "submission_id": "BIGINT",
        "enrollment_id": "BIGINT",
        "assessment_id": "BIGINT",
        "assessment_kind": "VARCHAR",
        "submitted_at": "TIMESTAMPTZ",
        "score": "DECIMAL(5,2)",
        "is_banked": "BOOLEAN",
        "is_sample": "BOOLEAN",
    },
    "records_templates": {
        "template_id": "BIGINT",
        "slug": "VARCHAR",
        "version": "INTEGER",
        "name": "VARCHAR",
        "document_type": "VARCHAR",
        "industry": "VARCHAR",
        "is_sample": "BOOLEAN",
    },
    "records_documents": {
        "document_id": "BIGINT",
        "template_id": "BIGINT",
        "user_id": "VARCHAR",
        "document_type": "VARCHAR",
        "language": "VARCHAR",
        "lake_generation": "INTEGER",
        "generation_time_seconds": "DECIMAL(10,3)",
        "quality_score": "DECIMAL(5,4)",
        "user_satisfaction_score": "INTEGER",
        "is_sample": "BOOLEAN",
        "created_at": "TIMESTAMPTZ",
    },
}


def empty(table: str) -> str:
    """SQL of a raw table without rows, with the right columns."""
    columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in RAW[table].items())
    return f"SELECT {columns} WHERE false"
