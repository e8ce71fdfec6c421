from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.warehouse import snapshots
from data.warehouse.snapshots import DAYS, snapshot_sql
from data.warehouse.tables import FOLDER, parse
from tests.data.warehouse.enrolments import School

OUTCOME = {"ended_badly"}


@pytest.fixture
def school() -> School:
    """One course that is running."""
    school = School()
    school.course(1)
    return school


def of(school: School, day: int = 30, enrolment: int = 1) -> dict[str, Any]:
    return school.snapshots([day])[enrolment, day]


def test_the_default_days_are_those_of_the_file() -> None:
    assert parse(FOLDER / "facts/fact_enrolment_snapshot.sql").sql == snapshot_sql(DAYS)


def test_other_days_take_the_place_of_the_default_ones(school: School) -> None:
    school.enrol(1)
    assert {(1, 7), (1, 45)} == set(school.snapshots([45, 7, 7]))


@pytest.mark.parametrize(
    ("enrolled", "ended", "days"),
    [
        (-10, None, [0, 14, 30, 60, 90]),
        (30, None, [30, 60, 90]),
        (31, None, [60, 90]),
        (-10, 30, [0, 14]),
        (-10, 31, [0, 14, 30]),
        (-10, -1, []),
        (None, None, []),
        (None, 100, []),
    ],
)
def test_only_who_had_enrolled_and_not_left_by_a_day_is_in_its_snapshot(
    school: School, enrolled: int | None, ended: int | None, days: list[int]
) -> None:
    school.enrol(1, on=enrolled, ended=ended, status="withdrawn" if ended else "active")
    assert [(1, day) for day in days] == list(school.snapshots())


@pytest.mark.parametrize(
    ("status", "expected"),
    [("completed", 0), ("failed", 1), ("withdrawn", 1), ("active", None)],
)
def test_failed_and_withdrawn_ended_badly_and_an_active_enrolment_has_no_outcome(
    school: School, status: str, expected: int | None
) -> None:
    school.enrol(1, status=status, ended=None if status == "active" else 140)
    assert expected == of(school)["ended_badly"]


def test_missing_work_is_counted_and_weighed(school: School) -> None:
    school.enrol(1)
    for assessment, due, weight in ((1, 10, 10), (2, 20, 30), (3, 30, 60), (4, 31, 100)):
        school.work(assessment, due, weight=weight)
    school.hand_in(1, 2, 19)
    row = of(school)
    assert (3, 2, 0.7) == (row["due_count"], row["missing_count"], row["missing_weight"])
    assert 1 == row["trailing_misses"]


def test_work_without_weights_weighs_the_same(school: School) -> None:
    school.enrol(1)
    for assessment in (1, 2, 3, 4):
        school.work(assessment, 10 + assessment, weight=0)
    school.hand_in(1, 1, 10)
    row = of(school)
    assert (0.75, 3) == (row["missing_weight"], row["trailing_misses"])


def test_an_exam_without_a_date_is_never_due(school: School) -> None:
    school.enrol(1)
    school.work(1, None, kind="exam", weight=100)
    row = of(school, 90)
    assert (0, 0, None) == (row["due_count"], row["missing_count"], row["due_score_rank"])


def test_a_banked_score_is_handed_in_and_says_nothing_of_this_course(school: School) -> None:
    school.enrol(1)
    school.work(1, 10)
    school.hand_in(1, 1, -5, 90, banked=True)
    row = of(school)
    assert (0, 1) == (row["missing_count"], row["banked_count"])
    assert (None, None) == (row["score_mean"], row["due_score_rank"])


def test_scores_are_summed_up_over_all_work_handed_in_so_far(school: School) -> None:
    school.enrol(1)
    for assessment, due in ((1, 10), (2, 20), (3, 80)):
        school.work(assessment, due)
    for assessment, day, score in ((1, 9, 80), (2, 21, 40), (3, 25, 60)):
        school.hand_in(1, assessment, day, score)
    row = of(school)
    assert (60, 40, 80, 60) == tuple(row[f"score_{of}"] for of in ("mean", "min", "max", "last"))
    assert (1, 1) == (row["late_count"], row["ahead_count"])


def test_of_work_handed_in_on_one_day_the_later_numbered_counts_as_the_last(
    school: School,
) -> None:
    school.enrol(1)
    for assessment, score in ((2, 70), (3, 10), (1, 90)):
        school.work(assessment, 20)
        school.hand_in(1, assessment, 9, score)
    assert 10 == of(school)["score_last"]


def test_the_first_of_several_tries_counts(school: School) -> None:
    school.enrol(1)
    school.work(1, 10)
    school.hand_in(1, 1, 8, 40)
    school.hand_in(1, 1, 20, 90)
    row = of(school)
    assert (40, 1, 0) == (row["score_mean"], row["handed_in_count"], row["late_count"])


def test_ranks_run_from_the_last_to_the_first_and_missing_work_ranks_last(school: School) -> None:
    school.work(1, 10)
    for enrolment, score, day in ((1, 20, 10), (2, 60, 9), (3, 90, 8)):
        school.enrol(enrolment)
        school.hand_in(enrolment, 1, day, score)
    school.enrol(4)
    rows = school.snapshots([30])
    assert [0, 0.5, 1, 0] == [rows[n, 30]["due_score_rank"] for n in (1, 2, 3, 4)]
    assert [0, 0.5, 1, 0] == [rows[n, 30]["due_lead_rank"] for n in (1, 2, 3, 4)]


