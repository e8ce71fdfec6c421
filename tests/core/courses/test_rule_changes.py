from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine, delete, func, select

from core.accounts.access import Principal, Role
from core.courses import contents_editing, rule_queries
from core.courses.course_page import course_page
from core.courses.course_plan import InUse, LessonPlan
from core.courses.models import Course, Enrollment, EnrollmentStatus
from core.courses.progress import Group
from core.courses.rule_changes import (
    CHANGED,
    Effect,
    RulesChanged,
    Scope,
    change_rules,
    current_rules,
    preview,
)
from core.courses.rule_models import (
    CourseChange,
    LessonGroup,
    RuleGroup,
    RuleLesson,
    RuleVersion,
)
from core.courses.rules import FaultyRules, Rules
from core.courses.service import complete_lesson, my_courses
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from core.events.models import Event
from tests.core.courses.records import (
    assessed,
    course,
    enrol,
    hand_in,
    lesson_ids,
    person,
    teaches,
)

KEPT = (RuleVersion, RuleGroup, RuleLesson, LessonGroup, CourseChange)


class School:
    """A course of four lessons of weight 1; Ana has done the first two, Ben none."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with unit_of_work(engine) as session:
            self.ina = person(session, "Ina", Role.INSTRUCTOR)
            self.ana, self.ben = (person(session, n, Role.LEARNER) for n in ("Ana", "Ben"))
            made = course(session, "C1", [1, 1, 1, 1])
            teaches(session, self.ina, made)
            self.course, self.lessons = made.id, lesson_ids(made)
            self.enrolled = {n.name: enrol(session, n, made).id for n in (self.ana, self.ben)}
        for lesson in self.lessons[:2]:
            with unit_of_work(engine) as session:
                complete_lesson(session, self.ana, self.enrolled["Ana"], lesson)

    def rules(self) -> Rules:
        with reading(self.engine) as session:
            return current_rules(session, self.ina, self.course)

    def change(self, rules: Rules, scope: Scope, opened: int | None = None) -> int:
        number = self.rules().number if opened is None else opened
        with unit_of_work(self.engine) as session:
            return change_rules(session, self.ina, self.course, number, rules, scope)

    def percent(self, who: Principal) -> tuple[int | None, int]:
        """Progress and pass mark as the list and the page tell them, which agree."""
        with reading(self.engine) as session:
            (own,) = my_courses(session, who)
            page = course_page(session, who, own.enrollment_id)
        assert (own.progress, own.pass_mark) == (page.progress, page.pass_mark)
        return own.progress.percent, own.pass_mark

    def join(self, name: str) -> Principal:
        with unit_of_work(self.engine) as session:
            who = person(session, name, Role.LEARNER)
            enrol(session, who, session.get_one(Course, self.course))
        return who

    def only(self, *places: int) -> Rules:
        """Rules by which only these lessons count."""
        return Rules(50, {self.lessons[place]: Decimal(1) for place in places})


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


def test_rules_for_new_enrolments_leave_those_in_the_course_as_they_are(school: School) -> None:
    assert 2 == school.change(school.only(0, 2), Scope.NEW)
    cleo = school.join("Cleo")

    assert [(50, 40), (0, 40), (0, 50)] == [
        school.percent(who) for who in (school.ana, school.ben, cleo)
    ]
    with unit_of_work(school.engine) as session:
        (enrolment,) = session.scalars(select(Enrollment).where(Enrollment.user_id == cleo.user_id))
        reached = complete_lesson(session, cleo, enrolment.id, school.lessons[1])
    assert 0 == reached.percent  # that lesson no longer counts


def test_rules_for_all_move_those_in_the_course_as_the_preview_said(school: School) -> None:
    new = school.only(0, 2, 3)
    with reading(school.engine) as session:
        told = preview(session, school.ina, school.course, new)

    assert (Effect(school.enrolled["Ana"], "Ana", 50, 33),) == told.effects
    assert (2, 0, 40, 50) == (
        told.in_course,
        told.ended,
        told.pass_mark_before,
        told.pass_mark_after,
    )
    school.change(new, Scope.ALL)
    assert (33, 50) == school.percent(school.ana)


def test_who_meets_the_new_rules_already_completes_the_course_with_them(school: School) -> None:
    school.change(school.only(0, 1), Scope.ALL)

    with reading(school.engine) as session:
        states = [
            session.get_one(Enrollment, school.enrolled[name]).status for name in ("Ana", "Ben")
        ]
    assert EnrollmentStatus.COMPLETED == states[0]
    assert states[1].is_open


def test_the_preview_names_who_would_no_longer_pass(school: School) -> None:
    with unit_of_work(school.engine) as session:
        work = assessed(session, session.get_one(Course, school.course), "Exam", 1, 10)
        hand_in(session, session.get_one(Enrollment, school.enrolled["Ben"]), work, 3, 45)
    with reading(school.engine) as session:
        told = preview(session, school.ina, school.course, replace(school.rules(), pass_mark=50))

    assert (Effect(school.enrolled["Ben"], "Ben", 0, 0, True, False),) == told.effects


def test_a_course_goes_with_all_the_rules_it_ever_had(school: School) -> None:
    choice = Group("Choose one", Decimal(1), 1, frozenset(school.lessons[1:3]))
    school.change(Rules(40, {school.lessons[0]: Decimal(1)}, (choice,)), Scope.ALL)
    school.change(school.only(0), Scope.NEW)

    with unit_of_work(school.engine) as session:
        session.execute(delete(Course).where(Course.id == school.course))
    with reading(school.engine) as session:
        left = [session.scalar(select(func.count()).select_from(one)) for one in KEPT]
    assert [0] * len(KEPT) == left


def test_who_has_ended_the_course_keeps_the_rules_under_which_they_did(school: School) -> None:
    with unit_of_work(school.engine) as session:
        ended = session.get_one(Enrollment, school.enrolled["Ana"])
        ended.status = EnrollmentStatus.COMPLETED

    school.change(school.only(3), Scope.ALL)

    assert [(50, 40), (0, 50)] == [school.percent(who) for who in (school.ana, school.ben)]


def test_each_of_several_changes_is_kept_by_those_enrolled_in_between(school: School) -> None:
    school.change(school.only(0), Scope.NEW)
    cleo = school.join("Cleo")
    school.change(school.only(0, 1, 2), Scope.NEW)
    dan = school.join("Dan")

    with reading(school.engine) as session:
        by_person = {one.user_id: one for one in session.scalars(select(Enrollment))}
        rules = rule_queries.rules_of(session, by_person.values())
    numbers = [
        rules[by_person[who.user_id].id].number for who in (school.ana, school.ben, cleo, dan)
    ]
    assert [1, 1, 2, 3] == numbers


def test_a_group_counts_once_for_those_under_its_rules_and_is_kept(school: School) -> None:
    first, *others = school.lessons
    choice = Group("Choose one", Decimal(3), 1, frozenset(others))
    grouped = Rules(40, {first: Decimal(1)}, (choice,))
    school.change(grouped, Scope.ALL)
    assert (100, 40) == school.percent(school.ana)

    school.change(school.only(0, 3), Scope.NEW)

    assert (100, 40) == school.percent(school.ana)
    with reading(school.engine) as session:
        page = course_page(session, school.ana, school.enrolled["Ana"])
    (state,) = page.groups
    assert ("Choose one", 1, 1, 3) == (state.title, state.needed, state.done, state.lessons)
    assert [None, *["Choose one"] * 3] == [one.group for one in page.modules[0].lessons]


def test_a_course_that_no_longer_requires_any_lesson_has_no_percentage(school: School) -> None:
    school.change(Rules(40), Scope.ALL)

    assert (None, 40) == school.percent(school.ana)


def test_rules_that_count_the_same_make_no_new_version(school: School) -> None:
    assert 1 == school.change(school.rules(), Scope.NEW)


def test_a_second_author_is_told_that_the_rules_have_changed(school: School) -> None:
    school.change(school.only(0), Scope.NEW)

    with pytest.raises(RulesChanged):
        school.change(school.only(1), Scope.NEW, opened=1)
    assert {school.lessons[0]: Decimal(1)} == school.rules().lessons


def test_a_course_without_learners_has_its_first_rules_until_somebody_enrols(
    engine: Engine,
) -> None:
    with unit_of_work(engine) as session:
        staff = person(session, "Sam", Role.STAFF)
        made = course(session, "C2", [1])
        number = change_rules(session, staff, made.id, 1, Rules(60), Scope.NEW)

    assert (1, 60) == (number, made.pass_mark)


def test_a_change_is_told_with_whom_it_moved(school: School) -> None:
    school.change(school.only(0), Scope.ALL)

    with reading(school.engine) as session:
        (told,) = session.scalars(select(Event).where(Event.type == CHANGED))
    assert {"course_id": school.course, "number": 2, "scope": "all", "moved": 2} == told.data


def test_a_lesson_that_somebodys_rules_count_is_not_removed(school: School) -> None:
    school.change(school.only(0), Scope.NEW)

    with unit_of_work(school.engine) as session, pytest.raises(InUse) as refused:
        contents_editing.remove_lesson(session, school.ina, school.course, school.lessons[3])
    assert 2 == refused.value.data["learners"]


def test_a_lesson_added_while_people_learn_is_optional_until_the_rules_say_so(
    school: School,
) -> None:
    with unit_of_work(school.engine) as session:
        (module,) = contents_editing.contents(session, school.ina, school.course)
        contents_editing.add_lesson(
            session, school.ina, school.course, module.module_id, LessonPlan("Extra")
        )

    assert (50, 40) == school.percent(school.ana)
    assert 4 == len(school.rules().lessons)


def test_nobody_changes_the_rules_of_a_course_they_do_not_teach(school: School) -> None:
    with unit_of_work(school.engine) as session:
        other = person(session, "Ivo", Role.INSTRUCTOR)
    for who, refusal in ((other, NotFound), (school.ana, Forbidden)):
        with unit_of_work(school.engine) as session, pytest.raises(refusal):
            change_rules(session, who, school.course, 1, Rules(0), Scope.ALL)
        with reading(school.engine) as session, pytest.raises(refusal):
            preview(session, who, school.course, Rules(0))


def test_faulty_rules_are_refused_before_anything_is_written(school: School) -> None:
    with pytest.raises(FaultyRules):
        school.change(replace(school.rules(), pass_mark=101), Scope.ALL)
    assert 40 == school.rules().pass_mark
