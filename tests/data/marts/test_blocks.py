from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.campaigns.periods import Span
from data.marts import blocks

DAYS = st.dates(date(1999, 1, 1), date(2040, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 1200)).map(
    lambda drawn: Span(drawn[0], drawn[0] + timedelta(days=drawn[1]))
)


def days(span: Span) -> list[date]:
    return [span.start + timedelta(days=n) for n in range(span.days)]


@given(SPANS)
def test_blocks_and_days_hold_each_day_of_the_span_once(span: Span) -> None:
    cover = blocks.cover(span)
    of_blocks = [
        blocks.days_of(block) for first, last in cover.blocks for block in range(first, last + 1)
    ]
    held = [day for one in (*of_blocks, *cover.days) for day in days(one)]
    assert sorted(held) == days(span)


@given(SPANS)
def test_a_span_leaves_at_most_six_days_over_at_each_end(span: Span) -> None:
    cover = blocks.cover(span)
    assert len(cover.days) <= 2
    assert all(one.days <= 6 for one in cover.days) or not cover.blocks
    assert len(cover.blocks) <= 5


@given(SPANS, st.sampled_from(blocks.SIZES))
def test_whole_blocks_lie_in_the_span_one_after_another(span: Span, size: int) -> None:
    found = [blocks.days_of(block) for block in blocks.whole(span, size)]
    assert all(span.start <= one.start and one.end <= span.end for one in found)
    assert all(after.start - one.end == timedelta(days=1) for one, after in pairwise(found))
    assert sum(one.days for one in found) > span.days - 2 * size


@pytest.mark.parametrize("size", blocks.SIZES)
def test_blocks_begin_on_mondays(size: int) -> None:
    span = Span(date(2025, 1, 1), date(2026, 12, 31))
    assert {0} == {blocks.days_of(one).start.weekday() for one in blocks.whole(span, size)}
