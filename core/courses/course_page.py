"""A course's page: one enrolment with its lessons, its graded work and what is due next."""

from collections.abc import Iterable, Set

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.audit import trail
from core.courses import enrolment_queries, rule_queries
from core.courses.models import Lesson, LessonCompletion, Module
from core.courses.rules import Rules
from core.courses.schemas import CoursePage, GroupState, LessonState, ModuleState
from core.courses.service import next_lessons, summary
from core.courses.work import due_work, graded_work
from core.errors import NotFound

LOOKED_AT = "enrollment.looked_at"
_LARGEST_ID = 2**63 - 1  # what a key of the records can be


def course_page(session: Session, principal: Principal, enrollment_id: int | str) -> CoursePage:
    """One enrolment with everything its page shows; a few queries, however long the course.

    The person's own, or one in a course whose learners they may see. Raises NotFound for
    every other, and for an id (it may come from an address) that is none.
    """
    principal.require(Area.MY_COURSES)
    key = key_of(enrollment_id)
    found = enrolment_queries.visible_enrolment(session, principal, key)
    if found is None:
        raise NotFound(enrollment_id=enrollment_id)
    enrolment, course, learner = found
    rules = rule_queries.rules_of(session, [enrolment])[key]
    modules = _modules(enrolment_queries.lessons_with_completions(session, enrolment), rules)
    completed = completed_in(modules)
    rows = enrolment_queries.assessments_with_submissions(session, [key])
    work, grade = graded_work(course.start_date, [(one, made) for _, one, made in rows])
    shown = summary(course)
    return CoursePage(
        enrollment_id=key,
        learner=learner,
        is_own=enrolment.user_id == principal.user_id,
        course=shown,
        description=course.description,
        pass_mark=rules.pass_mark,
        status=enrolment.status,
        enrolled_at=enrolment.enrolled_at,
        ended_at=enrolment.ended_at,
        progress=rules.progress(completed),
        grade=grade,
        due=due_work(work, shown, enrolment.status, enrolment.enrolled_at, clock.today()),
        modules=modules,
        work=work,
        groups=_groups(rules, completed),
        rule_number=rules.number,
        next_lesson=next_lessons(session, [enrolment])[key],
    )


def note_look(session: Session, principal: Principal, page: CoursePage) -> None:
    """Put into the audit trail that somebody looked at another person's page."""
    if not page.is_own:
        subject = f"enrollment/{page.enrollment_id}"
        trail.record(session, principal.user_id, LOOKED_AT, subject)


def key_of(enrollment_id: int | str) -> int:
    """The id that an address names; NotFound where it is none."""
    text = str(enrollment_id)
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST_ID))
    if not is_number or int(text) > _LARGEST_ID:
        raise NotFound(enrollment_id=text[:50])
    return int(text)


def completed_in(modules: Iterable[ModuleState]) -> set[int]:
    """The lessons that are completed."""
    return {
        one.lesson_id
        for module in modules
        for one in module.lessons
        if one.completed_at is not None
    }


def _modules(
    rows: Iterable[tuple[Module, Lesson | None, LessonCompletion | None]], rules: Rules
) -> tuple[ModuleState, ...]:
    lessons: dict[Module, list[LessonState]] = {}
    for module, lesson, completion in rows:
        of_module = lessons.setdefault(module, [])
        if lesson is not None:
            of_module.append(_lesson(lesson, completion, rules))
    return tuple(
        ModuleState(module.id, module.title, tuple(states)) for module, states in lessons.items()
    )


def _lesson(lesson: Lesson, completion: LessonCompletion | None, rules: Rules) -> LessonState:
    group = rules.group_of(lesson.id)
    return LessonState(
        lesson_id=lesson.id,
        title=lesson.title,
        is_required=lesson.id in rules.lessons,
        weight=rules.lessons.get(lesson.id, lesson.weight),
        expected_minutes=lesson.expected_minutes,
        completed_at=completion.completed_at if completion else None,
        group=group.title if group else None,
    )


def _groups(rules: Rules, completed: Set[int]) -> tuple[GroupState, ...]:
    return tuple(
        GroupState(
            one.title, one.weight, one.needed, len(one.lessons & completed), len(one.lessons)
        )
        for one in rules.groups
    )
