"""Days of campaigns that analytics and an advertising platform both tell, and which counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.accounts.access import Area, Principal
from core.campaigns.platforms import platform_name
from core.campaigns.schemas import View
from core.i18n import Language


@dataclass(frozen=True)  # without slots: kept, and these unpickle faster
class ToldTwice:
    """What an advertising platform and Google Analytics both tell of the same campaigns.

    ``conversions`` are those of analytics that are not added to the platform's, and ``filled``
    those that count because the platform tells none, on ``filled_days`` days of campaigns.
    """

    platform: str
    campaigns: int
    days: int
    conversions: float
    filled_days: int
    filled: float


@dataclass(frozen=True)
class Sources:
    """What is told twice by platform, and how many campaigns only analytics knows by name."""

    twice: tuple[ToldTwice, ...]
    only_analytics: int


class SourceFigures(Protocol):
    """Which reports tell the days of campaigns."""

    def sources(self, view: View | None = None) -> Sources:
        """Of all days, or of the days and platforms of a view."""


def read_sources(principal: Principal, figures: SourceFigures, view: View | None = None) -> Sources:
    """What two sources tell, and how it was settled; for all data or for one view."""
    principal.require(Area.DATA if view is None else Area.CAMPAIGNS)
    return figures.sources(view)


def sentences(sources: Sources, t: Language) -> Sequence[str]:
    """Which source counts for what, one sentence a platform; none where no day is told twice."""
    return [_sentence(one, t) for one in sources.twice]


def _sentence(one: ToldTwice, t: Language) -> str:
    platform = platform_name(one.platform)
    said = t.plural(
        "{platform} and Google Analytics both tell {n} day of a campaign.",
        "{platform} and Google Analytics both tell {n} days of campaigns.",
        one.days,
        platform=platform,
    )
    said += " " + t(
        "Spend, clicks and conversions count as {platform} tells them. Conversions of Google "
        "Analytics that are not added: {conversions}.",
        platform=platform,
        conversions=_count(one.conversions, t),
    )
    if not one.filled_days:
        return said
    return f"{said} " + t(
        "Where {platform} tells none ({days} of these days), those of Google Analytics count: "
        "{filled}.",
        platform=platform,
        days=t.number(one.filled_days),
        filled=_count(one.filled, t),
    )


def _count(conversions: float, t: Language) -> str:
    return t.number(conversions, 0 if conversions.is_integer() else 1)
