"""Whether a plan was carried out: what each of its changes really became."""

import numpy as np

from core.campaigns.optimizer.suggestion import Kind
from core.campaigns.periods import Span
from core.track_record.ports import CampaignSeries, TrackFigures
from core.track_record.schemas import Accepted

FOLLOWED = 0.5  # of the way from what was to what was planned
_NO_CHANGE = 1e-9

Done = tuple[float | None, ...]


def carried_out(
    record: Accepted, series: CampaignSeries, figures: TrackFigures
) -> tuple[Done, float | None]:
    """What each change became, and how much of the way was gone; ``None`` where not told.

    1 is the plan to the last cent, 0 no change at all or one as far off.
    """
    match record.kind:
        case Kind.BUDGET:
            done = _spend(record, series)
        case Kind.TIMING:
            done = _weekdays(record, series)
        case Kind.CREATIVE | Kind.AUDIENCE:
            done = _parts(record, figures)
    return done, reached(record, done)


def reached(record: Accepted, done: Done) -> float | None:
    """How much of the way from now to the plan was gone, 0-1, by the sum of what is off."""
    known = [(c, d) for c, d in zip(record.plan, done, strict=True) if d is not None]
    way = sum(abs(change.then - change.now) for change, _ in known)
    if way <= _NO_CHANGE:
        return None
    off = sum(abs(value - change.then) for change, value in known)
    return float(min(1.0, max(0.0, 1.0 - off / way)))


def _spend(record: Accepted, series: CampaignSeries) -> Done:
    """Money over the horizon; a campaign without a row spent nothing."""
    spent = series.spend[-record.horizon_days :].sum(axis=0)
    by_campaign = dict(zip(series.campaign_ids, map(float, spent), strict=True))
    return tuple(by_campaign.get(change.subject_id or 0, 0.0) for change in record.plan)


def _weekdays(record: Accepted, series: CampaignSeries) -> Done:
    """Shares of spend by weekday; subjects are numbered from Monday, 1."""
    spent = series.spend[-record.horizon_days :].sum(axis=1)
    number = (record.first_day.weekday() + np.arange(record.horizon_days)) % 7
    shares = np.bincount(number, spent, minlength=7) / max(float(spent.sum()), _NO_CHANGE)
    if not spent.sum() > 0:
        return (None,) * len(record.plan)
    return tuple(float(shares[(change.subject_id or 1) - 1]) for change in record.plan)


def _parts(record: Accepted, figures: TrackFigures) -> Done:
    """Shares within each campaign, of the parts that the plan names."""
    given = figures.parts(record.kind, record.currency, Span(record.first_day, record.last_day))
    totals: dict[int, float] = {}
    for change in record.plan:
        group = change.group_id or 0
        value = given.get((group, change.subject_id or 0), 0.0)
        totals[group] = totals.get(group, 0.0) + value
    return tuple(
        given.get((change.group_id or 0, change.subject_id or 0), 0.0) / totals[group]
        if totals[group := change.group_id or 0] > 0
        else None
        for change in record.plan
    )
