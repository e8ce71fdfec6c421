"""Sentences chosen by the data: which one is true is decided here, what it says is translated."""

from decimal import Decimal
from enum import StrEnum

from core.i18n import mark

LEVEL = Decimal("0.02")  # a change smaller than this share is told as "stayed level"
LEVEL_TREND = Decimal("0.05")  # halves of a period differ more by chance than whole periods do


class Change(StrEnum):
    """What happened to a figure since the period before."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"
    FIRST = "first"  # there is no earlier figure to compare with
    UNKNOWN = "unknown"  # there is no figure at all


def change_of(
    now: Decimal | int | None, before: Decimal | int | None, level: Decimal = LEVEL
) -> Change:
    """Which change it is; smaller than ``level`` (a share) counts as none."""
    if now is None:
        return Change.UNKNOWN
    share = relative_change(now, before)
    if share is None:
        return Change.FIRST
    if abs(share) < level:
        return Change.LEVEL
    return Change.UP if share > 0 else Change.DOWN


def relative_change(now: Decimal | int | None, before: Decimal | int | None) -> Decimal | None:
    """(now − before) ÷ before; ``None`` when either is missing or before is zero."""
    if now is None or not before:
        return None
    return Decimal(now) / Decimal(before) - 1


COMPARISONS: dict[str, dict[Change, str]] = {
    "spend": {
        Change.UP: mark("Spend rose by {change} to {now}, from {before} in the period before."),
        Change.DOWN: mark("Spend fell by {change} to {now}, from {before} in the period before."),
        Change.LEVEL: mark("Spend stayed level at {now}; it was {before} in the period before."),
        Change.FIRST: mark("Spend was {now}; there is no earlier period to compare it with."),
        Change.UNKNOWN: mark("No spend is reported for these campaigns."),
    },
    "revenue": {
        Change.UP: mark("Revenue rose by {change} to {now}, from {before} in the period before."),
        Change.DOWN: mark("Revenue fell by {change} to {now}, from {before} in the period before."),
        Change.LEVEL: mark("Revenue stayed level at {now}; before, it was {before}."),
        Change.FIRST: mark("Revenue was {now}; there is no earlier period to compare it with."),
        Change.UNKNOWN: mark("The platforms of these campaigns report no revenue."),
    },
    "roas": {
        Change.UP: mark("The return on ad spend (ROAS) improved from {before} to {now}."),
        Change.DOWN: mark("The return on ad spend (ROAS) declined from {before} to {now}."),
        Change.LEVEL: mark("The return on ad spend (ROAS) held at {now}; before, it was {before}."),
        Change.FIRST: mark("The return on ad spend (ROAS) was {now}."),
        Change.UNKNOWN: mark("A return on ad spend cannot be given: {reason}."),
    },
    "conversions": {
        Change.UP: mark("Conversions rose by {change}, from {before} to {now}."),
        Change.DOWN: mark("Conversions fell by {change}, from {before} to {now}."),
        Change.LEVEL: mark("Conversions stayed level at {now}; before, there were {before}."),
        Change.FIRST: mark("There were {now} conversions."),
        Change.UNKNOWN: mark("The platforms of these campaigns report no conversions."),
    },
    "cpa": {
        Change.UP: mark("A conversion became dearer: {now} on average, after {before}."),
        Change.DOWN: mark("A conversion became cheaper: {now} on average, after {before}."),
        Change.LEVEL: mark("A conversion still cost about the same: {now}, after {before}."),
        Change.FIRST: mark("A conversion cost {now} on average."),
        Change.UNKNOWN: mark("A cost for each conversion cannot be given: {reason}."),
    },
}

TRENDS: dict[str, dict[Change, str]] = {
    "spend": {
        Change.UP: mark(
            "Spend rose within the period: {late} a day in its second half, "
            "after {early} a day in the first."
        ),
        Change.DOWN: mark(
            "Spend fell within the period: {late} a day in its second half, "
            "after {early} a day in the first."
        ),
        Change.LEVEL: mark(
            "Spend held steady within the period: {early} a day in its first half, "
            "{late} a day in the second."
        ),
    },
    "revenue": {
        Change.UP: mark(
            "Revenue rose within the period: {late} a day in its second half, "
            "after {early} a day in the first."
        ),
        Change.DOWN: mark(
            "Revenue fell within the period: {late} a day in its second half, "
            "after {early} a day in the first."
        ),
        Change.LEVEL: mark(
            "Revenue held steady within the period: {early} a day in its first half, "
            "{late} a day in the second."
        ),
    },
}

TARGET = {
    True: mark("ROAS of {roas} reached the target of {target}."),
    False: mark("ROAS of {roas} is short of the target of {target}."),
}

BUDGET = {
    True: mark("Spend stayed within the budget of {budget}: {share} of it was used."),
    False: mark("Spend went over the budget of {budget}: {share} of it was used."),
}
