from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.courses.planner import LEAST_MEASURED, LessonTime, finish, plan

TODAY = date(2026, 3, 2)


def done(expected: int | None, spent: int | None) -> LessonTime:
    return LessonTime(expected, spent, is_done=True)


def left(expected: int | None) -> LessonTime:
    return LessonTime(expected, None, is_done=False)


LESSONS = st.lists(
    st.builds(
        LessonTime,
        st.one_of(st.none(), st.integers(1, 600)),
        st.one_of(st.none(), st.integers(1, 600)),
        st.booleans(),
    ),
    max_size=30,
)


def test_who_takes_the_stated_times_ends_when_they_say() -> None:
    of_pace = plan([done(60, 60)] * LEAST_MEASURED + [left(120)] * 4)
    assert of_pace is not None
    assert finish(of_pace, 4, TODAY) == (date(2026, 3, 16), date(2026, 3, 16))  # 8 hours, 2 weeks


def test_who_takes_twice_as_long_ends_twice_as_late() -> None:
    of_pace = plan([done(60, 120)] * LEAST_MEASURED + [left(120)] * 4)
    assert of_pace is not None
    assert (of_pace.pace, finish(of_pace, 4, TODAY)[1]) == (2.0, date(2026, 3, 30))


def test_an_uneven_pace_gives_an_interval_around_its_mean() -> None:
    of_pace = plan([done(60, 30), done(60, 60), done(60, 90), left(600)])
    assert of_pace is not None
    assert of_pace.fast_pace < of_pace.pace == 1.0 < of_pace.slow_pace
    first, last = finish(of_pace, 5, TODAY)
    assert first < last


def test_too_few_measured_lessons_tell_no_pace() -> None:
    of_pace = plan([done(60, 300)] * (LEAST_MEASURED - 1) + [left(60)])
    assert of_pace is not None
    assert (of_pace.has_own_pace, of_pace.pace) == (False, 1.0)


def test_a_lesson_without_a_stated_time_counts_as_the_mean_of_the_others() -> None:
    of_pace = plan([left(30), left(90), left(None)])
    assert of_pace is not None
    assert (of_pace.remaining_minutes, of_pace.untimed_lessons) == (180, 1)


def test_nothing_is_planned_where_nothing_is_left_or_no_time_is_stated() -> None:
    assert plan([done(60, 60)]) is None
    assert plan([left(None)]) is None
    assert plan([]) is None


@given(LESSONS, st.integers(1, 20))
def test_more_hours_never_end_later(lessons: list[LessonTime], hours: int) -> None:
    of_pace = plan(lessons)
    if of_pace is not None:
        slow, quick = finish(of_pace, hours, TODAY), finish(of_pace, hours + 1, TODAY)
        assert TODAY < slow[0] <= slow[1]
        assert (quick[0] <= slow[0], quick[1] <= slow[1]) == (True, True)
