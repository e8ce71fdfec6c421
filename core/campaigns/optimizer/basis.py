"""What suggestions about parts of campaigns rest on, and why some campaigns are left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.campaigns.evidence import RECENT_WEEKS, Asked, PartCounts
from core.campaigns.optimizer.suggestion import Basis, Kind, Remark, TooThin
from core.i18n import mark

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Thin:
    """Why one campaign is not judged, and what it would take; ``reached`` is 0-1 of enough."""

    campaign: str
    reason: Remark
    need: Remark
    reached: float


def too_thin(kind: Kind, scope: str, thin: Sequence[Thin], basis: Basis | None) -> TooThin:
    """The answer where no campaign can be judged; those nearest to enough are named."""
    nearest = sorted(thin, key=lambda one: -one.reached)
    named = nearest[:_MOST_NAMED]
    reasons = [one.reason for one in named]
    if len(nearest) > len(named):
        more = len(nearest) - len(named)
        reasons.append(Remark(mark("Other campaigns without enough data: {n}."), {"n": more}))
    return TooThin(kind, scope, reasons, [one.need for one in named], basis)


def left_out(thin: Sequence[Thin]) -> list[Remark]:
    """Which campaigns a suggestion does not speak of, for lack of data."""
    if not thin:
        return []
    names = sorted(one.campaign for one in thin)
    if len(names) <= _MOST_NAMED:
        message = mark("Not judged, because their data is too thin: {campaigns}.")
        return [Remark(message, {"campaigns": names})]
    message = mark("Not judged, because their data is too thin: {campaigns} and {n} more.")
    return [Remark(message, {"campaigns": names[:_MOST_NAMED], "n": len(names) - _MOST_NAMED})]


def basis_of(parts: Iterable[PartCounts], asked: Asked) -> Basis:
    """Days, conversions and the range of weekly spend of some parts; no days without rows."""
    spend: dict[int, float] = {}
    conversions: float | None = None
    for part in parts:
        for week in part.weeks:
            spend[week.ago] = spend.get(week.ago, 0.0) + week.counts.spend
            if week.counts.conversions is not None:
                conversions = (conversions or 0.0) + week.counts.conversions
    if not spend:
        return Basis(asked.span.start, asked.span.end, days=0, conversions=None)
    end = asked.span.end
    first = max(asked.span.start, end - timedelta(days=7 * max(spend) + 6))
    return Basis(
        first_day=first,
        last_day=end - timedelta(days=7 * min(spend)),
        days=min(7 * len(spend), asked.span.days),
        conversions=conversions,
        spend_low=min(spend.values()),
        spend_high=max(spend.values()),
    )


def over_horizon(recent: float, asked: Asked) -> float:
    """What a sum over the recent weeks amounts to over the horizon, at the same pace."""
    return recent * asked.horizon_days / min(7 * RECENT_WEEKS, asked.span.days)


def more_conversions(campaign: str, have: float, want: int, weeks: int) -> Thin:
    """A campaign with too few conversions, and how long the rest takes at its pace."""
    reason = Remark(
        mark("{campaign}: {have} conversions, and it takes at least {want} to tell."),
        {"campaign": campaign, "have": round(have), "want": want},
    )
    missing = max(1, want - round(have))
    if have <= 0:
        message = mark("{campaign}: {missing} conversions; so far there are none.")
        return Thin(campaign, reason, Remark(message, {"campaign": campaign, "missing": want}), 0.0)
    message = mark("{campaign}: {missing} more conversions, at its pace so far in {days} days.")
    days = max(1, round(7 * max(weeks, 1) * (want - have) / have))
    values = {"campaign": campaign, "missing": missing, "days": days}
    return Thin(campaign, reason, Remark(message, values), have / want)
