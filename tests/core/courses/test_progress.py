from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.courses.progress import Progress, progress

WEIGHTS = st.dictionaries(
    st.integers(1, 30),
    st.decimals(0, 50, places=4, allow_nan=False, allow_infinity=False),
    max_size=12,
)
LESSONS = st.sets(st.integers(1, 40))


def test_progress_is_the_completed_share_of_the_required_weight():
    derived = progress({1: Decimal(1), 2: Decimal(2), 3: Decimal(1)}, {2})

    assert derived == Progress(50, 1, 3, Decimal(2), Decimal(4))


def test_progress_is_floored_to_a_whole_percent():
    assert progress({1: Decimal(2), 2: Decimal(1)}, {1}).percent == 66


def test_a_lesson_that_is_not_required_does_not_count():
    assert progress({1: Decimal(1), 2: Decimal(1)}, {1, 99}).percent == 50


def test_a_course_that_requires_nothing_has_no_percentage():
    assert progress({}, {1}).percent is None


def test_where_no_lesson_weighs_anything_all_weigh_alike():
    assert [0, 50, 100] == [
        progress({1: Decimal(0), 2: Decimal(0)}, done).percent for done in (set(), {1}, {1, 2})
    ]


def test_the_last_lesson_keeps_progress_below_100_even_when_it_weighs_nothing():
    assert progress({1: Decimal(5), 2: Decimal(0)}, {1}).percent == 99
    assert progress({1: Decimal(5), 2: Decimal(0)}, {1, 2}).percent == 100


def test_a_nearly_complete_course_is_not_rounded_up():
    required = {1: Decimal("9999.9999"), 2: Decimal("0.0001")}

    assert progress(required, {1}).percent == 99


@given(WEIGHTS, LESSONS)
def test_progress_stays_between_0_and_100_and_is_100_only_when_complete(required, completed):
    percent = progress(required, completed).percent

    if percent is None:
        assert not required
    else:
        assert 0 <= percent <= 100
        assert (percent == 100) == (set(required) <= completed)


@given(WEIGHTS, LESSONS, st.integers(1, 40))
def test_finishing_one_more_lesson_never_lowers_progress(required, completed, lesson):
    before = progress(required, completed).percent
    after = progress(required, completed | {lesson}).percent

    assert before is None or (after is not None and after >= before)


def test_weights_matter_where_they_make_another_share_than_the_number_of_lessons():
    required = {1: Decimal(1), 2: Decimal(2), 3: Decimal(1)}

    assert progress(required, {2}).weights_matter
    assert not progress(dict.fromkeys(required, Decimal(3)), {2}).weights_matter
