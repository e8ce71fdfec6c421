"""Performance of advertisements by day, whatever platform they run on."""

from core.i18n import mark
from data.pipeline import headings
from data.pipeline.kinds import CREATIVE_DAYS
from data.pipeline.source import Source

SOURCE = Source(
    name="creatives",
    title=mark("Performance by advertisement"),
    recognised_by=("date", "creative", "campaign", "impressions"),
    kind=CREATIVE_DAYS,
    texts={
        **headings.DETAIL_TEXTS,
        "creative": "creative_id",
        "creative_name": "creative_name",
        "creative_kind": "creative_type",
    },
    numbers=headings.DETAIL_NUMBERS,
    needs=frozenset({"impressions"}),
    written_by_hand=True,
    aliases={
        **headings.DETAIL_ALIASES,
        "creative": ("creative_name", "creative_id"),
        "creative_name": ("creative",),
        "creative_type": ("creative_kind", "creative format", "format"),
    },
    breakdowns=tuple(name for name in headings.BREAKDOWNS if name != "creative"),
    names_campaigns_elsewhere=True,
)
