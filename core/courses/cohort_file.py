"""What of a cohort's figures a file may tell: no count that speaks of one to four learners."""

from collections.abc import Mapping

from core.courses.cohorts import LEAST, AssessmentFigures, CohortCounts, CohortOverview
from core.courses.models import AssessmentKind
from core.courses.small_counts import Sum, kept_back

NOW, THEN = "now", "then"
_COUNTED = ("handed_in", "on_time", "late", "missing", "banked")


def withheld(told: CohortOverview) -> frozenset[str]:
    """Names of what is not told: ``work 0 late`` of the first piece of work, ``now left``,
    ``then piece 2`` of the presentation before, and the figures that rest on too few.
    """
    counts, sums = _side(NOW, told.now)
    for place, one in enumerate(told.assessments):
        counts |= {work(place, name): count for name, count in _counted(one).items()}
    sums += _work_sums(told, counts)
    hidden = kept_back(counts, sums, known=[side(NOW, "enrolled")])
    if told.earlier is not None:
        counts, sums = _side(THEN, told.earlier.then)
        hidden |= kept_back(counts, sums, known=[side(THEN, "enrolled")])
    return hidden | _of_few(told)


def work(place: int, name: str) -> str:
    """The name of a figure of a piece of work, by its place in the overview."""
    return f"work {place} {name}"


def side(of: str, name: str) -> str:
    """The name of a figure that both presentations are compared by."""
    return f"{of} {name}"


def _counted(one: AssessmentFigures) -> Mapping[str, int]:
    """The counts that are told of a piece of work; without a date nobody is on time or late."""
    found = {name: getattr(one, name) for name in _COUNTED}
    if one.due_on is None:
        found = {name: found[name] for name in ("handed_in", "missing", "banked")}
    return {name: count for name, count in found.items() if count is not None}


def _side(of: str, counts: CohortCounts) -> tuple[dict[str, int], list[Sum]]:
    pieces = {side(of, f"piece {place}"): count for place, count in enumerate(counts.pieces)}
    told = {
        side(of, "enrolled"): counts.enrolled,
        side(of, "left"): counts.left,
        side(of, "handed"): counts.handed_in,
    }
    return told | pieces, [Sum(side(of, "handed"), tuple(pieces))] if pieces else []


def _work_sums(told: CohortOverview, counts: Mapping[str, int]) -> list[Sum]:
    """Which counts of the pieces of work add up to which, where they do."""
    sums, place = [], 0
    for row, one in enumerate(told.assessments):
        if one.due_on is not None:
            sums.append(Sum(work(row, "handed_in"), (work(row, "on_time"), work(row, "late"))))
        if one.is_due and one.kind is not AssessmentKind.EXAM:
            sums += _piece_sums(row, side(NOW, f"piece {place}"), counts)
            place += 1
    return sums


def _piece_sums(row: int, piece: str, counts: Mapping[str, int]) -> list[Sum]:
    """A due piece: what was handed in or brought, and with what is missing everybody."""
    if piece not in counts:
        return []
    sums = []
    handed = work(row, "handed_in"), work(row, "banked")
    if counts[piece] == sum(counts[name] for name in handed):
        sums.append(Sum(piece, handed))
    if work(row, "missing") in counts:
        everybody, parts = side(NOW, "enrolled"), (piece, work(row, "missing"))
        # Who left before its day is neither: then both are at most everybody.
        exact = counts[everybody] == sum(counts[name] for name in parts)
        if counts[everybody] >= sum(counts[name] for name in parts):
            sums.append(Sum(everybody, parts, is_whole=exact))
    return sums


def _of_few(told: CohortOverview) -> frozenset[str]:
    """Means and medians of fewer than five, and the size of a cohort as small."""
    found = set()
    for row, one in enumerate(told.assessments):
        found |= {work(row, "mean_score")} if one.handed_in < LEAST else set()
        found |= {work(row, "median_days_late")} if one.late < LEAST else set()
    sides = {NOW: told.now} | ({THEN: told.earlier.then} if told.earlier else {})
    for of, counts in sides.items():
        found |= {side(of, "score")} if counts.handed_in < LEAST else set()
        found |= {side(of, "enrolled")} if 0 < counts.enrolled < LEAST else set()
    return frozenset(found)
