"""A warehouse for judging, made from days whose truth is known."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from core.campaigns.optimizer.suggestion import Kind
from core.campaigns.periods import Span
from core.track_record.judging import HISTORY_DAYS
from core.track_record.ports import BusinessSeries, CampaignKey, CampaignSeries
from tests.core.track_record.worlds import world


@dataclass
class Figures:
    """Three campaigns, told until ``until``; parts get what ``given`` says."""

    until: date
    effect: float = 0.1
    days: int = HISTORY_DAYS
    given: Mapping[tuple[int, int], float] | None = None

    def last_day(self, currency: str, campaign_ids: Collection[int] | None) -> date | None:
        return self.until

    def campaigns(self, campaign_ids: Collection[int]) -> Sequence[CampaignKey]:
        return [CampaignKey(i, f"C{i}", "google_ads", "1", str(i), None, False) for i in (1, 2, 3)]

    def series(
        self, currency: str, span: Span, campaign_ids: Collection[int] | None
    ) -> CampaignSeries:
        seen, _ = world(1, effect=self.effect, days=HISTORY_DAYS)
        missing = HISTORY_DAYS - self.days
        for array in (seen.spend, seen.attributed, seen.target):
            array[:missing] = 0.0
        conversions = seen.target / 50
        return CampaignSeries(
            span.start,
            (1, 2, 3),
            seen.spend,
            seen.attributed,
            seen.target,
            conversions,
            seen.controls["others"],
        )

    def business(self, currency: str, span: Span) -> BusinessSeries | None:
        return None

    def parts(self, kind: Kind, currency: str, span: Span) -> Mapping[tuple[int, int], float]:
        return self.given or {}


def nothing_told(span: Span) -> CampaignSeries:
    """Days on which the platforms tell spend and nothing else."""
    nothing = np.zeros(span.days)
    spend = np.ones((span.days, 1))
    return CampaignSeries(span.start, (1,), spend, 0 * spend, nothing, nothing, nothing)
