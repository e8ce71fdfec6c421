from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.courses.due import DueItem, days_late, due_on, next_due

TODAY = date(2026, 3, 20)


def test_what_is_overdue_comes_first_then_the_nearest_and_last_what_has_no_date():
    work = [
        (1, "Exam", None),
        (2, "Later", TODAY + timedelta(days=9)),
        (3, "Overdue", TODAY - timedelta(days=2)),
        (4, "Today", TODAY),
        (5, "Long overdue", TODAY - timedelta(days=20)),
    ]

    items = next_due(work, TODAY)

    assert [-20, -2, 0, 9, None] == [item.days_left for item in items]
    assert [True, True, False, False, False] == [item.is_overdue for item in items]
    assert DueItem(1, "Exam", None, None) == items[-1]


def test_a_due_day_counts_from_the_courses_start():
    assert due_on(date(2026, 3, 2), 0) == date(2026, 3, 2)
    assert due_on(date(2026, 3, 2), 18) == TODAY
    assert due_on(date(2026, 3, 2), None) is None


def test_work_is_late_from_the_day_after_its_date():
    last_minute = datetime(2026, 3, 20, 23, 59, tzinfo=UTC)

    assert days_late(TODAY, last_minute) == 0
    assert days_late(TODAY, last_minute + timedelta(minutes=1)) == 1
    assert days_late(TODAY, last_minute - timedelta(days=5)) == 0


def test_what_has_no_date_or_was_not_handed_in_is_neither_late_nor_in_time():
    assert days_late(None, datetime(2026, 3, 20, tzinfo=UTC)) is None
    assert days_late(TODAY, None) is None


@given(st.lists(st.tuples(st.integers(1, 99), st.text(max_size=3), st.none() | st.dates())))
def test_nothing_open_is_lost_and_the_order_is_by_date(work):
    items = next_due(work, TODAY)

    assert sorted(work, key=repr) == sorted(
        ((item.assessment_id, item.title, item.due_on) for item in items), key=repr
    )
    dated = [item.days_left for item in items if item.days_left is not None]
    assert dated == sorted(dated)
    assert all(item.due_on is None for item in items[len(dated) :])
