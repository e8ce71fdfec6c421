"""What course use cases need from the models: risks, and forecasts of the last day."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a risk is what it is: a marked message with its values.

    ``effect`` is its exact Shapley value: its part (0-1) of what the risk is above that of a
    learner in the middle of the cohort; a negative one speaks for the learner.
    """

    message: str
    values: Mapping[str, Any]
    effect: float


@dataclass(frozen=True, slots=True)
class AnswerSource:
    """Whose answers they are: the version that answered, and the day of the course it knew."""

    model: str
    version: int
    trained_at: datetime
    day: int


@dataclass(frozen=True, slots=True)
class CohortRisk:
    """The risk that each enrolment of a course ends failed or withdrawn, by enrolment id.

    Probabilities 0-1, as known on the source's day; enrolments that had ended by then, or had
    not begun, are absent. ``reasons`` are asked for a few enrolments: the strongest ones of
    each, strongest first, of the same version and the same figures.
    """

    source: AnswerSource
    risks: Mapping[int, float] = field(repr=False)
    reasons: Callable[[Collection[int]], Mapping[int, Sequence[Reason]]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OwnRisk:
    """One learner's risk (0-1) and its reasons, the strongest first."""

    risk: float
    reasons: tuple[Reason, ...]
    source: AnswerSource


class RiskScores(Protocol):
    """Risks from the model that answers now; raises ``ModelDamaged`` where its file is."""

    def days(self) -> Sequence[int]:
        """Days of a course for which a version answers, in order; empty before the first."""

    def version(self, day: int) -> int | None:
        """The version that answers for a day now; quick, so that it can be asked every time."""

    def score(self, generation: int, course_id: int, day: int) -> CohortRisk | None:
        """Risks of a course's enrolments on a day; None where no version answers for it."""

    def own(self, generation: int, course_id: int, enrollment_id: int, day: int) -> OwnRisk | None:
        """One enrolment's risk, as :meth:`score` would tell it, without scoring the others.

        None where no version answers for the day, or the enrolment is not in it.
        """


@dataclass(frozen=True, slots=True)
class FinishForecast:
    """When one learner will have done the last required work, if they complete the course.

    ``earliest`` to ``latest`` is an 80% interval; ``coverage`` (0-1) is the share of ``tested``
    learners in later courses whose day it did hold.
    """

    source: AnswerSource
    earliest: date
    middle: date
    latest: date
    coverage: float
    tested: int


class FinishForecasts(Protocol):
    """Forecasts from the model that answers now; raises ``ModelDamaged`` where its file is."""

    def days(self) -> Sequence[int]:
        """Days of a course for which a version answers, in order; empty before the first."""

    def version(self, day: int) -> int | None:
        """The version that answers for a day now; quick, so that it can be asked every time."""

    def forecast(self, generation: int, enrollment_id: int, day: int) -> FinishForecast | None:
        """One enrolment's forecast as known on a day; None where there is none to give."""
