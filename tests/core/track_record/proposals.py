"""Suggestions to accept."""

from datetime import UTC, date, datetime
from typing import Any

from core.campaigns.optimizer.suggestion import Kind, Measure, Remark
from core.track_record.judging import place
from core.track_record.models import AcceptedStatus
from core.track_record.remarks import as_plain
from core.track_record.schemas import Accepted, Change, Gain, Judgement, Proposal

EXPECTED = Gain(0.06, 0.01, 0.11, 0.97, 600.0, 100.0, 1100.0)


def proposal(**values: Any) -> Proposal:
    given: dict[str, Any] = {
        "kind": Kind.BUDGET,
        "scope": "",
        "currency": "USD",
        "horizon_days": 28,
        "predicted": EXPECTED,
        "plan": (
            Change(1, "Brand", 1000.0, 1300.0, Measure.MONEY),
            Change(2, "Video", 1000.0, 700.0, Measure.MONEY),
        ),
        "generation": 3,
        "seed": 1,
        "data_day": date(2026, 11, 22),
        "campaign_ids": (1, 2),
        "of": as_plain(Remark("of the revenue")),
    }
    return Proposal(**{**given, **values})


def accepted(**values: Any) -> Accepted:
    """A suggestion as a person sees it, waiting for its days."""
    told = proposal()
    given: dict[str, Any] = {
        "id": 1,
        "kind": told.kind,
        "status": AcceptedStatus.OPEN,
        "scope": "",
        "currency": told.currency,
        "first_day": date(2026, 11, 24),
        "last_day": date(2026, 12, 21),
        "horizon_days": told.horizon_days,
        "predicted": told.predicted,
        "of": told.of,
        "campaign_ids": told.campaign_ids,
        "plan": told.plan,
        "constraints": (),
        "generation": told.generation,
        "seed": told.seed,
        "is_sample": False,
        "accepted_by": "Mia",
        "accepted_at": datetime(2026, 11, 23, 9, tzinfo=UTC),
        "withdrawn_at": None,
        "judged_at": None,
        "judgement": None,
    }
    return Accepted(**{**given, **values})


def verdict(realised: Gain | None, **values: Any) -> Judgement:
    """What came, measured on four weeks; without a gain, why it cannot be told."""
    why = None if realised else as_plain(Remark("Too little is known."))
    given: dict[str, Any] = {
        "realised": realised,
        "why_not": why,
        "measure": "revenue",
        "days": 28,
        "pre_days": 365,
        "controls": ("business",),
        "place": place(EXPECTED, realised) if realised else None,
        "done": (1290.0, 710.0),
        "reached": 0.97,
    }
    return Judgement(**{**given, **values})


def judged(realised: Gain | None, **values: Any) -> Accepted:
    """A suggestion that was judged."""
    moment = datetime(2026, 12, 23, 9, tzinfo=UTC)
    told = verdict(realised, **values)
    return accepted(status=AcceptedStatus.JUDGED, judged_at=moment, judgement=told)
