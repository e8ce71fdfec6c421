"""From campaign to completion: what became of the learners whom a campaign brought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.courses import cohort_service
from core.courses.cohorts import LEAST


@dataclass(frozen=True, slots=True)
class Brought:
    """Learners whom one campaign brought to one course; ``completed`` are part of ``enrolled``."""

    campaign_id: int
    campaign: str
    course_id: int
    course: str
    enrolled: int
    open: int
    completed: int

    @property
    def completion_rate(self) -> float | None:
        """Completed ÷ enrolled; None of so few that it would speak of single people."""
        return self.completed / self.enrolled if self.enrolled >= LEAST else None


@dataclass(frozen=True, slots=True)
class CampaignCompletions:
    """One campaign's learners by course, and what it has spent so far by currency."""

    courses: tuple[Brought, ...]
    spend: Mapping[str, Decimal]

    @property
    def enrolled(self) -> int:
        """Everybody whom it brought."""
        return sum(one.enrolled for one in self.courses)

    @property
    def completed(self) -> int:
        """Those who completed."""
        return sum(one.completed for one in self.courses)

    @property
    def completion_rate(self) -> float | None:
        """Completed ÷ enrolled over all courses; None of too few."""
        return self.completed / self.enrolled if self.enrolled >= LEAST else None

    def cost_per_completed(self, currency: str) -> Decimal | None:
        """Spend in a currency ÷ completed learners; None of too few, or where none did."""
        spend = self.spend.get(currency)
        if spend is None or not self.completed or self.enrolled < LEAST:
            return None
        return spend / self.completed


class CompletionFigures(Protocol):
    """What one generation tells of campaigns' learners. Whoever asks has checked who may see."""

    def of_campaign(self, campaign_id: int) -> Sequence[Brought]:
        """A campaign's learners, a row a course, the course that most came to first."""

    def of_course(self, course_id: int) -> Sequence[Brought]:
        """A course's learners, a row a campaign, the one that brought most first."""

    def spend(self, campaign_id: int) -> Mapping[str, Decimal]:
        """Everything that a campaign spent so far, by currency."""


def of_campaign(
    principal: Principal, figures: CompletionFigures, campaign_id: int
) -> CampaignCompletions:
    """What became of a campaign's learners, for those who see campaigns."""
    principal.require(Area.CAMPAIGNS)
    return _of(figures, campaign_id)


def of_course(
    session: Session, principal: Principal, figures: CompletionFigures, course_id: int
) -> tuple[Brought, ...]:
    """A course's learners by campaign, for those who may see them; NotFound for others."""
    cohort_service.require(session, principal, course_id)
    return tuple(figures.of_course(course_id))


def _of(figures: CompletionFigures, campaign_id: int) -> CampaignCompletions:
    spend = figures.spend(campaign_id)
    return CampaignCompletions(tuple(figures.of_campaign(campaign_id)), spend)
