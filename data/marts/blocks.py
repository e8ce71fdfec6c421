"""How days are covered by blocks of days that are summed already, and the days left over."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.campaigns.periods import Span

SIZES = (28, 7)  # days; each is made of whole blocks of the next
_PLACE = 1_000_000  # a block's id is its size times this, and its number


@dataclass(frozen=True, slots=True)
class Cover:
    """Blocks, by their ids in ``agg_campaign_block``, and single days."""

    blocks: tuple[int, ...]
    days: tuple[date, ...]


def cover(span: Span) -> Cover:
    """Blocks and days that together are the span, each of its days once, as few as can be."""
    blocks, days = [], []
    day, past = _number(span.start), _number(span.end) + 1
    while day < past:
        size = next((n for n in SIZES if day % n == 0 and day + n <= past), 1)
        if size == 1:
            days.append(_day(day))
        else:
            blocks.append(size * _PLACE + day // size)
        day += size
    return Cover(tuple(blocks), tuple(days))


def whole(span: Span, size: int) -> tuple[int, ...]:
    """The ids of the blocks of one size that lie whole inside the span, oldest first."""
    first = -(-_number(span.start) // size)
    past = (_number(span.end) + 1) // size
    return tuple(size * _PLACE + number for number in range(first, past))


def days_of(block: int) -> Span:
    """The days of a block."""
    size, number = divmod(block, _PLACE)
    start = _day(size * number)
    return Span(start, start + timedelta(days=size - 1))


def _number(day: date) -> int:
    return day.toordinal() - 1


def _day(number: int) -> date:
    return date.fromordinal(number + 1)
