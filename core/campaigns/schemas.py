"""Values that campaign use cases take and give."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.campaigns.kpis import Totals
from core.campaigns.periods import Against, Span


class Dimension(StrEnum):
    """What a breakdown has one row for."""

    PLATFORM = "platform"
    TYPE = "type"
    CAMPAIGN = "campaign"
    AUDIENCE = "audience"
    CREATIVE = "creative"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class View:
    """What somebody looks at: days, one currency, the filters (empty means all), against what.

    A type of ``None`` means the campaigns whose source gives no type.
    """

    span: Span
    currency: str
    platforms: tuple[str, ...] = ()
    types: tuple[str | None, ...] = ()
    campaign_ids: tuple[int, ...] = ()
    against: Against = Against.BEFORE

    @property
    def earlier(self) -> Span:
        """The days that the span is compared with."""
        return self.span.earlier(self.against)


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class CampaignChoice:
    """A campaign as a filter offers it; ``label`` is unique among all campaigns."""

    campaign_id: int
    label: str


@dataclass(frozen=True, slots=True)
class CurrencyChoice:
    """A currency that occurs and the days its rows reach over."""

    code: str
    span: Span


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by, most used or most expensive first.

    Of many campaigns, ``campaigns`` holds those with most spend only.

    Currencies are ordered by their last day, then by rows: amounts in different ones do not
    compare, and one that nothing is spent in any more is not what somebody looks for.
    """

    currencies: tuple[CurrencyChoice, ...]
    platforms: tuple[str, ...]
    types: tuple[str | None, ...]
    campaigns: tuple[CampaignChoice, ...]
    imported_at: datetime | None

    def days_of(self, currency: str) -> Span:
        """The days that have data in a currency."""
        return next(choice.span for choice in self.currencies if choice.code == currency)


@dataclass(frozen=True, slots=True)
class CampaignProfile:
    """What a campaign is: its names and keys, its plan where there is one, its days of data.

    ``record_id`` is that of the team's own record of it, ``None`` where it is known from
    reports alone; ``status`` is the record's, or what the platform last told. ``currencies``
    come with the one whose rows end last first, and are empty while no row was imported.
    """

    campaign_id: int
    name: str
    platform: str | None
    type: str | None
    account: str | None
    external_id: str | None
    status: str | None
    record_id: int | None
    is_sample: bool
    currencies: tuple[CurrencyChoice, ...]
    imported_at: datetime | None

    def days_of(self, currency: str) -> Span:
        """The days that have data in a currency."""
        return next(choice.span for choice in self.currencies if choice.code == currency)


@dataclass(frozen=True, slots=True)
class Day:
    """One day's sums; a day without rows is not there at all."""

    date: date
    figures: Totals


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class Slice:
    """One row of a breakdown.

    ``key`` is a campaign's id, or a weekday's number from Monday, 1, to Sunday, 7.
    ``key`` and ``label`` are ``None`` where the source does not give the dimension.
    ``before`` is of the days compared with, ``None`` where the slice has none in them or its
    rows begin inside them. ``trend`` holds the spend per day of each of the span's bins, 0 where
    it has no rows; of a campaign in a long span, of each calendar week or four whole weeks.
    """

    key: str | int | None
    label: str | None
    now: Totals
    before: Totals | None
    trend: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Slices by spend, the most expensive first, and how many there are in all.

    Days of the week come in their own order.

    ``comparable`` is false when the rows do not reach back over all the days compared with.
    """

    by: Dimension
    slices: tuple[Slice, ...]
    count: int
    comparable: bool


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class Point:
    """One bin of a chart: its days, its sums, and those of the bin in the days compared with.

    Both are ``None`` where the data does not reach.
    """

    span: Span
    now: Totals | None
    before: Totals | None


@dataclass(frozen=True, slots=True)
class Overview:
    """A view's figures: the period, the days compared with, and the course of both.

    ``before`` is ``None`` when the view's own rows do not reach back to the start of the days
    compared with, because a comparison with half a period would mislead.
    """

    view: View
    now: Totals | None
    before: Totals | None
    points: tuple[Point, ...]
    shows_sample: bool


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """Everything that a page of campaign figures shows, for its export.

    ``other`` is the same view against what ``overview`` is not compared with; ``days`` are
    empty where the page does not list them.
    """

    overview: Overview
    other: Overview
    breakdowns: tuple[Breakdown, ...]
    days: tuple[Day, ...]
