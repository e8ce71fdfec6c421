from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.courses.progress import Group, progress
from core.courses.rules import FaultyRules, Rules, require_sound

WEIGHT = st.decimals(0, 50, places=4, allow_nan=False, allow_infinity=False)
LESSONS = st.sets(st.integers(1, 40))


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """Rules of lessons 1 to 40, each counting once."""
    places = draw(st.lists(st.integers(0, 4), min_size=0, max_size=20))
    singles = {n: draw(WEIGHT) for n, place in enumerate(places, 1) if place == 0}
    groups = []
    for place in range(1, 4):
        members = frozenset(n for n, at in enumerate(places, 1) if at == place)
        if members:
            needed = draw(st.integers(1, len(members)))
            groups.append(Group(f"Group {place}", draw(WEIGHT), needed, members))
    return Rules(40, singles, tuple(groups))


@given(rules(), LESSONS)
def test_progress_is_within_0_and_100_and_100_exactly_when_everything_required_is_done(
    given_rules: Rules, completed: set[int]
) -> None:
    reached = given_rules.progress(completed)
    is_done = reached.completed == reached.required

    if reached.percent is None:
        assert 0 == reached.required
    else:
        assert 0 <= reached.percent <= 100
        assert (reached.percent == 100) == is_done


@given(rules(), LESSONS, st.integers(1, 40))
def test_one_more_completed_lesson_never_lowers_progress(
    given_rules: Rules, completed: set[int], lesson: int
) -> None:
    before = given_rules.progress(completed).percent
    after = given_rules.progress(completed | {lesson}).percent

    assert (before is None) == (after is None)
    assert before is None or after is None or before <= after


@given(rules(), LESSONS)
def test_only_lessons_that_count_move_progress(given_rules: Rules, completed: set[int]) -> None:
    named = set(given_rules.lessons).union(*(one.lessons for one in given_rules.groups))

    assert given_rules.progress(completed) == given_rules.progress(completed & named)


@given(rules())
def test_rules_that_each_count_a_lesson_once_are_sound(given_rules: Rules) -> None:
    require_sound(given_rules, range(1, 41))


def test_one_of_several_lessons_counts_as_the_groups_weight() -> None:
    choice = Group("Choose one", Decimal(2), 1, frozenset({2, 3}))

    def percent(*done: int) -> int | None:
        return progress({1: Decimal(2)}, set(done), [choice]).percent

    assert [0, 50, 50, 50, 100] == [
        percent(),
        percent(2),
        percent(2, 3),
        percent(1),
        percent(1, 3),
    ]


def test_a_group_of_which_two_are_needed_counts_with_the_second() -> None:
    two = Group("Two of three", Decimal(1), 2, frozenset({1, 2, 3}))

    assert [0, 100] == [progress({}, done, [two]).percent for done in ({1}, {1, 3})]


def test_where_all_weights_are_0_everything_weighs_alike() -> None:
    nothing = Group("Choice", Decimal(0), 1, frozenset({2, 3}))

    assert 50 == progress({1: Decimal(0)}, {3}, [nothing]).percent
    assert 100 == progress({1: Decimal(0)}, {1, 3}, [nothing]).percent


def test_a_group_without_lessons_asks_for_nothing() -> None:
    assert progress({}, {1}, [Group("Gone", Decimal(1), 1, frozenset())]).percent is None


@pytest.mark.parametrize(
    ("faulty", "field"),
    [
        (Rules(101), "pass_mark"),
        (Rules(40, {1: Decimal(-1)}), "weight"),
        (Rules(40, {1: Decimal("NaN")}), "weight"),
        (Rules(40, {1: Decimal("0.00001")}), "weight"),
        (Rules(40, {9: Decimal(1)}), "lesson"),
        (Rules(40, {1: Decimal(1)}, (Group("A", Decimal(1), 1, frozenset({1})),)), "twice"),
        (Rules(40, {}, (Group(" ", Decimal(1), 1, frozenset({1})),)), "title"),
        (Rules(40, {}, (Group("A", Decimal(1), 2, frozenset({1})),)), "needed"),
    ],
)
def test_rules_by_which_nobody_could_be_counted_are_refused(faulty: Rules, field: str) -> None:
    with pytest.raises(FaultyRules) as refused:
        require_sound(faulty, [1, 2])

    assert field == refused.value.data["field"]
