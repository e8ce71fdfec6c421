"""Tracking health: whether a campaign's conversions are still being counted."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.i18n import mark

WINDOW_DAYS = 28
BEFORE_DAYS = 56  # further days from which the usual cost of a conversion is known
SILENT_CONVERSIONS = 10.0  # that should have come since; by chance none does once in 22,000 times
NEVER_DAYS = 14


class Trouble(StrEnum):
    """What is wrong with a campaign's tracking."""

    SILENT = "silent"
    NEVER = "never"
    NO_SPEND = "no_spend"
    GAPS = "gaps"
    NOT_REPORTED = "not_reported"


TROUBLES = {
    Trouble.SILENT: mark("Conversions stopped"),
    Trouble.NEVER: mark("Never a conversion"),
    Trouble.NO_SPEND: mark("Conversions without spend"),
    Trouble.GAPS: mark("Days missing"),
    Trouble.NOT_REPORTED: mark("Conversions not reported"),
}


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class Tracking:
    """A campaign's days in the window, as counts; amounts are in its currency.

    ``gap_days`` are days on which the campaign's whole account has no row, between its first
    and its last; ``idle_days`` those on which only this campaign has none. ``spend_since`` is
    what was spent after the last day with a conversion, ``expected_since`` the conversions
    that this would usually have brought.
    """

    campaign_id: int
    name: str
    is_sample: bool
    spend: float
    conversions: float | None
    spend_days: int
    unconverted_days: int
    unspent_days: int
    gap_days: int
    idle_days: int
    last_conversion: date | None
    spend_since: float
    expected_since: float | None
    last_day: date

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What is wrong, the worst first; empty where nothing is."""
        found = (
            (Trouble.SILENT, self.is_silent),
            (Trouble.NEVER, self.last_conversion is None and self.spend_days >= NEVER_DAYS
             and self.conversions is not None),
            (Trouble.NO_SPEND, self.unspent_days > 0),
            (Trouble.GAPS, self.gap_days > 0),
            (Trouble.NOT_REPORTED, self.conversions is None and self.spend > 0),
        )  # fmt: skip
        return tuple(trouble for trouble, holds in found if holds)

    @property
    def is_silent(self) -> bool:
        """Whether conversions stopped while money went on: too long for chance."""
        return self.expected_since is not None and self.expected_since >= SILENT_CONVERSIONS


@dataclass(frozen=True)
class Troubled:
    """The campaigns with trouble, those with most spend first, and how many were looked at."""

    rows: tuple[Tracking, ...]
    looked_at: int
