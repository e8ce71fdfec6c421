"""The model card: what the model is, on what it was tried, and what it may not be used for."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.registry.fairness import widest_gaps
from ml.artifact import Metrics
from ml.completion_risk.candidates import BASELINES, Fitted

_COLUMNS = ("auc", "pr_auc", "brier", "ece", "precision_at_10", "precision_at_15")


def write(
    day: int,
    winner: Fitted,
    compared: Mapping[str, Metrics],
    trained_on: Mapping[str, Any],
    tested_on: Mapping[str, Any],
    groups: Sequence[Mapping[str, Any]],
    modules: Sequence[Mapping[str, Any]],
) -> str:
    """The card as Markdown."""
    return "\n\n".join(
        [
            _question(day),
            _data(trained_on, tested_on),
            f"**Result on the test courses** (answering: {winner.name})\n\n{_results(compared)}",
            f"**By course**\n\n{_modules(modules)}",
            _fairness(groups),
            _limits(),
        ]
    )


def _question(day: int) -> str:
    return (
        f"**Question.** Of those enrolled on day {day} of a course: who will end failed or "
        "withdrawn? The answer is a probability. It is meant for one thing: deciding whom to "
        "offer help first."
    )


def _data(trained_on: Mapping[str, Any], tested_on: Mapping[str, Any]) -> str:
    return (
        f"**Data.** Learned from {trained_on['rows']:,} enrolments in courses that started "
        f"{trained_on['first_start']} to {trained_on['last_start']}; tested on "
        f"{tested_on['rows']:,} in courses that started {tested_on['first_start']}. Split by "
        "course in the order of time, never by learner. Seen are work handed in and missed, "
        "scores, earlier courses of the same person, earlier attempts, credits and how early "
        "they enrolled. Gender, region, deprivation, age and disability are not seen."
    )


def _results(compared: Mapping[str, Metrics]) -> str:
    head = "| | " + " | ".join(_COLUMNS) + " |\n|" + " --- |" * (len(_COLUMNS) + 1)
    rows = [
        f"| {name}{' (baseline)' if name in BASELINES else ''} | "
        + " | ".join(f"{values[column]:.3f}" for column in _COLUMNS)
        + " |"
        for name, values in compared.items()
    ]
    return "\n".join([head, *rows])


def _modules(modules: Sequence[Mapping[str, Any]]) -> str:
    head = "| course | learners | ended badly | work due so far | AUC |\n|" + " --- |" * 5
    rows = [
        f"| {one['course']} | {one['learners']} | {one['share_ended_badly']:.0%} | "
        f"{one['due_count']:.0f} | {'–' if one['auc'] is None else format(one['auc'], '.3f')} |"
        for one in modules
    ]
    return "\n".join([head, *rows]) + (
        "\n\nWhere nothing was due yet there is little to tell learners apart by, and the "
        "estimate is near chance. A course that changed its work since is estimated less well."
    )


def _fairness(groups: Sequence[Mapping[str, Any]]) -> str:
    if not groups:
        return "**Groups.** The data tells no attributes, so recall by group is not known."
    gaps = widest_gaps(groups)
    told = f" The widest gap is {gaps[0].difference:.2f}, by {gaps[0].attribute}." if gaps else ""
    return (
        "**Groups.** Recall when the 15% most at risk are contacted is measured for each group "
        f"that has enough learners.{told}"
    )


def _limits() -> str:
    return (
        "**Limits.** Scores count from the day of handing in, though marking took longer. Not "
        "for grading, admission, funding or any decision against a learner. An estimate is not "
        "a cause: it says who resembles those who did not finish, not why they did not."
    )
