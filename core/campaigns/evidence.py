"""What suggestions are made from: small values that hold counts, and what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.campaigns.periods import Span

RECENT_WEEKS = 4  # what "now" means where shares of today are compared with shares of tomorrow


@dataclass(frozen=True, slots=True)
class Asked:
    """What a suggestion is asked for.

    ``campaign_ids`` of ``None`` means all campaigns; ``span`` is the history to look at;
    ``country`` is the ISO 3166 code whose holidays count, ``None`` for no holidays.
    """

    currency: str
    span: Span
    campaign_ids: tuple[int, ...] | None = None
    horizon_days: int = 28
    country: str | None = None
    seed: int = 0


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class Counts:
    """Sums over some rows in one currency; ``None`` where no row reports the figure."""

    impressions: float = 0.0
    clicks: float = 0.0
    spend: float = 0.0
    conversions: float | None = None
    revenue: float | None = None

    def __add__(self, other: "Counts") -> "Counts":
        """Sum of both; a figure neither reports stays ``None``."""
        return Counts(
            self.impressions + other.impressions,
            self.clicks + other.clicks,
            self.spend + other.spend,
            _plus(self.conversions, other.conversions),
            _plus(self.revenue, other.revenue),
        )


def _plus(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


@dataclass(frozen=True)  # without slots, as above
class Week:
    """Counts of seven days, ``ago`` whole weeks before the span's last one (0 is the last).

    One week may come in several pieces: rows that report conversions or revenue are kept
    apart from those that do not, so that a rate never divides by rows that could not answer.
    """

    ago: int
    counts: Counts


@dataclass(frozen=True)  # without slots, as above
class PartCounts:
    """A creative or an audience of one campaign, week by week; one part has one such value."""

    part_id: int
    name: str
    campaign_id: int
    campaign: str
    weeks: tuple[Week, ...]

    def total(self, within_weeks: int | None = None, *, reporting: str | None = None) -> Counts:
        """The sum of the last ``within_weeks`` weeks, of rows that report a figure."""
        total = Counts()
        for week in self.weeks:
            in_time = within_weeks is None or week.ago < within_weeks
            if in_time and (reporting is None or getattr(week.counts, reporting) is not None):
                total = total + week.counts
        return total


@dataclass(frozen=True)  # without slots, as above
class DailyCounts:
    """One campaign's figures of one day, or of a piece of it; see :class:`Week`."""

    date: date
    counts: Counts


@dataclass(frozen=True)  # without slots, as above
class DailySeries:
    """One campaign's days, in any order; a day that comes twice is added up."""

    campaign_id: int
    campaign: str
    days: tuple[DailyCounts, ...]


def of_campaigns(parts: Sequence[PartCounts]) -> dict[int, list[PartCounts]]:
    """Parts by their campaign, both in order of ids."""
    found: dict[int, list[PartCounts]] = {}
    for part in sorted(parts, key=lambda part: (part.campaign_id, part.part_id)):
        found.setdefault(part.campaign_id, []).append(part)
    return found
