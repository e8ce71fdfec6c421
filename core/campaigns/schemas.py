"""Values that campaign use cases take and give."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.campaigns.kpis import Totals
from core.campaigns.periods import Span


class Dimension(StrEnum):
    """What a breakdown has one row for."""

    PLATFORM = "platform"
    TYPE = "type"
    CAMPAIGN = "campaign"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class View:
    """What somebody looks at: days, one currency, and the filters (empty means all).

    A type of ``None`` means the campaigns whose source gives no type.
    """

    span: Span
    currency: str
    platforms: tuple[str, ...] = ()
    types: tuple[str | None, ...] = ()
    campaign_ids: tuple[int, ...] = ()


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
    ``before`` is ``None`` where the slice has no rows before the period before or none in it.
    ``trend`` holds the spend per day of each of the span's bins, 0 where it has no rows.
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

    ``comparable`` is false when the rows do not reach back over the whole period before.
    """

    by: Dimension
    slices: tuple[Slice, ...]
    count: int
    comparable: bool


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class Point:
    """One bin of a chart: its days, its sums, and those of the bin in the period before.

    Both are ``None`` where the data does not reach.
    """

    span: Span
    now: Totals | None
    before: Totals | None


@dataclass(frozen=True, slots=True)
class Overview:
    """A view's figures: the period, the one before it, and the course of both.

    ``before`` is ``None`` when the view's own rows do not reach back to the start of the period
    before, because a comparison with half a period would mislead.
    """

    view: View
    now: Totals | None
    before: Totals | None
    points: tuple[Point, ...]
    shows_sample: bool
