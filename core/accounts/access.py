"""Who may see what: one table, read by pages, repositories and the test of the documentation."""

from dataclasses import dataclass
from enum import StrEnum

from core.errors import Forbidden


class Role(StrEnum):
    """What a person does here; a person may hold several."""

    ADMIN = "admin"
    STAFF = "staff"
    INSTRUCTOR = "instructor"
    MARKETER = "marketer"
    LEARNER = "learner"


class Area(StrEnum):
    """A part of the product that is opened to roles as a whole."""

    HOME = "home"
    PROFILE = "profile"
    CAMPAIGNS = "campaigns"
    NEW_DOCUMENT = "new_document"
    DOCUMENT_HISTORY = "document_history"
    MY_COURSES = "my_courses"
    COHORTS = "cohorts"
    PEOPLE = "people"
    DATA = "data"
    MODELS = "models"


class Reach(StrEnum):
    """How much of an area a role reaches."""

    NOTHING = "–"
    OWN = "own"
    OWN_AND_CAMPAIGN_REPORTS = "own, and reports of campaigns"
    OWN_COURSES = "own courses"
    OWN_ENROLMENTS = "own enrolments"
    ADS_ONLY = "ads only"
    ALL = "all"


_EVERYONE = dict.fromkeys(Role, Reach.OWN)
_WRITERS = {
    Role.ADMIN: Reach.ALL,
    Role.STAFF: Reach.OWN_AND_CAMPAIGN_REPORTS,
    Role.INSTRUCTOR: Reach.OWN,
    Role.MARKETER: Reach.OWN,
}

ACCESS: dict[Area, dict[Role, Reach]] = {
    Area.HOME: _EVERYONE,
    Area.PROFILE: _EVERYONE,
    Area.CAMPAIGNS: {Role.ADMIN: Reach.ALL, Role.MARKETER: Reach.ALL},
    Area.NEW_DOCUMENT: _WRITERS,
    Area.DOCUMENT_HISTORY: _WRITERS,
    Area.MY_COURSES: {
        Role.ADMIN: Reach.ALL,
        Role.STAFF: Reach.ALL,
        Role.INSTRUCTOR: Reach.OWN_COURSES,
        Role.LEARNER: Reach.OWN_ENROLMENTS,
    },
    Area.COHORTS: {
        Role.ADMIN: Reach.ALL,
        Role.STAFF: Reach.ALL,
        Role.INSTRUCTOR: Reach.OWN_COURSES,
    },
    Area.PEOPLE: {Role.ADMIN: Reach.ALL},
    Area.DATA: {Role.ADMIN: Reach.ALL, Role.STAFF: Reach.ALL, Role.MARKETER: Reach.ADS_ONLY},
    Area.MODELS: {Role.ADMIN: Reach.ALL},
}


@dataclass(frozen=True, slots=True)
class Principal:
    """The signed-in person on whose behalf something is asked."""

    user_id: int
    name: str
    email: str
    roles: frozenset[Role]
    language: str | None = None
    session_id: str = ""

    def reaches(self, area: Area) -> frozenset[Reach]:
        """Everything this person's roles reach of ``area``; empty when nothing."""
        granted = ACCESS[area]
        return frozenset(granted[role] for role in self.roles if role in granted)

    def may_open(self, area: Area) -> bool:
        """Whether any role opens ``area``."""
        return bool(self.reaches(area))

    def sees_all(self, area: Area) -> bool:
        """Whether any role reaches the whole of ``area``."""
        return Reach.ALL in self.reaches(area)

    def require(self, area: Area) -> None:
        """Raise :class:`Forbidden` unless the person may open ``area``."""
        if not self.may_open(area):
            raise Forbidden(area=area.value)
