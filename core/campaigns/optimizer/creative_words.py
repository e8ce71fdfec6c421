"""What the creative optimizer says, in words that need no statistics."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.campaigns.optimizer.basis import Thin
from core.campaigns.optimizer.fatigue import Wear
from core.campaigns.optimizer.suggestion import Amount, Measure, Remark
from core.campaigns.optimizer.worth import Target, weekly
from core.i18n import mark

if TYPE_CHECKING:
    from core.campaigns.optimizer.creative import Compared

_SURE = 0.9
_LEAST_OVERLAP = 0.5


def nothing_imported() -> Thin:
    """No row tells of creatives."""
    return Thin(
        "",
        Remark(mark("No figures by creative were imported.")),
        Remark(mark("An export with one row for each creative and day.")),
        0.0,
    )


def nothing_to_compare(campaign: str, count: int) -> Thin:
    """Fewer than two creatives run."""
    reason = (
        mark("{campaign}: only one creative was shown in the last four weeks.")
        if count
        else mark("{campaign}: no creative was shown in the last four weeks.")
    )
    need = mark("{campaign}: at least two creatives shown in the same weeks.")
    values = {"campaign": campaign}
    return Thin(campaign, Remark(reason, values), Remark(need, values), count / 4.0)


def no_conversions_told(campaign: str) -> Thin:
    """Clicks alone do not say what a creative is worth."""
    return Thin(
        campaign,
        Remark(
            mark("{campaign}: the export tells no conversions by creative."), {"campaign": campaign}
        ),
        Remark(mark("{campaign}: an export with conversions."), {"campaign": campaign}),
        0.1,
    )


def no_revenue_told(campaign: str) -> Thin:
    """Other campaigns are compared by revenue, this one cannot be."""
    values = {"campaign": campaign}
    return Thin(
        campaign,
        Remark(
            mark(
                "{campaign}: its revenue by creative is missing, or below zero for one of them, "
                "so it does not compare with the other campaigns."
            ),
            values,
        ),
        Remark(
            mark(
                "{campaign}: revenue for each creative, or a look at it alone, by its conversions."
            ),
            values,
        ),
        0.5,
    )


def more_impressions(campaign: str, have: float, want: int) -> Thin:
    """A creative was hardly shown."""
    return Thin(
        campaign,
        Remark(
            mark("{campaign}: one of its creatives was shown only {have} times."),
            {"campaign": campaign, "have": int(have)},
        ),
        Remark(
            mark("{campaign}: {missing} more impressions of that creative."),
            {"campaign": campaign, "missing": int(want - have)},
        ),
        have / want,
    )


_OF = {
    Target.REVENUE: mark(
        "of the revenue that these creatives would bring in the next {days} days as shown today"
    ),
    Target.CONVERSIONS: mark(
        "of the conversions that these creatives would bring in the next {days} days as shown today"
    ),
}
_WHY = {
    Target.REVENUE: mark(
        "Each creative gets the share of its campaign's traffic that equals the chance that it "
        "brings most revenue for each time it is shown."
    ),
    Target.CONVERSIONS: mark(
        "Each creative gets the share of its campaign's traffic that equals the chance that it "
        "brings most conversions for each time it is shown."
    ),
}
_PER_THOUSAND = {
    Target.REVENUE: mark("Revenue for 1,000 impressions"),
    Target.CONVERSIONS: mark("Conversions for 1,000 impressions"),
}


def effect_of(target: Target, days: int) -> Remark:
    """What the expected effect is a share of."""
    return Remark(_OF[target], {"days": days})


def why(target: Target, *, is_better: bool) -> Remark:
    """Why these shares."""
    if is_better:
        return Remark(_WHY[target])
    return Remark(
        mark(
            "The present split is about as good as any that is known. The shares shown are those "
            "that would keep learning which creative is best."
        )
    )


def per_thousand(target: Target) -> Remark:
    """What is compared."""
    return Remark(_PER_THOUSAND[target])


def why_share(chance: float, loss: float) -> Remark:
    """Why one creative gets its share."""
    return Remark(
        mark(
            "Best with a probability of {chance}; showing only this one would cost {loss} of what "
            "the best brings, on average."
        ),
        {"chance": Amount(chance, Measure.SHARE), "loss": Amount(loss, Measure.SHARE, 1)},
    )


def limits(shown: int, compared: int) -> list[Remark]:
    """What was taken for granted."""
    found = [
        Remark(
            mark(
                "The number of impressions stays as it was in the last four weeks, and so does "
                "what they cost."
            )
        )
    ]
    if compared > max(shown, 1):
        message = mark("Campaigns that stay as they are, because little or nothing is gained: {n}.")
        found.append(Remark(message, {"n": compared - max(shown, 1)}))
    return found


def apart_in_time(chosen: Sequence["Compared"]) -> list[Remark]:
    """Which campaigns' creatives ran in different weeks, so that the season may speak."""
    apart = [one.campaign for one in chosen if _overlap(one) < _LEAST_OVERLAP]
    if not apart:
        return []
    message = mark(
        "In {campaigns} the creatives mostly ran in different weeks, so part of the difference "
        "may be the season."
    )
    return [Remark(message, {"campaigns": apart})]


def _overlap(one: "Compared") -> float:
    """How much of the creatives' impressions fall on the same weeks, 0-1."""
    shown = weekly(one.parts, "impressions", "impressions")
    return float(np.min(shown / shown.sum(axis=1, keepdims=True), axis=0).sum())


def doubts(wear: Sequence[Wear]) -> list[Remark]:
    """What would change the mind: wear that is seen, and who was shown what."""
    worn = sorted((one for one in wear if one.p_worn >= _SURE), key=lambda one: one.mean)
    message = mark(
        "{creative} wears out: its click rate changes by {mean} ({low} to {high}) each time its "
        "impressions double, so its figures so far are better than those to come."
    )
    found = [
        Remark(
            message,
            {
                "creative": one.name,
                "mean": Amount(one.mean, Measure.SHARE),
                "low": Amount(one.p05, Measure.SHARE),
                "high": Amount(one.p95, Measure.SHARE),
            },
        )
        for one in worn
    ]
    found.append(
        Remark(
            mark(
                "Platforms choose whom they show which creative. If one was shown to more willing "
                "people, its lead shrinks when everybody sees it; an experiment on the platform "
                "tells."
            )
        )
    )
    return found
