"""A cohort from records through the lake to the page's values; who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.accounts.access import Principal, Role
from core.courses import cohort_queries, cohort_service
from core.courses.cohorts import RankingView, Stage
from core.courses.grade import Piece, effective_weights
from core.courses.models import AssessmentKind, Course, EnrollmentStatus
from core.courses.ports import AnswerSource, CohortRisk, Reason
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from data.lake import Lake
from data.marts.cohorts import CohortMart
from data.pipeline.sync import sync
from data.warehouse.reader import Warehouse
from tests.core.courses.records import (
    NOON,
    assessed,
    course,
    enrol,
    hand_in,
    person,
    teaches,
)

TODAY = date(2026, 4, 1)  # day 30 of the course
ROWS = 4  # on a page of the ranking


class Risks:
    """A model that answers for day 14: the higher the enrolment's id, the higher the risk."""

    def days(self) -> Sequence[int]:
        return (14,)

    def version(self, day: int) -> int | None:
        return 3 if day == 14 else None

    def score(self, generation: int, course_id: int, day: int) -> CohortRisk | None:
        if day != 14:
            return None
        return CohortRisk(
            AnswerSource("risk", 3, NOON, day),
            {i: min(i / 100, 1.0) for i in range(1, 50)},
            lambda ids: {i: (Reason("No score so far", {}, 0.2),) for i in ids},
        )

    def own(self, generation: int, course_id: int, enrollment_id: int, day: int) -> None:
        raise AssertionError("a cohort asks for all of its learners")


@dataclass
class School:
    engine: Engine
    warehouse: Warehouse
    teacher: Principal
    stranger: Principal
    staff: Principal
    learner: Principal
    course_id: int
    other_id: int

    @property
    def figures(self) -> CohortMart:
        return CohortMart(self.warehouse.at(self.warehouse.generation()))

    def overview(self, principal: Principal, course_id: int):
        with reading(self.engine) as session:
            return cohort_service.overview(session, principal, self.figures, course_id, TODAY)

    def ranking(self, principal: Principal, course_id: int, view: RankingView, rows: int = ROWS):
        with reading(self.engine) as session:
            ranked = cohort_service.rank(
                session, principal, self.figures, Risks(), 1, course_id, view, TODAY, rows
            )
            return cohort_service.named(session, principal, ranked)


def _earlier(made: Course, series: Course) -> None:
    made.series_code = series.series_code
    made.start_date = date(2025, 3, 3)


@pytest.fixture
def school(engine: Engine, tmp_path: Path) -> School:
    """A course of two pieces and an exam: one learner handed in both, one late, one nothing."""
    with unit_of_work(engine) as session:
        teacher = person(session, "Tess", Role.INSTRUCTOR)
        stranger = person(session, "Sam", Role.INSTRUCTOR)
        staff = person(session, "Stella", Role.STAFF)
        people = [person(session, name, Role.LEARNER) for name in ("Ana", "Ben", "Cem", "Dan")]
        mine, before = course(session, "C1", [1, 1]), course(session, "C0", [1])
        _earlier(before, mine)
        teaches(session, teacher, mine)
        teaches(session, stranger, before)
        first = assessed(session, mine, "First", 40, 10)
        second = assessed(session, mine, "Second", 60, 20)
        assessed(session, mine, "Exam", 100, None, AssessmentKind.EXAM)
        ana, ben, _cem, dan = [enrol(session, one, mine) for one in people]
        hand_in(session, ana, first, 9, 80)
        hand_in(session, ana, second, 20, 60)
        hand_in(session, ben, first, 13, 50)
        hand_in(session, ben, second, 1, 90, banked=True)
        dan.status = EnrollmentStatus.WITHDRAWN
        dan.ended_at = datetime(2026, 3, 7, tzinfo=UTC)
        enrol(session, people[0], before)
    lake = Lake(tmp_path / "lake")
    sync(lake, engine, pseudonym_key=b"k" * 32, progress=lambda *_: None, now=NOON)
    return School(
        engine,
        Warehouse(tmp_path / "lake"),
        teacher,
        stranger,
        staff,
        people[0],
        mine.id,
        before.id,
    )


def test_a_cohort_is_counted_from_what_its_learners_did(school: School) -> None:
    told = school.overview(school.teacher, school.course_id)
    assert (4, 1) == (told.enrolled, told.statuses[EnrollmentStatus.WITHDRAWN])
    assert {Stage.ENROLLED: 4, Stage.BEGAN: 2, Stage.HALF: 2, Stage.ALL: 0} == {
        name: count for name, count in told.funnel.items() if name is not Stage.COMPLETED
    }
    assert told.rate(1) is None  # of four learners no share is told


