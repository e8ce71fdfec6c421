"""How days are covered by blocks of days that are summed already, and the days left over."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.campaigns.periods import Span

SIZES = (112, 28, 7)  # days; each is made of whole blocks of the next
_PLACE = 1_000_000  # a block's id is its size times this, and its number


@dataclass(frozen=True, slots=True)
class Cover:
    """Runs of blocks, by their first and last ids in ``agg_campaign_block``, and runs of days.

    Runs, because files are sorted and a run is found in them without reading the rest.
    """

    blocks: tuple[tuple[int, int], ...]
    days: tuple[Span, ...]


def cover(span: Span) -> Cover:
    """Blocks and days that together are the span, each of its days once, as few as can be."""
    runs: list[list[int]] = []  # size, first day, day after the last
    day, past = _number(span.start), _number(span.end) + 1
    while day < past:
        size = next((n for n in SIZES if day % n == 0 and day + n <= past), 1)
        if not runs or runs[-1][0] != size:
            runs.append([size, day, day])
        day = runs[-1][2] = day + size
    return Cover(
        blocks=tuple(
            (_id(size, first), _id(size, after - size)) for size, first, after in runs if size > 1
        ),
        days=tuple(Span(_day(first), _day(after - 1)) for size, first, after in runs if size == 1),
    )


def _id(size: int, day: int) -> int:
    return size * _PLACE + day // size


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
