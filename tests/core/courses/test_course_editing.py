from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select

from core.accounts.access import Principal, Role
from core.courses import authoring, contents_editing, course_editing, work_editing
from core.courses.authoring import Overwritten, clashes, merged
from core.courses.course_plan import (
    CodeTaken,
    CoursePlan,
    FaultyPlan,
    InUse,
    LessonPlan,
    NothingToPublish,
    TitleTaken,
    WorkPlan,
)
from core.courses.models import AssessmentKind, Module
from core.courses.service import complete_lesson
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from core.events.models import Event
from core.jobs.models import Job, JobKind
from tests.core.courses.records import assessed, course, enrol, hand_in, lesson_ids, person, teaches

PLAN = CoursePlan("W1", "Writing", date(2026, 9, 7), 8)
ESSAY = WorkPlan("Essay", AssessmentKind.ASSIGNMENT, Decimal(40), 21)


class Desk:
    """An instructor with a draft of their own, and others who may or may not write it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with unit_of_work(engine) as session:
            self.ina = person(session, "Ina", Role.INSTRUCTOR)
            self.ivo = person(session, "Ivo", Role.INSTRUCTOR)
            self.sam = person(session, "Sam", Role.STAFF)
            self.ana = person(session, "Ana", Role.LEARNER)
            self.course = course_editing.create_course(session, self.ina, PLAN)

    def do(self, what, *arguments, who: Principal | None = None):
        with unit_of_work(self.engine) as session:
            return what(session, who or self.ina, self.course, *arguments)

    def titles(self) -> list[tuple[str, list[str]]]:
        with reading(self.engine) as session:
            found = contents_editing.contents(session, self.ina, self.course)
        return [(one.title, [lesson.plan.title for lesson in one.lessons]) for one in found]

    def history(self):
        with reading(self.engine) as session:
            return authoring.history(session, self.ina, self.course)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)


def test_a_new_course_is_a_draft_that_its_instructor_teaches(desk: Desk) -> None:
    with reading(desk.engine) as session:
        (mine,) = course_editing.written_courses(session, desk.ina)
        assert [] == course_editing.written_courses(session, desk.ivo)
        (all_of_them,) = course_editing.written_courses(session, desk.sam)
        (event,) = session.scalars(select(Event))

    assert (replace(PLAN, series_code="W1"), None, 0) == (
        mine.plan,
        mine.published_at,
        mine.enrolled,
    )
    assert mine == all_of_them
    assert ("course.created", {"course_id": desk.course}) == (event.type, event.data)


def test_contents_are_added_in_order_and_moved_within_their_unique_places(desk: Desk) -> None:
    one, two = (desk.do(contents_editing.add_module, name) for name in ("One", "Two"))
    keys = [desk.do(contents_editing.add_lesson, one, LessonPlan(name)) for name in "abc"]

    desk.do(contents_editing.move_lesson, keys[2], -1)
    desk.do(contents_editing.move_lesson, keys[0], -1)  # is first already
    desk.do(contents_editing.move_module, two, -1)
    assert [("Two", []), ("One", ["a", "c", "b"])] == desk.titles()

    desk.do(contents_editing.remove_lesson, keys[1])
    desk.do(contents_editing.remove_module, two)
    desk.do(contents_editing.rename_module, one, "First")
    assert [("First", ["a", "c"])] == desk.titles()
    desk.do(contents_editing.add_lesson, one, LessonPlan("d"))
    assert [("First", ["a", "c", "d"])] == desk.titles()


def test_a_course_is_published_once_there_is_something_in_it(desk: Desk) -> None:
    with pytest.raises(NothingToPublish):
        desk.do(course_editing.publish)
    module = desk.do(contents_editing.add_module, "One")
    desk.do(contents_editing.add_lesson, module, LessonPlan("a"))

    desk.do(course_editing.publish)
    desk.do(course_editing.publish)
    with reading(desk.engine) as session:
        published = course_editing.written_course(session, desk.ina, desk.course)
    desk.do(course_editing.withdraw)
    with reading(desk.engine) as session:
        draft = course_editing.written_course(session, desk.ina, desk.course)

    assert published.published_at is not None
    assert draft.published_at is None
    told = [one.fields[0].field for one in desk.history() if one.fields]
    assert 2 == told.count("course.published_at")


def test_each_change_is_in_the_history_with_who_made_it_and_is_published_to_the_figures(
    desk: Desk,
) -> None:
    desk.do(course_editing.change_course, PLAN, replace(PLAN, title="Good writing"))
    desk.do(contents_editing.add_module, "One", who=desk.sam)

    newest, changed, created = desk.history()
    assert ("Sam", "module.title", None, "One") == (
        newest.by,
        newest.fields[0].field,
        newest.fields[0].before,
        newest.fields[0].after,
    )
    assert ("Ina", [("course.title", "Writing", "Good writing")]) == (
        changed.by,
        [(one.field, one.before, one.after) for one in changed.fields],
    )
    assert () == created.fields
    with reading(desk.engine) as session:
        assert [JobKind.SYNC] == [one.kind for one in session.scalars(select(Job))]


def test_who_saves_second_keeps_both_changes_and_is_told_of_a_field_that_both_changed(
    desk: Desk,
) -> None:
    opened = replace(PLAN, series_code="W1")
    desk.do(course_editing.change_course, opened, replace(opened, title="Hers"))
    desk.do(course_editing.change_course, opened, replace(opened, industry="Press"), who=desk.sam)
    with pytest.raises(Overwritten) as refused:
        desk.do(course_editing.change_course, opened, replace(opened, title="His"), who=desk.sam)

    assert ["title"] == refused.value.data["fields"]
    with reading(desk.engine) as session:
        now = course_editing.written_course(session, desk.ina, desk.course).plan
    assert ("Hers", "Press") == (now.title, now.industry)


def test_the_same_value_typed_by_two_is_no_clash() -> None:
    same = replace(PLAN, title="Same")

    assert () == clashes(PLAN, same, same)
    assert same == merged(PLAN, same, same)


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (replace(PLAN, code=" "), "code"),
        (replace(PLAN, title=""), "title"),
        (replace(PLAN, start_date=date(1900, 1, 1)), "start_date"),
        (replace(PLAN, duration_weeks=0), "duration_weeks"),
        (replace(PLAN, industry="x" * 101), "text"),
    ],
)
def test_a_course_that_cannot_be_is_refused_with_the_field(
    desk: Desk, plan: CoursePlan, field: str
) -> None:
    opened = replace(PLAN, series_code="W1")
    with pytest.raises(FaultyPlan) as refused:
        desk.do(course_editing.change_course, opened, plan)
    assert field == refused.value.data["field"]


def test_a_code_belongs_to_one_course_whatever_its_case(desk: Desk) -> None:
    with unit_of_work(desk.engine) as session, pytest.raises(CodeTaken):
        course_editing.create_course(session, desk.sam, replace(PLAN, code="w1"))


def test_graded_work_is_added_changed_and_removed_until_something_is_handed_in(desk: Desk) -> None:
    key = desk.do(work_editing.add_work, ESSAY)
    with pytest.raises(TitleTaken):
        desk.do(work_editing.add_work, ESSAY)
    later = replace(ESSAY, due_day=28)
    desk.do(work_editing.change_work, key, ESSAY, later)
    with reading(desk.engine) as session:
        (found,) = work_editing.graded(session, desk.ina, desk.course)
    assert later == found.plan

    desk.do(work_editing.remove_work, key)
    with reading(desk.engine) as session:
        assert [] == work_editing.graded(session, desk.ina, desk.course)


@pytest.mark.parametrize("day", [-1, 57])
def test_work_due_before_the_start_or_after_the_end_is_refused(desk: Desk, day: int) -> None:
    with pytest.raises(FaultyPlan) as refused:
        desk.do(work_editing.add_work, replace(ESSAY, due_day=day))
    assert ("due_day", day, 56) == tuple(refused.value.data[k] for k in ("field", "day", "last"))


def test_nothing_is_removed_that_learners_did(engine: Engine, desk: Desk) -> None:
    with unit_of_work(engine) as session:
        made = course(session, "T1", [1, 1])
        teaches(session, desk.ina, made)
        enrolment = enrol(session, desk.ana, made)
        work = assessed(session, made, "Exam", 1, 10)
        hand_in(session, enrolment, work, 3, 50)
        module = session.scalars(select(Module).where(Module.course_id == made.id)).one()
        first, second = lesson_ids(made)
    with unit_of_work(engine) as session:
        complete_lesson(session, desk.ana, enrolment.id, first)

    for what, key in (
        (contents_editing.remove_lesson, first),
        (contents_editing.remove_module, module.id),
        (work_editing.remove_work, work.id),
    ):
        with unit_of_work(engine) as session, pytest.raises(InUse):
            what(session, desk.ina, made.id, key)
    with unit_of_work(engine) as session:
        contents_editing.remove_lesson(session, desk.ina, made.id, second)


def test_a_course_is_written_by_its_instructors_and_staff_alone(desk: Desk) -> None:
    for who, refusal in ((desk.ivo, NotFound), (desk.ana, Forbidden)):
        for what, arguments in (
            (contents_editing.add_module, ("One",)),
            (course_editing.change_course, (PLAN, PLAN)),
            (course_editing.publish, ()),
            (work_editing.add_work, (ESSAY,)),
        ):
            with pytest.raises(refusal):
                desk.do(what, *arguments, who=who)
        with reading(desk.engine) as session, pytest.raises(refusal):
            contents_editing.contents(session, who, desk.course)
    with reading(desk.engine) as session:
        assert [] == authoring.history(session, desk.ivo, desk.course)


def test_a_part_of_another_course_is_not_found(engine: Engine, desk: Desk) -> None:
    with unit_of_work(engine) as session:
        other = lesson_ids(course(session, "T1", [1]))[0]
    with pytest.raises(NotFound):
        desk.do(contents_editing.move_lesson, other, 1)