def test_lateness_is_counted_apart_from_banked_scores_and_from_who_had_left(
    school: School,
) -> None:
    first, second, exam = school.overview(school.teacher, school.course_id).assessments
    assert (2, 1, 1, 3.0, 1) == (
        first.handed_in,
        first.on_time,
        first.late,
        first.median_days_late,
        first.missing,
    )
    assert (1, 1, 0, 1, 60.0) == (
        second.handed_in,
        second.on_time,
        second.late,
        second.banked,
        second.mean_score,
    )
    assert (None, None, None) == (exam.due_on, exam.missing, exam.mean_score)


def test_grades_weigh_work_as_the_course_page_does(school: School) -> None:
    by_enrolment = school.figures.learners(school.course_id, TODAY)
    kinds = AssessmentKind
    weights = effective_weights(
        {
            1: Piece(kinds.ASSIGNMENT, 40),
            2: Piece(kinds.ASSIGNMENT, 60),
            3: Piece(kinds.EXAM, 100),
        }
    )
    ana = float((weights[1] * 80 + weights[2] * 60) / (weights[1] + weights[2]))
    assert [ana, 74.0, None, None] == [one.grade for one in by_enrolment]


def test_the_presentation_before_is_shown_to_those_who_may_see_it(school: School) -> None:
    assert school.overview(school.teacher, school.course_id).earlier is None
    earlier = school.overview(school.staff, school.course_id).earlier
    assert earlier is not None
    assert ("C0", 1) == (earlier.course.code, earlier.enrolled)


def test_instructors_see_their_own_courses_only(school: School) -> None:
    for ask in (school.overview, lambda *who: school.ranking(*who, RankingView(14))):
        with pytest.raises(NotFound):
            ask(school.stranger, school.course_id)
        with pytest.raises(NotFound):
            ask(school.teacher, school.other_id)
        with pytest.raises(NotFound):
            ask(school.staff, 10**9)
        with pytest.raises(Forbidden):
            ask(school.learner, school.course_id)


def test_learners_are_ranked_with_names_reasons_and_capacity(school: School) -> None:
    told = school.ranking(school.teacher, school.course_id, RankingView(14, capacity=0.2))
    assert ["Dan", "Cem", "Ben", "Ana"] == [one.name for one in told.learners]
    assert [False, True, False, False] == [one.is_within_capacity for one in told.learners]
    assert AnswerSource("risk", 3, NOON, 14) == told.source
    assert (4, 1) == (told.found, told.within_capacity)
    assert ["No score so far"] == [one.message for one in told.learners[0].reasons]


def test_without_a_model_missing_work_ranks_and_no_risk_is_told(school: School) -> None:
    told = school.ranking(school.teacher, school.course_id, RankingView(None))
    assert told.source is None
    assert ["Cem", "Ana", "Ben", "Dan"] == [one.name for one in told.learners]
    assert [None] * 4 == [one.risk for one in told.learners]


def test_a_page_beyond_the_last_shows_the_last(school: School) -> None:
    view = RankingView(14, page=9)
    told = school.ranking(school.teacher, school.course_id, view, rows=3)
    assert (["Ana"], 4) == ([one.name for one in told.learners], told.found)
    whole = school.ranking(school.teacher, school.course_id, RankingView(14, page=2))
    assert 4 == len(whole.learners)


def test_more_names_are_read_than_one_query_can_ask_for(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        staff = person(session, "Stella", Role.STAFF)
        ana = person(session, "Ana", Role.LEARNER)
        enrolment = enrol(session, ana, course(session, "C1", [1])).id
    with reading(sqlite_engine) as session:
        many = [*range(10**6, 10**6 + 33_000), enrolment]
        assert {enrolment: "Ana"} == cohort_queries.learner_names(session, staff, many)


def test_a_search_finds_parts_of_names_and_no_pattern(school: School) -> None:
    found = school.ranking(school.teacher, school.course_id, RankingView(14, search="be"))
    assert ["Ben"] == [one.name for one in found.learners]
    nobody = school.ranking(school.teacher, school.course_id, RankingView(14, search="%"))
    assert () == nobody.learners


def test_each_piece_of_work_is_counted_by_its_place_and_the_sum_adds_up(school: School) -> None:
    now = school.overview(school.teacher, school.course_id).now
    assert (4, 1, (2, 2)) == (now.enrolled, now.left, now.pieces)
    assert (sum(now.pieces), 8) == (now.handed_in, now.expected)
    early = school.figures.counts(school.course_id, 10)
    assert (1,) == early.pieces  # Ben was late, and the second piece is not due
