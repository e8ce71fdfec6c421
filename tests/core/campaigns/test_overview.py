from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from core.accounts.access import Principal, Role
from core.campaigns.changes import WeeklySeries
from core.campaigns.kpis import Totals
from core.campaigns.overview import read_breakdown, read_choices, read_overview
from core.campaigns.periods import Span
from core.campaigns.schemas import Choices, Day, Dimension, Slice, View
from core.errors import Forbidden

LAST = date(2026, 11, 22)
VIEW = View(Span(LAST - timedelta(days=6), LAST), "USD")
MARKETER = Principal(1, "Ana", "ana@example.org", frozenset({Role.MARKETER}))
LEARNER = Principal(2, "Leo", "leo@example.org", frozenset({Role.LEARNER}))


class FixedFigures:
    """Figures that are what the test says."""

    def __init__(self, days: Sequence[Day], first_ago: int | None = None) -> None:
        self.days = days
        self.first = None if first_ago is None else LAST - timedelta(days=first_ago)

    def choices(self) -> Choices | None:
        return None

    def first_day(self, view: View) -> date | None:
        return self.first

    def daily(self, view: View) -> Sequence[Day]:
        return self.days

    def slices(self, view: View, by: Dimension, limit: int) -> tuple[Sequence[Slice], int]:
        return [Slice("a", "a", Totals(spend=1.0), None, ())][:limit], 7

    def shows_sample(self, view: View) -> bool:
        return True

    def weekly(self, view: View, weeks: int, limit: int) -> Sequence[WeeklySeries]:
        return []


def on(ago: int, spend: float) -> Day:
    return Day(LAST - timedelta(days=ago), Totals(spend=spend))


def test_both_periods_are_summed_and_every_day_is_a_point() -> None:
    days = [on(13, 1.0), on(7, 2.0), on(6, 10.0), on(0, 20.0)]
    found = read_overview(MARKETER, FixedFigures(days, 20), VIEW)
    assert found.now is not None
    assert found.before is not None
    assert (found.now.spend, found.before.spend) == (30.0, 3.0)
    assert [point.now.spend if point.now else None for point in found.points] == [
        10.0,
        *[0.0] * 5,
        20.0,
    ]
    assert [point.before.spend if point.before else None for point in found.points] == [
        1.0,
        *[0.0] * 5,
        2.0,
    ]


def test_before_the_first_row_and_after_the_last_the_course_is_unknown() -> None:
    found = read_overview(MARKETER, FixedFigures([on(4, 10.0), on(2, 20.0)], 4), VIEW)
    spends = [point.now.spend if point.now else None for point in found.points]
    assert [None, None, 10.0, 0.0, 20.0, None, None] == spends


def test_a_day_on_which_nothing_ran_has_zeros_only_of_what_other_days_report() -> None:
    days = [Day(LAST - timedelta(days=ago), Totals(spend=1.0, conversions=2.0)) for ago in (6, 0)]
    found = read_overview(MARKETER, FixedFigures(days, 20), VIEW)
    assert Totals(conversions=0.0, revenue=None) == found.points[3].now


def test_half_a_period_before_is_not_compared_with() -> None:
    days = [on(8, 5.0), on(0, 20.0)]
    found = read_overview(MARKETER, FixedFigures(days, 8), VIEW)
    assert found.before is None
    assert {point.before for point in found.points} == {None}


def test_no_rows_give_no_totals_rather_than_zeros() -> None:
    found = read_overview(MARKETER, FixedFigures([]), VIEW)
    assert (found.now, found.before) == (None, None)


def test_a_breakdown_says_how_many_slices_there_are() -> None:
    cut = read_breakdown(MARKETER, FixedFigures([]), VIEW, Dimension.PLATFORM, 1)
    assert (len(cut.slices), cut.count, cut.comparable) == (1, 7, False)


def test_whoever_may_not_open_campaigns_reads_no_figures() -> None:
    figures = FixedFigures([])
    with pytest.raises(Forbidden):
        read_choices(LEARNER, figures)
    with pytest.raises(Forbidden):
        read_overview(LEARNER, figures, VIEW)
    with pytest.raises(Forbidden):
        read_breakdown(LEARNER, figures, VIEW, Dimension.TYPE, 10)
