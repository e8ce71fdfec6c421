"""Words of watching over campaigns that several parts use."""

from typing import Literal

from core.campaigns.goal_progress import Progress
from core.campaigns.pacing import (
    MIN_DAYS,
    WHY_UNPACED,
    NoPacing,
    Pacing,
    Standing,
)
from core.i18n import Language, mark

Colour = Literal["red", "orange", "green", "gray"]

STANDINGS: dict[Standing, tuple[str, Colour]] = {
    Standing.OVER: (mark("Overspending"), "red"),
    Standing.UNDER: (mark("Leaving budget unspent"), "orange"),
    Standing.ON_TRACK: (mark("On track"), "green"),
    Standing.ENDED: (mark("Ended"), "gray"),
}
PROGRESS: dict[Progress, tuple[str, Colour]] = {
    Progress.REACHED: (mark("Reached"), "green"),
    Progress.ON_TRACK: (mark("On track"), "green"),
    Progress.BEHIND: (mark("Behind"), "red"),
    Progress.UNKNOWN: (mark("Not known"), "gray"),
}


def standing(pacing: Pacing | NoPacing, t: Language) -> str:
    """How a budget stands, in a word or two."""
    return t("Not known") if isinstance(pacing, NoPacing) else t(STANDINGS[pacing.standing][0])


def why_unpaced(pacing: NoPacing, t: Language) -> str:
    """Why there is no projection, in a sentence."""
    return t(WHY_UNPACED[pacing.why], days=t.number(pacing.days), needed=t.number(MIN_DAYS))
