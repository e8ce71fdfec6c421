"""What those who teach do with a course's contents: modules and lessons."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.campaigns.history import FieldChange
from core.courses import authoring_queries as queries
from core.courses.authoring import course_for_writing, differences, merged, save
from core.courses.course_plan import InUse, LessonPlan, require_lesson, require_title
from core.courses.models import Course, Lesson, Module
from core.errors import NotFound


@dataclass(frozen=True, slots=True)
class WrittenLesson:
    """A lesson in the order of its module."""

    lesson_id: int
    plan: LessonPlan


@dataclass(frozen=True, slots=True)
class WrittenModule:
    """A module with its lessons, in order."""

    module_id: int
    title: str
    lessons: tuple[WrittenLesson, ...]


def contents(session: Session, principal: Principal, course_id: int) -> list[WrittenModule]:
    """The modules and lessons of a course that the person may write."""
    require_own(session, principal, course_id)
    lessons: dict[Module, list[WrittenLesson]] = {}
    for module, lesson in queries.contents(session, course_id):
        of_module = lessons.setdefault(module, [])
        if lesson is not None:
            of_module.append(WrittenLesson(lesson.id, _lesson_plan(lesson)))
    return [WrittenModule(one.id, one.title, tuple(found)) for one, found in lessons.items()]


def add_module(session: Session, principal: Principal, course_id: int, title: str) -> int:
    """Add a module at the end; its id. Raises NotFound and FaultyPlan."""
    require_title(title)
    course = course_for_writing(session, principal, course_id)
    there = queries.modules_in_order(session, course_id)
    module = Module(course_id=course_id, title=title.strip(), order_index=_after(there))
    session.add(module)
    save(session, principal, course, (FieldChange("module.title", None, module.title),))
    return module.id


def rename_module(
    session: Session, principal: Principal, course_id: int, module_id: int, title: str
) -> None:
    """Give a module another title. Raises as above."""
    require_title(title)
    course, module = _module(session, principal, course_id, module_id)
    before, module.title = module.title, title.strip()
    if before != module.title:
        save(session, principal, course, (FieldChange("module.title", before, module.title),))


def remove_module(session: Session, principal: Principal, course_id: int, module_id: int) -> None:
    """Remove a module with its lessons. Raises NotFound, and InUse as for a lesson."""
    course, module = _module(session, principal, course_id, module_id)
    for lesson in queries.lessons_in_order(session, module_id):
        _require_unused(session, lesson)
    session.delete(module)
    save(session, principal, course, (FieldChange("module.title", module.title, None),))


def add_lesson(
    session: Session, principal: Principal, course_id: int, module_id: int, plan: LessonPlan
) -> int:
    """Add a lesson at a module's end; its id.

    It counts with weight 1 in a course without learners. Where there are some it is optional
    until the rules are changed, so that nobody's progress falls unannounced.
    """
    require_lesson(plan)
    course, _ = _module(session, principal, course_id, module_id)
    lesson = Lesson(
        module_id=module_id,
        title=plan.title.strip(),
        expected_minutes=plan.expected_minutes,
        order_index=_after(queries.lessons_in_order(session, module_id)),
        is_required=not queries.has_enrolments(session, course_id),
    )
    session.add(lesson)
    save(session, principal, course, (FieldChange("lesson.title", None, lesson.title),))
    return lesson.id


def change_lesson(
    session: Session,
    principal: Principal,
    course_id: int,
    lesson_id: int,
    opened: LessonPlan,
    typed: LessonPlan,
) -> None:
    """Save a lesson's title and minutes over what was opened.

    Raises NotFound, FaultyPlan, and Overwritten where somebody saved the same field.
    """
    course, lesson = _lesson(session, principal, course_id, lesson_id)
    now = _lesson_plan(lesson)
    plan = merged(opened, typed, now)
    require_lesson(plan)
    lesson.title, lesson.expected_minutes = plan.title.strip(), plan.expected_minutes
    if changed := differences("lesson", now, plan):
        save(session, principal, course, changed)


def remove_lesson(session: Session, principal: Principal, course_id: int, lesson_id: int) -> None:
    """Remove a lesson. Raises NotFound, and InUse where learners completed it or keep it."""
    course, lesson = _lesson(session, principal, course_id, lesson_id)
    _require_unused(session, lesson)
    session.delete(lesson)
    save(session, principal, course, (FieldChange("lesson.title", lesson.title, None),))


def move_module(
    session: Session, principal: Principal, course_id: int, module_id: int, step: int
) -> None:
    """Move a module up (-1) or down (+1); at the end nothing happens."""
    course, module = _module(session, principal, course_id, module_id)
    order = list(queries.modules_in_order(session, course_id))
    if _moved(session, order, module, step):
        save(session, principal, course, (_order_change("module.order", order),))


def move_lesson(
    session: Session, principal: Principal, course_id: int, lesson_id: int, step: int
) -> None:
    """Move a lesson up (-1) or down (+1) in its module; at the end nothing happens."""
    course, lesson = _lesson(session, principal, course_id, lesson_id)
    order = list(queries.lessons_in_order(session, lesson.module_id))
    if _moved(session, order, lesson, step):
        save(session, principal, course, (_order_change("lesson.order", order),))


def _moved(session: Session, order: list[Module] | list[Lesson], row: object, step: int) -> bool:
    """Put a row one place on; the unique places are kept by making room first."""
    rows: list[Module | Lesson] = [*order]
    at = rows.index(row)  # type: ignore[arg-type]
    to = at + (1 if step > 0 else -1)
    if not 0 <= to < len(rows):
        return False
    first, second = rows[at], rows[to]
    here, there = first.order_index, second.order_index
    first.order_index = _after(rows)
    session.flush()
    second.order_index = here
    session.flush()
    first.order_index = there
    session.flush()
    order.sort(key=lambda one: one.order_index)
    return True


def _after(rows: Sequence[Module | Lesson]) -> int:
    return max((one.order_index for one in rows), default=0) + 1


def _order_change(field: str, order: Sequence[Module | Lesson]) -> FieldChange:
    return FieldChange(field, None, ", ".join(one.title for one in order))


def require_own(session: Session, principal: Principal, course_id: int) -> None:
    """Raise NotFound unless the person may write the course."""
    principal.require(Area.COHORTS)
    if queries.written_course(session, principal, course_id) is None:
        raise NotFound(course_id=course_id)


def _module(
    session: Session, principal: Principal, course_id: int, module_id: int
) -> tuple[Course, Module]:
    course = course_for_writing(session, principal, course_id)
    module = queries.module_of(session, course_id, module_id)
    if module is None:
        raise NotFound(module_id=module_id)
    return course, module


def _lesson(
    session: Session, principal: Principal, course_id: int, lesson_id: int
) -> tuple[Course, Lesson]:
    course = course_for_writing(session, principal, course_id)
    lesson = queries.lesson_of(session, course_id, lesson_id)
    if lesson is None:
        raise NotFound(lesson_id=lesson_id)
    return course, lesson


def _require_unused(session: Session, lesson: Lesson) -> None:
    if learners := queries.learners_with_lesson(session, lesson.id):
        raise InUse(title=lesson.title, learners=learners)


def _lesson_plan(lesson: Lesson) -> LessonPlan:
    return LessonPlan(lesson.title, lesson.expected_minutes)
