"""A chart as SVG, for pages that are laid out without an office program."""

import math
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.sax import saxutils

from core.documents import house_style
from core.documents.house import House
from core.documents.model import Chart, ChartKind
from core.i18n import Language

WIDTH, LEFT, TOP, BOTTOM = 640, 64, 26, 22
_TICKS = 4
_LABELS = 8  # as many as fit beside each other
_QUOTED = re.compile(r'"([^"]*)"')


class _Frame:
    """The scales of one drawing: from an amount or a place in the row to a point."""

    def __init__(self, chart: Chart, height: int) -> None:
        values = [float(v) for one in chart.series for v in one.values if v is not None] or [0.0]
        self.step = _nice(max(max(values) - min(0.0, *values), 1e-9) / _TICKS)
        self.low = math.floor(min(0.0, *values) / self.step) * self.step
        self.high = max(math.ceil(max(values) / self.step) * self.step, self.low + self.step)
        self.height = height
        self.slot = (WIDTH - LEFT) / max(len(chart.categories), 1)

    def y(self, value: float) -> float:
        """From an amount to its height."""
        share = (value - self.low) / (self.high - self.low)
        return self.height - BOTTOM - share * (self.height - BOTTOM - TOP)

    def x(self, index: float) -> float:
        """The middle of a place in the row."""
        return LEFT + (index + 0.5) * self.slot

    def ticks(self) -> Iterator[float]:
        """The amounts that have a line."""
        count = round((self.high - self.low) / self.step)
        yield from (self.low + self.step * index for index in range(count + 1))


def draw(chart: Chart, house: House, t: Language) -> bytes:
    """The chart in the house's colours; equal charts give equal bytes."""
    height = round(WIDTH * chart.height_mm / 168)
    frame = _Frame(chart, height)
    colours = house_style.series_colours(house)
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="{house.typeface.value}" font-size="11" '
        f'fill="#{house_style.QUIET}">',
        *_grid(chart, frame, t),
        *_days(chart, frame, t),
        *_legend(chart, colours),
    ]
    for number, (series, colour) in enumerate(zip(chart.series, colours, strict=False)):
        if chart.kind is ChartKind.LINE:
            pieces.extend(_line(series.values, frame, colour))
        else:
            pieces.extend(_columns(series.values, frame, colour, number, len(chart.series)))
    return "".join([*pieces, "</svg>"]).encode()


def _nice(step: float) -> float:
    """The next step of 1, 2, 2.5 or 5 times a power of ten."""
    power: float = 10 ** math.floor(math.log10(step))
    return next(power * times for times in (1, 2, 2.5, 5, 10) if power * times >= step * 0.999)


def _grid(chart: Chart, frame: _Frame, t: Language) -> Iterator[str]:
    for value in frame.ticks():
        y = frame.y(value)
        colour = house_style.QUIET if abs(value) < frame.step / 1000 else house_style.LINE
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH}" stroke="#{colour}" stroke-width="0.75"/>'
        yield _text(LEFT - 6, y + 4, _amount(value, chart.number_format, t), "end")


def _amount(value: float, number_format: str, t: Language) -> str:
    """An amount with the currency where the number format puts it."""
    if value < 0:
        return "-" + _amount(-value, number_format, t)
    number = t.short_number(value) if value >= 10_000 else t.number(value)
    found = _QUOTED.search(number_format)
    if found is None:
        return number
    return found[1] + number if found.start() == 0 else f"{number}\u00a0{found[1]}"


def _days(chart: Chart, frame: _Frame, t: Language) -> Iterator[str]:
    every = math.ceil(len(chart.categories) / _LABELS)
    in_months = "yyyy" in chart.date_format
    categories: tuple[date | str, ...] = chart.categories
    for index, category in enumerate(categories):
        if index % every and not (not chart.days and len(chart.categories) <= 2 * _LABELS):
            continue
        if isinstance(category, str):
            text = category
        else:
            text = t.date(category, "MMM yyyy") if in_months else t.day_month(category)
        yield _text(frame.x(index), frame.height - 6, text, "middle")


def _legend(chart: Chart, colours: tuple[str, str]) -> Iterator[str]:
    if len(chart.series) < 2:
        return
    x = LEFT
    for series, colour in zip(chart.series, colours, strict=False):
        yield f'<rect x="{x}" y="6" width="10" height="10" fill="#{colour}"/>'
        yield _text(x + 16, 15, series.name, "start")
        x += 40 + 7 * len(series.name)


def _line(values: tuple[Decimal | None, ...], frame: _Frame, colour: str) -> Iterator[str]:
    """A line that stops where there is no value."""
    path, pen = "", "M"
    for index, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        path += f"{pen}{frame.x(index):.1f} {frame.y(float(value)):.1f}"
        pen = "L"
    yield f'<path d="{path}" fill="none" stroke="#{colour}" stroke-width="2"/>'


def _columns(
    values: tuple[Decimal | None, ...], frame: _Frame, colour: str, number: int, count: int
) -> Iterator[str]:
    width = min(frame.slot * 0.6 / count, 40)
    for index, value in enumerate(values):
        if value is None:
            continue
        x = frame.x(index) + (number - count / 2) * width
        top, base = sorted((frame.y(float(value)), frame.y(0)))
        yield (
            f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" '
            f'height="{base - top:.1f}" fill="#{colour}"/>'
        )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{saxutils.escape(text)}</text>'
