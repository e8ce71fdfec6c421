"""The funnel of a view as a figure: bars on a scale on which each step is ten times the last.

Impressions outnumber conversions a thousandfold; on an even scale only one bar would be seen.
"""

from collections.abc import Sequence
from math import ceil, log10

from components.charts.figure import Figure, Line
from core.campaigns.funnel import Stage, Step
from core.i18n import MISSING, Language, mark

_NAMES = {
    Step.IMPRESSIONS: mark("Impressions"),
    Step.CLICKS: mark("Clicks"),
    Step.CONVERSIONS: mark("Conversions"),
    Step.REVENUE: mark("Revenue"),
}
_MOST_STEPS = 6  # texts along the scale


def figure(stages: Sequence[Stage], currency: str, t: Language) -> Figure:
    """The counted steps as bars; revenue, which is not a count, is told in the description."""
    counted = [stage for stage in stages if stage.step is not Step.REVENUE]
    names = tuple(stage_name(stage.step, t) for stage in counted)
    values = tuple(_position(stage.now) for stage in counted)
    texts = tuple(_bar_text(stage, currency, t) for stage in counted)
    steps = _powers(max((value or 0.0 for value in values), default=0.0))
    told = ", ".join(
        f"{stage_name(stage.step, t)} {value_text(stage.step, stage.now, currency, t)}"
        for stage in stages
    )
    return Figure(
        ticks=names,
        headings=names,
        lines=(Line(t("Count"), values, texts, "first"),),
        steps=steps,
        step_texts=tuple(t.short_number(10**step) for step in steps),
        alt=t("What came of the impressions: {values}", values=told),
    )


def stage_name(step: Step, t: Language) -> str:
    """A step's name."""
    return t(_NAMES[step])


def value_text(step: Step, value: float | None, currency: str, t: Language) -> str:
    """How many, or how much money."""
    if step is Step.REVENUE:
        return t.money(value, currency)
    return t.number(value, 0 if value is None or float(value).is_integer() else 1)


def rate_text(step: Step, rate: float | None, currency: str, t: Language) -> str:
    """What comes of one unit of the step before."""
    if rate is None:
        return MISSING
    return t.money(rate, currency) if step is Step.REVENUE else t.percent(rate, 2)


def _bar_text(stage: Stage, currency: str, t: Language) -> str:
    text = t.short_number(stage.now)
    if stage.rate is None:
        return text
    return f"{text} · {rate_text(stage.step, stage.rate, currency, t)}"


def _position(value: float | None) -> float | None:
    """Where a count stands on the scale, which begins at one."""
    return None if value is None else log10(max(value, 1.0))


def _powers(largest: float) -> tuple[float, ...]:
    """Whole powers of ten from one to the first that is not below ``largest``, evenly thinned."""
    top = max(1, ceil(largest))
    stride = ceil(top / _MOST_STEPS)
    return tuple(float(power) for power in range(0, top + stride, stride))
