"""An accepted budget plan as files that the platforms take for changes in bulk.

Google Ads and its Editor know ``Campaign``, ``Campaign ID`` and ``Budget`` (a day); Microsoft
Advertising's bulk file has a ``Type`` a row and a row of its format's version; Meta knows
``Campaign ID``, ``Campaign Name`` and ``Campaign Daily Budget``.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.campaigns.optimizer.suggestion import Kind
from core.track_record.ports import CampaignKey
from core.track_record.schemas import Accepted

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Line:
    """One campaign's new budget: its keys and money a day."""

    key: CampaignKey
    daily: float

    @property
    def budget(self) -> str:
        """Money a day with cents, whatever the language: machines read it."""
        return f"{self.daily:.2f}"

    @property
    def number(self) -> str:
        """The platform's number of the campaign, harmless in a spreadsheet."""
        return _harmless(self.key.external_id or "")

    @property
    def name(self) -> str:
        """The campaign's name; none where it looks like a formula and a number will do."""
        if self.key.external_id and self.key.name.startswith(_STARTS_FORMULA):
            return ""
        return _harmless(self.key.name)


@dataclass(frozen=True, slots=True)
class BulkFile:
    """The changes of one platform as CSV text."""

    platform: str
    text: str
    campaigns: int


Rows = list[list[str]]


def files(record: Accepted, keys: Sequence[CampaignKey]) -> list[BulkFile]:
    """One file a platform, of the campaigns whose budget changes by a cent a day or more.

    Empty for anything but a budget plan. A day's budget is the plan ÷ the horizon's days.
    """
    if record.kind is not Kind.BUDGET:
        return []
    known = {one.campaign_id: one for one in keys}
    by_platform: dict[str, list[Line]] = {}
    for change in record.plan:
        key = known.get(change.subject_id or 0)
        if key is not None and abs(change.then - change.now) >= 0.01 * record.horizon_days:
            line = Line(key, change.then / record.horizon_days)
            by_platform.setdefault(key.platform, []).append(line)
    return [
        BulkFile(platform, _text(_FORMATS.get(platform, _any)(lines)), len(lines))
        for platform, lines in sorted(by_platform.items())
    ]


def _google(lines: Sequence[Line]) -> Rows:
    return [["Campaign", "Campaign ID", "Budget"]] + [
        [one.name, one.number, one.budget] for one in lines
    ]


def _microsoft(lines: Sequence[Line]) -> Rows:
    head = ["Type", "Id", "Parent Id", "Campaign", "Budget", "Budget Type", "Name"]
    version = ["Format Version", "", "", "", "", "", "6.0"]
    return [head, version] + [
        ["Campaign", one.number, _harmless(one.key.account_id or ""), one.name, one.budget,
         "DailyBudgetStandard", ""]
        for one in lines
    ]  # fmt: skip


def _meta(lines: Sequence[Line]) -> Rows:
    return [["Campaign ID", "Campaign Name", "Campaign Daily Budget"]] + [
        [one.number, one.name, one.budget] for one in lines
    ]


def _any(lines: Sequence[Line]) -> Rows:
    return [["Campaign", "Campaign ID", "Daily budget"]] + [
        [one.name, one.number, one.budget] for one in lines
    ]


_FORMATS: dict[str, Callable[[Sequence[Line]], Rows]] = {
    "google_ads": _google,
    "microsoft_ads": _microsoft,
    "facebook_ads": _meta,
}


def _text(rows: Rows) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it."""
    return "'" + cell if cell.startswith(_STARTS_FORMULA) else cell
