"""The parts of Home, in order; each is shown to those who may open its area."""

from collections.abc import Callable
from dataclasses import dataclass

from components.home import alerts, courses, incoming, marketing
from core.accounts.access import Area, Principal
from core.i18n import Language


@dataclass(frozen=True, slots=True)
class Part:
    """One part of Home and the area whose people it is for."""

    area: Area
    show: Callable[[Principal, Language], None]


PARTS = (
    Part(Area.DATA, incoming.show),
    Part(Area.CAMPAIGNS, alerts.show),
    Part(Area.CAMPAIGNS, marketing.show),
    Part(Area.MY_COURSES, courses.own),
    Part(Area.COHORTS, courses.taught),
)
