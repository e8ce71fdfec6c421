"""What those who teach do with a course's graded work."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.accounts.access import Principal
from core.courses import authoring_queries as queries
from core.courses.authoring import course_for_writing, differences, merged, save
from core.courses.contents_editing import require_own
from core.courses.course_plan import InUse, TitleTaken, WorkPlan, require_work
from core.courses.models import Assessment, Course
from core.errors import NotFound


@dataclass(frozen=True, slots=True)
class WrittenWork:
    """A piece of graded work."""

    assessment_id: int
    plan: WorkPlan


def graded(session: Session, principal: Principal, course_id: int) -> list[WrittenWork]:
    """The graded work of a course that the person may write."""
    require_own(session, principal, course_id)
    return [WrittenWork(one.id, _work_plan(one)) for one in queries.assessments(session, course_id)]


def add_work(session: Session, principal: Principal, course_id: int, plan: WorkPlan) -> int:
    """Add graded work; its id. Raises NotFound, FaultyPlan and TitleTaken."""
    course = course_for_writing(session, principal, course_id)
    _require_work(session, course, plan, None)
    work = Assessment(course_id=course_id)
    _fill_work(work, plan)
    session.add(work)
    save(session, principal, course, differences("work", None, plan))
    return work.id


def change_work(
    session: Session,
    principal: Principal,
    course_id: int,
    assessment_id: int,
    opened: WorkPlan,
    typed: WorkPlan,
) -> None:
    """Save graded work over what was opened. Raises as for adding, and Overwritten."""
    course, work = _work(session, principal, course_id, assessment_id)
    now = _work_plan(work)
    plan = merged(opened, typed, now)
    _require_work(session, course, plan, assessment_id)
    _fill_work(work, plan)
    if changed := differences("work", now, plan):
        save(session, principal, course, changed)


def remove_work(session: Session, principal: Principal, course_id: int, assessment_id: int) -> None:
    """Remove graded work. Raises NotFound, and InUse where something was handed in."""
    course, work = _work(session, principal, course_id, assessment_id)
    if count := queries.submissions_of(session, assessment_id):
        raise InUse(title=work.title, learners=count)
    session.delete(work)
    save(session, principal, course, differences("work", _work_plan(work), None))


def _work(
    session: Session, principal: Principal, course_id: int, assessment_id: int
) -> tuple[Course, Assessment]:
    course = course_for_writing(session, principal, course_id)
    work = queries.assessment_of(session, course_id, assessment_id)
    if work is None:
        raise NotFound(assessment_id=assessment_id)
    return course, work


def _require_work(session: Session, course: Course, plan: WorkPlan, besides: int | None) -> None:
    require_work(plan, course.duration_weeks)
    titles = {one.title for one in queries.assessments(session, course.id) if one.id != besides}
    if plan.title.strip() in titles:
        raise TitleTaken(title=plan.title.strip())


def _work_plan(work: Assessment) -> WorkPlan:
    return WorkPlan(work.title, work.kind, work.weight, work.due_day)


def _fill_work(work: Assessment, plan: WorkPlan) -> None:
    work.title, work.kind = plan.title.strip(), plan.kind
    work.weight, work.due_day = plan.weight, plan.due_day
