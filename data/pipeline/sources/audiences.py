"""Performance of groups of people by day, whatever platform reached them."""

from core.i18n import mark
from data.pipeline import headings
from data.pipeline.kinds import AUDIENCE_DAYS
from data.pipeline.source import Source

SOURCE = Source(
    name="audiences",
    title=mark("Performance by audience"),
    recognised_by=("date", "audience", "campaign", "impressions"),
    kind=AUDIENCE_DAYS,
    texts={
        **headings.DETAIL_TEXTS,
        "audience": "audience_id",
        "audience_name": "audience_name",
    },
    numbers=headings.DETAIL_NUMBERS,
    needs=frozenset({"impressions"}),
    written_by_hand=True,
    aliases={
        **headings.DETAIL_ALIASES,
        "audience": ("audience_name", "audience_id", "audience segment", "segment"),
        "audience_name": ("audience", "audience segment", "segment"),
    },
    breakdowns=tuple(name for name in headings.BREAKDOWNS if name != "audience"),
    names_campaigns_elsewhere=True,
)
