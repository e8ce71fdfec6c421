"""What the audience optimizer says, in words that need no statistics."""

from collections.abc import Sequence
from math import log

from core.campaigns.optimizer.basis import Thin
from core.campaigns.optimizer.segments import Segment
from core.campaigns.optimizer.suggestion import Amount, Estimate, Measure, Remark
from core.campaigns.optimizer.worth import Target
from core.i18n import mark

_CONFOUNDED = 0.15  # of the logarithm between the plain figure and the one within campaigns
_MOST_NAMED = 5


def nothing_imported(any_rows: bool) -> Thin:
    """No row tells what an audience cost and brought."""
    reason = (
        mark("No row by audience tells both spend and conversions.")
        if any_rows
        else mark("No figures by audience were imported.")
    )
    need = mark("An export with one row for each audience and day, with spend and conversions.")
    return Thin("", Remark(reason), Remark(need), 0.0)


def nothing_to_compare(campaign: str, count: int) -> Thin:
    """Fewer than two audiences run."""
    reason = (
        mark("{campaign}: only one audience had spend in the last four weeks.")
        if count
        else mark("{campaign}: no audience had spend in the last four weeks.")
    )
    need = mark("{campaign}: at least two audiences with spend.")
    values = {"campaign": campaign}
    return Thin(campaign, Remark(reason, values), Remark(need, values), count / 4.0)


def no_revenue_told(campaign: str) -> Thin:
    """Other campaigns are compared by revenue, this one cannot be."""
    reason = mark(
        "{campaign}: its revenue by audience is missing, or below zero for one of them, so it "
        "does not compare with the other campaigns."
    )
    need = mark("{campaign}: revenue for each audience, or a look at it alone, by its conversions.")
    values = {"campaign": campaign}
    return Thin(campaign, Remark(reason, values), Remark(need, values), 0.5)


_OF = {
    Target.REVENUE: mark(
        "of the revenue that these campaigns would bring in the next {days} days as spent today"
    ),
    Target.CONVERSIONS: mark(
        "of the conversions that these campaigns would bring in the next {days} days as spent today"
    ),
}
_WHY = {
    Target.REVENUE: mark(
        "Within a campaign, spend moves to the audiences that bring more revenue for it. How much "
        "each brings is learned from its own figures and from the same audience in other campaigns."
    ),
    Target.CONVERSIONS: mark(
        "Within a campaign, spend moves to the audiences that bring more conversions for it. How "
        "much each brings is learned from its own figures and from the same audience in other "
        "campaigns."
    ),
}


def effect_of(target: Target, days: int) -> Remark:
    """What the expected effect is a share of."""
    return Remark(_OF[target], {"days": days})


def why(target: Target, *, is_better: bool) -> Remark:
    """Why these shares."""
    if is_better:
        return Remark(_WHY[target])
    return Remark(mark("The audiences hardly differ in what they bring; the split can stay."))


def why_share(mean: float, low: float, high: float) -> Remark:
    """Why one audience gets its share."""
    return Remark(
        mark("Brings {mean} of the campaign's average for the same spend ({low} to {high})."),
        {"mean": _share(mean), "low": _share(low), "high": _share(high)},
    )


def _share(value: float) -> Amount:
    return Amount(value, Measure.SHARE)


def limits(step: float, unchanged: int) -> list[Remark]:
    """What was taken for granted."""
    found = [
        Remark(
            mark(
                "Each campaign's total spend stays, and no audience's changes by more than {step}."
            ),
            {"step": _share(step)},
        ),
        Remark(
            mark(
                "More spend on one audience is taken to bring less than in proportion: twice the "
                "spend 1.4 to 2 times as much. These figures cannot tell it more exactly."
            )
        ),
    ]
    if unchanged > 0:
        message = mark("Campaigns that stay as they are, because little or nothing is gained: {n}.")
        found.append(Remark(message, {"n": unchanged}))
    return found


def beyond(compared: int, campaigns: int, audiences: int) -> list[Remark]:
    """How many campaigns and audiences were not looked at, because they spend least."""
    if not campaigns:
        return []
    message = mark(
        "Only the {compared} campaigns that spend most on their audiences are compared; "
        "{campaigns} more with {audiences} audiences are left out."
    )
    return [Remark(message, {"compared": compared, "campaigns": campaigns, "audiences": audiences})]


def doubts(found: Sequence[Segment]) -> list[Remark]:
    """What would change the mind: where campaign and audience cannot be told apart."""
    seen_once = [one.name for one in found if one.campaigns == 1]
    doubts = [_confounded(one) for one in found if _is_confounded(one)][:_MOST_NAMED]
    if seen_once and any(one.campaigns > 1 for one in found):
        named = seen_once[:_MOST_NAMED]
        message = mark(
            "Seen in one campaign only, so that what is due to the audience and what to the "
            "campaign cannot be told apart: {segments}."
        )
        if len(seen_once) > len(named):
            message = mark(
                "Seen in one campaign only, so that what is due to the audience and what to the "
                "campaign cannot be told apart: {segments} and {n} more."
            )
        doubts.append(Remark(message, {"segments": named, "n": len(seen_once) - len(named)}))
    elif seen_once:
        doubts.append(
            Remark(
                mark(
                    "Every audience occurs in one campaign only, so that each is known from that "
                    "campaign alone. The same audience in a second campaign would tell more."
                )
            )
        )
    doubts.append(
        Remark(
            mark(
                "People who would have bought anyway, such as visitors who come back, look better "
                "than advertising made them. Only a test with a group that sees nothing tells."
            )
        )
    )
    return doubts


def _is_confounded(one: Segment) -> bool:
    if one.campaigns < 2 or one.compared == 0 or one.plain <= 0:
        return False
    return abs(log(one.plain / one.within)) > _CONFOUNDED


def _confounded(one: Segment) -> Remark:
    return Remark(
        mark(
            "Over all campaigns {segment} brings {plain} of the average, within the same campaigns "
            "{within} ({low} to {high}). The rest is which campaigns it ran in."
        ),
        {
            "segment": one.name,
            "plain": _share(one.plain),
            "within": _share(one.within),
            "low": _share(one.p05),
            "high": _share(one.p95),
        },
    )


def estimates(found: Sequence[Segment]) -> list[Estimate]:
    """Each segment against the average of the same campaigns."""
    of = Remark(mark("Conversions for the same spend, against the average of the same campaigns"))
    return [
        Estimate(None, one.name, "", of, Measure.MULTIPLE, one.within, one.p05, one.p95)
        for one in found
    ]
