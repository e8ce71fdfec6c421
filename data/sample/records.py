"""Writes the sample world into the records database, in bulk and in one unit of work."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.accounts.models import User, UserRole
from core.campaigns.models import (
    Audience,
    Campaign,
    CampaignGoal,
    CampaignType,
    Creative,
    GoalKpi,
)
from core.courses.models import (
    Assessment,
    Course,
    CourseInstructor,
    Enrollment,
    Lesson,
    LessonCompletion,
    Module,
    Submission,
)
from core.db import Base
from core.documents.templates import ensure_builtin_templates
from data.sample.campaigns import CampaignDays
from data.sample.creatives import audiences_of, creatives_of
from data.sample.learners import PASS_MARK
from data.sample.plans import Plan
from data.sample.report import CURRENCY, account_id, external_id
from data.sample.studying import write_attempts, write_quizzes, write_visits
from data.sample.teaching import description, lesson_texts
from data.sample.world import World

Row = dict[str, Any]

_PLANNED_AHEAD = timedelta(days=14)  # a campaign is written down this long before it starts
_MODESTY = Decimal("0.9")
_HEADROOM = Decimal("1.15")  # budgets leave this much above the daily plan


def write_records(session: Session, world: World) -> None:
    """Add every person, campaign, course, enrolment and template of the world."""
    people = _people(session, world)
    campaigns = _campaigns(session, world)
    courses = _courses(session, world, people)
    lessons = _lessons(session, world, courses)
    assessments = _assessments(session, world, courses)
    enrolments = _enrolments(session, world, people, courses, campaigns)
    _completions(session, world, enrolments, lessons)
    _submissions(session, world, enrolments, assessments)
    asked = write_quizzes(session, world, lessons, assessments)
    write_attempts(session, world, enrolments, assessments, asked)
    write_visits(session, world, enrolments, lessons)
    ensure_builtin_templates(session, is_sample=True)


def _keep(session: Session, model: type[Base], rows: Sequence[Row]) -> list[int]:
    """Insert rows and give their new ids, in the same order."""
    key = model.__table__.c.id
    statement = insert(model).returning(key, sort_by_parameter_order=True)
    return list(session.scalars(statement, rows))


def _people(session: Session, world: World) -> list[int]:
    taken = {email for email in session.scalars(select(User.email)) if email}
    rows = [
        {
            "name": one.name,
            "email": _free(one.email, taken),
            "created_at": one.joined_at,
            "is_sample": True,
        }
        for one in world.people
    ]
    ids = _keep(session, User, rows)
    roles = [{"user_id": i, "role": p.role} for i, p in zip(ids, world.people, strict=True)]
    session.execute(insert(UserRole), roles)
    return ids


def _campaigns(session: Session, world: World) -> list[int]:
    industries = {course.key: course.industry for course in world.courses}
    rows = [
        _campaign(number, campaign, world.until, industries)
        for number, campaign in enumerate(world.campaigns)
    ]
    ids = _keep(session, Campaign, rows)
    creatives = [
        {"campaign_id": ids[n], "name": name, "kind": kind, "details": {}}
        for n, campaign in enumerate(world.campaigns)
        for name, kind in creatives_of(world.seed, n, campaign.plan)
    ]
    audiences = [
        {"campaign_id": ids[n], "name": name, "criteria": criteria}
        for n, campaign in enumerate(world.campaigns)
        for name, criteria in audiences_of(world.seed, n, campaign.plan)
    ]
    goals = [
        {"campaign_id": ids[n], "kpi": kpi, "target": target}
        for n, campaign in enumerate(world.campaigns)
        for kpi, target in _goals(campaign.plan)
    ]
    session.execute(insert(Creative), creatives)
    session.execute(insert(Audience), audiences)
    session.execute(insert(CampaignGoal), goals)
    return ids


def _goals(plan: Plan) -> list[tuple[GoalKpi, Decimal]]:
    """What is expected of a campaign: a little less than the return it is good for."""
    roas = round(Decimal(plan.roas) * _MODESTY, 1)
    if plan.kind is not CampaignType.SEARCH:
        return [(GoalKpi.ROAS, roas)]
    return [(GoalKpi.ROAS, roas), (GoalKpi.CPA, round(Decimal(plan.value) / roas, 0))]


def _campaign(number: int, campaign: CampaignDays, until: date, industries: dict[str, str]) -> Row:
    plan = campaign.plan
    start = until - timedelta(days=plan.first)
    planned = _morning(start - _PLANNED_AHEAD)
    return {
        "platform": plan.account[0],
        "account_id": account_id(plan),
        "external_id": external_id(number),
        "name": plan.name,
        "campaign_type": plan.kind,
        "status": plan.status,
        "industry": industries[plan.course] if plan.course else "education",
        "budget": _budget(campaign),
        "currency": CURRENCY,
        "start_date": start,
        "end_date": until - timedelta(days=plan.planned_last),
        "is_sample": True,
        "version": 1,
        "created_at": planned,
        "updated_at": planned,
    }


def _budget(campaign: CampaignDays) -> Decimal:
    """Money for the planned days, in whole hundreds."""
    planned_days = campaign.plan.first - campaign.plan.planned_last + 1
    return round(Decimal(campaign.daily_budget) * planned_days * _HEADROOM, -2)


def _courses(session: Session, world: World, people: list[int]) -> list[int]:
    taken = set(session.scalars(select(Course.code)))
    rows = [
        {
            "code": _free(course.code, taken),
            "series_code": course.series_code,
            "title": course.title,
            "difficulty_level": course.difficulty,
            "industry": course.industry,
            "start_date": course.start,
            "duration_weeks": course.weeks,
            "pass_mark": PASS_MARK,
            "description": description(course.key),
            "is_open": world.until < course.start + timedelta(days=course.length),
            "is_sample": True,
            "published_at": _morning(course.start - _PLANNED_AHEAD * 6),
            "created_at": _morning(course.start - _PLANNED_AHEAD * 6),
            "updated_at": _morning(course.start - _PLANNED_AHEAD * 6),
        }
        for course in world.courses
    ]
    ids = _keep(session, Course, rows)
    teachers = world.instructors
    teaching = [
        {"course_id": course, "user_id": people[teachers[n % len(teachers)]]}
        for n, course in enumerate(ids)
    ]
    session.execute(insert(CourseInstructor), teaching)
    return ids


def _modules(session: Session, world: World, courses: list[int]) -> list[list[int]]:
    rows = [
        {"course_id": courses[n], "title": title, "order_index": place}
        for n, course in enumerate(world.courses)
        for place, title in enumerate(course.modules, 1)
    ]
    ids = iter(_keep(session, Module, rows))
    return [[next(ids) for _ in course.modules] for course in world.courses]


def _lessons(session: Session, world: World, courses: list[int]) -> list[list[int]]:
    """Ids of the lessons, a list a course, in the course's order."""
    modules = _modules(session, world, courses)
    rows = [
        {
            "module_id": modules[n][lesson.module],
            "title": lesson.title,
            "content": lesson_texts(course.key)[lesson.title],
            "order_index": place,
            "weight": Decimal(lesson.weight),
            "is_required": lesson.required,
            "expected_minutes": lesson.expected_minutes,
        }
        for n, course in enumerate(world.courses)
        for place, lesson in enumerate(course.lessons, 1)
    ]
    ids = iter(_keep(session, Lesson, rows))
    return [[next(ids) for _ in course.lessons] for course in world.courses]


