"""From rows to a history: days or weeks without gaps, revenue and controls beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.history import History, LiftTest, Outcome
from core.errors import Invalid
from core.i18n import mark

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]

_WEEK = 7


@dataclass(frozen=True, slots=True)
class CampaignLabel:
    """What a campaign is called, and its type (empty where it is not known)."""

    campaign_id: str
    name: str
    campaign_type: str


@dataclass(frozen=True, slots=True)
class SpendRows:
    """N rows of spend and attributed revenue: day (N,), campaign number (N,), money (N,)."""

    day: Days = field(repr=False)
    campaign: NDArray[np.int64] = field(repr=False)
    spend: Floats = field(repr=False)
    attributed: Floats = field(repr=False)


@dataclass(frozen=True, slots=True)
class OutcomeRows:
    """N days or weeks of total revenue with their controls (N, K) by name."""

    day: Days = field(repr=False)
    revenue: Floats = field(repr=False)
    controls: Floats = field(repr=False)
    control_names: Sequence[str] = ()


class NoRowsOfCampaigns(Invalid):
    """There is no row of any campaign to learn from."""

    code = "history_empty"
    message = mark("There are no rows of campaigns to learn from.")


class OutcomeElsewhere(Invalid):
    """The business outcome covers none of the history's periods."""

    code = "outcome_elsewhere"
    message = mark("The outcome covers none of the days on which campaigns were reported.")


class UnknownLiftTest(Invalid):
    """A lift test is of a campaign, or of days, that the history does not have."""

    code = "lift_test_unknown"
    message = mark(
        "The lift test of campaign {campaign} from {start} to {end} does not fit the history: "
        "it has no spend of that campaign on those days."
    )


class BadLiftTest(Invalid):
    """A lift test's figures contradict one another."""

    code = "lift_test_bad"
    message = mark(
        "The lift test of campaign {campaign} from {start} to {end} has an interval that does "
        "not hold its lift, an end before its start, or a change of less than -100%."
    )


def history(
    labels: Sequence[CampaignLabel],
    rows: SpendRows,
    currency: str,
    outcome: OutcomeRows | None = None,
    lift_tests: Sequence[LiftTest] = (),
) -> History:
    """Lay rows out by period and campaign; both series take the longer period of the two."""
    if not len(rows.day):
        raise NoRowsOfCampaigns(field="history")
    lengths = [period_days(rows.day)] + ([period_days(outcome.day)] if outcome else [])
    length = max(lengths)
    anchor = outcome.day.min() if outcome and lengths[-1] == _WEEK else rows.day.min()
    place = (rows.day - anchor).astype(np.int64) // length
    first, last = int(place.min()), int(place.max())
    shape = (last - first + 1, len(labels))
    starts = anchor + (np.arange(first, last + 1) * length).astype("timedelta64[D]")
    laid_out = History(
        starts=tuple(starts.astype(object)),
        period_days=length,
        campaign_ids=tuple(one.campaign_id for one in labels),
        names=tuple(one.name for one in labels),
        types=tuple(one.campaign_type for one in labels),
        currency=currency,
        spend=_sums(place - first, rows.campaign, rows.spend, shape),
        attributed=_sums(place - first, rows.campaign, rows.attributed, shape),
        outcome=_outcome(outcome, starts, length) if outcome else None,
    )
    for test in lift_tests:
        _require_known(laid_out, test)
    return replace(laid_out, lift_tests=tuple(lift_tests))


def period_days(days: Days) -> int:
    """7 where all days are whole weeks apart, else 1."""
    apart = np.diff(np.unique(days)).astype(np.int64)
    return _WEEK if len(apart) and not (apart % _WEEK).any() else 1


def _sums(
    row: NDArray[np.int64], column: NDArray[np.int64], values: Floats, shape: tuple[int, int]
) -> Floats:
    cell = row * shape[1] + column
    sums = np.bincount(cell, weights=values, minlength=shape[0] * shape[1])
    return sums.astype(float).reshape(shape)


def _outcome(rows: OutcomeRows, starts: Days, length: int) -> Outcome:
    """Sums of revenue and means of controls by period; NaN where no row tells one."""
    place = (rows.day - starts[0]).astype(np.int64) // length
    inside = (place >= 0) & (place < len(starts))
    if not inside.any():
        raise OutcomeElsewhere(field="outcome")
    place = place[inside]
    count = np.bincount(place, minlength=len(starts)).astype(float)
    complete = count >= count.max()  # a week of which days are missing is no week
    revenue = np.bincount(place, weights=rows.revenue[inside], minlength=len(starts))
    controls = [
        np.bincount(place, weights=column[inside], minlength=len(starts)) / np.maximum(count, 1)
        for column in rows.controls.T
    ]
    return Outcome(
        np.where(complete, revenue, np.nan),
        np.column_stack(controls) if controls else np.empty((len(starts), 0)),
        tuple(rows.control_names),
    )


def _require_known(laid_out: History, test: LiftTest) -> None:
    told = {"campaign": test.campaign_id, "start": str(test.start), "end": str(test.end)}
    is_ordered = test.lift_p05 <= test.lift <= test.lift_p95 and test.start <= test.end
    if not is_ordered or test.spend_change < -1 or test.spend_change == 0:
        raise BadLiftTest(field="lift_tests", **told)
    if test.campaign_id in laid_out.campaign_ids:
        column = list(laid_out.campaign_ids).index(test.campaign_id)
        inside = within(laid_out.starts, test.start, test.end)
        if laid_out.spend[inside, column].sum() > 0:
            return
    raise UnknownLiftTest(field="lift_tests", **told)


def within(starts: Sequence[date], first: date, last: date) -> NDArray[np.bool_]:
    """The periods (T,) that start between two days, both included."""
    return np.array([first <= start <= last for start in starts])


def controls_by_name(rows: Sequence[Mapping[str, float]]) -> tuple[Floats, tuple[str, ...]]:
    """Controls as a matrix (N, K); what a row does not tell is taken as 0."""
    names = tuple(sorted({name for row in rows for name in row}))
    table = [[float(row.get(name) or 0.0) for name in names] for row in rows]
    return np.array(table, dtype=float).reshape(len(rows), len(names)), names
