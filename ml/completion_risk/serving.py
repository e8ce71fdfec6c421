"""Risks and their reasons from a published generation, with whatever scores rows.

The web process imports this: numpy is the heaviest thing in it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from core.courses.ports import Reason
from core.i18n import mark
from ml.artifact import Matrix, Scorer
from ml.completion_risk import attribution
from ml.completion_risk.features import FEATURES

REASONS_SHOWN = 3
_LEAST_EFFECT = 0.01  # a smaller change of the risk is no reason worth telling

_COLUMNS = ", ".join(f"{name}::FLOAT" for name in FEATURES)
_ROWS = f"""SELECT enrollment_id, {_COLUMNS} FROM fact_enrolment_snapshot
    WHERE course_id = ? AND day = ? ORDER BY enrollment_id"""

_AT = {name: place for place, name in enumerate(FEATURES)}

_GROUPS: Mapping[str, tuple[str, ...]] = {
    "missing": (
        "missing_count",
        "missing_weight",
        "missing_turnout",
        "trailing_misses",
        "handed_in_difference",
    ),
    "scores": (
        "score_mean",
        "score_min",
        "score_max",
        "score_last",
        "score_rank",
        "due_score_rank",
        "last_due_score_rank",
    ),
    "lead": ("lead_rank", "due_lead_rank", "late_count"),
    "banked": ("banked_count",),
    "ahead": ("ahead_count",),
    "attempts": ("previous_attempts",),
    "credits": ("studied_credits",),
    "enrolled": ("enrolled_day",),
    "history": ("past_completed", "past_failed", "past_withdrawn"),
}

NOTHING_MISSING = mark("Handed in everything that was due")
MISSING = mark("{count} of {due} due pieces not handed in")
NO_SCORE = mark("No score so far")
SCORE = mark("Mean score so far {score} of 100")
LATE = mark("Pieces handed in late: {count}")
NOTHING_HANDED_IN = mark("Has not handed in anything that was due")
IN_TIME = mark("Hands work in earlier or later than most")
BANKED = mark("Scores brought from an earlier course: {count}")
AHEAD = mark("Pieces handed in before they were due: {count}")
ATTEMPTS = mark("Earlier attempts at this course: {count}")
CREDITS = mark("Studies {credits} credits at the same time")
ENROLLED_BEFORE = mark("Enrolled {days} days before the start")
ENROLLED_AFTER = mark("Enrolled {days} days after the start")
HISTORY = mark("Earlier courses: {completed} completed, {failed} not passed, {withdrawn} left")


class Rows(Protocol):
    """A generation that answers queries."""

    def columns(self, sql: str, params: Sequence[Any]) -> Mapping[str, Any]:
        """A query's result as arrays by column."""


def snapshot(generation: Rows, course_id: int, day: int) -> tuple[list[int], Matrix]:
    """Enrolment ids of a course on a day and their features (n, f), NaN where unknown."""
    found = generation.columns(_ROWS, (course_id, day))
    ids, *columns = found.values()
    return np.asarray(ids).tolist(), matrix(columns)


def matrix(columns: Iterable[Any]) -> Matrix:
    """Columns of a query's result as rows (n, columns), NaN where they have NULL."""
    x = np.column_stack([np.ma.filled(np.ma.asarray(one), np.nan) for one in columns])
    return np.ascontiguousarray(x, dtype=np.float32)


def risks(ids: Sequence[int], x: Matrix, score: Scorer) -> dict[int, float]:
    """The risk of every enrolment, 0-1."""
    if not len(ids):
        return {}
    return dict(zip(ids, score(x).astype(float).tolist(), strict=True))


def reasons(
    ids: Sequence[int], x: Matrix, score: Scorer, chosen: Collection[int]
) -> dict[int, list[Reason]]:
    """The strongest reasons of the chosen enrolments, strongest first.

    Effects are exact Shapley values over groups of features, compared with a learner who
    stands in the middle of the cohort in all of them (:mod:`ml.completion_risk.attribution`).
    """
    wanted = set(chosen)
    places = [place for place, one in enumerate(ids) if one in wanted]
    if not places:
        return {}
    groups = [[_AT[name] for name in names] for names in _GROUPS.values()]
    effects = attribution.shapley(x[places], _middle(x), groups, score)
    return {
        ids[place]: _strongest(x[place], effects[number]) for number, place in enumerate(places)
    }


def _middle(x: Matrix) -> Matrix:
    """The cohort's median of each feature, NaN where nobody's is known."""
    middle = np.full(x.shape[1], np.nan, np.float32)
    known = ~np.isnan(x).all(axis=0)
    middle[known] = np.nanmedian(x[:, known], axis=0)
    return middle


def _strongest(row: Matrix, effects: NDArray[np.float64]) -> list[Reason]:
    ranked = sorted(zip(_GROUPS, effects.tolist(), strict=True), key=lambda pair: -pair[1])
    told = [
        Reason(*_words(group, row), effect) for group, effect in ranked if effect >= _LEAST_EFFECT
    ]
    return told[:REASONS_SHOWN]


def _words(group: str, row: Matrix) -> tuple[str, dict[str, Any]]:
    """What a learner's own values of a group say, as a marked message with its values."""

    def value(name: str) -> float:
        return float(row[_AT[name]])

    def count(name: str) -> int:
        return int(value(name))

    match group:
        case "missing":
            if not count("missing_count"):
                return NOTHING_MISSING, {}
            return MISSING, {"count": count("missing_count"), "due": count("due_count")}
        case "scores":
            unknown = np.isnan(value("score_mean")) or not value("score_max")
            return (NO_SCORE, {}) if unknown else (SCORE, {"score": round(value("score_mean"))})
        case "lead":
            if late := count("late_count"):
                return LATE, {"count": late}
            has_none = count("missing_count") >= count("due_count") > 0
            return (NOTHING_HANDED_IN if has_none else IN_TIME), {}
        case "banked":
            return BANKED, {"count": count("banked_count")}
        case "ahead":
            return AHEAD, {"count": count("ahead_count")}
        case "attempts":
            return ATTEMPTS, {"count": _known(value("previous_attempts"))}
        case "credits":
            return CREDITS, {"credits": _known(value("studied_credits"))}
        case "enrolled":
            days = count("enrolled_day")
            return (ENROLLED_AFTER if days > 0 else ENROLLED_BEFORE), {"days": abs(days)}
        case _:
            past = ("completed", "failed", "withdrawn")
            return HISTORY, {name: count(f"past_{name}") for name in past}


def _known(value: float) -> int:
    return 0 if np.isnan(value) else int(value)
