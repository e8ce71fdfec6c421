"""What course use cases need from the model that estimates risks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a risk is what it is: a marked message with its values.

    ``effect`` is how much lower the risk would be (0-1) if the learner stood in this as the
    middle of the cohort does; a negative one speaks for the learner.
    """

    message: str
    values: Mapping[str, Any]
    effect: float


@dataclass(frozen=True, slots=True)
class CohortRisk:
    """The risk that each enrolment of a course ends failed or withdrawn, by enrolment id.

    Probabilities 0-1, as known on ``day`` of the course; enrolments that had ended by then,
    or had not begun, are absent. ``trained_at`` is when the answering version was trained.
    """

    model: str
    version: int
    trained_at: datetime
    day: int
    risks: Mapping[int, float] = field(repr=False)


class RiskScores(Protocol):
    """Risks from the model that answers now; raises ``ModelDamaged`` where its file is."""

    def days(self) -> Sequence[int]:
        """Days of a course for which a version answers, in order; empty before the first."""

    def version(self, day: int) -> int | None:
        """The version that answers for a day now; quick, so that it can be asked every time."""

    def score(self, generation: int, course_id: int, day: int) -> CohortRisk | None:
        """Risks of a course's enrolments on a day; None where no version answers for it."""

    def reasons(
        self, generation: int, course_id: int, risk: CohortRisk, enrollment_ids: Collection[int]
    ) -> Mapping[int, Sequence[Reason]]:
        """The strongest reasons of a few enrolments, strongest first, by enrolment id.

        They are those of the version that gave ``risk``; none once another one answers.
        """