def _assessments(session: Session, world: World, courses: list[int]) -> list[list[int]]:
    """Ids of the assessments, a list a course."""
    rows = [
        {
            "course_id": courses[n],
            "title": work.title,
            "kind": work.kind,
            "weight": Decimal(work.weight),
            "due_day": work.due_day,
        }
        for n, course in enumerate(world.courses)
        for work in course.assessments
    ]
    ids = iter(_keep(session, Assessment, rows))
    return [[next(ids) for _ in course.assessments] for course in world.courses]


def _enrolments(
    session: Session, world: World, people: list[int], courses: list[int], campaigns: list[int]
) -> list[int]:
    rows = [
        {
            "user_id": people[story.learner],
            "course_id": courses[story.course],
            "campaign_id": None if story.campaign is None else campaigns[story.campaign],
            "status": story.status,
            "enrolled_at": story.enrolled_at,
            "ended_at": story.ended_at,
        }
        for story in world.stories
    ]
    return _keep(session, Enrollment, rows)


def _completions(
    session: Session, world: World, enrolments: list[int], lessons: list[list[int]]
) -> None:
    rows = [
        {
            "enrollment_id": enrolment,
            "lesson_id": lessons[story.course][done.lesson],
            "completed_at": done.at,
            "time_spent_minutes": done.minutes,
        }
        for enrolment, story in zip(enrolments, world.stories, strict=True)
        for done in story.completions
    ]
    session.execute(insert(LessonCompletion), rows)


def _submissions(
    session: Session, world: World, enrolments: list[int], assessments: list[list[int]]
) -> None:
    rows = [
        {
            "enrollment_id": enrolment,
            "assessment_id": assessments[story.course][work.assessment],
            "submitted_at": work.at,
            "score": None if work.score is None else Decimal(str(work.score)),
            "is_banked": False,
        }
        for enrolment, story in zip(enrolments, world.stories, strict=True)
        for work in story.submissions
    ]
    session.execute(insert(Submission), rows)


def _free(key: str, taken: set[str]) -> str:
    """The code or e-mail address, numbered where a kept record of an earlier world has it."""
    stem, at, domain = key.partition("@")
    numbered = (f"{stem}-{n}{at}{domain}" for n in count(2))
    return key if key not in taken else next(one for one in numbered if one not in taken)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)
