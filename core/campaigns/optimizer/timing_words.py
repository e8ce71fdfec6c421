"""What the timing optimizer says, in words that need no statistics."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from core.campaigns.optimizer.basis import Thin
from core.campaigns.optimizer.holiday_effects import HolidayEffect
from core.campaigns.optimizer.pooling import Floats
from core.campaigns.optimizer.suggestion import Amount, Estimate, Measure, Remark
from core.campaigns.optimizer.weeks import Weeks
from core.campaigns.optimizer.worth import Target
from core.i18n import mark

WEEKDAYS = (
    mark("Monday"),
    mark("Tuesday"),
    mark("Wednesday"),
    mark("Thursday"),
    mark("Friday"),
    mark("Saturday"),
    mark("Sunday"),
)
_MOST_NAMED = 6


def thinness(
    weeks: Sequence[Weeks], events: float | None, min_weeks: int, min_events: int
) -> list[Thin]:
    """Everything that is missing to tell weekdays apart; nothing where it can be done."""
    spent = np.sum([one.spend.sum(axis=0) for one in weeks], axis=0) if weeks else np.zeros(7)
    if (spent > 0).sum() == 1:
        return [_one_weekday(int(spent.argmax()))]
    if not any(one.usable.any() for one in weeks):
        return [_no_days()]
    found = []
    whole = max(int((one.usable.sum(axis=1) >= 2).sum()) for one in weeks)
    if whole < min_weeks:
        found.append(_too_short(whole, min_weeks))
    if events is not None and events < min_events:
        found.append(_too_few(events, min_events, whole))
    return found


def nothing_runs() -> Thin:
    """No campaign had spend lately, so there is no share of today to change."""
    return Thin(
        "",
        Remark(mark("No campaign had spend in the last four weeks.")),
        Remark(mark("Four weeks with spend, to know today's shares.")),
        0.5,
    )


def _no_days() -> Thin:
    return Thin(
        "",
        Remark(mark("There are no days with spend that brought anything.")),
        Remark(mark("An export with daily rows that tell spend and conversions or revenue.")),
        0.0,
    )


def _one_weekday(number: int) -> Thin:
    return Thin(
        "",
        Remark(
            mark("All rows fall on one day of the week ({day}); they look like totals of weeks."),
            {"day": Remark(WEEKDAYS[number])},
        ),
        Remark(mark("An export with daily rows.")),
        0.0,
    )


def _too_short(weeks: int, want: int) -> Thin:
    return Thin(
        "",
        Remark(
            mark("Weeks with data on several days: {weeks}; it takes at least {want} to tell."),
            {"weeks": weeks, "want": want},
        ),
        Remark(mark("Further weeks with daily rows: {n}."), {"n": want - weeks}),
        weeks / want,
    )


def _too_few(events: float, want: int, weeks: int) -> Thin:
    reason = Remark(
        mark("There are {have} conversions, and it takes at least {want} to tell days apart."),
        {"have": round(events), "want": want},
    )
    if events <= 0:
        need = Remark(mark("{missing} conversions; so far there are none."), {"missing": want})
        return Thin("", reason, need, 0.0)
    days = max(1, round(7 * max(weeks, 1) * (want - events) / events))
    need = Remark(
        mark("{missing} more conversions, at the pace so far in {days} days."),
        {"missing": max(1, want - round(events)), "days": days},
    )
    return Thin("", reason, need, events / want)


_OF = {
    Target.REVENUE: mark(
        "of the revenue that these campaigns would bring in the next {days} days with today's days"
    ),
    Target.CONVERSIONS: mark(
        "of the conversions that these campaigns would bring in the next {days} days with today's "
        "days"
    ),
}
_WHY = {
    Target.REVENUE: mark(
        "Spend moves to the days of the week on which the same spend brings more revenue, compared "
        "within each week, so that season and growth do not matter."
    ),
    Target.CONVERSIONS: mark(
        "Spend moves to the days of the week on which the same spend brings more conversions, "
        "compared within each week, so that season and growth do not matter."
    ),
}


def effect_of(target: Target, days: int) -> Remark:
    """What the expected effect is a share of."""
    return Remark(_OF[target], {"days": days})


def why(target: Target, *, is_better: bool) -> Remark:
    """Why these shares."""
    if is_better:
        return Remark(_WHY[target])
    return Remark(mark("The days of the week hardly differ in what spend brings; they can stay."))


def why_share(multiples: Floats) -> Remark:
    """Why one weekday gets its share, from draws of what it brings against the average."""
    low, high = np.quantile(multiples, (0.05, 0.95))
    return Remark(
        mark("The same spend brings {mean} of the average day's ({low} to {high})."),
        {"mean": _share(float(multiples.mean())), "low": _share(low), "high": _share(high)},
    )


def against_average() -> Remark:
    """What is compared."""
    return Remark(mark("Brought by the same spend, against the average day"))


def _share(value: float) -> Amount:
    return Amount(float(value), Measure.SHARE)


def limits(step: float, left_out: int) -> list[Remark]:
    """What was taken for granted."""
    found = [
        Remark(
            mark(
                "Each campaign's spend in a week stays, and no day's changes by more than {step}."
            ),
            {"step": _share(step)},
        ),
        Remark(
            mark(
                "More spend on one day is taken to bring less than in proportion: twice the spend "
                "1.4 to 2 times as much, weighed by what days with more and less spend brought."
            )
        ),
    ]
    if left_out > 0:
        message = mark("Campaigns left out, without spend lately or without figures: {n}.")
        found.append(Remark(message, {"n": left_out}))
    return found


def unseen(numbers: Sequence[int]) -> list[Remark]:
    """Weekdays without spend, of which nothing is known."""
    if not numbers:
        return []
    message = mark("Nothing was spent lately on {days}, so nothing is suggested for them.")
    return [Remark(message, {"days": [Remark(WEEKDAYS[number]) for number in numbers]})]


def holidays(
    country: str | None, found: Sequence[HolidayEffect], coming: Mapping[date, str]
) -> list[Remark]:
    """What holidays did, and which lie ahead."""
    if country is None:
        message = mark("Public holidays were not taken out, because no country is chosen.")
        return [Remark(message)]
    remarks = [Remark(mark("Public holidays were left out when comparing days of the week."))]
    known = {one.name: one for one in found}
    for day, name in list(coming.items())[:_MOST_NAMED]:
        remarks.append(_ahead(day, name, known.get(name)))
    return remarks


def _ahead(day: date, name: str, seen: HolidayEffect | None) -> Remark:
    if seen is None:
        message = mark("{holiday} on {day} lies ahead; this history has no such day to learn from.")
        return Remark(message, {"holiday": name, "day": day})
    return Remark(
        mark(
            "{holiday} on {day} lies ahead: the same spend brought {mean} of a usual day's "
            "({low} to {high}), as seen on {days}."
        ),
        {
            "holiday": name,
            "day": day,
            "mean": _share(1.0 + seen.mean),
            "low": _share(1.0 + seen.p05),
            "high": _share(1.0 + seen.p95),
            "days": list(seen.days),
        },
    )


def holiday_estimates(found: Sequence[HolidayEffect]) -> list[Estimate]:
    """Each holiday seen against its usual weekday."""
    of = Remark(mark("Brought by the same spend on a public holiday, against the usual weekday"))
    return [
        Estimate(None, one.name, "", of, Measure.MULTIPLE, 1 + one.mean, 1 + one.p05, 1 + one.p95)
        for one in found
    ]


def doubts() -> list[Remark]:
    """What would change the mind."""
    return [
        Remark(
            mark(
                "Platforms count a conversion on the day of the click or on the day it happened. "
                "Where people think for days before they buy, the day of the spend matters less "
                "than it looks."
            )
        ),
        Remark(
            mark(
                "If spend is raised on days of high demand because demand is high, those days look "
                "better than spend made them. A few weeks with the days swapped would tell."
            )
        ),
    ]
