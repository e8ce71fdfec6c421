"""The verdict on an accepted suggestion: what it realised against what was predicted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import erf, sqrt

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.suggestion import Kind, Remark
from core.campaigns.periods import Span
from core.i18n import mark
from core.track_record import remarks
from core.track_record.carried_out import carried_out
from core.track_record.counterfactual import (
    LEAST_DAYS,
    NothingCame,
    Observed,
    Realised,
    TooFewDays,
    realised,
)
from core.track_record.ports import BusinessSeries, CampaignSeries, TrackFigures
from core.track_record.schemas import Accepted, Gain, Judgement, gain_of

Floats = NDArray[np.float64]

HISTORY_DAYS = 548  # a year and a half before the plan
OTHERS, BUSINESS = "others", "business"  # names of the controls that are ours
_REPEATS = (Kind.BUDGET, Kind.TIMING)  # spend was part of the plan


@dataclass(frozen=True, slots=True)
class _Measured:
    """What was measured, or why it cannot be."""

    found: Realised | None
    why_not: Remark | None = None


def is_due(record: Accepted, figures: TrackFigures) -> bool:
    """Whether the data tells the plan's last day."""
    last = figures.last_day(record.currency, record.campaign_ids)
    return last is not None and last >= record.last_day


def judge(record: Accepted, figures: TrackFigures, others: Sequence[Accepted]) -> Judgement:
    """The verdict on a suggestion whose days are all told; ``others`` were accepted too."""
    span = Span(record.first_day - timedelta(days=HISTORY_DAYS), record.last_day)
    series = figures.series(record.currency, span, record.campaign_ids)
    business = figures.business(record.currency, span)
    measure, target = _target(series, HISTORY_DAYS)
    measured = _measure(record, series, business, target)
    found = measured.found
    gain = _gain(found, measure) if found else None
    done, reached = carried_out(record, series, figures)
    return Judgement(
        realised=gain,
        why_not=remarks.as_plain(measured.why_not) if measured.why_not else None,
        measure=measure,
        days=found.days if found else 0,
        pre_days=found.pre_days if found else 0,
        controls=found.controls if found else (),
        place=place(record.predicted, gain) if gain else None,
        done=done,
        reached=reached,
        business=_of_business(record, business),
        overlaps=tuple(one.id for one in others if _meet(record, one)),
    )


def place(predicted: Gain, found: Gain) -> float:
    """Where the realised share lies in what was predicted, 0-1.

    The measurement's own spread widens the prediction: between .05 and .95 the two agree as
    far as can be told.
    """
    apart = (found.mean - predicted.mean) / sqrt(predicted.sd**2 + found.sd**2)
    return 0.5 * (1 + erf(apart / sqrt(2)))


def _target(series: CampaignSeries, first: int) -> tuple[str, Floats]:
    """Revenue where enough days tell it, else conversions."""
    known = np.isfinite(series.revenue[:first]) & (series.revenue[:first] > 0)
    if known.sum() >= LEAST_DAYS // 2:
        return "revenue", series.revenue
    return "conversions", series.conversions


def _measure(
    record: Accepted, series: CampaignSeries, business: BusinessSeries | None, target: Floats
) -> _Measured:
    controls = {OTHERS: series.others}
    if business is not None:
        controls[BUSINESS] = business.revenue - np.nan_to_num(series.revenue)
    seen = Observed(
        first_day=series.first_day,
        first=HISTORY_DAYS,
        last=HISTORY_DAYS + record.horizon_days - 1,
        target=target,
        spend=series.spend,
        attributed=series.attributed,
        repeats=record.kind in _REPEATS,
        controls=controls,
        facts=business.controls if business else {},
    )
    try:
        return _Measured(realised(_begun(seen), record.seed))
    except TooFewDays as error:
        why = mark("Only {days} days before it tell what came; it takes {least} to compare.")
        return _Measured(None, Remark(why, {"days": error.days, "least": LEAST_DAYS}))
    except NothingCame:
        why = mark("The platforms report neither revenue nor conversions that could be compared.")
        return _Measured(None, Remark(why))


def _begun(seen: Observed) -> Observed:
    """From the first day on which anything was spent or came, or the business told anything."""
    told = (seen.spend.sum(axis=1) > 0) | (np.nan_to_num(seen.target) > 0)
    skip = int(np.argmax(told)) if told.any() else 0
    skip = min(skip, seen.first)
    return replace(
        seen,
        first_day=seen.first_day + timedelta(days=skip),
        first=seen.first - skip,
        last=seen.last - skip,
        target=seen.target[skip:],
        spend=seen.spend[skip:],
        attributed=seen.attributed[skip:],
        controls={name: one[skip:] for name, one in seen.controls.items()},
        facts={name: one[skip:] for name, one in seen.facts.items()},
    )


def _gain(found: Realised, measure: str) -> Gain:
    return gain_of(found.share, found.gain if measure == "revenue" else None)


def _of_business(record: Accepted, business: BusinessSeries | None) -> Gain | None:
    """The change of the whole business's revenue meanwhile, as a share of it."""
    if business is None:
        return None
    nothing = np.zeros((len(business.revenue), 1))
    seen = Observed(
        first_day=record.first_day - timedelta(days=HISTORY_DAYS),
        first=HISTORY_DAYS,
        last=HISTORY_DAYS + record.horizon_days - 1,
        target=business.revenue,
        spend=nothing,
        attributed=nothing,
        repeats=False,
        facts=business.controls,
    )
    try:
        found = realised(_begun(seen), record.seed)
    except (TooFewDays, NothingCame):
        return None
    return gain_of(found.share, found.gain)


def _meet(one: Accepted, other: Accepted) -> bool:
    """Whether two plans were at work on a common campaign on a common day."""
    if one.id == other.id or not _overlap(one, other.first_day, other.last_day):
        return False
    if one.campaign_ids is None or other.campaign_ids is None:
        return True
    return not set(one.campaign_ids).isdisjoint(other.campaign_ids)


def _overlap(one: Accepted, first: date, last: date) -> bool:
    return one.first_day <= last and first <= one.last_day
