"""What the budget optimizer says, in words that need no statistics."""

from collections.abc import Sequence

import numpy as np

from core.campaigns.learned import Learned
from core.campaigns.optimizer.budget import Binding, BudgetPlan, Interval
from core.campaigns.optimizer.limits import BudgetLimits
from core.campaigns.optimizer.response import ResponseDraws
from core.campaigns.optimizer.suggestion import Amount, Estimate, Measure, Remark
from core.i18n import mark

_SMALLEST_MOVE = 0.01  # of a campaign's spend
_MOST_NAMED = 6

_BINDING = {
    "min": mark("At the least that you allow: {names}."),
    "max": mark("At the most that you allow: {names}."),
    "seen_spend": mark(
        "At the most that is near spend that was seen, beyond which nothing is known: {names}."
    ),
    "locked": mark("Kept as they are, as you asked: {names}."),
    "type_most": mark("At the cap of their type: {names}."),
}


def effect_of(days: int) -> Remark:
    """What the expected effect is a share of."""
    return Remark(
        mark(
            "of the revenue that these campaigns would cause in the next {days} days as spent today"
        ),
        {"days": days},
    )


def why(plan: BudgetPlan, limits: BudgetLimits) -> Remark:
    """Why this plan."""
    if np.abs(plan.multiples - 1).max(initial=0.0) < _SMALLEST_MOVE:
        return Remark(mark("Today's split is about as good as any that is known."))
    if limits.caution > 0:
        return Remark(
            mark(
                "Spend moves to where the next unit brings more, and less far where that is in "
                "doubt: you asked for caution."
            )
        )
    return Remark(
        mark(
            "Spend moves from campaigns in which the next unit brings little to those in which "
            "it brings more."
        )
    )


def why_move(brings: Interval) -> Remark:
    """Why one campaign's spend changes."""
    return Remark(
        mark("One more unit of spend brings {mean} today ({low} to {high})."),
        {"mean": _times(brings.mean), "low": _times(brings.p05), "high": _times(brings.p95)},
    )


def _times(value: float) -> Amount:
    return Amount(value, Measure.COUNT, 2)


def binding(found: Sequence[Binding], draws: ResponseDraws, limits: BudgetLimits) -> list[Remark]:
    """The limits that keep the plan from being better, and what is kept back."""
    names = dict(zip(draws.campaign_ids, draws.names, strict=True))
    said = []
    for limit, message in _BINDING.items():
        of = [names.get(one.of, one.of) for one in found if one.limit == limit]
        if of:
            said.append(Remark(message, {"names": _named(of)}))
    if limits.reserve > 0:
        share = Amount(limits.reserve, Measure.SHARE)
        message = mark("{share} of the total is kept for experiments and not in the plan.")
        said.append(Remark(message, {"share": share}))
    return said


def _named(names: Sequence[str]) -> list[object]:
    if len(names) <= _MOST_NAMED:
        return list(names)
    more = Remark(mark("{n} more"), {"n": len(names) - _MOST_NAMED})
    return [*names[:_MOST_NAMED], more]


def left_out(learned: Learned) -> list[Remark]:
    """What was not looked at."""
    lesson = learned.lesson
    found = [lesson.remark] if lesson.remark else []
    if lesson.smaller:
        message = mark("Campaigns with less spend that were not looked at: {n}.")
        found.append(Remark(message, {"n": lesson.smaller}))
    if lesson.unused_tests:
        message = mark("Lift tests of campaigns or days that the history does not have: {n}.")
        found.append(Remark(message, {"n": lesson.unused_tests}))
    return found


def doubts(draws: ResponseDraws, learned: Learned) -> list[Remark]:
    """What would change its mind."""
    returns = [Interval.of(draws.roi[:, c]) for c in range(len(draws.names))]
    doubt = [float(draws.spend[c]) * (one.p95 - one.p05) for c, one in enumerate(returns)]
    widest = int(np.argmax(doubt))
    found = [
        Remark(
            mark(
                "A lift test of {campaign}, where most money is in doubt: a unit of its spend "
                "brings between {low} and {high}."
            ),
            {
                "campaign": draws.names[widest],
                "low": _times(returns[widest].p05),
                "high": _times(returns[widest].p95),
            },
        )
    ]
    if learned.lesson.has_outcome:
        found.append(
            Remark(
                mark(
                    "A season, price or promotion that no column of the business outcome tells: "
                    "it would be taken for advertising."
                )
            )
        )
    elif learned.lesson.remark is not None:
        found.append(
            Remark(
                mark(
                    "A longer business outcome, with a column for whatever else moves it: "
                    "holidays, promotions, price."
                )
            )
        )
    else:
        found.append(
            Remark(
                mark(
                    "The total revenue of the business by day or week: it shows how much of what "
                    "the platforms claim would have come anyway."
                )
            )
        )
    return found


def unchecked() -> Remark:
    """What a plan is worth that rests on the platforms' own claims alone."""
    return Remark(
        mark(
            "This rests on what the platforms claim alone: there is neither total revenue nor a "
            "lift test that could check them. It may be no better than spend in proportion to "
            "ROAS."
        )
    )


def estimates(draws: ResponseDraws) -> list[Estimate]:
    """What a unit of spend brought in each campaign."""
    of = Remark(mark("Revenue caused by a unit of spend, over the whole history"))
    return [
        Estimate(_number(key), name, "", of, Measure.MULTIPLE, one.mean, one.p05, one.p95)
        for key, name, one in zip(
            draws.campaign_ids,
            draws.names,
            (Interval.of(draws.roi[:, c]) for c in range(len(draws.names))),
            strict=True,
        )
    ]


def _number(campaign_id: str) -> int | None:
    return int(campaign_id) if campaign_id.isdecimal() else None
