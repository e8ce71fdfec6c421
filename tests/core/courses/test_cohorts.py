from collections.abc import Mapping
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.courses.cohorts import (
    STAGES,
    LearnerFigures,
    LessonFigures,
    RankingView,
    Stage,
    contacts,
    course_day,
    funnel,
    lessons,
    mean_grade,
    ranked,
    shown,
    stage,
    within_reach,
)
from core.courses.models import EnrollmentStatus
from core.courses.schemas import CourseSummary

DAY = date(2026, 3, 10)


def learner(
    number: int = 1,
    status: EnrollmentStatus = EnrollmentStatus.ACTIVE,
    done: int = 0,
    required: int = 4,
    missing: int = 0,
    grade: float | None = None,
    active: date | None = DAY,
) -> LearnerFigures:
    return LearnerFigures(number, status, 0, 0, required, done, 4, missing, grade, active)


LEARNERS = st.builds(
    learner,
    number=st.integers(1, 10**6),
    status=st.sampled_from(list(EnrollmentStatus)),
    done=st.integers(0, 4),
    required=st.integers(0, 4),
    active=st.one_of(st.none(), st.just(DAY)),
)


def test_how_far_a_learner_came_follows_from_the_required_work() -> None:
    assert Stage.ENROLLED == stage(learner(active=None))
    assert Stage.BEGAN == stage(learner(done=1))
    assert Stage.HALF == stage(learner(done=2))
    assert Stage.ALL == stage(learner(done=4))
    assert Stage.COMPLETED == stage(learner(status=EnrollmentStatus.COMPLETED, active=None))


def test_where_nothing_is_required_nobody_did_all_of_it() -> None:
    assert Stage.BEGAN == stage(learner(required=0, done=0))


def test_a_number_of_people_counts_instead_of_the_share_and_never_above_who_is_there() -> None:
    assert 2 == within_reach(10, RankingView(None, capacity=0.9, people=2))
    assert 3 == within_reach(3, RankingView(None, people=20))
    assert 9 == within_reach(10, RankingView(None, capacity=0.9))


@given(st.lists(LEARNERS, max_size=40))
def test_the_funnel_begins_with_everybody_and_never_grows(learners: list[LearnerFigures]) -> None:
    counts = list(funnel(learners).values())
    assert len(learners) == counts[0]
    assert sorted(counts, reverse=True) == counts
    assert len(STAGES) == len(counts)


def test_lessons_stand_in_the_course_s_order_and_few_give_no_median_day() -> None:
    told = lessons([(7, "One"), (3, "Two"), (5, "Three")], {3: (4, 9.0), 7: (5, 2.0)})
    assert (
        LessonFigures("One", 5, 2.0),
        LessonFigures("Two", 4, None),
        LessonFigures("Three", 0, None),
    ) == told


def test_a_missing_grade_is_not_a_zero_and_few_grades_are_not_told() -> None:
    graded = [learner(grade=60.0)] * 5
    assert 60.0 == mean_grade([*graded, learner(grade=None)])
    assert mean_grade(graded[:4]) is None


@given(st.integers(0, 10**6), st.sampled_from([0.1, 0.15, 0.2]))
def test_contacts_are_the_share_rounded_up(count: int, capacity: float) -> None:
    reached = contacts(count, capacity)
    assert count * capacity - 1e-6 <= reached < count * capacity + 1


def test_learners_are_ranked_by_risk_and_only_those_of_whom_the_model_speaks() -> None:
    risks: Mapping[int, float] = {1: 0.2, 2: 0.9}
    order = ranked([learner(1), learner(2), learner(3)], risks)
    assert [2, 1] == [one.enrollment_id for one in order]


def test_without_a_model_they_are_ranked_by_missing_work() -> None:
    order = ranked([learner(1), learner(2, missing=3), learner(3, missing=1)], None)
    assert [2, 3, 1] == [one.enrollment_id for one in order]


def test_without_a_model_those_who_left_come_last() -> None:
    left = learner(1, status=EnrollmentStatus.WITHDRAWN, missing=4)
    assert [2, 1] == [one.enrollment_id for one in ranked([left, learner(2)], None)]


def test_nobody_who_has_left_takes_the_place_of_one_who_can_be_helped() -> None:
    left = [learner(n, status=EnrollmentStatus.WITHDRAWN) for n in range(1, 6)]
    order = [*left, *(learner(n) for n in range(6, 11))]
    within = [one.enrollment_id for one, yes in shown(order, RankingView(30, 0.2), None) if yes]
    assert [6] == within
    assert [1] == [one.enrollment_id for one, yes in shown(left, RankingView(30, 0.2), None) if yes]


def test_who_can_be_contacted_follows_from_the_whole_order() -> None:
    order = [learner(number) for number in range(1, 11)]
    view = RankingView(day=30, capacity=0.2)
    assert [True, True] + [False] * 8 == [within for _, within in shown(order, view, None)]
    assert [(order[1], True), (order[5], False)] == shown(order, view, {2, 6})
    only = RankingView(day=30, capacity=0.2, only_within_capacity=True)
    assert order[:2] == [one for one, _ in shown(order, only, None)]


def test_a_state_that_was_not_chosen_is_left_out() -> None:
    order = [learner(1), learner(2, status=EnrollmentStatus.FAILED)]
    view = RankingView(day=None, statuses=(EnrollmentStatus.FAILED,))
    assert [2] == [one.enrollment_id for one, _ in shown(order, view, None)]


def test_the_day_of_a_course_ends_with_it() -> None:
    course = CourseSummary(1, "C", "C", None, date(2026, 3, 2), 6, False)
    assert 8 == course_day(course, DAY)
    assert 42 == course_day(course, date(2027, 1, 1))
    assert -1 == course_day(course, date(2026, 3, 1))
