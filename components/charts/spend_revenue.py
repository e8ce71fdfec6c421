"""The chart of spend and revenue over time, with the revenue compared with."""

from collections.abc import Sequence

from components.charts.figure import Figure, Line, steps_for
from core.campaigns.kpis import Totals
from core.campaigns.periods import Against, Grain, Span
from core.campaigns.schemas import Overview, Point
from core.i18n import Language, bare_sign, mark

_BEFORE = {
    Against.BEFORE: mark("Revenue before"),
    Against.YEAR: mark("Revenue last year"),
}
_CENTS, _MOST_DIGITS = 2, 8


def spend_and_revenue(overview: Overview, t: Language) -> Figure:
    """The figure of an overview; values are per day, averaged over the days of a bin."""
    points, currency = overview.points, overview.view.currency
    revenue = tuple(_per_day(point.now, point.span, "revenue") for point in points)
    spend = tuple(_per_day(point.now, point.span, "spend") for point in points)
    lines = [
        _line(t("Revenue"), revenue, "first", currency, t),
        _line(t("Spend"), spend, "second", currency, t),
    ]
    if overview.before is not None:
        before = tuple(_per_day(point.before, point.span, "revenue") for point in points)
        name = _BEFORE[overview.view.against]
        lines.append(_line(t(name), before, "muted", currency, t, dashed=True))
    steps = steps_for(lines)
    return Figure(
        ticks=tuple(t.day_month(point.span.start) for point in points),
        headings=tuple(_heading(point, t) for point in points),
        lines=tuple(lines),
        steps=steps,
        step_texts=axis_texts(steps, currency, t),
        alt=_alt(overview, t),
    )


def chart_title(grain: Grain, t: Language) -> str:
    """What the chart shows, with the average said where it is one."""
    if grain is Grain.DAY:
        return t("Spend and revenue by day")
    if grain is Grain.WEEK:
        return t("Spend and revenue, average day of each week")
    return t("Spend and revenue, average day of each four weeks")


def _line(
    name: str,
    values: tuple[float | None, ...],
    token: str,
    currency: str,
    t: Language,
    dashed: bool = False,
) -> Line:
    texts = tuple(t.money(value, currency) for value in values)
    return Line(name, values, texts, token, dashed)


def axis_texts(steps: Sequence[float], currency: str, t: Language) -> tuple[str, ...]:
    """Amounts beside an axis; where steps are smaller than a cent, with all decimals they need."""
    size = steps[1]
    digits = next((n for n in range(_CENTS, _MOST_DIGITS) if round(size, n) == size), _MOST_DIGITS)
    if digits == _CENTS:
        return tuple(axis_money(step, currency, t) for step in steps)
    return tuple(t.money(step, currency, digits).replace("US$", "$") for step in steps)


def axis_money(value: float, currency: str, t: Language) -> str:
    """An amount beside an axis: no cents where it has none."""
    if value < 1000 and value.is_integer():
        return bare_sign(t.money(value, currency, 0))  # as short_money does
    return t.short_money(value, currency)


def _heading(point: Point, t: Language) -> str:
    if point.span.days == 1:
        return f"{t.date(point.span.start, 'EEE')}, {t.date(point.span.start)}"
    return f"{t.date(point.span.start)} – {t.date(point.span.end)}"


def _per_day(figures: Totals | None, span: Span, name: str) -> float | None:
    value = getattr(figures, name) if figures else None
    return None if value is None else value / span.days


def _alt(overview: Overview, t: Language) -> str:
    """The takeaway, for people who do not see the chart."""
    now, span, currency = overview.now or Totals(), overview.view.span, overview.view.currency
    return t(
        "Spend of {spend} and revenue of {revenue} from {start} to {end}",
        spend=t.money(now.spend, currency),
        revenue=t.money(now.revenue, currency),
        start=t.date(span.start),
        end=t.date(span.end),
    )
