"""What the lake counts of learners under different rules is what their own pages tell."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from core.accounts.access import Principal, Role
from core.courses.course_page import course_page
from core.courses.models import Course, Enrollment
from core.courses.progress import Group
from core.courses.rule_changes import Scope, change_rules
from core.courses.rules import Rules
from core.courses.service import complete_lesson
from core.db import reading, unit_of_work
from data.lake import Lake
from data.marts.cohorts import CohortMart
from data.pipeline.sync import sync
from data.warehouse.reader import Snapshot, Warehouse
from tests.core.courses.records import course, enrol, lesson_ids, person

TODAY = date(2026, 4, 1)


class Cohort:
    """Four lessons; one learner under each of three rules, who did these lessons."""

    DONE = ((0, 1), (0, 3), (0, 2, 3))

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.lake = engine, Lake(folder)
        with unit_of_work(engine) as session:
            self.staff = person(session, "Sam", Role.STAFF)
            made = course(session, "C1", [1, 2, 1, 1])
            self.course, self.lessons = made.id, lesson_ids(made)
        a, b, c, d = self.lessons
        choice = Group("Choose one", Decimal(2), 1, frozenset({c, d}))
        self._learn("Ana", 0)
        self._change(Rules(40, {a: Decimal(1)}, (choice,)))
        self._learn("Ben", 1)
        both = Group("Two of three", Decimal(1), 2, frozenset({b, c, d}))
        self._change(Rules(50, {a: Decimal(1)}, (both,)))
        self._learn("Cleo", 2)

    def _change(self, rules: Rules) -> None:
        with unit_of_work(self.engine) as session:
            number = session.get_one(Course, self.course).rule_number
            change_rules(session, self.staff, self.course, number, rules, Scope.NEW)

    def _learn(self, name: str, number: int) -> None:
        with unit_of_work(self.engine) as session:
            who: Principal = person(session, name, Role.LEARNER)
            enrolment = enrol(session, who, session.get_one(Course, self.course)).id
        for place in self.DONE[number]:
            with unit_of_work(self.engine) as session:
                complete_lesson(session, who, enrolment, self.lessons[place])

    def published(self, folder: Path) -> Snapshot:
        now = datetime(2026, 4, 1, tzinfo=UTC)
        sync(self.lake, self.engine, pseudonym_key=b"k", progress=lambda *_: None, now=now)
        warehouse = Warehouse(folder)
        return warehouse.at(warehouse.generation())


@pytest.fixture
def cohort(engine: Engine, tmp_path: Path) -> Cohort:
    return Cohort(engine, tmp_path / "lake")


def test_the_lake_counts_each_learner_under_their_own_rules_as_their_page_does(
    cohort: Cohort, tmp_path: Path
) -> None:
    lake = cohort.published(tmp_path / "lake")
    with reading(cohort.engine) as session:
        pages = [
            course_page(session, cohort.staff, key)
            for key in session.scalars(select(Enrollment.id).order_by(Enrollment.id))
        ]

    assert [(2, 4), (2, 2), (2, 2)] == [
        (one.progress.completed, one.progress.required) for one in pages
    ]
    assert [
        (one.enrollment_id, one.progress.completed, one.progress.required) for one in pages
    ] == [
        (one.enrollment_id, one.lessons_done, one.lessons_required)
        for one in CohortMart(lake).learners(cohort.course, TODAY)
    ]


def test_lessons_are_counted_with_the_median_day_on_which_they_were_completed(
    cohort: Cohort, tmp_path: Path
) -> None:
    figures = CohortMart(cohort.published(tmp_path / "lake")).lessons(cohort.course)

    a, b, c, d = cohort.lessons
    assert {a: 3, b: 1, c: 1, d: 2} == {key: count for key, (count, _) in figures.items()}
    assert all(isinstance(day, float) for _, day in figures.values())


def test_a_module_counts_once_all_lessons_are_done_that_the_learners_rules_require(
    cohort: Cohort, tmp_path: Path
) -> None:
    lake = cohort.published(tmp_path / "lake")

    (done,) = lake.rows("SELECT sum(modules_completed) FROM fact_user_engagement")

    assert (2,) == done  # Ana's rules require two lessons more
