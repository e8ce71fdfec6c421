"""The chart of how well models and baselines tell learners apart, by day of the course."""

from collections.abc import Mapping, Sequence

from components.charts.figure import Figure, Line
from components.models.names import algorithm_name
from core.i18n import Language
from core.registry.schemas import Version

_STEPS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)  # an AUC of 0.5 is chance: nothing lies below it
_DIGITS = 3


def auc_by_day(shown: Mapping[int, Version], t: Language) -> Figure:
    """AUC on the test courses of the version shown for each day, beside its baselines."""
    versions = list(shown.values())
    baselines = list(dict.fromkeys(name for one in versions for name in one.baselines))
    return Figure(
        ticks=tuple(t.number(day) for day in shown),
        headings=tuple(t("Day {day}", day=t.number(day)) for day in shown),
        lines=(
            _line(t("Model"), [one.metrics.get("auc") for one in versions], "first", t),
            *(_baseline(name, versions, token, t) for name, token in _coloured(baselines)),
        ),
        steps=_STEPS,
        step_texts=tuple(t.number(step, 1) for step in _STEPS),
        alt=_alt(shown, t),
    )


def _coloured(baselines: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, "second" if place == 0 else "muted") for place, name in enumerate(baselines)]


def _baseline(name: str, versions: Sequence[Version], token: str, t: Language) -> Line:
    values = [one.compared.get(name, {}).get("auc") for one in versions]
    return _line(algorithm_name(name, t), values, token, t, dashed=True)


def _line(
    name: str, values: Sequence[float | None], token: str, t: Language, dashed: bool = False
) -> Line:
    # A model that told worse than chance would lie below the axis; it stands on it.
    drawn = tuple(None if value is None else max(value, _STEPS[0]) for value in values)
    return Line(name, drawn, tuple(t.number(value, _DIGITS) for value in values), token, dashed)


def _alt(shown: Mapping[int, Version], t: Language) -> str:
    """The takeaway, for people who do not see the chart."""
    told = [
        t("day {day}: {auc}", day=t.number(day), auc=t.number(one.metrics.get("auc"), _DIGITS))
        for day, one in shown.items()
    ]
    return t("AUC of the model by day of the course; {values}", values=", ".join(told))
