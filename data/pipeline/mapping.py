"""A file that nobody knows, once a person has said what its columns mean."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.imports.meanings import NUMBERS, TITLES
from data.pipeline.kinds import AUDIENCE_DAYS, CAMPAIGN_DAYS, CREATIVE_DAYS, OUTCOMES, Kind
from data.pipeline.source import Source

_KINDS: dict[str, Kind] = {
    "campaigns": CAMPAIGN_DAYS,
    "creatives": CREATIVE_DAYS,
    "audiences": AUDIENCE_DAYS,
    "outcomes": OUTCOMES,
}


def mapped_source(mapping: Mapping[str, Any]) -> Source:
    """The source that a checked mapping describes; its rows have no further dimensions."""
    columns = {ours: theirs for ours, theirs in mapping["columns"].items() if theirs}
    platform = mapping.get("platform", "")
    constants = {"platform": platform} if platform else {}
    if mapping["kind"] == "campaigns" and not platform:
        constants["platform"] = "other"
    scale = Decimal(str(mapping.get("scale", 1)))
    return Source(
        name=f"mapped_{mapping['kind']}",
        title=TITLES[mapping["kind"]],
        recognised_by=tuple(columns.values()),
        kind=_KINDS[mapping["kind"]],
        texts={ours: theirs for ours, theirs in columns.items() if ours not in NUMBERS},
        numbers={ours: theirs for ours, theirs in columns.items() if ours in NUMBERS},
        constants=constants,
        scale={"spend": scale} if scale != 1 and "spend" in columns else {},
        needs=frozenset(),
        written_by_hand=True,
        breakdowns=tuple(mapping.get("breakdowns", ())),
        names_campaigns_elsewhere=mapping["kind"] in ("creatives", "audiences"),
    )
