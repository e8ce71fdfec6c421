"""Experiments: a campaign's spend was changed, and what that brought was measured."""

from core.i18n import mark
from data.pipeline import headings
from data.pipeline.kinds import LIFT_TESTS
from data.pipeline.source import Source

SOURCE = Source(
    name="lift_tests",
    title=mark("Lift tests"),
    recognised_by=(
        "campaign_id", "start", "end", "spend_change", "lift", "lift_p05", "lift_p95",
    ),
    kind=LIFT_TESTS,
    texts={
        "date": "start",
        "end": "end",
        "platform": "platform",
        "account_id": "account_id",
        "account_name": "account_name",
        "campaign": "campaign_id",
        "campaign_name": "campaign_name",
        "currency": "currency",
    },
    numbers={
        "spend_change": "spend_change",
        "lift": "lift",
        "lift_p05": "lift_p05",
        "lift_p95": "lift_p95",
    },
    needs=frozenset({"spend_change", "lift", "lift_p05", "lift_p95"}),
    written_by_hand=True,
    aliases={
        "campaign_id": ("campaign", "campaign_name"),
        "start": ("start_date",),
        "end": ("end_date",),
        "currency": headings.CURRENCY,
    },
    names_campaigns_elsewhere=True,
)  # fmt: skip
