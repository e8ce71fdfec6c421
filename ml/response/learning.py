"""Learns a response from what the lake holds, for every horizon that can be planned."""

import hashlib
import time
from dataclasses import replace
from datetime import datetime

import numpy as np

from core.campaigns.learned import (
    HORIZONS,
    MOST,
    Learned,
    Lesson,
    Material,
    Response,
    ResponseMark,
)
from core.campaigns.optimizer.history import History
from core.campaigns.optimizer.planning import LEAST_CAMPAIGNS
from core.campaigns.optimizer.response import ResponseDraws
from core.campaigns.optimizer.screening import disbelieved, screen
from core.campaigns.optimizer.suggestion import Basis
from ml.response.fit import ATTRIBUTION_SD, fit_horizons


def learn(material: Material, mark: ResponseMark, seed: int, now: datetime) -> Response:
    """Fit what can be learned from; the same material and seed give the same response."""
    begun = time.perf_counter()
    history = material.history
    screened = screen(history, history.horizon_periods(max(HORIZONS)))
    usable = screened.usable
    drawn: tuple[ResponseDraws, ...] = ()
    if len(usable.campaign_ids) >= LEAST_CAMPAIGNS:
        drawn = fit_horizons(usable, HORIZONS, MOST, ATTRIBUTION_SD, seed)
    seconds = time.perf_counter() - begun
    lesson = replace(_lesson(material, usable, seed, seconds, now), remark=screened.remark)
    if drawn and (doubt := disbelieved(drawn[0])):
        lesson = replace(lesson, has_outcome=False, remark=doubt)
    found = {
        days: _learned(history, days, drawn[number] if drawn else None, mark, lesson)
        for number, days in enumerate(HORIZONS)
    }
    return Response(mark, lesson, found)


def _lesson(
    material: Material, usable: History, seed: int, seconds: float, now: datetime
) -> Lesson:
    history = material.history
    return Lesson(
        basis=basis_of(history, material.conversions),
        period_days=history.period_days,
        has_outcome=usable.outcome is not None,
        lift_tests=len(usable.lift_tests),
        unused_tests=len(material.unused_tests),
        smaller=material.smaller,
        seed=seed,
        attribution_sd=ATTRIBUTION_SD,
        data_hash=data_hash(history),
        seconds=round(seconds, 3),
        learned_at=now,
    )


def basis_of(history: History, conversions: float | None) -> Basis:
    """What a history holds: its days, and the range of spend that its periods had."""
    spent = history.spend.sum(axis=1)
    return Basis(
        history.starts[0],
        history.last_day,
        history.periods * history.period_days,
        conversions,
        float(spent.min()),
        float(spent.max()),
    )


def data_hash(history: History) -> str:
    """SHA-256 of a history's figures, in hex."""
    told = hashlib.sha256(repr((history.campaign_ids, history.types, history.starts)).encode())
    parts = [history.spend, history.attributed]
    if history.outcome is not None:
        parts += [history.outcome.revenue, history.outcome.controls]
    for part in parts:
        told.update(np.ascontiguousarray(part).tobytes())
    told.update(repr(history.lift_tests).encode())
    return told.hexdigest()


def _learned(
    history: History, days: int, drawn: ResponseDraws | None, mark: ResponseMark, lesson: Lesson
) -> Learned:
    """One horizon: whoever spends nothing in its pattern is held, and not among the draws."""
    periods = history.horizon_periods(days)
    screened = screen(history, periods)
    spend = history.pattern(periods).sum(axis=0)
    ids = list(history.campaign_ids)
    usable = set(screened.usable.campaign_ids)
    if drawn is not None:
        kept = [c for c, name in enumerate(drawn.campaign_ids) if name in usable]
        drawn = drawn.only(kept) if len(kept) >= LEAST_CAMPAIGNS else None
    return Learned(
        mark=mark,
        lesson=lesson,
        horizon_days=days,
        held=screened.held,
        held_spend=tuple(float(spend[ids.index(one.campaign_id)]) for one in screened.held),
        draws=drawn,
    )