def test_missing_what_most_others_handed_in_counts_more(school: School) -> None:
    school.work(1, 10)
    for enrolment in (1, 2, 3, 4):
        school.enrol(enrolment)
    for enrolment in (2, 3, 4):
        school.hand_in(enrolment, 1, 9)
    assert 0.75 == of(school)["missing_turnout"]


def test_a_learners_past_is_known_once_that_course_is_over(school: School) -> None:
    school.course(2, date(2023, 10, 1), weeks=20)  # over on 18 February, day 17
    school.enrol(1, user="ada")
    school.enrol(2, 2, user="ada", status="failed", ended=140)
    school.enrol(3, 2, user="ben", status="completed", ended=140)
    rows = school.snapshots()
    assert [0, 0, 1] == [rows[1, day]["past_failed"] for day in (0, 14, 30)]
    assert 0 == rows[1, 90]["past_completed"]


def test_the_series_rate_is_of_earlier_courses_that_are_over_and_shrunken(school: School) -> None:
    school.course(2, date(2023, 2, 1), series="A")
    school.course(3, date(2023, 2, 1), series="B")
    school.enrol(1)
    for enrolment in range(2, 6):
        school.enrol(enrolment, 2, status="failed", ended=140)
    for enrolment in range(6, 18):
        school.enrol(enrolment, 3, status="completed", ended=140)
    row = of(school)
    assert pytest.approx((4 + 200 * 0.25) / 204) == row["series_rate"]
    assert pytest.approx((4 + 200 * 0.25) / 204 - 0.25) == row["series_rate_difference"]


def test_the_sample_world_tells_no_rate_of_other_courses(school: School) -> None:
    school.course(2, date(2023, 2, 1), sample=True)
    school.enrol(1)
    school.enrol(2, 2, status="failed", ended=140)
    assert of(school)["series_rate"] is None


def test_a_course_with_somebody_active_tells_no_rate(school: School) -> None:
    school.course(2, date(2023, 2, 1))
    school.enrol(1)
    school.enrol(2, 2, status="failed", ended=140)
    school.enrol(3, 2, status="active")
    assert (None, 0) == (of(school)["series_rate"], of(school)["series_rate_difference"])


def test_the_first_and_last_hour_of_a_day_in_utc_belong_to_it(school: School) -> None:
    school.enrol(1)
    school.work(1, 60)
    school.work(2, 60)
    school.hand_in(1, 1, 30, hour=23)
    school.hand_in(1, 2, 31, hour=0)
    assert 1 == of(school)["handed_in_count"]


def without_outcome(school: School, day: int) -> dict[Any, Any]:
    return {
        key: {name: value for name, value in row.items() if name not in OUTCOME}
        for key, row in school.snapshots([day]).items()
    }


LATER = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.integers(1, 4),
        st.integers(31, 120),
        st.one_of(st.none(), st.integers(0, 100)),
        st.booleans(),
    ),
    max_size=8,
)


def begun() -> School:
    """A course on its thirtieth day, half of whose learners have handed in something."""
    school = School()
    school.course(1)
    school.course(2, date(2023, 10, 1))
    for assessment, due in ((1, 10), (2, 25), (3, 40), (4, 80)):
        school.work(assessment, due)
    for enrolment in range(1, 7):
        school.enrol(enrolment, user=f"user-{enrolment % 4}")
    for enrolment, score in ((1, 30), (2, 60), (3, 90)):
        school.hand_in(enrolment, 1, 9, score)
    return school


@settings(max_examples=25, deadline=None)
@given(later=LATER)
def test_work_handed_in_after_a_day_changes_nothing_of_its_snapshot(
    later: list[tuple[int, int, int, int | None, bool]],
) -> None:
    school = begun()
    before = without_outcome(school, 30)
    for enrolment, assessment, day, score, banked in later:
        school.hand_in(enrolment, assessment, day, score, banked=banked)
    assert before == without_outcome(school, 30)


@settings(max_examples=25, deadline=None)
@given(
    enrolled=st.integers(31, 100),
    ends=st.lists(st.tuples(st.integers(1, 6), st.integers(31, 140)), unique_by=lambda end: end[0]),
    outcome=st.sampled_from(["failed", "withdrawn", "completed"]),
)
def test_who_comes_and_leaves_after_a_day_changes_nothing_of_its_snapshot(
    enrolled: int, ends: list[tuple[int, int]], outcome: str
) -> None:
    school = begun()
    before = without_outcome(school, 30)
    school.enrol(100, on=enrolled)
    for enrolment, day in ends:
        school.connection.execute(
            "UPDATE records_enrollments SET status = ?, ended_at = ? WHERE enrollment_id = ?",
            [outcome, school.at(1, day), enrolment],
        )
    for course, start in ((3, date(2023, 12, 1)), (4, date(2024, 3, 3))):  # over after that day
        school.course(course, start)
        school.enrol(100 + course, course, on=-5, ended=100, status=outcome, user="user-1")
    after = without_outcome(school, 30)
    assert before == {key: row for key, row in after.items() if key[0] < 100}


def test_a_query_that_does_not_tell_its_days_on_one_line_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = parse(FOLDER / "facts/fact_enrolment_snapshot.sql")
    broken = replace(written, sql=written.sql.replace("snapshot_days (day) AS", "days AS"))
    monkeypatch.setattr(snapshots, "parse", lambda _: broken)
    with pytest.raises(ValueError, match="does not tell its days"):
        snapshot_sql(DAYS)
