"""What watching over campaigns needs from the warehouse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from core.campaigns.anomalies import DailyBlock
from core.campaigns.expected import Floats
from core.campaigns.kpis import Totals
from core.campaigns.tracking import Tracking


@dataclass(frozen=True)  # without slots: kept, and these unpickle faster
class MonthFigures:
    """What all campaigns of a currency brought from the month's first day to the last whole day.

    ``totals`` is ``None`` where no day of the month has a row.
    """

    last_day: date
    totals: Totals | None
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Run:
    """The days of a campaign's record whose figures are wanted, in the record's currency."""

    record_id: int
    start: date
    end: date | None
    currency: str


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class RunFigures:
    """What the warehouse knows of a run.

    ``spend`` is by day from ``first_day`` to the last day that the campaign's account is
    reported for; ``totals`` are of the days inside the run. ``elsewhere`` says that there are
    rows in other currencies than the record's.
    """

    campaign_id: int
    first_day: date
    spend: Floats
    totals: Totals | None
    elsewhere: bool

    @property
    def last_day(self) -> date:
        """The last day the campaign's account is reported for."""
        return self.first_day + timedelta(days=max(len(self.spend) - 1, 0))

    @property
    def is_empty(self) -> bool:
        """Whether there is no day at all in the record's currency."""
        return not len(self.spend)


class WatchFigures(Protocol):
    """Campaigns day by day; every answer is in one currency."""

    def currencies(self) -> Sequence[str]:
        """The currencies that occur, the one with the most recent days first."""

    def block(
        self, currency: str, days: int, limit: int, campaign_id: int | None = None
    ) -> DailyBlock | None:
        """The last ``days`` of the ``limit`` campaigns with most spend, or of one campaign.

        ``None`` where there are no rows. A day that was not over when the data came is left out.
        """

    def runs(self, runs: Sequence[Run]) -> Mapping[int, RunFigures]:
        """Figures of runs by record; a record that was never reported is not there."""

    def month(self, currency: str) -> MonthFigures | None:
        """The month of the currency's last whole day; ``None`` where there are no rows."""

    def tracking(self, currency: str, campaign_id: int | None = None) -> Sequence[Tracking]:
        """Each campaign's tracking in the last four weeks, most spend first."""
