"""A figure described once: what its lines are and how its values read, whatever draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``None`` is a gap, ``texts`` are the values as a reader reads them.

    ``token`` names a colour of the theme.
    """

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    token: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A line chart over equally spaced positions.

    ``ticks`` are short and stand under the axis, ``headings`` are in full and head the
    tooltip and the table; ``steps`` are the values of the vertical axis and ``step_texts``
    what stands beside them. Plain values only, so that a figure can be kept.
    """

    ticks: tuple[str, ...]
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    steps: tuple[float, ...]
    step_texts: tuple[str, ...]
    alt: str


def steps_for(lines: Sequence[Line]) -> tuple[float, ...]:
    """Round values for a vertical axis that starts at zero and holds all the lines."""
    values = (value for line in lines for value in line.values if value is not None)
    return round_steps(max(values, default=0.0))


def round_steps(largest: float, about: int = 4) -> tuple[float, ...]:
    """Zero and about ``about`` round steps up to the first one that is not below ``largest``."""
    if largest <= 0:
        return (0.0, 1.0)
    raw = largest / about
    power = 10.0 ** floor(log10(raw))
    size = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)
    count = 1
    while count * size < largest:
        count += 1
    return tuple(step * size for step in range(count + 1))
