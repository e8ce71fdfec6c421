"""What an export keeps back cannot be worked out from what it tells: asked of a linear solver."""

from collections.abc import Mapping, Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from core.courses.cohort_file import withheld
from core.courses.cohorts import LEAST
from core.courses.small_counts import Sum, kept_back
from tests.core.courses.cohort_overviews import PIECES, overview

SUMS = (Sum("handed_in", ("on_time", "late")), Sum("all", ("handed_in", "missing")))


def cohort(on_time: int, late: int, missing: int) -> dict[str, int]:
    handed = on_time + late
    return {
        "on_time": on_time,
        "late": late,
        "handed_in": handed,
        "missing": missing,
        "all": handed + missing,
    }


def test_where_nothing_is_small_everything_is_told() -> None:
    assert not kept_back(cohort(40, 5, 0), SUMS, known=["all"])


def test_a_small_part_takes_another_with_it_and_leaves_the_sum() -> None:
    assert {"late", "on_time"} == kept_back(cohort(40, 3, 50), SUMS, known=["all"])


def test_what_the_size_of_the_cohort_would_give_away_goes_too() -> None:
    told = {"on_time", "late", "handed_in", "missing"} - kept_back(cohort(50, 0, 3), SUMS, ["all"])
    assert not {"handed_in", "missing"} & told


def test_without_a_sum_only_the_small_count_is_kept_back() -> None:
    assert {"a"} == kept_back({"a": 1, "b": 0, "c": 5}, ())


def spread(
    counts: Mapping[str, int], sums: Sequence[Sum], hidden: frozenset[str], name: str
) -> float:
    """How far apart the least and the largest value of a count are that the told ones allow."""
    at = {one: place for place, one in enumerate(counts)}
    rows = np.zeros((len(sums), len(at)))
    for row, one in zip(rows, sums, strict=True):
        row[at[one.total]] = -1
        row[[at[part] for part in one.parts]] = 1
    bounds = [(0, None) if one in hidden else (count, count) for one, count in counts.items()]
    ends = []
    for sign in (1, -1):
        goal = np.zeros(len(at))
        goal[at[name]] = sign
        solved = linprog(goal, A_eq=rows, b_eq=np.zeros(len(sums)), bounds=bounds)
        ends.append(sign * solved.fun if solved.status == 0 else np.inf)
    return float(ends[1] - ends[0])


COUNT = st.integers(0, 12) | st.integers(0, 500)


@settings(max_examples=60)
@given(st.lists(st.tuples(COUNT, COUNT), min_size=1, max_size=4))
def test_no_kept_back_count_follows_from_what_is_told(pieces: list[tuple[int, int]]) -> None:
    counts: dict[str, int] = {"total": 0}
    sums = [Sum("total", tuple(f"handed {n}" for n in range(len(pieces))))]
    for n, (on_time, late) in enumerate(pieces):
        counts |= {f"on time {n}": on_time, f"late {n}": late, f"handed {n}": on_time + late}
        counts["total"] += on_time + late
        sums.append(Sum(f"handed {n}", (f"on time {n}", f"late {n}")))
    hidden = kept_back(counts, sums)
    assert {name for name, count in counts.items() if 0 < count < LEAST} <= hidden
    for name in hidden:
        assert spread(counts, sums, hidden, name) >= LEAST - 1 - 1e-6, name


@given(PIECES, st.integers(0, 30))
def test_nothing_small_of_a_cohort_is_told_in_a_file(
    pieces: list[tuple[int, int, int, int]], left: int
) -> None:
    told = overview(pieces, left)
    hidden = withheld(told)
    for place, one in enumerate(told.assessments):
        for name in ("handed_in", "on_time", "late", "missing", "banked"):
            assert f"work {place} {name}" in hidden or not 0 < getattr(one, name) < LEAST
        if f"work {place} late" in hidden:  # by subtraction
            assert {f"work {place} on_time", f"work {place} handed_in"} & hidden
    assert ("now left" in hidden) >= (0 < told.now.left < LEAST)
