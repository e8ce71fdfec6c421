"""The model card: what the forecast is, on what it was tried, and what it may not be used for."""

from collections.abc import Mapping, Sequence
from typing import Any

from ml.artifact import Metrics
from ml.finish_forecast.baselines import BASELINES

_COLUMNS = ("coverage_80", "width_days", "interval_score", "error_days")


def write(
    day: int,
    algorithm: str,
    margin: float,
    compared: Mapping[str, Metrics],
    trained_on: Mapping[str, Any],
    tested_on: Mapping[str, Any],
    modules: Sequence[Mapping[str, Any]],
) -> str:
    """The card as Markdown."""
    told = [
        (f"{name}{' (baseline)' if name in BASELINES else ''}", compared[name]) for name in compared
    ]
    by_course = [(f"{one['course']} ({one['learners']})", one) for one in modules]
    return "\n\n".join(
        [
            f"**Question.** As known on day {day} of a course: if this learner completes it, when "
            "will they have handed in the last required work? The answer is an interval of days "
            "that holds 80%, and its middle.",
            f"**Data.** Learned from {trained_on['rows']:,} enrolments that were completed, in "
            f"courses that started {trained_on['first_start']} to {trained_on['last_start']}; "
            f"tested on {tested_on['rows']:,} in courses that started {tested_on['first_start']}. "
            "Split by course in the order of time, never by learner. Gender, region, deprivation, "
            "age and disability are not seen.",
            f"**Calibration.** Each course was left out in turn; the interval is widened by "
            f"{margin:.1f} days on each side, so that it would have held 80% there.",
            f"**Result on the test courses** (answering: {algorithm})\n\n{_table(told)}",
            f"**By course**\n\n{_table(by_course)}",
            "**Limits.** It speaks of those who complete: who leaves has no such day. A course "
            "whose last work is moved, or marked on another day than before, moves everybody's "
            "date at once, which no learner's figures tell. Not for grading or for any decision "
            "against a learner.",
        ]
    )


def _table(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    head = "| | " + " | ".join(_COLUMNS) + " |\n|" + " --- |" * (len(_COLUMNS) + 1)
    return "\n".join(
        [
            head,
            *(
                f"| {name} | {one['coverage_80']:.1%} | "
                + " | ".join(f"{one[column]:.1f}" for column in _COLUMNS[1:])
                + " |"
                for name, one in rows
            ),
        ]
    )
