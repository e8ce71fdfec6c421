"""What campaign use cases need from the warehouse."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from core.campaigns.changes import WeeklySeries
from core.campaigns.evidence import Asked, DailySeries, PartCounts
from core.campaigns.reported import ReportedCampaign
from core.campaigns.schemas import (
    CampaignChoice,
    CampaignProfile,
    Choices,
    Day,
    Dimension,
    Slice,
    View,
)


class CampaignFigures(Protocol):
    """Campaign performance by day, currency and campaign; every answer is in one currency."""

    def choices(self) -> Choices | None:
        """What there is to filter by; ``None`` while no row was imported."""

    def campaigns_with(
        self, labels: Sequence[str], campaign_ids: Sequence[int]
    ) -> Sequence[CampaignChoice]:
        """The campaigns that have one of these labels or ids, those with most spend first."""

    def campaign(self, campaign_id: int) -> CampaignProfile | None:
        """What one campaign is; ``None`` where no campaign has this id."""

    def first_day(self, view: View) -> date | None:
        """The first day ever that has a row of the view's currency and filters."""

    def daily(self, view: View) -> Sequence[Day]:
        """Sums by day over the view's span and the days compared with, in order of days."""

    def slices(self, view: View, by: Dimension, limit: int) -> tuple[Sequence[Slice], int]:
        """The ``limit`` slices with most spend, and how many slices there are.

        A slice whose rows begin inside the days compared with has none to compare with.
        """

    def shows_sample(self, view: View) -> bool:
        """Whether any campaign with rows in the view's span belongs to the sample world."""

    def weekly(self, view: View, weeks: int, limit: int) -> Sequence[WeeklySeries]:
        """Spend and revenue by week, oldest first, of the ``limit`` campaigns with most spend.

        Weeks are blocks of seven days that end on the span's last day; a campaign's weeks
        before its first row are left out.
        """


class SuggestionFigures(Protocol):
    """What creatives, audiences and days brought; every answer is in the asked currency.

    Rows are of the asked span and campaigns only, and a figure that no row reports is
    ``None``. Parts and campaigns without any row are left out.
    """

    def creatives(self, asked: Asked) -> Sequence[PartCounts]:
        """Each creative's weeks."""

    def audiences(self, asked: Asked) -> Sequence[PartCounts]:
        """Each audience's weeks, one value for each campaign that addresses it."""

    def days(self, asked: Asked) -> Sequence[DailySeries]:
        """Each campaign's days."""


class ReportedCampaigns(Protocol):
    """Campaigns as the warehouse knows them, planned or not."""

    def without_record(self) -> Sequence[ReportedCampaign]:
        """Campaigns that have no record, those with most spend first, two thousand at most."""

    def one(self, campaign_id: int) -> ReportedCampaign | None:
        """A campaign of the warehouse; ``None`` where it knows none of this number."""

    def with_figures(self, platform: str, account_id: str, external_id: str) -> int | None:
        """The number of the campaign of these keys when a day of it is reported."""
