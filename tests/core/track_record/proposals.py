"""Suggestions to accept."""

from datetime import date
from typing import Any

from core.campaigns.optimizer.suggestion import Kind, Measure, Remark
from core.track_record.remarks import as_plain
from core.track_record.schemas import Change, Gain, Proposal

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
